"""Importance–performance analysis: where importance is high and performance low, with intervals on both axes.

Performance is the respondents' mean (0–100). Importance is *stated* (mean of the importance asked, 0–100) or *derived* (LMG share of R² of
the outcome, Johnson's above 15 drivers). The cross-hair stands at the mean of the points, at the scale's centre, at each question's
target, or at a competitor's performance of it; across, at the mean importance, or at the centre where that is asked for.

Everything is one vector statistic, so points, cross-hair, distances and priorities keep their covariance: delete-a-group jackknife, with
weights raked again. A point whose distance from a line of the cross-hair has an interval across 0 may lie on both sides. **Priority** is
the distance from the iso-priority line, (importance − cross)/sd − (performance − cross)/sd with the standard deviations of the points:
questions on a line of equal priority are alike urgent (Bacon 2003, *Int. J. Market Res.* 45; Slack 1994). Orders that cannot be told apart
are named (all pairs, Holm).

Missing data: listwise for derived importance, question by question for stated. Source: Martilla and James (1977), *J. Marketing* 41:77-79;
``docs/methods.md``, section 6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np

from analysis.disclosure.protected_moments import protected_moments
from analysis.drivers.relative_importance import RankInterval, importance_percent, rank_intervals
from analysis.importance_performance.importance_map import Cross, Importance, ImportanceMap, MapPoint, field_of, fields_of
from analysis.inference.adjusted_tests import with_verdicts
from analysis.inference.estimability import why_collinear, why_not_analysable
from analysis.inference.parts import part_or_reason
from analysis.inference.replicates import Jackknife, jackknife_jointly
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate, Thresholds
from analysis.results.provenance import Provenance, plain_facts
from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments
from analysis.sums.mean_replacement import Missing
from analysis.sums.raked_groups import reraked_margins
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message

METHOD = message(
    "Importance against performance with intervals by delete-a-group jackknife on both axes and on the distance from the cross-hair; order "
    "by distance from the iso-priority line."
)


@dataclass(frozen=True)
class _Wanted:
    """What is asked: performance questions, what importance is made of (their stated importance, or the outcome), and the cross-hair."""

    importance: Importance
    codes: tuple[str, ...]
    importance_codes: tuple[str, ...]
    cross: Cross
    targets: Mapping[str, float]

    @property
    def variables(self) -> list[str]:
        """All questions the moments need; for derived importance the outcome comes first."""
        return [*self.importance_codes, *self.codes]


def estimate_importance_map(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    importance: Importance,
    *,
    codes: Sequence[str],
    outcome: str | None = None,
    cross: Cross = "mean",
    competitor: str | None = None,
    targets: Mapping[str, float] | None = None,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> ImportanceMap:
    """The map of the questions ``codes`` (perceptions with a stated importance, or drivers of ``outcome``) within ``where``.

    ``competitor`` adds its performance to every point, of our customers against theirs. ``targets`` (0–100 by question) default to the
    survey's. Raises ManyiError for a cross-hair that lacks what it needs and for questions without importance.
    """
    wanted = _wanted(schema, importance, codes, outcome, cross, competitor, schema.comparison.targets if targets is None else targets)
    ours = {**(where or {}), **({Role.OPERATOR.value: schema.our_operator} if competitor and schema.our_operator else {})}
    missing: Missing = "listwise" if importance == "derived" else "mean"
    (own,) = protected_moments(frame, schema, wanted.variables, where=ours, thresholds=thresholds, missing=missing)
    groups = [own]
    if competitor:
        theirs = {**(where or {}), Role.OPERATOR.value: competitor}
        groups += protected_moments(frame, schema, list(wanted.codes), where=theirs, thresholds=thresholds, missing="mean")
    known = {
        "importance": importance, "cross": cross, "codes": wanted.codes, "outcome": outcome, "competitor": competitor, "missing": missing,
    }  # fmt: skip
    how = Provenance(METHOD, thresholds, reraked_margins=reraked_margins(own.margins), facts=plain_facts(known))
    empty = ImportanceMap(importance, cross, (), None, None, {}, (), how)
    return part_or_reason(empty, lambda: _estimated(empty, groups, schema, wanted, thresholds))


def _wanted(
    schema: SurveySchema,
    importance: Importance,
    codes: Sequence[str],
    outcome: str | None,
    cross: Cross,
    competitor: str | None,
    targets: Mapping[str, float],
) -> _Wanted:
    if len(codes) < 2:
        raise ManyiError(message("A map needs at least two questions; choose more."))
    if cross == "competitor" and competitor is None:
        raise ManyiError(message("Choose the competitor the cross-hair is to stand at."))
    without = [code for code in codes if code not in targets]
    if cross == "target" and without:
        raise ManyiError(message("{item} has no target; give every question of the map one.", item=schema.item(without[0]).title))
    if importance == "derived":
        if outcome is None:
            raise ManyiError(message("Derived importance needs the overall satisfaction question; choose it."))
        return _Wanted(importance, tuple(codes), (outcome,), cross, targets)
    stated = {gap.perception: gap.importance for gap in schema.gap_items if gap.importance}
    missing = [code for code in codes if code not in stated]
    if missing:
        raise ManyiError(
            message("{item} has no stated importance; leave it out or choose derived importance.", item=schema.item(missing[0]).title)
        )
    return _Wanted(importance, tuple(codes), tuple(stated[code] for code in codes), cross, targets)


def _estimated(
    empty: ImportanceMap, groups: Sequence[GroupMoments], schema: SurveySchema, wanted: _Wanted, thresholds: Thresholds
) -> ImportanceMap:
    own, k = groups[0], len(wanted.codes)
    derived = wanted.importance == "derived"
    reason = why_not_analysable(own, schema, minimum=k + 2) if derived else next((g.hidden for g in groups if g.hidden), None)
    reason = reason or next((g.hidden for g in groups if g.hidden), None) or (why_collinear(own, schema, wanted.codes) if derived else None)
    if reason:
        return replace(empty, reason=reason)
    axes = jackknife_jointly(groups, lambda parts: _axes(parts, wanted), batched=True)
    made = axes.of(lambda row: _placed(row, wanted))
    parts = [_part(made, place, k) for place in range(4)]
    importance, performance, across, along = (_on_base(part.estimates(wanted.codes, own, thresholds), own, derived) for part in parts)
    priority = axes.of(lambda row: priorities(_placed(row, wanted), k))
    ranks, indistinct = rank_intervals(wanted.codes, priority, thresholds.alpha)
    urgencies = priority.estimates(wanted.codes, own, thresholds)
    theirs, leads = _competitor(axes, groups, wanted, schema, thresholds)
    points = [
        _point(*each)
        for each in zip(importance, performance, across, along, urgencies, ranks, theirs, leads, strict=True)
    ]  # fmt: skip
    levels = _performance_levels(axes.value, wanted)
    return replace(
        empty,
        points=tuple(sorted(points, key=lambda point: point.rank)),
        cross_importance=float(_importance_level(axes.value, wanted)),
        cross_performance=float(levels.mean()),
        levels=dict(zip(wanted.codes, levels.tolist(), strict=True)),
        indistinct=indistinct,
        notes=(axes.reason,) if axes.reason else (),
    )


def _axes(parts: Sequence[CrossMoments], wanted: _Wanted) -> Array:
    """Importance (k), performance (k) and, where there is a competitor, its performance (k), one row per entry of a batch."""
    k = len(wanted.codes)
    means = parts[0].means
    importance = importance_percent(parts[0].correlation) if wanted.importance == "derived" else means[..., :k]
    rows = [importance, means[..., -k:], *(part.means for part in parts[1:])]
    return np.concatenate(rows, axis=-1)


def _placed(row: Array, wanted: _Wanted) -> Array:
    """Importance, performance, and the distances of both from the cross-hair (4k)."""
    k = len(wanted.codes)
    importance, performance = row[:k], row[k : 2 * k]
    return np.concatenate(
        [importance, performance, importance - _importance_level(row, wanted), performance - _performance_levels(row, wanted)]
    )


def _importance_level(row: Array, wanted: _Wanted) -> float:
    """The centre of the scale for stated importance where it is asked for, else the mean of the points."""
    return 50.0 if wanted.cross == "centre" and wanted.importance == "stated" else float(row[: len(wanted.codes)].mean())


def _performance_levels(row: Array, wanted: _Wanted) -> Array:
    """What the performance of each question is set against (k)."""
    k = len(wanted.codes)
    if wanted.cross == "target":
        return np.array([wanted.targets[code] for code in wanted.codes], dtype=np.float64)
    if wanted.cross == "competitor":
        return row[2 * k : 3 * k]
    return np.full(k, 50.0 if wanted.cross == "centre" else row[k : 2 * k].mean())


def priorities(placed: Array, k: int) -> Array:
    """Distances from the cross-hair in standard deviations of the points, importance less performance (k); an axis of equals adds 0."""
    spreads = [placed[:k].std(), placed[k : 2 * k].std()]
    across, along = (placed[(2 + n) * k : (3 + n) * k] / spread if spread > 1e-12 else np.zeros(k) for n, spread in enumerate(spreads))
    return np.asarray(across - along)


def _part(made: Jackknife, place: int, k: int) -> Jackknife:
    return made.of(lambda row: row[place * k : (place + 1) * k])


def _on_base(found: Sequence[Estimate], own: GroupMoments, derived: bool) -> list[Estimate]:
    """The base of a question of its own where answers are taken question by question."""
    return list(found) if derived else [entry._replace(n=own.answered[entry.code]) for entry in found]


def _competitor(
    axes: Jackknife, groups: Sequence[GroupMoments], wanted: _Wanted, schema: SurveySchema, thresholds: Thresholds
) -> tuple[Sequence[Estimate | None], Sequence[Estimate | None]]:
    """The competitor's performance, and our lead tested with Benjamini and Hochberg's adjustment over the questions."""
    k = len(wanted.codes)
    if len(groups) == 1:
        return [None] * k, [None] * k
    theirs = _part(axes, 2, k).estimates(wanted.codes, groups[1], thresholds)
    leads = axes.of(lambda row: row[k : 2 * k] - row[2 * k : 3 * k]).estimates(wanted.codes, groups[0], thresholds)
    return theirs, with_verdicts(leads, "fdr_bh", thresholds, schema.comparison.smallest_interesting_difference)


def _point(
    importance: Estimate,
    performance: Estimate,
    across: Estimate,
    along: Estimate,
    priority: Estimate,
    rank: RankInterval,
    theirs: Estimate | None,
    lead: Estimate | None,
) -> MapPoint:
    own = field_of((across.value or 0.0) >= 0, (along.value or 0.0) >= 0)
    fields, ranks = fields_of(across, along), (rank.best, rank.worst)
    return MapPoint(importance.code, importance, performance, across, along, own, fields, priority, rank.rank, ranks, theirs, lead)
