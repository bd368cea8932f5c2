"""How the answers of single items spread over the grades of their scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.disclosure.protected_domains import Suppression, find_suppression
from analysis.index.item_grade_counts import ItemGrades, item_grade_counts
from analysis.inference.figures import residual_margins
from analysis.inference.wilson_interval import wilson_interval
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Result, Thresholds
from analysis.results.provenance import Provenance
from analysis.sums.domains import kish
from analysis.sums.named_groups import are_named
from analysis.sums.raked_waves import RakedWave
from analysis.sums.tallies import Tallies
from survey_schema.models import SurveySchema
from words.language import message

METHOD = message(
    "Share of each grade = respondent weights of those who gave it, divided by the weights of all who answered the item; "
    "Wilson interval on the effective base."
)


def estimate_distribution(
    frame: nw.LazyFrame[Any],
    tallies: Tallies,
    schema: SurveySchema,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Result:
    """Weighted shares (proportions 0-1) of the grades of items with a stepped scale, as answered (reversed items not turned).

    ``frame`` holds whole waves and ``tallies`` their sums, by the columns in ``by`` and ``where`` at least. Keys are the group-by
    columns and ``grade``; ``n`` and ``n_eff`` are the base of the item, those without an answer left out. ``se`` is linearised, with
    strata and clusters; the interval is Wilson's. Where an item's mean is hidden its shares are, since the mean follows from them.
    """
    present = set(frame.collect_schema().names())
    wanted = codes if codes is not None else [*schema.tree.items(), *([schema.outcome] if schema.outcome else [])]
    steps = {code: tuple(grades) for code in wanted if code in present and (grades := schema.scale_of(code).grades)}
    fixed = where or {}
    opened = list(dict.fromkeys([*by, *fixed]))
    found = item_grade_counts(frame, opened, steps) if steps else {}
    suppression = find_suppression(tallies, schema, by, fixed, thresholds)
    raked = tallies.raked
    estimates = [
        entry for code in steps if code in found for entry in _shares(code, found[code], steps[code], by, suppression, thresholds, raked)
    ]
    return Result(tuple(estimates), Provenance(METHOD, thresholds, residual_margins=residual_margins(tallies)))


def _shares(
    code: str,
    item: ItemGrades,
    grades: Sequence[float],
    by: Sequence[str],
    suppression: Suppression,
    thresholds: Thresholds,
    raked: Mapping[str, RakedWave],
) -> Iterator[Estimate]:
    """The shares of one item in each group asked for."""
    rows = [tuple(None if pd.isna(value) else str(value) for value in row) for row in item.keys.itertuples(index=False, name=None)]
    rows = rows or [()] * len(item.n)
    groups = sorted(set(rows), key=lambda row: tuple((value is None, value or "") for value in row))
    keys = [dict(zip(item.keys.columns, group, strict=True)) for group in groups]
    named = are_named([{name: key[name] for name in by} for key in keys])
    for group, key in compress(zip(groups, keys, strict=True), named):
        if any(key[name] != value for name, value in suppression.fixed.items()):
            continue
        inside = np.array([row == group for row in rows])
        base = float(kish(item.weight[inside].sum(), item.weight_squares[inside].sum()))
        shares, variances = item.shares(inside, raked)
        free = item.freedom(inside)
        shown, n, marked = {name: key[name] for name in by}, round(item.n[inside].sum()), base < thresholds.marked_below
        reason = suppression.reason(key, code)
        for grade, share, se in zip(grades, shares.tolist(), np.sqrt(variances).tolist(), strict=True):
            entry = Estimate({**shown, "grade": f"{grade:g}"}, code, None, n=n, n_eff=base, marked=marked, reason=reason)
            if reason is None:
                entry = entry._replace(value=share)
            if reason is None and free > 0:
                low, high = wilson_interval(share, se, n, base, free, thresholds.confidence)
                entry = entry._replace(se=se, low=low, high=high)
            yield entry
