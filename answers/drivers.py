"""What moves the outcome: regression, importance, penalty and reward, steps and diagnostics; by group the importance against the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.drivers.driver_sentence import drivers_sentence
from analysis.drivers.drivers import Drivers, chosen_drivers, diagnose_drivers, estimate_drivers, estimate_drivers_by
from analysis.drivers.drivers_by_group import DriversByGroup
from analysis.drivers.residual_diagnostics import OrderedCheck, ResidualDiagnostics
from analysis.drivers.view_sentences import coefficient_sentence, groups_sentence, penalty_reward_sentence
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact
from analysis.results.sentences import Segment, plain_text
from analysis.sums.missing_answers import losses_sentence
from answers.driver_chapters import DRIVER_CHAPTERS, GROUP_CHAPTERS
from answers.driver_figures import (
    DRIVER_WORDS,
    diagnostic_rows,
    importance_rows,
    penalty_reward_rows,
    regression_rows,
    step_rows,
)
from answers.flat import collected, refused, tagged, with_losses
from answers.question import Question, option
from answers.selection import item_code
from answers.source import Source
from answers.topic import Answered, Asked, Topic
from survey_schema.models import SurveySchema
from words.language import Language, Message, message


@dataclass(frozen=True)
class DriversOptions:
    """``outcome`` is explained by ``drivers``, items by code; those of the survey unless others are named."""

    outcome: str | None = option("--outcome", message("The item explained; else the survey's own outcome."), metavar="CODE")
    drivers: tuple[str, ...] = option(
        "--drivers", message("The items that may explain it; else the survey's own drivers."), default=(), metavar="CODE,…", joined=True
    )


DriversAnswered = Answered[DriversOptions, Drivers | DriversByGroup]


def settled_drivers(options: DriversOptions, schema: SurveySchema) -> tuple[str, tuple[str, ...]]:
    """Outcome and drivers by code, those of the survey where none is named; raises ManyiError for what is not there."""
    outcome = item_code(options.outcome, schema) if options.outcome else None
    return chosen_drivers(schema, outcome, [item_code(text, schema) for text in options.drivers] or None)


def one_selection(answered: DriversAnswered) -> Drivers:
    """The analysis of a question that names no groups."""
    if isinstance(answered.result, DriversByGroup):
        raise TypeError("asked by group")
    return answered.result


def by_group(answered: DriversAnswered) -> DriversByGroup:
    """The analysis of a question that names groups."""
    if isinstance(answered.result, Drivers):
        raise TypeError("asked of one selection")
    return answered.result


def row_checks(asked: Asked[DriversOptions], found: Drivers) -> tuple[ResidualDiagnostics, OrderedCheck]:
    """What the rows say about the regression, and the ordered check. Reads rows, so it is done only when somebody looks."""
    key = ("row checks", asked.question, asked.source.key(asked.reads))
    return asked.source.kept.get(key, lambda: diagnose_drivers(asked.frame, asked.schema, found, where=asked.where))


def losses(found: Drivers) -> list[Message]:
    """What missing answers cost, where any is missing."""
    told = losses_sentence(found.moments)
    return [told] if told else []


def refusal(found: Drivers, why_not: Message) -> Result:
    """The one record of an analysis that cannot be done: its reason."""
    row = refused(found.outcome, why_not, found.moments.n, found.moments.n_eff)
    return collected(with_losses([row], found.moments), found.importance.provenance)


def _settled(question: Question[DriversOptions], source: Source) -> Question[DriversOptions]:
    return replace(question, options=DriversOptions(*settled_drivers(question.options, source.schema)), codes=())


def _compute(asked: Asked[DriversOptions]) -> Drivers | DriversByGroup:
    outcome, drivers = asked.options.outcome, asked.options.drivers
    if asked.by:
        return estimate_drivers_by(asked.frame, asked.schema, asked.by, outcome, drivers, where=asked.where, thresholds=asked.thresholds)
    return estimate_drivers(asked.frame, asked.schema, outcome, drivers, where=asked.where, thresholds=asked.thresholds)


def _same_drivers(asked: Asked[DriversOptions]) -> Drivers | DriversByGroup:
    """Importance is a part of the analysis of the drivers, which is kept."""
    return asked.ask(DRIVERS, options=asked.options)


def _figures(asked: Asked[DriversOptions], found: Drivers | DriversByGroup) -> Result:
    if isinstance(found, DriversByGroup):
        return _of_groups(found)
    if found.reason:
        return refusal(found, found.reason)
    residuals, ordered = row_checks(asked, found)
    # A part that cannot be told is one record with its reason; the others stand.
    estimates = [
        *regression_rows(found.regression), *importance_rows(found.importance), *penalty_reward_rows(found.penalty_reward),
        *step_rows(found.stepwise), *diagnostic_rows(found.regression, residuals),
    ]  # fmt: skip
    methods = {
        "importance": found.importance.provenance.method, "stepwise": found.stepwise.provenance.method,
        "penalty_reward": found.penalty_reward.provenance.method,
    }  # fmt: skip
    facts = {
        **_shared_facts(found), "methods": methods,
        "ordered_logit": {"slopes": ordered.slopes, "p": ordered.p_values, "disagreeing": ordered.disagreeing, "n": ordered.n},
        "means": found.means,
        "left_out_by_steps": found.stepwise.excluded,
        "answers_at_the_ends": {row.driver: (row.lowest_n, row.highest_n) for row in found.penalty_reward.contrasts},
        "influential_rows": [
            {"row": row.source_row, "cook": row.cook_distance, "residual": row.standardised_residual, "leverage": row.leverage}
            for row in residuals.influential
        ],
    }  # fmt: skip
    how = replace(found.regression.provenance, reraked_margins=found.importance.provenance.reraked_margins)
    return collected(with_losses(estimates, found.moments), how.plus(_dropped(found)), **facts)


def _importance_figures(asked: Asked[DriversOptions], found: Drivers | DriversByGroup) -> Result:
    if isinstance(found, DriversByGroup):
        return _of_groups(found)
    shares = with_losses(importance_rows(found.importance), found.moments)
    return collected(shares, found.importance.provenance.plus(_dropped(found)), **_shared_facts(found))


def _of_groups(found: DriversByGroup) -> Result:
    """The share of each driver in each group, and the share less that of the rest."""
    estimates: list[Estimate] = []
    for group in found.groups:
        if group.reason:
            estimates.append(refused(found.outcome, group.reason, group.n, group.n_eff, **group.keys, figure="driver_share"))
            continue
        estimates += [e._replace(keys={**group.keys, **e.keys}) for e in tagged("driver_share", group.shares, tested=False)]
        estimates += [e._replace(keys={**group.keys, **e.keys}) for e in tagged("against_rest", group.against_rest)]
    return collected(estimates, found.provenance)


def _dropped(found: Drivers) -> Fact:
    return Fact("dropped", found.moments.dropped, message("Responses without complete answers"))


def _shared_facts(found: Drivers) -> dict[str, object]:
    return {
        "rank_ranges": {rank.code: (rank.best, rank.worst) for rank in found.importance.ranks},
        "indistinct": found.importance.indistinct,
        "opposed_signs": found.importance.opposed,
    }


def _sentence(asked: Asked[DriversOptions], found: Drivers | DriversByGroup, language: Language) -> Sequence[Segment]:
    if isinstance(found, DriversByGroup):
        return groups_sentence(found, asked.schema, language)
    return () if found.reason else drivers_sentence(found, asked.schema, language)


def _importance_sentence(asked: Asked[DriversOptions], found: Drivers | DriversByGroup, language: Language) -> Sequence[Segment]:
    if isinstance(found, DriversByGroup):
        return groups_sentence(found, asked.schema, language)
    return drivers_sentence(found, asked.schema, language)


def _remarks(asked: Asked[DriversOptions], found: Drivers | DriversByGroup, language: Language) -> Sequence[str | Message]:
    if isinstance(found, DriversByGroup):
        return found.notes
    if found.reason:
        return losses(found)
    residuals, ordered = row_checks(asked, found)
    caution = found.stepwise.caution if found.stepwise.reason is None else None
    told = [*_notes(found), *found.penalty_reward.notes, caution, residuals.reason, *residuals.sentences, ordered.reason]
    largest = [coefficient_sentence(found.regression, found.outcome, asked.schema, language)] if not found.regression.reason else []
    sides = [penalty_reward_sentence(found.penalty_reward, asked.schema, language)] if not found.penalty_reward.reason else []
    return [*map(plain_text, [*largest, *sides]), *(note for note in told if note)]


def _importance_remarks(_asked: Asked[DriversOptions], found: Drivers | DriversByGroup, _language: Language) -> Sequence[Message]:
    return found.notes if isinstance(found, DriversByGroup) else _notes(found)


def _notes(found: Drivers) -> list[Message]:
    return [*found.importance.notes, *found.regression.notes, *losses(found)]


DRIVERS: Topic[DriversOptions, Drivers | DriversByGroup] = Topic(
    name="drivers",
    options=DriversOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    takes=frozenset({"by", "where"}),
    decimals=3,
    figure_words=DRIVER_WORDS,
    chapters=DRIVER_CHAPTERS,
)
IMPORTANCE: Topic[DriversOptions, Drivers | DriversByGroup] = Topic(
    name="importance",
    options=DriversOptions,
    compute=_same_drivers,
    figures=_importance_figures,
    sentence=_importance_sentence,
    remarks=_importance_remarks,
    settle=_settled,
    takes=frozenset({"by", "where"}),
    figure_words=DRIVER_WORDS,
    chapters=GROUP_CHAPTERS,
)
TOPICS: dict[str, Topic[Any, Any]] = {topic.name: topic for topic in (DRIVERS, IMPORTANCE)}
