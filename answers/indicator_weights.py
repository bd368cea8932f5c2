"""Indicator weights: one set by a method, or two side by side with what each does to the index and to ranks.

A set is a method's, or that of a survey: ``given`` as the source understands it (its draft, where it has one), ``stored`` as the wave
was stored, ``in_use`` as the next upload would be, ``version-2`` as saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.indicator_weights.compare_weight_sets import METHOD, WeightComparison, compare_weight_sets
from analysis.indicator_weights.weight_methods import find_weights
from analysis.indicator_weights.weight_sentence import comparison_sentence, heaviest_sentence
from analysis.indicator_weights.weight_sets import NAMES, WeightSet, reweighted, schema_weights
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact
from analysis.results.sentences import plain_text
from analysis.sums.cross_moments import GroupMoments
from answers.flat import collected, moments_by
from answers.question import Question, option
from answers.source import Source
from answers.topic import Asked, Topic
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.indicator_weighting import FROM_ANSWERS, WEIGHTINGS, IndicatorWeightMethod
from survey_schema.models import SurveySchema
from survey_schema.path_presets import path_models_for
from words.errors import ManyiError, unknown
from words.language import Language, Message, message

#: Sets that are those of another form of the survey.
OTHER_SETS = ("stored", "in_use", "version-…")


@dataclass(frozen=True)
class IndicatorWeightOptions:
    """``method`` of one set; ``compare`` two sets."""

    method: str | None = option("--method", message("given, entropy, importance and others."))
    compare: tuple[str, ...] = option(
        "--compare", message("Two sets side by side: methods, stored, in_use, or version-2."), default=(), metavar="SET,SET", joined=True
    )


@dataclass(frozen=True)
class NamedSet:
    """A set of weights with its name and the survey that has them."""

    name: str
    weights: WeightSet
    schema: SurveySchema

    def title(self, language: Language) -> str:
        """What it is called in a sentence."""
        return NAMES[self.weights.source].text(language) if self.name in WEIGHTINGS else self.name


@dataclass(frozen=True)
class IndicatorWeights:
    """One set, or two with their comparison by ``dimension``."""

    sets: tuple[NamedSet, ...]
    dimension: str | None = None
    comparison: WeightComparison | None = None


def compared_dimension(schema: SurveySchema) -> str | None:
    """What entropy and ranks compare: branches, else the first dimension the survey has."""
    return next((str(name) for name in DIMENSIONS if schema.column_for(Role(name))), None)


def _settled(question: Question[IndicatorWeightOptions], source: Source) -> Question[IndicatorWeightOptions]:
    asked = question.options
    if len(question.by) > 1:
        raise ManyiError(message("Groups are compared along one column; name one with --by."))
    if asked.compare and len(asked.compare) != 2:
        raise ManyiError(message("--compare takes two methods, such as given,entropy."))
    names = tuple(_set_name(name, source) for name in asked.compare)
    method = None if names else _set_name(asked.method or "given", source)
    groups = bool(names) or method == "entropy"
    usual = compared_dimension(source.schema)
    by = (question.by or ((usual,) if usual else ())) if groups else ()
    return replace(question, options=IndicatorWeightOptions(method, names), by=by)


def _set_name(text: str, source: Source) -> str:
    """The method of that name, or another form of the survey, with what tells it from what it may be later."""
    name = text.partition("@")[0]
    method = _method(name)
    if method is not None:
        return method
    found = source.form(name)
    if found is None:
        raise unknown(message("method"), text, (*WEIGHTINGS, *OTHER_SETS))
    return f"{name}@{found[0][:12]}" if name == "in_use" else name


def _method(text: str) -> IndicatorWeightMethod | None:
    return next((known for known in WEIGHTINGS if text.replace("-", "_") == known), None)


def _compute(asked: Asked[IndicatorWeightOptions]) -> IndicatorWeights:
    if not asked.options.compare:
        return IndicatorWeights((_set(asked, str(asked.options.method)),))
    one, two = (_applied(asked, _set(asked, name)) for name in asked.options.compare)
    dimension = next(iter(asked.by), None)
    where = {name: value for name, value in asked.where.items() if name != dimension}
    first, second = (asked.source.by_tree(each.schema) for each in (one, two))
    columns = (Role.WAVE, *asked.columns)
    found = compare_weight_sets(
        first.tallies(asked.reads, columns), one.schema, two.schema, dimension=dimension, where=where, thresholds=asked.thresholds,
        other_tallies=second.tallies(asked.reads, columns),
    )  # fmt: skip
    return IndicatorWeights((one, two), dimension, found)


def _set(asked: Asked[IndicatorWeightOptions], name: str) -> NamedSet:
    method = _method(name)
    if method is not None:
        return NamedSet(name, _by_method(asked, method), asked.schema)
    form = asked.source.form(name.partition("@")[0])
    if form is None:
        raise ManyiError(message("There is no version {version} of {survey}.", version=name, survey=asked.schema.name))
    return NamedSet(name.partition("@")[0], schema_weights(form[1]), form[1])


def _by_method(asked: Asked[IndicatorWeightOptions], method: IndicatorWeightMethod) -> WeightSet:
    dimension = next(iter(asked.by), None) or compared_dimension(asked.schema)
    if method == "entropy" and dimension is None:
        raise ManyiError(message("Entropy weights compare branches or other groups; this survey has none."))
    where = {name: value for name, value in asked.where.items() if name != dimension}
    whole = replace(asked, question=replace(asked.question, by=()))

    def moments(items: Sequence[str]) -> GroupMoments:
        return moments_by(whole, items)[0]

    return find_weights(
        method, asked.schema, moments=moments, tallies=lambda: asked.tallies, models=list(path_models_for(asked.schema).values()),
        dimension=dimension or str(Role.BRANCH), where=where, thresholds=asked.thresholds,
    )  # fmt: skip


def _applied(asked: Asked[IndicatorWeightOptions], found: NamedSet) -> NamedSet:
    """The set with the survey that has these weights, saying from which answers they came."""
    weights = found.weights
    if weights.reason is not None:
        raise ManyiError(message("{method}: {reason}", method=NAMES[weights.source], reason=weights.reason))
    if weights.source == "given":
        return found
    origin: Mapping[str, object] | None = None
    if weights.source in FROM_ANSWERS:
        origin = {"wave": ", ".join(asked.waves), "respondents": weights.n, "where": asked.where}
    return replace(found, schema=reweighted(asked.schema, weights, origin=origin))


def _figures(asked: Asked[IndicatorWeightOptions], found: IndicatorWeights) -> Result:
    """The weights as shares of their node; of two sets the scores under both as well, and their difference."""
    rows = [row for each in found.sets for row in _weights(each, asked.schema)]
    last, compared = found.sets[-1].weights, found.comparison
    how = last.provenance.plus(Fact("method", last.source))
    if compared is None:
        return collected(rows, how)
    first, second = (each.name for each in found.sets)
    names = (first, second, "difference")
    rows += [e._replace(keys={"figure": "score", "weights": name}) for e, name in zip(compared.index, names, strict=True)]
    for league, name in zip((compared.first, compared.second, compared.differences), names, strict=True):
        rows += [e._replace(keys={"figure": "score", "weights": name, **e.keys}) for e in league.estimates]
    ranges = {move.group: {"first": move.first_range, "second": move.second_range} for move in compared.moves}
    return collected(rows, replace(how, method=METHOD), first=first, second=second, possible_ranks=ranges)


def _weights(found: NamedSet, schema: SurveySchema) -> list[Estimate]:
    """The weights, or the reason why there are none."""
    weights, keys = found.weights, {"figure": "weight", "weights": found.name}
    if weights.reason is not None:
        return [Estimate(keys, schema.tree.code, None, n=weights.n, n_eff=weights.n_eff, reason=weights.reason)]
    return [e._replace(keys={**keys, **e.keys}, df=None) for e in weights.estimates]


def _remarks(asked: Asked[IndicatorWeightOptions], found: IndicatorWeights, language: Language) -> Sequence[str | Message]:
    """What the weights say, and which nodes kept theirs and why."""
    last = found.sets[-1].weights
    kept = [message("{node}: {reason}", node=asked.schema.title_of(node, language), reason=why) for node, why in last.kept.items()]
    if found.comparison is None:
        return [plain_text(heaviest_sentence(last, asked.schema, language)), *kept]
    first, second = (each.title(language) for each in found.sets)
    told = comparison_sentence(
        found.comparison, found.sets[0].schema, language, first=first, second=second, dimension=found.dimension or ""
    )
    return [plain_text(told), *kept]


INDICATOR_WEIGHTS = Topic(
    name="indicator-weights",
    options=IndicatorWeightOptions,
    compute=_compute,
    figures=_figures,
    remarks=_remarks,
    settle=_settled,
    takes=frozenset({"by", "where"}),
    decimals=4,
)
TOPICS = {INDICATOR_WEIGHTS.name: INDICATOR_WEIGHTS}
