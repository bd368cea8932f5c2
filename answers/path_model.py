"""Path models: paths, effects, indices and quality; groups are compared once it is known that the constructs mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from analysis.disclosure.protected_moments import protected_moments
from analysis.measurement.path_model import estimate_path_model, missing_fact
from analysis.measurement.path_model_groups import PathModelComparison, compare_all_path_models, compare_path_models
from analysis.measurement.path_model_result import PathModelResult
from analysis.measurement.path_model_solution import Layout
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact
from analysis.sums.cross_moments import GroupMoments
from analysis.sums.mean_replacement import Missing
from answers.flat import collected, narrowed_to, refused, with_losses
from answers.measurement import of_groups
from answers.path_model_figures import PATH_MODEL_WORDS, comparison_rows, comparison_sentences, model_rows, model_verdicts
from answers.question import Question, option
from answers.selection import value_of
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from survey_schema.path_models import PathModel
from survey_schema.path_presets import path_models_for
from words.errors import ManyiError, unknown
from words.language import Language, Message, message

#: Each group against everybody else, which is what is usual.
REST = "rest"


@dataclass(frozen=True)
class PathModelOptions:
    """``model``: by code, the survey's first unless one is named. ``against``: one group that the others are compared with."""

    model: str | None = option("--model", message("Which of the survey's path models; else the first."), metavar="CODE")
    against: str | None = option(
        "--against",
        message("With --by: the group that the others are compared with, or only the one that --where names; else rest."),
        metavar="GROUP",
    )
    missing: Missing = option(
        "--missing",
        message("listwise, or mean to replace missing answers by their question's mean."),
        default="listwise",
        known=get_args(Missing),
        metavar="WAY",
    )


@dataclass(frozen=True)
class GroupModel:
    """The path model of one group."""

    group: GroupMoments
    found: PathModelResult


@dataclass(frozen=True)
class PathModels:
    """The model of the selection, or of each group with the comparisons between them."""

    model: PathModel
    groups: tuple[GroupModel, ...]
    comparisons: tuple[PathModelComparison, ...] = ()


def _settled(question: Question[PathModelOptions], source: Source) -> Question[PathModelOptions]:
    asked, models = question.options, path_models_for(source.schema)
    if not models:
        raise ManyiError(message("This survey has no path model; add path_models to its schema."))
    if asked.model is not None and asked.model not in models:
        raise unknown(message("path model"), asked.model, list(models))
    against = None if asked.against == REST else asked.against
    if asked.against and not question.by:
        raise ManyiError(message("Say with --by along which column the groups are compared."))
    if against and len(question.by) != 1:
        raise ManyiError(message("Groups are compared along one column; name one with --by."))
    against = value_of(question.by[0], against, source.schema) if against else None
    return replace(question, options=replace(asked, model=asked.model or next(iter(models)), against=against), codes=())


def _compute(asked: Asked[PathModelOptions]) -> PathModels:
    options, schema, limits = asked.options, asked.schema, asked.thresholds
    model = path_models_for(schema)[str(options.model)]
    where, pair = dict(asked.where), None
    if options.against:  # the group of --where is compared with another one, so neither is narrowed_to away
        pair = (where.pop(asked.by[0], None), options.against)
    moments = protected_moments(
        asked.frame, schema, Layout.of(model).items, by=asked.by, where=where, thresholds=limits, missing=options.missing
    )
    compared = _compared(asked, model, moments, where, pair)
    if pair and pair[0]:
        moments = tuple(group for group in moments if group.keys[asked.by[0]] in pair)
    groups = tuple(GroupModel(group, estimate_path_model(group, schema, model, limits)) for group in moments)
    return PathModels(model, groups, compared)


def _compared(
    asked: Asked[PathModelOptions], model: PathModel, groups: Sequence[GroupMoments], where: dict[str, str],
    pair: tuple[str | None, str] | None,
) -> tuple[PathModelComparison, ...]:  # fmt: skip
    """Two groups with each other, more of them each with everybody else; with ``--against GROUP`` each with that one."""
    frame, schema, limits = narrowed_to(asked.frame, where), asked.schema, asked.thresholds
    if not asked.by:
        return ()
    if pair is None:
        return compare_all_path_models(groups, schema, model, frame=frame, thresholds=limits) if len(groups) > 1 else ()
    first, other = pair
    named = {str(group.keys[asked.by[0]]): group for group in groups}
    for name in (other, first):
        if name is not None and name not in named:
            raise unknown(message("group"), name, list(named))
    return tuple(
        compare_path_models(group, named[other], schema, model, frame=frame, thresholds=limits)
        for name, group in named.items()
        if name != other and first in (None, name)
    )


def _figures(asked: Asked[PathModelOptions], found: PathModels) -> Result:
    """Differences of groups first, then every figure of every group."""
    estimates: list[Estimate] = [row for one in found.comparisons for row in comparison_rows(one, found.model)]
    how = of_groups(asked, [row.found.provenance for row in found.groups]).plus(Fact("model", found.model.code))
    for row in found.groups:
        result = row.found
        how = how.plus(missing_fact(result.missing))
        keys = dict(row.group.keys)
        rows = (
            [refused(found.model.code, result.reason, result.n, result.n_eff, **keys, figure="path")]
            if result.reason
            else model_rows(result, keys)
        )
        estimates += with_losses(rows, row.group)
    if found.comparisons:
        first = found.comparisons[0].provenance
        how = how.plus(Fact("comparison", {"method": first.method, **first.values}))
    return collected(estimates, how)


def _remarks(asked: Asked[PathModelOptions], found: PathModels, language: Language) -> Sequence[Message]:
    told = [sentence for one in found.comparisons for sentence in comparison_sentences(one, asked.schema, language)]
    for row in found.groups:
        if not row.found.reason:
            told += [*row.found.notes, *(() if asked.by else model_verdicts(row.found))]
        told += [row.found.losses] if row.found.losses and not asked.by else []
    return told


PATH_MODEL = Topic(
    name="path-model",
    options=PathModelOptions,
    compute=_compute,
    figures=_figures,
    remarks=_remarks,
    settle=_settled,
    heavy=lambda question: bool(question.by),  # groups are compared by permutations
    takes=frozenset({"by", "where"}),
    decimals=3,
    figure_words=PATH_MODEL_WORDS,
    chapters=(
        Chapter(
            "measurement.path_model",
            message("Path model"),
            message(
                "Partial least squares path modelling on the weighted correlation matrix; the index of a construct uses unstandardised "
                "weights. A negative outer weight whose interval excludes zero takes the index and importance of its own construct. "
                "Respondents with a missing answer are left out and counted, or missing answers are replaced by the mean of their "
                "question; then intervals know that the means are estimates."
            ),
        ),
        Chapter(
            "measurement.path_model_groups",
            message("Path models of two groups"),
            message(
                "First whether the constructs are composed alike in both groups (compositional invariance, by permuting the group labels); "
                "only then are paths and indices compared, by the same permutations, Holm over each family."
            ),
        ),
    ),
)
TOPICS = {PATH_MODEL.name: PATH_MODEL}
