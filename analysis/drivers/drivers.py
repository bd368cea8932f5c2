"""What moves satisfaction: regression, importance, stepwise and penalty–reward of one selection, put together.

Two engine passes feed everything but the penalty–reward dummies (a third) and the row diagnostics, which are asked for
separately because they read rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.disclosure.protected_moments import protected_moments
from analysis.drivers.drivers_by_group import DriversByGroup, estimate_drivers_by_group
from analysis.drivers.penalty_reward import PenaltyReward, estimate_penalty_reward
from analysis.drivers.regression import Regression, estimate_regression
from analysis.drivers.relative_importance import Importance, estimate_importance
from analysis.drivers.residual_diagnostics import OrderedCheck, ResidualDiagnostics, check_ordered_outcome, diagnose_residuals
from analysis.drivers.stepwise import Stepwise, estimate_stepwise
from analysis.results.estimates import Thresholds
from analysis.sums.cross_moments import GroupMoments
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Message, message


@dataclass(frozen=True)
class Drivers:
    """Everything about the drivers of one outcome in one selection; each part that cannot be told has its own reason.

    ``headline`` is the answer in a sentence.
    """

    outcome: str
    drivers: tuple[str, ...]
    moments: GroupMoments
    regression: Regression
    importance: Importance
    stepwise: Stepwise
    penalty_reward: PenaltyReward
    headline: Message

    @property
    def reason(self) -> Message | None:
        """Why there is no analysis; None when at least the importance or the regression can be told, each with its own reason else."""
        return self.importance.reason if self.regression.reason else None

    @property
    def means(self) -> Mapping[str, float]:
        """The mean of the outcome and of each driver, 0–100."""
        return dict(zip(self.moments.variables, self.moments.total.means.tolist(), strict=True))


def chosen_drivers(schema: SurveySchema, outcome: str | None = None, drivers: Sequence[str] | None = None) -> tuple[str, tuple[str, ...]]:
    """Outcome and drivers as asked for, else those of the schema. Raises ManyiError where something is missing or unknown."""
    target = outcome or schema.outcome
    if target is None:
        raise ManyiError(message("This survey names no overall satisfaction question; add outcome to its schema or choose a question."))
    chosen = tuple(drivers or schema.drivers or [code for code in schema.tree.items() if code != target])
    known = {item.code for item in schema.items}
    for code in (target, *chosen):
        if code not in known:
            raise ManyiError(message("{code} is not a question of this survey.", code=code))
    if target in chosen:
        raise ManyiError(message("{item} cannot be outcome and driver at once.", item=schema.item(target).title))
    if len(set(chosen)) < len(chosen) or not chosen:
        raise ManyiError(message("Choose at least one driver, each only once."))
    return target, chosen


def estimate_drivers(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    outcome: str | None = None,
    drivers: Sequence[str] | None = None,
    *,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> Drivers:
    """All driver analyses of the domain ``where`` of ``frame``, which tells the sample's design and who the neighbours are."""
    target, chosen = chosen_drivers(schema, outcome, drivers)
    (moments,) = protected_moments(frame, schema, [target, *chosen], where=where, thresholds=thresholds)
    importance = estimate_importance(moments, schema, target, chosen, thresholds)
    return Drivers(
        target,
        chosen,
        moments,
        estimate_regression(frame, schema, target, chosen, moments=moments, where=where, thresholds=thresholds),
        importance,
        estimate_stepwise(frame, schema, target, chosen, moments=moments, where=where, thresholds=thresholds),
        estimate_penalty_reward(frame, schema, target, chosen, thresholds, hidden=moments.hidden, where=where),
        _headline(importance, schema),
    )


def estimate_drivers_by(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    group_by: Sequence[str],
    outcome: str | None = None,
    drivers: Sequence[str] | None = None,
    *,
    where: Mapping[str, str] | None = None,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
) -> DriversByGroup:
    """Importance by stored columns such as ``branch`` within ``where``, each group against the rest."""
    target, chosen = chosen_drivers(schema, outcome, drivers)
    groups = protected_moments(frame, schema, [target, *chosen], by=group_by, where=where, thresholds=thresholds)
    return estimate_drivers_by_group(groups, schema, target, chosen, thresholds)


def diagnose_drivers(
    frame: nw.LazyFrame[Any], schema: SurveySchema, analysed: Drivers, *, where: Mapping[str, str] | None = None
) -> tuple[ResidualDiagnostics, OrderedCheck]:
    """Row diagnostics and the ordered-logit check of an analysis, on the same domain."""
    domain = frame.filter(*(nw.col(column) == value for column, value in where.items())) if where else frame
    signs = analysed.importance.signs or {}
    return (
        diagnose_residuals(domain, schema, analysed.outcome, analysed.drivers),
        check_ordered_outcome(domain, schema, analysed.outcome, analysed.drivers, signs),
    )


def _headline(importance: Importance, schema: SurveySchema) -> Message:
    if importance.reason:
        return importance.reason
    ranked = sorted(importance.primary, key=lambda estimate: estimate.rank or 0)
    first, r_squared = ranked[0], importance.r_squared
    explained = f"{100 * (r_squared.value or 0):.0f}" if r_squared else ""
    span = f"{first.low:.0f}–{first.high:.0f}" if first.low is not None and first.high is not None else "–"
    tied = {code for pair in importance.indistinct if first.code in pair for code in pair}
    rival = next((e.code for e in ranked[1:] if e.code in tied), None)
    values = {
        "driver": schema.item(first.code).title,
        "share": f"{first.value:.0f}",
        "span": span,
        "explained": explained,
        "n": importance.n,
    }
    if rival is None:
        return message(
            "{driver} matters most: {share} % ({span} %) of what the drivers explain, which is {explained} % of all differences "
            "in satisfaction (n = {n}).",
            **values,
        )
    return message(
        "{driver} comes first with {share} % ({span} %) of what the drivers explain, but cannot be told apart from {rival}; together the "
        "drivers explain {explained} % of all differences in satisfaction (n = {n}).",
        **values,
        rival=schema.item(rival).title,
    )
