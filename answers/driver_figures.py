"""The parts of an analysis of drivers as flat records, and what their figures are called."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.drivers.driver_sentence import importance_letters
from analysis.drivers.penalty_reward import PenaltyReward
from analysis.drivers.regression import Regression
from analysis.drivers.relative_importance import Importance
from analysis.drivers.residual_diagnostics import ResidualDiagnostics
from analysis.drivers.stepwise import Stepwise
from analysis.results.estimates import Estimate
from answers.flat import bare, refused, tagged
from words.language import message

DRIVER_WORDS = {
    "coefficient": message("points of the outcome per point"),
    "standardised": message("standardised coefficient"),
    "vif": message("variance inflation (VIF)"),
    "fit": message("fit"),
    "lmg": message("LMG share, %"),
    "johnson": message("Johnson's relative weight, %"),
    "explained": message("share explained (R²)"),
    "penalty": message("penalty, points"),
    "reward": message("reward, points"),
    "step_enter": message("step: enters"),
    "step_remove": message("step: leaves"),
    "diagnostic": message("diagnostic"),
    "driver_share": message("LMG share, %"),
    "against_rest": message("share minus that of the rest, points"),
    "change": message("change"),
    "shift": message("rise of the driver, points"),
}


def regression_rows(found: Regression) -> list[Estimate]:
    """Coefficients, standardised ones, variance inflation, fit and the Wald test of all drivers together."""
    if found.reason:
        return [refused(found.outcome, found.reason, found.n, found.n_eff, figure="coefficient")]
    bases = found.coefficients[0]
    whole = {"r_squared": found.r_squared, "r_squared_adjusted": found.r_squared_adjusted, "residual_deviation": found.residual_deviation}
    wald = [Estimate({"figure": "fit"}, "wald_f", found.wald_f, n=bases.n, n_eff=bases.n_eff, p=found.wald_p)]
    return [
        *tagged("coefficient", found.coefficients), *tagged("standardised", found.standardised), *bare("vif", dict(found.vif), found),
        *bare("fit", whole, found), *(wald if found.wald_f is not None else []),
    ]  # fmt: skip


def importance_rows(found: Importance) -> list[Estimate]:
    """LMG and Johnson's weights by rank, with letters at those that are shown first, and what all explain."""
    if found.reason:
        return [refused(found.outcome, found.reason, found.n, found.n_eff, figure="lmg")]
    letters = importance_letters(found)
    primary = "lmg" if found.lmg else "johnson"

    def shown(figure: str, estimates: Sequence[Estimate]) -> list[Estimate]:
        ordered = sorted(estimates, key=lambda e: e.rank or 0)
        return tagged(figure, [e._replace(letters=letters[e.code] if figure == primary else None) for e in ordered], tested=False)

    return [*shown("lmg", found.lmg), *shown("johnson", found.johnson), *tagged("explained", [found.r_squared], tested=False)]


def penalty_reward_rows(found: PenaltyReward) -> list[Estimate]:
    """Penalties, then rewards; the verdict is the kind of the driver."""
    if found.reason:
        return [refused(found.outcome, found.reason, found.n, found.n_eff, figure="penalty")]
    rows = [
        estimate._replace(verdict=contrast.kind)
        for contrast in found.contrasts
        for estimate in (*tagged("penalty", [contrast.penalty]), *tagged("reward", [contrast.reward]))
    ]
    return sorted(rows, key=lambda e: str(e.keys["figure"]))


def step_rows(found: Stepwise) -> list[Estimate]:
    """R² after each step, with the p-value that decided it; the rank is the number of the step."""
    if found.reason:
        return [refused(found.outcome, found.reason, found.n, found.n_eff, figure="step_enter")]
    return [
        Estimate({"figure": f"step_{step.action}"}, step.driver, step.r_squared, n=found.n, n_eff=found.n_eff, p=step.p, rank=step.number)
        for step in found.steps
    ]


def diagnostic_rows(found: Regression, residuals: ResidualDiagnostics) -> list[Estimate]:
    """Condition number, the largest variance inflation, and the test of uneven spread."""
    if found.reason:
        return []
    numbers = {"condition_number": found.condition_number, "largest_vif": max(found.vif.values(), default=None)}
    rows = bare("diagnostic", numbers, found)
    if residuals.breusch_pagan is None:
        return rows
    uneven = Estimate({"figure": "diagnostic"}, "breusch_pagan", residuals.breusch_pagan, n=residuals.sampled, n_eff=found.n_eff)
    return [*rows, uneven._replace(p=residuals.breusch_pagan_p)]
