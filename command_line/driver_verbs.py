"""``estimate drivers``, ``importance`` and ``what-if``: what moves the outcome, and what shifting a driver would bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.drivers.driver_sentence import drivers_sentence, importance_letters
from analysis.drivers.drivers import Drivers, chosen_drivers, diagnose_drivers, estimate_drivers, estimate_drivers_by
from analysis.drivers.penalty_reward import PenaltyReward
from analysis.drivers.regression import Regression
from analysis.drivers.relative_importance import Importance
from analysis.drivers.residual_diagnostics import ResidualDiagnostics
from analysis.drivers.stepwise import Stepwise
from analysis.drivers.what_if import estimate_what_if, seek_goal
from analysis.results.estimates import Estimate, Result
from analysis.results.sentences import plain_text
from analysis.sums.missing_answers import losses_sentence
from analysis.sums.raked_groups import raking_said
from answers.flat import bare, collected, refused, tagged, with_losses
from answers.selection import item_code
from command_line.explain_options import item_numbers
from command_line.output import console
from command_line.requests import Request
from words.errors import ManyiError
from words.language import Message, message


def drivers(request: Request) -> Result:
    """Coefficients, importance, penalty and reward, steps and diagnostics; by group: importance against the rest."""
    if request.by:
        return _by_group(request)
    found = _analysed(request)
    if found.reason:
        return _refusal(found, found.reason)
    residuals, ordered = diagnose_drivers(request.frame, request.schema, found, where=request.where)
    # A part that cannot be told is one record with its reason; the others stand.
    estimates = [
        *_regression(found.regression), *_importance(found.importance), *_penalty_reward(found.penalty_reward), *_steps(found.stepwise),
        *_diagnostics(found.regression, residuals),
    ]  # fmt: skip
    caution = found.stepwise.caution if found.stepwise.reason is None else None
    notes = [*_notes(found), *found.penalty_reward.notes, caution, residuals.reason, *residuals.sentences, ordered.reason]
    methods = {"importance": found.importance.method, "stepwise": found.stepwise.method, "penalty_reward": found.penalty_reward.method}
    checked = {"slopes": ordered.slopes, "p": ordered.p_values, "disagreeing": ordered.disagreeing, "n": ordered.n}
    details = {"methods": methods, "ordered_logit": checked}
    raking = raking_said({**found.importance.settings, **found.regression.settings})
    settings = {**found.regression.settings, **_shared_settings(request, found), **details, **raking}
    return collected(with_losses(estimates, found.moments), found.regression.method, settings, notes=[note for note in notes if note])


def importance(request: Request) -> Result:
    """LMG beside Johnson with intervals, ranks and letters; by group: each share against the rest."""
    if request.by:
        return _by_group(request)
    found = _analysed(request)
    settings = {**found.importance.settings, **_shared_settings(request, found)}
    shares = with_losses(_importance(found.importance), found.moments)
    return collected(shares, found.importance.method, settings, notes=_notes(found))


def what_if(request: Request) -> Result:
    """The change of the outcome for ``--shift``, or the cheapest shifts that reach ``--target``."""
    if request.by:
        raise ManyiError(message("What-if looks at one selection; use --where instead of --by."))
    asked, schema = request.explain, request.schema
    shifts = item_numbers(asked.shifts, schema, "--shift")
    if bool(shifts) == (asked.target is not None):
        raise ManyiError(message("Say either which drivers shift (--shift P1=5) or which level to reach (--target 80)."))
    if asked.target is not None and not 0 <= asked.target <= 100:
        raise ManyiError(message("The level to reach lies between 0 and 100, not {target}.", target=f"{asked.target:g}"))
    found = _analysed(request)
    if found.regression.reason:
        return _refusal(found, found.regression.reason)
    return _seek(found, request) if asked.target is not None else _shift(found, shifts, request)


def _shift(found: Drivers, shifts: Mapping[str, float], request: Request) -> Result:
    answer = estimate_what_if(found.regression, found.moments, shifts, request.thresholds)
    settings = {"outcome": found.outcome, "drivers": found.drivers, "shifts": dict(shifts), **raking_said(found.regression.settings)}
    levels = {"current": answer.current, "reached": answer.reached}
    changes = with_losses(tagged("change", [answer.change]), found.moments)
    return collected(changes, answer.method, {**settings, **levels}, notes=[*answer.notes, *_losses(found)])


def _seek(found: Drivers, request: Request) -> Result:
    asked, schema = request.explain, request.schema
    goal = seek_goal(
        found.regression, found.moments, asked.target or 0.0, costs=item_numbers(asked.costs, schema, "--cost"),
        bounds=item_numbers(asked.limits, schema, "--limit"), thresholds=request.thresholds,
    )  # fmt: skip
    levels = {"current": goal.current, "cost": goal.cost, "attainable": goal.attainable}
    settings = {**goal.settings, "drivers": found.drivers, **levels, **raking_said(found.regression.settings)}
    if goal.reason:
        unreached = refused(found.outcome, goal.reason, found.moments.n, found.moments.n_eff, figure="change")
        return collected(with_losses([unreached], found.moments), goal.method, settings, notes=_losses(found))
    moved = [*bare("shift", dict(goal.shifts), found.regression), *tagged("change", [goal.change])]
    return collected(with_losses(moved, found.moments), goal.method, settings, notes=_losses(found))


def _analysed(request: Request) -> Drivers:
    outcome, chosen = asked_drivers(request)
    return estimate_drivers(request.frame, request.schema, outcome, chosen, where=request.where, thresholds=request.thresholds)


def asked_drivers(request: Request) -> tuple[str, tuple[str, ...]]:
    """The outcome and the drivers asked for, else those of the survey."""
    asked, schema = request.explain, request.schema
    outcome = item_code(asked.outcome, schema) if asked.outcome else None
    return chosen_drivers(schema, outcome, [item_code(text, schema) for text in asked.drivers] or None)


def _by_group(request: Request) -> Result:
    outcome, chosen = asked_drivers(request)
    found = estimate_drivers_by(
        request.frame, request.schema, request.by, outcome, chosen, where=request.where, thresholds=request.thresholds
    )
    estimates: list[Estimate] = []
    for group in found.groups:
        if group.reason:
            estimates.append(refused(outcome, group.reason, group.n, group.n_eff, **group.keys, figure="driver_share"))
            continue
        estimates += [e._replace(keys={**group.keys, **e.keys}) for e in tagged("driver_share", group.shares, tested=False)]
        estimates += [e._replace(keys={**group.keys, **e.keys}) for e in tagged("against_rest", group.against_rest)]
    return collected(estimates, found.method, found.settings, notes=list(found.notes))


def _refusal(found: Drivers, why_not: Message) -> Result:
    settings = {"outcome": found.outcome, "drivers": found.drivers}
    row = refused(found.outcome, why_not, found.moments.n, found.moments.n_eff)
    return collected(with_losses([row], found.moments), found.importance.method, settings, notes=_losses(found))


def _regression(found: Regression) -> list[Estimate]:
    if found.reason:
        return [refused(found.outcome, found.reason, found.n, found.n_eff, figure="coefficient")]
    bases = found.coefficients[0]
    whole = {"r_squared": found.r_squared, "r_squared_adjusted": found.r_squared_adjusted, "residual_deviation": found.residual_deviation}
    wald = [Estimate({"figure": "fit"}, "wald_f", found.wald_f, n=bases.n, n_eff=bases.n_eff, p=found.wald_p)]
    return [
        *tagged("coefficient", found.coefficients), *tagged("standardised", found.standardised), *bare("vif", dict(found.vif), found),
        *bare("fit", whole, found), *(wald if found.wald_f is not None else []),
    ]  # fmt: skip


def _importance(found: Importance) -> list[Estimate]:
    if found.reason:
        return [refused(found.outcome, found.reason, found.n, found.n_eff, figure="lmg")]
    letters = importance_letters(found)
    primary = "lmg" if found.lmg else "johnson"

    def shown(figure: str, estimates: Sequence[Estimate]) -> list[Estimate]:
        ordered = sorted(estimates, key=lambda e: e.rank or 0)
        return tagged(figure, [e._replace(letters=letters[e.code] if figure == primary else None) for e in ordered], tested=False)

    return [*shown("lmg", found.lmg), *shown("johnson", found.johnson), *tagged("explained", [found.r_squared], tested=False)]


def _penalty_reward(found: PenaltyReward) -> list[Estimate]:
    if found.reason:
        return [refused(found.outcome, found.reason, found.n, found.n_eff, figure="penalty")]
    rows = [
        estimate._replace(verdict=contrast.kind)
        for contrast in found.contrasts
        for estimate in (*tagged("penalty", [contrast.penalty]), *tagged("reward", [contrast.reward]))
    ]
    return sorted(rows, key=lambda e: str(e.keys["figure"]))


def _steps(found: Stepwise) -> list[Estimate]:
    """R² after each step, with the p-value that decided it; the rank is the number of the step."""
    if found.reason:
        return [refused(found.outcome, found.reason, found.n, found.n_eff, figure="step_enter")]
    return [
        Estimate({"figure": f"step_{step.action}"}, step.driver, step.r_squared, n=found.n, n_eff=found.n_eff, p=step.p, rank=step.number)
        for step in found.steps
    ]


def _notes(found: Drivers) -> list[Message]:
    return [*found.importance.notes, *found.regression.notes, *_losses(found)]


def _losses(found: Drivers) -> list[Message]:
    told = losses_sentence(found.moments)
    return [told] if told else []


def _shared_settings(request: Request, found: Drivers) -> dict[str, object]:
    ranks = {rank.code: (rank.best, rank.worst) for rank in found.importance.ranks}
    return {
        "answer": plain_text(drivers_sentence(found, request.schema, console.language)),
        "rank_ranges": ranks,
        "indistinct": found.importance.indistinct,
        "opposed_signs": found.importance.opposed,
        "dropped": found.moments.dropped,
        "marked_below": request.thresholds.marked_below,
    }


def _diagnostics(found: Regression, residuals: ResidualDiagnostics) -> list[Estimate]:
    if found.reason:
        return []
    numbers = {"condition_number": found.condition_number, "largest_vif": max(found.vif.values(), default=None)}
    rows = bare("diagnostic", numbers, found)
    if residuals.breusch_pagan is None:
        return rows
    uneven = Estimate({"figure": "diagnostic"}, "breusch_pagan", residuals.breusch_pagan, n=residuals.sampled, n_eff=found.n_eff)
    return [*rows, uneven._replace(p=residuals.breusch_pagan_p)]
