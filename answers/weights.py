"""Respondent weights of one whole wave: margins before and after, the weights and what they cost, and what they do to the index.

Made from the weights a wave came with, whatever is in force; nothing is stored here. What the command ``weights save`` and the page
*Upload* keep is made by the same question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.respondent_weights.raked_replicates import EffectRow, WeightingEffect, weighting_effect
from analysis.respondent_weights.respondent_weights import Array, RespondentWeighting, WeightingRecipe, weigh
from analysis.respondent_weights.weighting_report import WeightingReport, WeightSpread, spread_of
from analysis.respondent_weights.weighting_sentence import weighting_sentence
from analysis.respondent_weights.weighting_targets import columns_told_apart, targets_from_population
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import Segment
from answers.flat import collected
from answers.kept import Kept
from answers.question import Question, option
from answers.selection import column_name
from answers.source import Source
from answers.topic import Asked, Topic
from storage.records import Wave
from storage.store import Store
from survey_schema.columns import Role
from words.errors import ManyiError
from words.language import Language, Message, message
from words.lists import Listed

#: What stands in the place of an indicator where a figure is about the weights themselves.
CODE = "weights"
Start = Literal["given", "unit"]
STARTS: tuple[Start, ...] = ("given", "unit")


@dataclass(frozen=True)
class WeightsOptions:
    """``margins``: columns, or combinations of columns; every column the population tells apart without one. ``cells`` weights the
    combinations of all of them. ``start`` from the given weights or from 1; ``trim`` × the mean is the largest weight."""

    margins: tuple[tuple[str, ...], ...] = option(
        "--margin", message("A column, or columns joined, to weight by."), default=(), metavar="COLUMN,…", many=True, joined=True
    )
    cells: bool = option("--cells", message("By all combinations of the margins' columns."), default=False)
    start: Start = option("--start", message("From the given weights or from 1 (given, unit)."), default="given", known=STARTS)
    trim: float | None = option("--trim", message("The largest weight, times the mean."), minimum=1.01, maximum=1000)


@dataclass(frozen=True, eq=False)
class MadeWeights:
    """The recipe, the weights with their report, and what they do to indicators; no ``effect`` where the targets were not met."""

    recipe: WeightingRecipe
    made: RespondentWeighting
    effect: WeightingEffect | None

    def headline(self, code: str) -> EffectRow | None:
        """The effect on one indicator."""
        return self.effect.find(code) if self.effect else None


def weights_in_order(store: Store, wave: Wave, made: RespondentWeighting) -> Array:
    """The new weight of every response of a stored wave, in the order they are stored in."""
    found: Array = made.weights_of(store.responses(wave.wave_id, [*made.recipe.columns, Role.RESPONDENT_WEIGHT]))
    return found


def weights_as_stored(store: Store, wave: Wave, kept: Kept) -> WeightSpread | None:
    """How unequal the weights are that a wave came with; None when no response has one."""

    def spread() -> WeightSpread | None:
        weights = store.responses(wave.wave_id, [Role.RESPONDENT_WEIGHT])[Role.RESPONDENT_WEIGHT].drop_null().to_numpy()
        values, counts = np.unique(weights[weights > 0], return_counts=True)
        return spread_of(values, counts.astype(np.float64)) if len(values) else None

    return kept.get(("weights as stored", wave.wave_id), spread)


def _settled(question: Question[WeightsOptions], source: Source) -> Question[WeightsOptions]:
    """The margins as stored columns, every column the population tells apart where none is named; the headline."""
    asked, schema = question.options, source.schema
    if question.by or question.where:
        raise ManyiError(message("Weights are made for a whole wave, without --by and --where."))
    if len(question.waves) > 1:
        raise ManyiError(message("Weights are made for one wave at a time; name one with --wave: {known}.", known=Listed(question.waves)))
    if source.narrowed:
        raise ManyiError(message("You see a part of the responses, and weights follow from all of them."))
    margins = tuple(tuple(column_name(name, schema) for name in margin) for margin in asked.margins)
    if not margins:
        margins = tuple((name,) for name in columns_told_apart(_table(source.population_given(question.waves[-1])), schema))
    if asked.cells and margins:
        margins = (tuple(dict.fromkeys(name for margin in margins for name in margin)),)
    return replace(question, options=replace(asked, margins=margins), codes=question.codes or (schema.tree.code,))


def _table(customers: pd.DataFrame | None) -> pa.Table | None:
    return None if customers is None else pa.Table.from_pandas(customers, preserve_index=False)


def _compute(asked: Asked[WeightsOptions]) -> MadeWeights:
    options = asked.options
    targets = targets_from_population(_table(asked.source.population_given(asked.wave)), options.margins)
    recipe = WeightingRecipe(targets, options.start, "cells" if options.cells else "raking", options.trim)
    frame = asked.source.given(asked.wave)
    made = weigh(frame, recipe, schema=asked.schema, thresholds=asked.thresholds)
    effect = None
    if made.report.reason is None:
        effect = weighting_effect(frame, asked.schema, made, codes=asked.question.codes, thresholds=asked.thresholds)
    return MadeWeights(recipe, made, effect)


def _figures(_asked: Asked[WeightsOptions], found: MadeWeights) -> Result:
    """A row a figure; raises ManyiError where the targets were not met, which leaves nothing to report.

    ``figure``: ``share`` (before, target, after) and ``unweighted_share`` of every category, ``weight_…``, ``deff``, ``n_eff``,
    ``efficiency`` (before, after),
    ``index`` before, after with the weights raked again in each replicate, after with the weights taken as fixed, and the change;
    ``se_ratio`` of raking again by the same replicates.
    """
    recipe, report, effect = found.recipe, found.made.report, found.effect
    if effect is None:
        raise ManyiError(report.reason or message("Nothing was computed."))
    facts = {
        "margins": [target.columns for target in recipe.targets], "weighting": recipe.method, "start": recipe.start,
        "trim": recipe.trim, "trimmed": report.trimmed, "without_weight": report.without, "rounds": report.rounds,
        "largest_difference": report.difference, "level": report.level,
    }  # fmt: skip
    rows = [*_shares(report), *_spreads(report), *(entry for row in effect.rows for entry in _effects(row))]
    return collected(rows, effect.provenance, **facts)


def _sentence(asked: Asked[WeightsOptions], found: MadeWeights, language: Language) -> Sequence[Segment]:
    headline = found.headline(asked.schema.tree.code)
    return weighting_sentence(found.made.report, headline, asked.schema, language)


def _remarks(_asked: Asked[WeightsOptions], found: MadeWeights, _language: Language) -> Sequence[Message]:
    return (found.effect.reason,) if found.effect and found.effect.reason else ()


def _shares(report: WeightingReport) -> list[Estimate]:
    found = []
    for row in report.margins:
        category = dict(zip(row.columns, row.category, strict=True))
        for stage, value in (("before", row.before), ("target", row.target), ("after", row.after)):
            found.append(Estimate({"figure": "share", "stage": stage, **category}, CODE, value, n=row.n, n_eff=row.n_eff))
        found.append(Estimate({"figure": "unweighted_share", **category}, CODE, report.unweighted_share(row), n=row.n, n_eff=row.n_eff))
    return found


def _spreads(report: WeightingReport) -> list[Estimate]:
    return [
        Estimate({"figure": figure, "stage": stage}, CODE, value, n=spread.n, n_eff=spread.n_eff)
        for stage, spread in (("before", report.given), ("after", report.made))
        for figure, value in _described(spread).items()
    ]


def _described(spread: WeightSpread) -> dict[str, float]:
    return {
        "weight_minimum": spread.minimum, "weight_median": spread.median, "weight_maximum": spread.maximum, "deff": spread.deff,
        "n_eff": spread.n_eff, "efficiency": spread.efficiency,
    }  # fmt: skip


def _effects(row: EffectRow) -> list[Estimate]:
    stages = (("before", row.before), ("after", row.after), ("after_fixed", row.fixed), ("change", row.change))
    found = [entry._replace(keys={"figure": "index", "stage": stage}) for stage, entry in stages]
    if row.ratio is not None:
        found.append(Estimate({"figure": "se_ratio", "stage": "after"}, row.code, row.ratio, n=row.after.n, n_eff=row.after.n_eff))
    return found


WEIGHTS = Topic(
    name="weights",
    options=WeightsOptions,
    compute=_compute,
    figures=_figures,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    ours=False,
    takes=frozenset({"by", "where", "codes", "population"}),
    decimals=3,
    figure_words={"unweighted_share": message("share of the category, each response counting the same (0–1)")},
)
TOPICS = {WEIGHTS.name: WEIGHTS}
