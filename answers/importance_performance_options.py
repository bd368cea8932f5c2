"""What a map of importance and performance is asked for: where importance comes from, the cross-hair, a competitor, the questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from analysis.importance_performance.importance_map import Cross, Importance
from analysis.sums.mean_replacement import Missing
from answers.drivers import DriversOptions, settled_drivers
from answers.named_items import items_of
from answers.path_model import PATH_MODEL, PathModelOptions
from answers.question import Question, option
from answers.selection import value_of
from answers.source import Source
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from survey_schema.path_presets import path_models_for
from words.errors import ManyiError, unknown
from words.language import message

LEVELS = ("constructs", "items")


@dataclass(frozen=True)
class IpaOptions:
    """``importance``: stated by the respondents, derived from ``outcome``, or the effects of a path ``model`` at a ``level``."""

    importance: Importance | None = option(
        "--importance",
        message("stated (asked), derived (LMG shares) or effects (path model); else derived where there is an outcome."),
        known=get_args(Importance),
        metavar="FROM",
    )
    cross: Cross = option(
        "--cross-hair",
        message("Where the cross-hair stands: mean, centre of the scale, target, or competitor."),
        default="mean",
        known=get_args(Cross),
        metavar="WHERE",
    )
    competitor: str | None = option("--competitor", message("A competitor whose performance stands beside ours."), metavar="OPERATOR")
    outcome: str | None = option("--outcome", message("Derived: the item explained; else the survey's own outcome."), metavar="CODE")
    model: str | None = option("--model", message("Effects: which of the survey's path models; else the first."), metavar="CODE")
    level: str | None = option("--level", message("Effects: constructs (usual) or items."), known=LEVELS, metavar="LEVEL")
    missing: Missing = option(
        "--missing",
        message("listwise, or mean to replace missing answers by their question's mean."),
        default="listwise",
        known=get_args(Missing),
        metavar="WAY",
    )


def stated_questions(schema: SurveySchema) -> dict[str, str]:
    """Performance question → the question that asks how important it is."""
    return {gap.perception: gap.importance for gap in schema.gap_items if gap.importance}


def importances(schema: SurveySchema) -> tuple[Importance, ...]:
    """Where this survey's importance can come from, the usual one first."""
    drivers = schema.drivers or [code for code in schema.tree.items() if code != schema.outcome]
    found: list[Importance] = ["derived"] if schema.outcome and len(drivers) > 1 else []
    found += ["stated"] if len(stated_questions(schema)) > 1 else []
    return (*found, *(["effects"] if path_models_for(schema) else []))  # type: ignore[arg-type]


def competitors(schema: SurveySchema) -> list[str]:
    """The operators that can stand beside ours; none where the survey does not say who we are."""
    ours = schema.our_operator
    return [choice.code for choice in schema.choices(Role.OPERATOR) if choice.code != ours] if ours else []


def settled_map(question: Question[IpaOptions], source: Source) -> Question[IpaOptions]:
    """The question with importance, questions and competitor written out; raises ManyiError for what cannot be asked."""
    schema, asked = source.schema, question.options
    usual = importances(schema)
    if asked.importance is None and not usual:
        raise ManyiError(
            message(
                "This survey has no importance: it names no overall question with drivers, no gap_items with importance and no path model. "
                "Add one of them to its schema."
            )
        )
    importance = asked.importance or ("derived" if asked.outcome else usual[0])
    settled = {"derived": _derived, "stated": _stated, "effects": _effects}[importance](question, source)
    return _beside_competitor(settled, schema)


def _derived(question: Question[IpaOptions], source: Source) -> Question[IpaOptions]:
    named = DriversOptions(question.options.outcome, items_of(question.codes, source.schema))
    outcome, codes = settled_drivers(named, source.schema)
    return replace(question, codes=codes, options=_only(question.options, "derived", outcome=outcome))


def _stated(question: Question[IpaOptions], source: Source) -> Question[IpaOptions]:
    stated = stated_questions(source.schema)
    if not stated:
        raise ManyiError(message("This survey asks for no importance; name its questions under gap_items of the schema."))
    codes = items_of(question.codes, source.schema) or tuple(stated)
    return replace(question, codes=codes, options=_only(question.options, "stated"))


def _effects(question: Question[IpaOptions], source: Source) -> Question[IpaOptions]:
    options = question.options
    if options.competitor or options.cross == "competitor":
        raise ManyiError(message("A path model's map has no competitor; choose stated or derived importance for that."))
    asks = Question("path-model", question.survey, PathModelOptions(options.model), question.waves, question.where)
    model = PATH_MODEL.settle(asks, source).options.model
    of = path_models_for(source.schema)[str(model)]
    level = options.level or LEVELS[0]
    others = [construct for construct in of.constructs if construct.code != of.satisfaction]
    known = [one.code for one in others] if level == LEVELS[0] else [item for one in others for item in one.items]
    for code in question.codes:
        if code not in known:
            raise unknown(message("construct or question of the path model"), code, known)
    return replace(
        question, codes=question.codes or tuple(known), options=_only(options, "effects", model=model, level=level, missing=options.missing)
    )


def _only(options: IpaOptions, importance: Importance, **kept: object) -> IpaOptions:
    """The options this importance has a use for, so that the same question is the same value."""
    return replace(IpaOptions(importance, options.cross, options.competitor), **kept)  # type: ignore[arg-type]


def _beside_competitor(question: Question[IpaOptions], schema: SurveySchema) -> Question[IpaOptions]:
    """With a competitor the map is of our own customers."""
    options, others = question.options, competitors(schema)
    if options.cross == "competitor" and options.competitor is None and len(others) == 1:
        options = replace(options, competitor=others[0])
    if options.competitor is None:
        return replace(question, options=options)
    code = value_of(Role.OPERATOR, options.competitor, schema)
    if code not in others:
        raise unknown(message("competitor"), options.competitor, others)
    ours = str(schema.our_operator)
    if question.selection.get(Role.OPERATOR, ours) != ours:
        raise ManyiError(message("A competitor stands beside our own customers only; leave out --where operator, or --competitor."))
    return replace(question.with_where({**question.selection, Role.OPERATOR: ours}), options=replace(options, competitor=code))


def offered_crosses(schema: SurveySchema, codes: Sequence[str], competitor: str | None) -> tuple[Cross, ...]:
    """The cross-hairs that these questions can have."""
    found: list[Cross] = ["mean", "centre"]
    found += ["target"] if codes and all(code in schema.comparison.targets for code in codes) else []
    return (*found, *(["competitor"] if competitor else []))  # type: ignore[arg-type]
