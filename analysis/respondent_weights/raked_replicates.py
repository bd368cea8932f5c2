"""What new weights do to the index, and intervals that know the weights were raked.

A raked weight depends on the sample: another sample would have been raked differently. Two standard errors say what that means.

* **Weights taken as fixed**: Taylor linearisation with the new weights as if they had been given.
* **Re-raked**: delete-a-group jackknife; without each replicate group the weights of the others are raked to the same targets again
  (Kott 2001; Valliant, Dever & Kreuter 2018, ch. 15). Where the margins explain the answers it is the smaller one.

The change of the index compares the same respondents under both weights, replicate by replicate. Checked against R ``survey``.

The index before and after are two sums of the same scores with different weights. Where all categories of a margin but two may be shown,
the two would follow from them, so the index after weighting is hidden then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np

from analysis.disclosure.secondary_suppression import suppressed_cells
from analysis.index.estimate_index import estimate_index
from analysis.inference.figures import wanted_codes
from analysis.inference.replicates import Jackknife
from analysis.respondent_weights.respondent_weights import RespondentWeighting
from analysis.respondent_weights.weighting_report import MarginRow
from analysis.respondent_weights.weighting_sums import Replicated, replicated, weighting_sums
from analysis.respondent_weights.weighting_targets import CategoryName
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Fact, Provenance
from analysis.sums.indicator_coefficients import indicator_coefficients
from analysis.sums.tallies import WAVE, WEIGHT, sums
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Message, message
from words.lists import Listed

METHOD = message(
    "Index before and after with the weights taken as fixed (Taylor linearisation); re-raked: delete-a-group jackknife over replicate "
    "groups, the weights raked again without each group; change of the same respondents by the same replicates."
)

#: Sums of the same scores that are shown: the index before and after.
_INDICES = 2


@dataclass(frozen=True)
class EffectRow:
    """One indicator under the given weights (``before``) and the new ones.

    ``fixed`` takes the new weights as given, ``after`` rakes them again in each replicate, ``change`` is after − before with its
    paired interval. ``fixed_replicates`` is the standard error of the same jackknife without raking again: it stands between the two,
    so that what raking does is not mixed up with what the replicate groups make of strata.
    """

    code: str
    before: Estimate
    fixed: Estimate
    after: Estimate
    change: Estimate
    fixed_replicates: float | None = None

    @property
    def ratio(self) -> float | None:
        """Standard error re-raked over not re-raked, by the same replicates; None where one of them is missing or 0."""
        return self.after.se / self.fixed_replicates if self.after.se is not None and self.fixed_replicates else None


@dataclass(frozen=True)
class WeightingEffect:
    """The effect of a weighting on the indicators; ``reason`` says why there are no re-raked intervals, or no effect at all."""

    rows: tuple[EffectRow, ...]
    groups: int
    provenance: Provenance
    reason: Message | None = None

    def find(self, code: str) -> EffectRow | None:
        """The row of one indicator."""
        return next((row for row in self.rows if row.code == code), None)


def weighting_effect(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    weighting: RespondentWeighting,
    *,
    codes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> WeightingEffect:
    """The index and its indicators before and after, for all respondents of one wave.

    ``frame`` is the whole wave the weighting was made for, with the **given** weights and its replicate groups. ``codes`` default to
    the tree. Indicators with a small effective base under either weights have a reason instead. Raises ManyiError for several waves,
    an unknown code, or a weighting whose targets are not met.
    """
    if weighting.report.reason is not None:
        raise ManyiError(weighting.report.reason)
    new = frame.with_columns(weighting.expression().alias(WEIGHT))
    before, after = (sums(each, schema, by=(WAVE,)) for each in (frame, new))
    if len(after.waves) > 1:
        raise ManyiError(message("Weights are made for one wave at a time. There are: {known}.", known=Listed(after.waves)))
    wanted = wanted_codes(schema, after, codes)
    secret = _revealed(weighting, schema, thresholds)
    old, fixed = (estimate_index(each, schema, codes=wanted, thresholds=thresholds) for each in (before, after))
    known = indicator_coefficients(schema, after.items, after.answered.sum(axis=0) > 0)
    shown = [code for code in wanted if code in known]
    weights = np.array([known[code] for code in shown]).reshape(len(shown), len(after.items))
    asked = np.flatnonzero((weights != 0).any(axis=0))
    cells = weighting_sums(frame, schema, weighting, [after.items[i] for i in asked])
    found = replicated(cells, weighting.recipe, weights[:, asked])
    rows = []
    for one, other in zip(old.estimates, fixed.estimates, strict=True):
        row = _row(one, other, found, shown.index(one.code) if one.code in shown else None, thresholds)
        rows.append(row if secret is None else _without_effect(row, secret))
    how = replace(fixed.provenance, method=METHOD).plus(Fact("replicate_groups", cells.groups, message("Replicate groups")))
    return WeightingEffect(tuple(rows), cells.groups, how, secret or found.reason)


def _revealed(weighting: RespondentWeighting, schema: SurveySchema, thresholds: Thresholds) -> Message | None:
    """Why the effect is hidden: a margin has hidden categories, and no more than the two indices would solve for."""
    margins: dict[tuple[str, ...], list[MarginRow]] = {}
    for row in weighting.report.margins:
        margins.setdefault(row.columns, []).append(row)
    for columns, rows in margins.items():
        keys = [dict(zip(columns, row.category, strict=True)) for row in rows]
        flags = suppressed_cells(np.array([row.n_eff for row in rows]), keys, thresholds)
        secret = [row for row, flag in zip(rows, flags, strict=True) if flag]
        if 0 < len(secret) <= _INDICES:
            return message(
                "Not shown: with the index before weighting it would reveal the scores of {groups}, which are hidden.",
                groups=Listed([CategoryName(row.columns, row.category, schema) for row in secret]),
            )
    return None


def _without_effect(row: EffectRow, reason: Message) -> EffectRow:
    """The row without what follows from the new weights."""
    fixed, after, change = (
        estimate._replace(value=None, se=None, low=None, high=None, df=None, marked=False, reason=estimate.reason or reason)
        for estimate in (row.fixed, row.after, row.change)
    )
    return EffectRow(row.code, row.before, fixed, after, change)


def _row(old: Estimate, fixed: Estimate, found: Replicated, place: int | None, thresholds: Thresholds) -> EffectRow:
    reason = old.reason or fixed.reason
    if reason is not None or place is None:
        none = fixed._replace(value=None, se=None, low=None, high=None, df=None, rank=None, reason=reason)
        return EffectRow(fixed.code, none._replace(n=old.n, n_eff=old.n_eff), none, none, none)
    still = found.fixed(place)
    both = fixed._replace(n_eff=min(old.n_eff, fixed.n_eff), marked=old.marked or fixed.marked)
    return EffectRow(
        fixed.code, old._replace(rank=None), fixed._replace(rank=None), _estimate(fixed, found.reraked(place), thresholds),
        _estimate(both, found.change(place), thresholds),
        None if still.replicates is None else float(still.se[0]),
    )  # fmt: skip


def _estimate(like: Estimate, found: Jackknife, thresholds: Thresholds) -> Estimate:
    """The jackknife's figure on the base of ``like``."""
    value = float(found.value[0])
    if found.replicates is None:
        return like._replace(value=value, se=None, low=None, high=None, df=None, rank=None)
    half = float(found.margin(thresholds.confidence)[0])
    return like._replace(value=value, se=float(found.se[0]), low=value - half, high=value + half, df=found.df, rank=None)
