"""``estimate ranks``, ``funnel``, ``decompose``, ``composite``, and changes by group: what groups and waves may and may not say."""

from __future__ import annotations

from analysis.compare.branch_composite import as_result, estimate_composite
from analysis.compare.compare_groups import league
from analysis.compare.comparison_sentences import composite_sentence, funnel_sentence, split_sentence
from analysis.compare.decompose_change import decompose_change
from analysis.compare.funnel_limits import estimate_funnel
from analysis.compare.rank_intervals import rank_intervals
from analysis.compare.rank_sentence import rank_sentence
from analysis.compare.wave_order import previous_wave, year_before
from analysis.results.estimates import Result
from analysis.results.sentences import plain_text
from answers.flat import collected
from command_line.output import console
from command_line.requests import Request
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message


def ranks(request: Request) -> Result:
    """The rank of each group with the ranks it may hold, for one indicator (the index by default)."""
    dimension, code = compared_column(request.schema, request.by), one_code(request)
    table = league(
        request.tallies, request.schema, dimension=dimension, where=request.where, code=code, common=request.common,
        thresholds=request.thresholds,
    )  # fmt: skip
    found = rank_intervals(table)
    answer = plain_text(rank_sentence(found, request.schema, console.language, dimension=dimension))
    return collected(found.estimates, found.method, found.settings, answer=answer)


def funnel(request: Request) -> Result:
    """Each group with its distance from all together; the rate of an item (in per cent), the score of an indicator."""
    dimension, code = compared_column(request.schema, request.by), one_code(request)
    found = estimate_funnel(
        request.tallies, request.schema, dimension=dimension, where=request.where, code=code, common=request.common,
        thresholds=request.thresholds,
    )  # fmt: skip
    rows = found.in_points()
    answer = plain_text(funnel_sentence(found, request.schema, console.language))
    return collected(rows.estimates, rows.method, rows.settings, answer=answer, notes=[found.reason] if found.reason else [])


def decompose(request: Request) -> Result:
    """The change since the wave before (or ``--against`` another), parted by branches or by the columns of ``--by``."""
    code, against = one_code(request), request.against or "previous"
    labels = request.tallies.waves
    find = {"previous": previous_wave, "year_before": year_before}.get(against)
    before = find(labels, request.wave) if find else next((label for label in labels if label == against), None)
    if before is None or before == request.wave:
        raise ManyiError(message("There is no earlier wave to compare {wave} with.", wave=request.wave))
    found = decompose_change(
        request.tallies, request.schema, request.wave, before, by=parted_columns(request.schema, request.by, against),
        where=request.where, code=code, thresholds=request.thresholds,
    )  # fmt: skip
    rows = found.as_result()
    answer = plain_text(split_sentence(found, request.schema, console.language))
    return collected(rows.estimates, rows.method, rows.settings, answer=answer, notes=[found.reason] if found.reason else [])


def composite(request: Request) -> Result:
    """Scores by customers beside those by respondents, rolled up over branches or the one or two columns of ``--by``."""
    population = request.population(request.wave)
    if population is None:
        raise ManyiError(message("A population sheet with the customers of each group would bring the composite."))
    found = estimate_composite(
        request.tallies, request.schema, by=parted_columns(request.schema, request.by, None), where=request.where,
        codes=request.codes or (request.schema.tree.code,), population=population.to_pandas(), thresholds=request.thresholds,
    )  # fmt: skip
    if found.reason is not None:
        raise ManyiError(found.reason)
    rows = as_result(found)
    answer = plain_text(composite_sentence(found, request.schema, console.language))
    return collected(rows.estimates, rows.method, rows.settings, answer=answer)


def one_code(request: Request) -> str | None:
    """The one indicator named; None when none is."""
    if request.codes and len(request.codes) > 1:
        raise ManyiError(message("This is computed for one indicator; name one with --code."))
    return request.codes[0] if request.codes else None


def compared_column(schema: SurveySchema, by: tuple[str, ...]) -> str:
    """What is compared: the one column of ``--by``, else branches, else the first dimension the survey has."""
    if len(by) > 1:
        raise ManyiError(message("Groups are compared along one column; name one with --by."))
    asked = [*by, *(str(name) for name in DIMENSIONS if schema.column_for(Role(name)))]
    if not asked:
        raise ManyiError(message("There is nothing to compare: the survey asks for no branch, operator, brand or business line."))
    return asked[0]


def compared_columns(schema: SurveySchema, by: tuple[str, ...], _against: str | None) -> tuple[str, ...]:
    """The column to group by beside those named."""
    return (compared_column(schema, by),)


def parted_columns(schema: SurveySchema, by: tuple[str, ...], _against: str | None) -> tuple[str, ...]:
    """The columns of ``--by``, else what is compared."""
    return by or (compared_column(schema, by),)
