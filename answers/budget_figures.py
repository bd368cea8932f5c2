"""The figures of a choice of measures as flat records, the words for them, and what to mind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.drivers.drivers import Drivers
from analysis.measure_choice.choose import MeasureChoice, MeasureSet
from analysis.measure_choice.draws import SEED
from analysis.measure_choice.sentence import cautions, cost_sentence, hinge_sentences
from analysis.results.estimates import Estimate, Result
from analysis.results.provenance import Fact, Provenance
from answers.drivers import losses, refusal
from answers.flat import collected, refused, tagged, with_losses
from answers.topic import Asked
from survey_schema.measure_candidates import Candidate
from words.language import Language, Message, message
from words.money import money

METHOD = message(
    "Points of the outcome from the regression coefficients (shift × share reached), interval from their robust covariance; best set by an "
    "integer programme"
)
BUDGET_WORDS: Mapping[str, Message] = {
    "total": message("all chosen together"),
    "difference": message("the next best set brings less by"),
    "alone": message("on its own, points"),
    "rise": message("rise of the driver, points"),
    "units": message("units taken"),
    "cost": message("cost of its units, yuan"),
    "cost_limit": message("in the best set up to this cost of a unit, yuan"),
    "shift_limit": message("in the best set from this shift on, points"),
    "share_of_draws": message("share of draws it is chosen in, %"),
    "chosen": message("chosen"),
    "left": message("left out"),
}


@dataclass(frozen=True)
class BudgetFound:
    """The analysis of the drivers, the measures asked about, the choice among them, and why there is no set where there is none.

    ``choice`` is None where there is no regression.
    """

    drivers: Drivers
    candidates: tuple[Candidate, ...]
    choice: MeasureChoice | None = None
    reason: Message | None = None


def budget_figures(asked: Asked[Any], found: BudgetFound) -> Result:
    """The set with its points, rises of drivers and the next best; each measure with its points, cost, limits and share of draws."""
    drivers, choice = found.drivers, found.choice
    if choice is None:
        return refusal(drivers, drivers.regression.reason or message("Nothing was computed."))
    how = _how(found, choice)
    if choice.best is None:
        why = found.reason or message("Nothing was computed.")
        unreached = refused(choice.outcome, why, drivers.moments.n, drivers.moments.n_eff, figure="total")
        return collected(with_losses([unreached], drivers.moments), how)
    rows = [*tagged("total", [choice.best.points]), *tagged("difference", [choice.difference])]
    rows += [_bare("rise", code, rise, choice.best) for code, rise in zip(choice.drivers, choice.best.rises, strict=True) if rise]
    for each in choice.found:
        side, name, code = "chosen" if each.units else "left", each.candidate.name, each.candidate.driver
        limits = {
            "units": each.units, "cost": each.cost, "cost_limit": each.hinge.cost, "shift_limit": each.hinge.shift,
            "share_of_draws": 100 * each.share_of_draws,
        }  # fmt: skip
        rows += [each.alone._replace(keys={"figure": "alone", "measure": name, "class": side}, code=code)]
        rows += [
            _bare(figure, code, value, choice.best, **{"measure": name, "class": side})
            for figure, value in limits.items()
            if value is not None
        ]
    facts: dict[str, object] = {
        "spent": choice.best.cost,
        "shifts": {each.name: each.shift for each in found.candidates},
        "reach": {each.name: each.reach for each in found.candidates},
        "unit_costs": {each.name: each.cost for each in found.candidates},
        "chosen": [each.candidate.name for each in choice.taken],
        "next_best": [choice.found[place].candidate.name for place in choice.next_best.taken] if choice.next_best else None,
        "next_best_costs": choice.next_best.cost if choice.next_best else None,
        "needed": [each.candidate.name for each in choice.found if each.hinge.needed],
        "capped": choice.capped,
    }
    return collected(with_losses(rows, drivers.moments), how, **facts)


def what_it_hinges_on(found: BudgetFound, language: Language) -> list[str]:
    """The sentences beside the limits; nothing where there is no set."""
    return hinge_sentences(found.choice, language) if found.choice is not None and found.choice.best is not None else []


def budget_remarks(asked: Asked[Any], found: BudgetFound, language: Language) -> Sequence[str | Message]:
    """What the choice hinges on and what to mind, and what missing answers cost."""
    if found.choice is None or found.choice.best is None:
        return losses(found.drivers)
    titles = [asked.schema.item(code).title for code in found.choice.capped]
    cost = [told] if (told := cost_sentence(found.choice, language)) else []
    return [*cost, *what_it_hinges_on(found, language), *cautions(found.choice, titles), *losses(found.drivers)]


def _bare(figure: str, code: str, value: float, of: MeasureSet, **keys: str) -> Estimate:
    return Estimate({"figure": figure, **keys}, code, value, n=of.points.n, n_eff=of.points.n_eff)


def _how(found: BudgetFound, choice: MeasureChoice) -> Provenance:
    facts = (
        Fact("budget", choice.required.budget, message("Budget"), money(choice.required.budget)),
        Fact("draws_of_coefficients", choice.draws, message("Draws of the coefficients")),
        Fact("seed_of_draws", SEED),
    )
    return found.drivers.regression.provenance.of_the_same_weights(METHOD).plus(*facts)
