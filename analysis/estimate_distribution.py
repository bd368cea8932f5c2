"""How the answers of single items spread over the grades of their scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np

from analysis.linearise import kish
from analysis.results import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.sums import WEIGHT
from analysis.suppression import hidden, hidden_reason
from survey_schema.language import message
from survey_schema.models import SurveySchema

METHOD = message("Share of each grade = respondent weights of those who gave it, divided by the weights of all who answered the item.")


def estimate_distribution(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """Weighted shares (proportions 0-1) of the grades of items with a stepped scale, as answered (reversed items not turned).

    One engine pass. Keys are the group-by columns and ``grade``; ``n`` and ``n_eff`` are the base of the item, those without
    an answer left out. Shares of a group whose base is hidden are hidden, whether it is grouped by or narrowed down to.
    """
    present = set(frame.collect_schema().names())
    wanted = codes if codes is not None else [*schema.tree.items(), *([schema.outcome] if schema.outcome else [])]
    items = [code for code in wanted if code in present and schema.scale_of(code).grades]
    w = nw.col(WEIGHT).cast(nw.Float64)
    sums = []
    for i, code in enumerate(items):
        answered = (~nw.col(code).is_null()).cast(nw.Float64)
        sums += [answered.sum().alias(f"n{i}"), (w * answered).sum().alias(f"w{i}"), (w * w * answered).sum().alias(f"v{i}")]
        for j, grade in enumerate(schema.scale_of(code).grades):
            sums.append(nw.when((nw.col(code).cast(nw.Float64) - grade).abs() < 1e-9).then(w).otherwise(0.0).sum().alias(f"g{i}_{j}"))
    if not items:
        return Result((), METHOD, {"hidden_below": thresholds.hidden_below})
    opened = list(dict.fromkeys([*by, *(where or {})]))
    weighted = frame.filter(nw.col(WEIGHT) > 0).with_columns(nw.lit("").alias("everybody"))
    table = weighted.group_by(*opened, "everybody").agg(*sums).collect("pandas").to_native().sort_values(opened or ["everybody"])
    keys = [
        {name: None if value is None or value != value else str(value) for name, value in zip(opened, row, strict=True)}
        for row in table[opened].to_numpy()
    ]
    asked = [row for row, key in enumerate(keys) if all(key[name] == value for name, value in (where or {}).items())]
    estimates = []
    for i, code in enumerate(items):
        n_eff = kish(table[f"w{i}"].to_numpy(dtype=np.float64), table[f"v{i}"].to_numpy(dtype=np.float64))
        flags = hidden(n_eff, keys, thresholds)
        for row in asked:
            key = {name: keys[row][name] for name in by}
            n, weight = round(table[f"n{i}"].iloc[row]), float(table[f"w{i}"].iloc[row])
            for j, grade in enumerate(schema.scale_of(code).grades):
                value = None if flags[row] else float(table[f"g{i}_{j}"].iloc[row]) / weight
                reason = hidden_reason(float(n_eff[row]), thresholds) if flags[row] else None
                marked = float(n_eff[row]) < thresholds.marked_below
                entry = Estimate({**key, "grade": f"{grade:g}"}, code, value, n=n, n_eff=float(n_eff[row]), marked=marked, reason=reason)
                estimates.append(entry)
    return Result(tuple(estimates), METHOD, {"marked_below": thresholds.marked_below, "hidden_below": thresholds.hidden_below})
