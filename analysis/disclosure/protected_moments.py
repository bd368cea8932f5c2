"""Cross-moments of groups that know whether their figures may be shown, judged among their neighbours and not by themselves alone.

Means, indices and loadings of a group follow from its moments, and moments add up: those of everybody minus those of the other groups are
those of the one group that must stay hidden. So a group is judged beside all values of the columns it was chosen by, as every other
figure is (:mod:`analysis.disclosure.secondary_suppression`), on the respondents who answered every variable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.disclosure.protected_counts import count_cells, suppress_cells
from analysis.results.estimates import Thresholds
from analysis.results.reasons import suppression_reason
from analysis.sums.cross_moments import GroupMoments, cross_moments
from analysis.sums.domains import kish
from analysis.sums.mean_replacement import Missing, mean_replaced_moments
from analysis.sums.scores import score_expression
from analysis.sums.tallies import WEIGHT, Array
from survey_schema.models import SurveySchema
from words.language import Message


def protected_moments(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    variables: Sequence[str],
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds,
    missing: Missing = "listwise",
) -> tuple[GroupMoments, ...]:
    """:func:`cross_moments` of the groups of ``by`` within ``where``, each with the reason why it is ``hidden``, where it is.

    ``frame`` is not narrowed down: the neighbours of a chosen group are looked at too. A second, small pass counts them where a column
    is grouped by or narrowed down to. Missing data: listwise, or replaced by the mean of the group; then every question has a base of
    its own, and a group is hidden where one of them is too small.
    """
    narrowed = dict(where or {})
    groups = (
        mean_replaced_moments(frame, schema, variables, by, narrowed)
        if missing == "mean"
        else cross_moments(frame, schema, variables, by, where=narrowed)
    )
    together = {code: [code] for code in variables} if missing == "mean" else {"complete": list(variables)}
    reasons = _reasons(frame, schema, together, list(dict.fromkeys([*by, *narrowed])), thresholds) if narrowed or by else {}
    return tuple(replace(group, hidden=reasons.get(_key({**narrowed, **group.keys})) or _own(group, thresholds)) for group in groups)


def _reasons(
    frame: nw.LazyFrame[Any], schema: SurveySchema, together: Mapping[str, Sequence[str]], opened: Sequence[str], thresholds: Thresholds
) -> dict[frozenset[tuple[str, str | None]], Message]:
    """Why groups of these columns are suppressed; nobody at all has a reason of its own, told elsewhere.

    ``together`` names the questions that must all be answered, base by base.
    """
    w = nw.col(WEIGHT).cast(nw.Float64)
    measures: dict[str, nw.Expr] = {}
    for base, codes in together.items():
        answered = nw.all_horizontal(*(~score_expression(schema, code).is_null() for code in codes), ignore_nulls=False).cast(nw.Float64)
        measures |= {f"{base} w": answered * w, f"{base} w2": answered * w * w}

    def bases(table: pd.DataFrame) -> Array:
        sums = ((table[f"{base} w"].to_numpy(dtype=np.float64), table[f"{base} w2"].to_numpy(dtype=np.float64)) for base in together)
        return np.stack([kish(weights, squares) for weights, squares in sums], axis=1)

    judged = suppress_cells(count_cells(frame, measures, opened), opened, list(together), bases, thresholds)
    reasons = {}
    for place, column in np.argwhere(judged.suppressed & (judged.bases > 0))[
        ::-1
    ].tolist():  # the first question's reason is the one that stays
        reasons[_key(judged.keys[place])] = suppression_reason(float(judged.bases[place, column]), thresholds)
    return reasons


def _key(keys: Mapping[str, str | None]) -> frozenset[tuple[str, str | None]]:
    return frozenset((name, None if value is None else str(value)) for name, value in keys.items())


def _own(group: GroupMoments, thresholds: Thresholds) -> Message | None:
    """Why a group is suppressed for its own base alone."""
    if not group.n:
        return None
    # Fewer answers than respondents there are with mean replacement only; each weighs as much as the others do.
    fewest = min((min(count / group.n, 1.0) for count in group.answered.values() if count), default=1.0)
    n_eff = group.n_eff * fewest
    return suppression_reason(n_eff, thresholds) if 0 < n_eff < thresholds.hidden_below else None
