"""A weighting as plain data, to be kept with a wave: what was asked, so that it can be done again, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.respondent_weights.raked_replicates import EffectRow
from analysis.respondent_weights.respondent_weights import WeightingRecipe
from analysis.respondent_weights.weighting_report import MarginRow, WeightingReport, WeightSpread
from analysis.respondent_weights.weighting_targets import Target
from analysis.results.estimates import Estimate


def recipe_record(recipe: WeightingRecipe, population: str) -> dict[str, Any]:
    """What was asked, as JSON. ``population`` says where the targets came from (a file or sheet)."""
    targets = [
        {"columns": list(target.columns), "shares": [[list(category), share] for category, share in target.shares.items()]}
        for target in recipe.targets
    ]
    return {"targets": targets, "start": recipe.start, "method": recipe.method, "trim": recipe.trim, "population": population}


def recipe_of_record(record: Mapping[str, Any]) -> WeightingRecipe:
    """The recipe a record was made from; the same weights follow from it."""
    targets = tuple(
        Target(tuple(target["columns"]), {tuple(category): share for category, share in target["shares"]}) for target in record["targets"]
    )
    return WeightingRecipe(targets, record["start"], record["method"], record["trim"])


def report_record(report: WeightingReport, effect: EffectRow | None = None) -> dict[str, Any]:
    """What came of it, as JSON: weights, margins (shares 0-1), and the headline index before and after where it is known."""
    return {
        **_spread(report.made), "given": _spread(report.given), "without": report.without, "cap": report.cap, "trimmed": report.trimmed,
        "rounds": report.rounds, "difference": report.difference, "level": report.level,
        "margins": [_margin(row) for row in report.margins],
        "headline": None if effect is None else {
            "code": effect.code, "se_ratio": effect.ratio,
            **{name: _estimate(getattr(effect, name)) for name in ("before", "fixed", "after", "change")},
        },
    }  # fmt: skip


def _spread(spread: WeightSpread) -> dict[str, Any]:
    return {**vars(spread), "efficiency": spread.efficiency}


def _margin(row: MarginRow) -> dict[str, Any]:
    return {**vars(row), "columns": list(row.columns), "category": list(row.category)}


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {name: getattr(estimate, name) for name in ("value", "se", "low", "high", "n", "n_eff", "p")}
