"""``estimate weights``: margins before and after, the weights and what they cost, and what they do to the index."""

from __future__ import annotations

from analysis.respondent_weights.raked_replicates import EffectRow, weighting_effect
from analysis.respondent_weights.respondent_weights import weigh
from analysis.respondent_weights.weighting_report import WeightingReport, WeightSpread
from analysis.respondent_weights.weighting_sentence import weighting_sentence
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import plain_text
from answers.flat import collected
from command_line.output import console
from command_line.requests import Request
from command_line.weight_options import recipe_from
from words.errors import ManyiError
from words.language import message

#: What stands in the place of an indicator where a figure is about the weights themselves.
CODE = "weights"


def weights(request: Request) -> Result:
    """Weights of one whole wave, from the weights it was given; nothing is stored.

    ``figure``: ``share`` (before, target, after) of every category, ``weight_…``, ``deff``, ``n_eff``, ``efficiency`` (before, after),
    ``index`` before, after with the weights raked again in each replicate, after with the weights taken as fixed, and the change, for
    the headline or the indicators named; ``se_ratio`` of raking again by the same replicates.
    """
    if request.by or request.where:
        raise ManyiError(message("Weights are made for a whole wave, without --by and --where."))
    if len(request.waves) > 1:
        raise ManyiError(message("Weights are made for one wave at a time; name one with --wave: {known}.", known=", ".join(request.waves)))
    recipe = recipe_from(request.weights, request.population(request.wave), request.schema)
    frame = request.given(request.wave)
    made = weigh(frame, recipe, schema=request.schema, thresholds=request.thresholds)
    report = made.report
    codes = request.codes or (request.schema.tree.code,)
    effect = weighting_effect(frame, request.schema, made, codes=codes, thresholds=request.thresholds)
    settings = {
        **effect.settings, "margins": [target.columns for target in recipe.targets], "weighting": recipe.method, "start": recipe.start,
        "trim": recipe.trim, "trimmed": report.trimmed, "without_weight": report.without, "rounds": report.rounds,
        "largest_difference": report.difference, "level": report.level,
    }  # fmt: skip
    answer = plain_text(weighting_sentence(report, effect.find(request.schema.tree.code), request.schema, console.language))
    rows = [*_shares(report), *_spreads(report), *(entry for row in effect.rows for entry in _effects(row))]
    return collected(rows, effect.method, settings, answer=answer, notes=[effect.reason] if effect.reason else [])


def _shares(report: WeightingReport) -> list[Estimate]:
    found = []
    for row in report.margins:
        category = dict(zip(row.columns, row.category, strict=True))
        for stage, value in (("before", row.before), ("target", row.target), ("after", row.after)):
            found.append(Estimate({"figure": "share", "stage": stage, **category}, CODE, value, n=row.n, n_eff=row.n_eff))
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
