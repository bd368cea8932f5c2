"""Which measures to take for a budget: expected points of the outcome, the best set under what is required, and what the choice hinges on.

Any room that holds measures with what they act on, reach and cost asks here: ``BudgetOptions(measures=…, budget=…)`` with
:func:`answers.candidate_measures.candidate_text` of each, and gets points with intervals, the set and the hinges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.drivers.drivers import Drivers
from analysis.drivers.drivers_by_group import DriversByGroup
from analysis.measure_choice.choose import MeasureChoice, choose_measures
from analysis.measure_choice.effects import Effects
from analysis.measure_choice.out_of_reach import why_out_of_reach, why_too_little
from analysis.measure_choice.programme import Requirements
from analysis.measure_choice.sentence import budget_sentence
from analysis.results.sentences import Segment
from answers.budget_figures import BUDGET_WORDS, BudgetFound, budget_figures, budget_remarks
from answers.candidate_measures import candidate_from, candidate_text, in_codes
from answers.drivers import DRIVERS, DriversOptions, settled_drivers
from answers.named_items import item_numbers
from answers.question import Question, option
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from survey_schema.columns import Role
from survey_schema.measure_candidates import LARGEST_COST, MOST_CANDIDATES, Candidate, checked_candidates
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, message
from words.lists import Listed

BRANCH = str(Role.BRANCH)
Numbers = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class BudgetOptions(DriversOptions):
    """``measures`` to choose from, a line each (:mod:`answers.candidate_measures`), within a ``budget``.

    ``at_least``: points by which a driver or the outcome must rise; ``per_branch``: measures of every branch that one names; ``draws`` of
    the coefficients that tell how sure the choice is.
    """

    measures: tuple[str, ...] = option(
        "--measure", message("A measure to choose or leave: NAME;driver=CODE;shift=POINTS;reach=0.4;cost=200000."), default=(),
        metavar="NAME;…", many=True,
    )  # fmt: skip
    budget: float | None = option("--budget", message("What the chosen measures may cost together."), minimum=0, maximum=LARGEST_COST)
    at_least: Numbers = option(
        "--at-least", message("Points by which a driver or the outcome must rise."), default=(), metavar="CODE=POINTS", many=True,
        pairs=True, minimum=0, maximum=100,
    )  # fmt: skip
    per_branch: int = option(
        "--per-branch", message("So many measures of every branch that one names."), default=0, minimum=0, maximum=MOST_CANDIDATES
    )
    draws: int = option(
        "--draws", message("How often the coefficients are drawn anew to see how sure the choice is."), default=200, minimum=50,
        maximum=1000,
    )  # fmt: skip


Asking = Question[BudgetOptions]


def candidates_of(options: BudgetOptions) -> tuple[Candidate, ...]:
    """The measures of a question."""
    return tuple(candidate_from(text) for text in options.measures)


def _settled(question: Asking, source: Source) -> Asking:
    asked, schema = question.options, source.schema
    outcome, drivers = settled_drivers(asked, schema)
    candidates = checked_candidates(in_codes(candidates_of(asked), schema))
    if asked.budget is None:
        raise ManyiError(message("Name the budget: --budget 500000."))
    for each in candidates:
        if each.driver not in drivers:
            told = message(
                "“{name}” acts on {code}, which is not a driver of this analysis; choose from {drivers}.", name=each.name, code=each.driver,
                drivers=Listed(drivers),
            )  # fmt: skip
            raise ManyiError(told)
    least = item_numbers(asked.at_least, schema, "--at-least")
    if unknown := [code for code in least if code not in (outcome, *drivers)]:
        raise ManyiError(
            message(
                "--at-least names {code}, which is neither the outcome nor a driver; choose from {drivers}.", code=unknown[0],
                drivers=Listed((outcome, *drivers)),
            )
        )  # fmt: skip
    options = replace(
        asked, outcome=outcome, drivers=drivers, measures=tuple(map(candidate_text, candidates)),
        at_least=tuple((code, least[code]) for code in (outcome, *drivers) if code in least),
    )  # fmt: skip
    return replace(question, options=options, by=(), codes=())


def _compute(asked: Asked[BudgetOptions]) -> BudgetFound:
    options, candidates = asked.options, candidates_of(asked.options)
    drivers = asked.ask(DRIVERS, options=DriversOptions(options.outcome, options.drivers))
    if isinstance(drivers, DriversByGroup):
        raise TypeError("asked by group")
    if drivers.regression.reason:
        return BudgetFound(drivers, candidates)
    effects = _effects(asked, drivers, candidates)
    least = dict(options.at_least)
    least_of_all = least.pop(str(options.outcome), None)
    required = Requirements(float(options.budget or 0), least, options.per_branch)
    choice = choose_measures(candidates, effects, required, options.draws)
    if choice.best is None:
        return BudgetFound(drivers, candidates, choice, why_out_of_reach(candidates, effects, required, asked.schema))
    most = choice.best.points.value or 0.0
    if least_of_all is not None and most < least_of_all:
        return BudgetFound(
            drivers, candidates, _emptied(choice), why_too_little(effects.outcome, most, least_of_all, required, asked.schema)
        )
    return BudgetFound(drivers, candidates, choice)


def _emptied(choice: MeasureChoice) -> MeasureChoice:
    """The same without a set."""
    return MeasureChoice(choice.outcome, choice.drivers, choice.required, choice.draws)


def _effects(asked: Asked[BudgetOptions], drivers: Drivers, candidates: Sequence[Candidate]) -> Effects:
    """Coefficients and rooms of the drivers, and the shares of the branches that measures name."""
    found = drivers.regression
    return Effects(
        found.outcome, found.drivers, np.array([each.value for each in found.coefficients[1:]], dtype=float), found.covariance[1:, 1:],
        float(found.df or 0.0), np.array([max(100 - drivers.means[code], 0.0) for code in found.drivers]), _shares(asked, candidates),
        found.n, found.n_eff, asked.thresholds,
    )  # fmt: skip


def _shares(asked: Asked[BudgetOptions], candidates: Sequence[Candidate]) -> Mapping[str, float]:
    """Share of the customers (0–1, by respondent weights) of each branch that measures name; raises ManyiError for one without any."""
    named = dict.fromkeys(each.branch for each in candidates if each.branch is not None)
    if not named:
        return {}
    tallies = asked.tallies.where(asked.where)
    weights = tallies.weight_sums[:, 0]
    branches = tallies.keys[BRANCH].to_numpy()
    shares = {branch: float(weights[branches == branch].sum() / weights.sum()) for branch in named}
    if empty := [branch for branch, share in shares.items() if not share > 0]:
        title = asked.schema.value_title(BRANCH, empty[0], "zh_CN")
        raise ManyiError(
            message("Nobody of {branch} is in this selection, so what a measure there would bring is not known.", branch=title)
        )
    return shares


def _columns(question: Asking, _schema: SurveySchema) -> tuple[str, ...]:
    return (BRANCH,) if any(each.branch is not None for each in candidates_of(question.options)) else ()


def _sentence(asked: Asked[BudgetOptions], found: BudgetFound, language: Language) -> Sequence[Segment]:
    if found.choice is None:
        return ()
    if found.reason is not None:
        return [Segment(found.reason.text(language), "unclear")]
    return budget_sentence(found.choice, asked.schema.title_of(found.choice.outcome, language), language)


CHAPTERS = (
    Chapter(
        "measure_choice.choose",
        message("Measures under a budget"),
        message(
            "A measure lifts its driver by its shift for the share of customers it reaches; measures on one driver add up, though no mean "
            "rises above the end of its scale. The points of the outcome follow by the regression, with the interval of its coefficients "
            "together. The set that brings most within the budget and the minimum effects is found exactly by an integer programme (HiGHS)."
        ),
        r"\max_{x} \sum_d b_d \min\Big(\sum_{j\in d} \delta_j r_j x_j,\; 100-\bar s_d\Big), \quad \sum_j c_j x_j \le B",
    ),
    Chapter(
        "measure_choice.hinges",
        message("What the choice hinges on"),
        message(
            "For each measure the highest cost and the smallest shift with which it is in the best set, everything else as it is. Of two "
            "sets that bring the same the cheaper one is best."
        ),
    ),
    Chapter(
        "measure_choice.draws",
        message("How sure the choice is"),
        message(
            "Coefficients are drawn from their joint distribution (multivariate t, robust covariance) with a fixed seed; the share of "
            "draws in which a measure is in the best set says how far the choice stands."
        ),
    ),
)
BUDGET = Topic(
    name="budget",
    options=BudgetOptions,
    compute=_compute,
    figures=budget_figures,
    sentence=_sentence,
    remarks=budget_remarks,
    settle=_settled,
    columns=_columns,
    takes=frozenset({"where", "measures"}),
    figure_words=BUDGET_WORDS,
    chapters=CHAPTERS,
)
TOPICS = {BUDGET.name: BUDGET}
