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

from analysis.disclosure.protected_counts import count_cells, protected_counts
from analysis.disclosure.reasons import suppression_reason
from analysis.results.estimates import Thresholds
from analysis.sums.cross_moments import GroupMoments, cross_moments
from analysis.sums.mean_replacement import Missing, mean_replaced_moments
from analysis.sums.scores import score_expression
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
    together = [[code] for code in variables] if missing == "mean" else [list(variables)]
    reasons: dict[frozenset[tuple[str, str | None]], Message] = {}
    for answered in together if narrowed or by else []:
        reasons = {**_reasons(frame, schema, answered, by, narrowed, thresholds), **reasons}
    return tuple(replace(group, hidden=reasons.get(_key(group.keys)) or _own(group, thresholds)) for group in groups)


def _reasons(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    variables: Sequence[str],
    by: Sequence[str],
    where: Mapping[str, str],
    thresholds: Thresholds,
) -> dict[frozenset[tuple[str, str | None]], Message]:
    complete = frame.filter(*(~score_expression(schema, code).is_null() for code in variables))
    cells = count_cells(complete, {}, list(dict.fromkeys([*by, *where])))
    judged = protected_counts(cells, by, where, thresholds)
    return {_key(group.keys): group.reason for group in judged if group.reason is not None}


def _key(keys: Mapping[str, str | None]) -> frozenset[tuple[str, str | None]]:
    return frozenset((name, None if value is None else str(value)) for name, value in keys.items())


def _own(group: GroupMoments, thresholds: Thresholds) -> Message | None:
    """Nobody at all has a reason of its own, told elsewhere."""
    if not group.n:
        return None
    # Fewer answers than respondents there are with mean replacement only; each weighs as much as the others do.
    fewest = min((min(count / group.n, 1.0) for count in group.answered.values() if count), default=1.0)
    n_eff = group.n_eff * fewest
    return suppression_reason(n_eff, thresholds) if 0 < n_eff < thresholds.hidden_below else None
