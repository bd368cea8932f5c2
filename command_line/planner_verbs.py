"""``estimate planner``: what the wave shows of each group now, and how many responses the wish needs."""

from __future__ import annotations

from analysis.planner.planner_sentence import planner_sentence
from analysis.planner.sample_planner import Aim, plan_sample, planned_figures
from analysis.results.estimates import Result
from analysis.results.sentences import plain_text
from answers.flat import collected
from command_line.output import console
from command_line.requests import Request
from survey_schema.models import Role, SurveySchema
from words.errors import ManyiError
from words.language import message

#: What is planned for when nothing is asked: intervals of ± so many points.
USUAL_HALF_WIDTH = 2.0


def planner(request: Request) -> Result:
    """Half-width, detectable differences, responses needed and how many more, group by group, for one indicator."""
    population = request.population(request.wave)
    dimensions = planned_columns(request.schema, request.by, request.against)
    dimension = next((name for name in dimensions if name in request.by or len(request.tallies.values(name)) > 1), None)
    if request.codes and len(request.codes) > 1:
        raise ManyiError(message("A sample is planned for one indicator; name one with --code."))
    plan = plan_sample(
        request.tallies, request.schema, _aim(request), dimension=dimension, where=request.where,
        code=request.codes[0] if request.codes else None,
        population=None if population is None else population.to_pandas(), thresholds=request.thresholds,
    )  # fmt: skip
    figures = planned_figures(plan)
    answer = plain_text(planner_sentence(plan, request.schema, console.language))
    return collected(figures.estimates, figures.method, figures.settings, answer=answer)


def planned_columns(schema: SurveySchema, by: tuple[str, ...], _against: str | None) -> tuple[str, ...]:
    """The one column of ``--by``, else branches where the survey has them."""
    if len(by) > 1:
        raise ManyiError(message("Groups are compared along one column; name one with --by."))
    return by or ((str(Role.BRANCH),) if schema.column_for(Role.BRANCH) else ())


def _aim(request: Request) -> Aim:
    asked, against = request.plan, request.against
    if asked.half_width is not None and asked.difference is not None:
        raise ManyiError(message("Name either --half-width or --difference."))
    if asked.difference is None:
        return Aim("half_width", USUAL_HALF_WIDTH if asked.half_width is None else asked.half_width, asked.power)
    if against not in (None, "rest", "previous"):
        raise ManyiError(message("The planner knows --against rest and --against previous, not {against}.", against=against))
    return Aim("wave" if against == "previous" else "rest", asked.difference, asked.power)
