"""How the answers of single items spread over the grades of their scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.grade_sums import ItemGrades, grade_sums
from analysis.linearise import kish
from analysis.results import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.suppression import hidden, hidden_reason
from analysis.wilson_interval import wilson_interval
from survey_schema.language import message
from survey_schema.models import SurveySchema

METHOD = message(
    "Share of each grade = respondent weights of those who gave it, divided by the weights of all who answered the item; "
    "Wilson interval on the effective base."
)


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

    ``frame`` holds whole waves. Keys are the group-by columns and ``grade``; ``n`` and ``n_eff`` are the base of the item, those
    without an answer left out. ``se`` is linearised, with strata and clusters; the interval is Wilson's. Shares of a group whose
    base is hidden are hidden, whether it is grouped by or narrowed down to.
    """
    present = set(frame.collect_schema().names())
    wanted = codes if codes is not None else [*schema.tree.items(), *([schema.outcome] if schema.outcome else [])]
    steps = {code: tuple(grades) for code in wanted if code in present and (grades := schema.scale_of(code).grades)}
    settings = {
        "marked_below": thresholds.marked_below, "hidden_below": thresholds.hidden_below, "confidence": thresholds.confidence,
    }  # fmt: skip
    fixed = where or {}
    opened = list(dict.fromkeys([*by, *fixed]))
    found = grade_sums(frame, opened, steps) if steps else {}
    estimates = [entry for code in steps if code in found for entry in _shares(code, found[code], steps[code], by, fixed, thresholds)]
    return Result(tuple(estimates), METHOD, settings)


def _shares(
    code: str, item: ItemGrades, grades: Sequence[float], by: Sequence[str], fixed: Mapping[str, str], thresholds: Thresholds
) -> Iterator[Estimate]:
    """The shares of one item in each group asked for; whether a group may be shown depends on the groups beside it."""
    rows = [tuple(None if pd.isna(value) else str(value) for value in row) for row in item.keys.itertuples(index=False, name=None)]
    rows = rows or [()] * len(item.n)
    groups = sorted(set(rows), key=lambda row: tuple((value is None, value or "") for value in row))
    members = [np.array([row == group for row in rows]) for group in groups]
    keys = [dict(zip(item.keys.columns, group, strict=True)) for group in groups]
    n_eff = kish(
        np.array([item.weight[inside].sum() for inside in members]), np.array([item.weight_squares[inside].sum() for inside in members])
    )
    flags = hidden(n_eff, keys, thresholds)
    for inside, key, base, secret in zip(members, keys, n_eff.tolist(), flags, strict=True):
        if any(key[name] != value for name, value in fixed.items()):
            continue
        shares, variances = item.shares(inside)
        shown, n, marked = {name: key[name] for name in by}, round(item.n[inside].sum()), base < thresholds.marked_below
        for grade, share, se in zip(grades, shares.tolist(), np.sqrt(variances).tolist(), strict=True):
            entry = Estimate({**shown, "grade": f"{grade:g}"}, code, None, n=n, n_eff=base, marked=marked)
            if secret:
                yield replace(entry, reason=hidden_reason(base, thresholds))
            else:
                low, high = wilson_interval(share, se, base, thresholds.confidence)
                yield replace(entry, value=share, se=se, low=low, high=high)
