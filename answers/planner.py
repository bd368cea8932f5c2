"""The sample planner: what the wave shows of each group now, and how many responses the wish needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.planner.planner_sentence import planner_sentence
from analysis.planner.sample_planner import Aim, Plan, plan_sample, planned_figures
from analysis.results.estimates import Result
from analysis.results.sentences import Segment
from answers.flat import collected
from answers.question import Question, option
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import Language, message

#: What is planned for when nothing is asked: intervals of ± so many points.
USUAL_HALF_WIDTH = 2.0
#: Points on 0–100; no survey has the responses that less would need.
SMALLEST_WISH = 0.01
#: What a difference is seen against: the rest, or the wave before.
Against = Literal["rest", "previous"]
AGAINST: tuple[Against, ...] = ("rest", "previous")


@dataclass(frozen=True)
class PlannerOptions:
    """The aim: a ``half_width``, or a ``difference`` seen with ``power`` ``against`` the rest or the wave before. Points on 0-100."""

    half_width: float | None = option("--half-width", message("The interval wanted, ± points."), minimum=SMALLEST_WISH, maximum=100)
    difference: float | None = option("--difference", message("The difference to detect, points."), minimum=SMALLEST_WISH, maximum=100)
    power: float = option("--power", message("The chance to detect it."), default=0.8, minimum=0.5, maximum=0.99)
    against: Against | None = option("--against", message("With --difference: rest or previous."), known=AGAINST, metavar="WHAT")

    @property
    def aim(self) -> Aim:
        """The wish as the analysis knows it; of settled options."""
        if self.difference is None:
            return Aim("half_width", USUAL_HALF_WIDTH if self.half_width is None else self.half_width, self.power)
        return Aim("wave" if self.against == "previous" else "rest", self.difference, self.power)


def _settled(question: Question[PlannerOptions], source: Source) -> Question[PlannerOptions]:
    """One column, branches where there are several; one indicator, the headline; an aim."""
    asked = question.options
    if len(question.by) > 1:
        raise ManyiError(message("Groups are compared along one column; name one with --by."))
    if len(question.codes) > 1:
        raise ManyiError(message("A sample is planned for one indicator; name one with --code."))
    if asked.half_width is not None and asked.difference is not None:
        raise ManyiError(message("Name either --half-width or --difference."))
    if asked.difference is None:
        options = replace(asked, half_width=asked.aim.size, against=None)
    else:
        options = replace(asked, against=asked.against or "rest")
    by = question.by or _branches(question, source)
    return replace(question, options=options, by=by, codes=question.codes or (source.schema.tree.code,))


def _branches(question: Question[PlannerOptions], source: Source) -> tuple[str, ...]:
    """Branches, where the survey has them and the waves several."""
    branch = str(Role.BRANCH)
    if not source.schema.column_for(Role.BRANCH):
        return ()
    found = {value for wave in question.waves for value in source.values(wave).get(branch, ())}
    return (branch,) if len(found) > 1 else ()


def _columns(question: Question[PlannerOptions], _schema: SurveySchema) -> tuple[str, ...]:
    return question.by


def _compute(asked: Asked[PlannerOptions]) -> Plan:
    return plan_sample(
        asked.tallies, asked.schema, asked.options.aim, dimension=next(iter(asked.by), None), where=asked.where,
        code=next(iter(asked.question.codes)), population=asked.population, thresholds=asked.thresholds,
    )  # fmt: skip


def _figures(_asked: Asked[PlannerOptions], plan: Plan) -> Result:
    """Half-width, detectable differences, responses needed and how many more, group by group."""
    found = planned_figures(plan)
    return collected(found.estimates, found.provenance)


def _sentence(asked: Asked[PlannerOptions], plan: Plan, language: Language) -> Sequence[Segment]:
    return planner_sentence(plan, asked.schema, language)


PLANNER = Topic(
    name="planner",
    options=PlannerOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    settle=_settled,
    columns=_columns,
    takes=frozenset({"by", "where", "codes", "population"}),
    figure_words={
        "half_width": message("half-width now, ± points"),
        "detectable_rest": message("detectable against the rest now, points"),
        "detectable_wave": message("detectable between two such waves, points"),
        "needed": message("responses needed"),
        "more": message("responses more"),
        "needed_all": message("responses needed, all groups together"),
        "more_all": message("responses more, all groups together"),
        "deviation": message("standard deviation of a response, points"),
        "design_effect": message("design effect of the weights"),
        "customers": message("customers"),
    },
    chapters=(
        Chapter(
            "planner.sample_planner",
            message("Sample planning"),
            message(
                "The variance of one response comes from the chosen wave, design effect included. A half-width follows from the t "
                "distribution, with the finite population correction where the customers are known; a detectable difference from the "
                "noncentral t distribution. Groups with a small base are planned with the variance of the others."
            ),
            r"n_0 = \left(\frac{t\,\sigma\sqrt{\mathrm{deff}}}{e}\right)^2, \qquad n = \frac{n_0}{1 + n_0/N}",
        ),
    ),
)
TOPICS = {PLANNER.name: PLANNER}
