"""``estimate indicator-weights``: one set of indicator weights by a method, or two side by side with what each does to index and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.indicator_weights.compare_weight_sets import METHOD, compare_weight_sets
from analysis.indicator_weights.weight_methods import find_weights
from analysis.indicator_weights.weight_sentence import comparison_sentence, heaviest_sentence
from analysis.indicator_weights.weight_sets import NAMES, WeightSet, reweighted
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import plain_text
from analysis.sums.cross_moments import GroupMoments
from answers.flat import collected, moments_by
from command_line.output import console
from command_line.requests import Request
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.indicator_weighting import FROM_ANSWERS, WEIGHTINGS, IndicatorWeightMethod
from survey_schema.models import SurveySchema
from survey_schema.path_presets import path_models_for
from words.errors import ManyiError
from words.language import message


def weighted_columns(schema: SurveySchema, by: tuple[str, ...], _against: str | None) -> tuple[str, ...]:
    """The groups that entropy compares, and whose ranks are compared."""
    dimension = _dimension(schema, by)
    return (dimension,) if dimension else ()


def indicator_weights(request: Request) -> Result:
    """Weights of every node by ``--method`` (those of the survey by default); with ``--compare FIRST,SECOND`` both and their effect."""
    asked = request.explain
    if asked.compare:
        if len(asked.compare) != 2:
            raise ManyiError(message("--compare takes two methods, such as given,entropy."))
        return _compared(request, _method(asked.compare[0]), _method(asked.compare[1]))
    found = _found(request, _method(asked.method or "given"))
    return _result(request, [_weights(found, request)], found, [plain_text(heaviest_sentence(found, request.schema, console.language))])


def _compared(request: Request, first: IndicatorWeightMethod, second: IndicatorWeightMethod) -> Result:
    sets = [_found(request, method) for method in (first, second)]
    for found in sets:
        if found.reason is not None:
            raise ManyiError(message("{method}: {reason}", method=NAMES[found.source], reason=found.reason))
    one, two = (_applied(request, found) for found in sets)
    dimension = _dimension(request.schema, request.by)
    where = {name: value for name, value in request.where.items() if name != dimension}
    compared = compare_weight_sets(request.tallies, one, two, dimension=dimension, where=where, thresholds=request.thresholds)
    rows = [_weights(found, request) for found in sets]
    names = (*(str(found.source) for found in sets), "difference")
    rows.append([e._replace(keys={"figure": "score", "weights": name}) for e, name in zip(compared.index, names, strict=True)])
    for league, name in ((compared.first, names[0]), (compared.second, names[1]), (compared.differences, names[2])):
        rows.append([e._replace(keys={"figure": "score", "weights": name, **e.keys}) for e in league.estimates])
    sentence = comparison_sentence(
        compared, one, console.language, first=NAMES[first].text(console.language), second=NAMES[second].text(console.language),
        dimension=dimension or "",
    )  # fmt: skip
    settings = {
        "first": first, "second": second,
        "possible_ranks": {move.group: {"first": move.first_range, "second": move.second_range} for move in compared.moves},
    }  # fmt: skip
    return _result(request, rows, sets[1], [plain_text(sentence)], settings)


def _result(request: Request, rows: Sequence[Sequence[Estimate]], found: WeightSet, sentences: list[str], more: object = None) -> Result:
    kept = [message("{node}: {reason}", node=request.schema.title_of(n, console.language), reason=why) for n, why in found.kept.items()]
    settings = {**found.settings, "method": found.source, **(more if isinstance(more, dict) else {})}
    method = METHOD if isinstance(more, dict) else found.method
    return collected([e for part in rows for e in part], method, settings, notes=[*sentences, *kept])


def _weights(found: WeightSet, request: Request) -> list[Estimate]:
    """The weights as shares of their node, or the reason why there are none."""
    keys = {"figure": "weight", "weights": str(found.source)}
    if found.reason is not None:
        return [Estimate(keys, request.schema.tree.code, None, n=found.n, n_eff=found.n_eff, reason=found.reason)]
    return [e._replace(keys={**keys, **e.keys}, df=None) for e in found.estimates]


def _found(request: Request, method: IndicatorWeightMethod) -> WeightSet:
    dimension = _dimension(request.schema, request.by) or str(Role.BRANCH)

    def moments(items: Sequence[str]) -> GroupMoments:
        return moments_by(replace(request, by=()), items)[0]

    if method == "entropy" and dimension not in request.columns:
        raise ManyiError(message("Entropy weights compare branches or other groups; this survey has none."))
    where = {name: value for name, value in request.where.items() if name != dimension}
    return find_weights(
        method, request.schema, moments=moments, tallies=lambda: request.tallies, models=list(path_models_for(request.schema).values()),
        dimension=dimension, where=where, thresholds=request.thresholds,
    )  # fmt: skip


def _applied(request: Request, found: WeightSet) -> SurveySchema:
    """The survey with these weights, saying from which answers they came."""
    if found.source == "given":
        return request.schema
    origin = {"wave": ", ".join(request.waves), "respondents": found.n, "where": request.where} if found.source in FROM_ANSWERS else None
    return reweighted(request.schema, found, origin=origin)


def _method(text: str) -> IndicatorWeightMethod:
    for known in WEIGHTINGS:
        if text.replace("-", "_") == known:
            return known
    raise ManyiError(message("There is no method {method}. There are: {known}.", method=text, known=", ".join(WEIGHTINGS)))


def _dimension(schema: SurveySchema, by: tuple[str, ...]) -> str | None:
    if len(by) > 1:
        raise ManyiError(message("Groups are compared along one column; name one with --by."))
    return next(iter((*by, *(str(name) for name in DIMENSIONS if schema.column_for(Role(name))))), None)
