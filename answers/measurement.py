"""Does the questionnaire measure what it says: reliability of its sets of questions, and the factors behind its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from analysis.measurement.factor_extraction import Extraction
from analysis.measurement.factor_rotation import Rotation
from analysis.measurement.factors import Factors, estimate_factors
from analysis.measurement.question_sets import QuestionSet, question_sets
from analysis.measurement.reliability import Reliability, estimate_reliability
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Provenance
from analysis.sums.cross_moments import GroupMoments
from answers.flat import bare, collected, moments_by, refused, tagged, with_losses
from answers.named_items import items_of
from answers.question import NoOptions, Question, option
from answers.source import Source
from answers.topic import Asked, Chapter, Topic
from survey_schema.schema_parts import LocalText
from words.language import Language, Message, message

#: What the questions of ``--code`` are called together.
ASKED = QuestionSet("asked", LocalText(zh_CN="所选问题", en="Questions asked for"), ())


@dataclass(frozen=True)
class FactorsOptions:
    """``count`` None takes what parallel analysis suggests."""

    extraction: Extraction = option(
        "--method", message("principal, minres or ml."), default="minres", known=get_args(Extraction), metavar="METHOD"
    )
    rotation: Rotation = option(
        "--rotation", message("none, varimax, promax or oblimin."), default="varimax", known=get_args(Rotation), metavar="ROTATION"
    )
    count: int | None = option("--factors", message("How many, else by parallel analysis."), minimum=1, maximum=100)


@dataclass(frozen=True)
class SetReliability:
    """One set of questions in one group."""

    of: QuestionSet
    group: GroupMoments
    found: Reliability


@dataclass(frozen=True)
class GroupFactors:
    """The factors of one group."""

    group: GroupMoments
    found: Factors


def of_groups(asked: Asked[Any], groups: Sequence[Provenance]) -> Provenance:
    """How figures of several groups come about: the method of the last, the limits in force, and what the weights were raked to."""
    how = Provenance(groups[-1].method if groups else message("Nothing was computed."), asked.thresholds)
    raked = {wave: columns for group in groups for wave, columns in group.reraked_margins.items()}
    return replace(how, reraked_margins=raked)


def _of_items(question: Question[Any], source: Source) -> Question[Any]:
    return replace(question, codes=items_of(question.codes, source.schema))


def _of_tree(question: Question[FactorsOptions], source: Source) -> Question[FactorsOptions]:
    return replace(question, codes=items_of(question.codes, source.schema) or tuple(source.schema.tree.items()))


def _sets(asked: Asked[Any]) -> list[QuestionSet]:
    return [replace(ASKED, items=asked.codes)] if asked.codes else question_sets(asked.schema)


def _reliability(asked: Asked[NoOptions]) -> tuple[SetReliability, ...]:
    return tuple(
        SetReliability(one, group, estimate_reliability(group.select(one.items), asked.schema, one.items, asked.thresholds))
        for one in _sets(asked)
        for group in moments_by(asked, one.items)
    )


def _reliability_figures(asked: Asked[NoOptions], found: tuple[SetReliability, ...]) -> Result:
    """Alpha, omega, item analysis, KMO and Bartlett of each set."""
    estimates: list[Estimate] = []
    for row in found:
        estimates += with_losses(_of_set(row), row.group)
    sets = {one.code: one.items for one in _sets(asked)}
    return collected(estimates, of_groups(asked, [row.found.provenance for row in found]), sets=sets)


def _of_set(row: SetReliability) -> list[Estimate]:
    found, name = row.found, row.of.code
    keys = {**row.group.keys, "set": name}
    if found.reason:
        return [refused(name, found.reason, found.n, found.n_eff, **keys, figure="alpha")]
    bartlett = Estimate(
        {**keys, "figure": "bartlett_chi2"}, name, found.bartlett_chi2, n=found.n, n_eff=found.n_eff,
        df=None if found.bartlett_df is None else float(found.bartlett_df), p=found.bartlett_p,
        reason=None if found.bartlett_chi2 is not None else message("A question is an exact combination of the others."),
    )  # fmt: skip
    whole = [
        Estimate({**keys, "figure": figure}, name, e.value, e.se, e.low, e.high, e.n, e.n_eff, marked=e.marked)
        for figure, e in (("alpha", found.alpha), ("alpha_standardised", found.alpha_standardised), ("omega", found.omega))
        if e is not None
    ]
    items = [
        e
        for item in found.item_analysis
        for e in (
            *tagged("mean", [item.mean], tested=False, **keys), *tagged("item_rest", [item.item_rest], tested=False, **keys),
            *tagged("alpha_if_dropped", [item.alpha_if_dropped], tested=False, **keys), *bare("kmo", {item.code: item.kmo}, found, **keys),
        )
    ]  # fmt: skip
    return [*whole, *bare("kmo", {name: found.kmo}, found, **keys), bartlett, *items]


def _reliability_remarks(asked: Asked[NoOptions], found: tuple[SetReliability, ...], language: Language) -> Sequence[Message]:
    told: list[Message] = []
    for row in found:
        if row.found.reason:
            continue
        if row.found.verdict and not asked.by:
            told.append(message("{set}: {verdict}", set=row.of.title, verdict=row.found.verdict))
        told += row.found.notes
    return told


def _factors(asked: Asked[FactorsOptions]) -> tuple[GroupFactors, ...]:
    options, items = asked.options, asked.codes or ()
    return tuple(
        GroupFactors(
            group,
            estimate_factors(
                group, asked.schema, items, count=options.count, extraction=options.extraction, rotation=options.rotation,
                thresholds=asked.thresholds,
            ),
        )
        for group in moments_by(asked, items)
    )  # fmt: skip


def _factor_figures(asked: Asked[FactorsOptions], found: tuple[GroupFactors, ...]) -> Result:
    """Rotated loadings, variance explained and dimension indices."""
    options = asked.options
    estimates: list[Estimate] = []
    facts: dict[str, object] = {"items": asked.codes, "extraction": options.extraction, "rotation": options.rotation}
    for row in found:
        estimates += with_losses(_of_factors(row), row.group)
        facts |= {} if asked.by or row.found.reason else _number_of_factors(row.found)
    return collected(estimates, of_groups(asked, [row.found.provenance for row in found]), **facts)


def _of_factors(row: GroupFactors) -> list[Estimate]:
    found, keys = row.found, dict(row.group.keys)
    if found.reason:
        return [refused("factors", found.reason, found.n, found.n_eff, **keys, figure="loading")]
    return [
        *tagged("loading", found.loadings, tested=False, **keys),
        *bare("communality", dict(found.communalities), found, **keys),
        *tagged("variance_percent", found.variance_percent, tested=False, **keys),
        *tagged("index", found.indices, tested=False, **keys),
    ]


def _number_of_factors(found: Factors) -> dict[str, object]:
    number = found.number
    counted = {} if number is None else {
        "by_parallel_analysis": number.by_parallel_analysis, "by_eigenvalue_above_one": number.by_eigenvalue_above_one,
        "eigenvalues": number.eigenvalues, "random_eigenvalues": number.random_eigenvalues,
    }  # fmt: skip
    return {"count": len(found.factors), "members": found.members, "factor_correlations": found.correlations.tolist(), **counted}


def _factor_remarks(_asked: Asked[FactorsOptions], found: tuple[GroupFactors, ...], _language: Language) -> Sequence[Message]:
    return [note for row in found if not row.found.reason for note in row.found.notes]


RELIABILITY = Topic(
    name="reliability",
    options=NoOptions,
    compute=_reliability,
    figures=_reliability_figures,
    remarks=_reliability_remarks,
    settle=_of_items,
    decimals=3,
    figure_words={
        "alpha": message("Cronbach's α"),
        "alpha_standardised": message("standardised α"),
        "omega": message("McDonald's ω"),
        "kmo": message("sampling adequacy (KMO)"),
        "bartlett_chi2": message("Bartlett's χ²"),
        "mean": message("mean score"),
        "item_rest": message("correlation with the other questions"),
        "alpha_if_dropped": message("α without it"),
    },
    chapters=(
        Chapter(
            "measurement.reliability",
            message("Reliability"),
            message("Cronbach's α, α without each question, McDonald's ω; sampling adequacy by KMO and Bartlett's test."),
        ),
    ),
)
FACTORS = Topic(
    name="factors",
    options=FactorsOptions,
    compute=_factors,
    figures=_factor_figures,
    remarks=_factor_remarks,
    settle=_of_tree,
    decimals=3,
    figure_words={
        "loading": message("loading"),
        "communality": message("communality"),
        "variance_percent": message("share of variance, %"),
        "index": message("score"),
    },
    chapters=(
        Chapter(
            "measurement.factors",
            message("Factors"),
            message("Extraction from the weighted correlation matrix, with rotation; the number of factors by parallel analysis."),
        ),
    ),
)
TOPICS: dict[str, Topic[Any, Any]] = {topic.name: topic for topic in (RELIABILITY, FACTORS)}
