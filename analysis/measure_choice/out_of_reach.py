"""Why no set of measures keeps to what is required: the one requirement that cannot be met, or what all of them would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.measure_choice.effects import Effects, rises_of
from analysis.measure_choice.programme import Asked, Requirements, solve
from survey_schema.columns import Role
from survey_schema.measure_candidates import Candidate
from survey_schema.models import SurveySchema
from words.language import Message, message
from words.money import money


def why_out_of_reach(candidates: Sequence[Candidate], effects: Effects, required: Requirements, schema: SurveySchema) -> Message:
    """One sentence naming the requirement that fails. Expects that no set keeps to all."""
    for code, least in required.rises.items():
        if solve(candidates, effects, replace(required, rises={code: least}, per_branch=0)) is None:
            return message(
                "With a budget of {budget} {driver} rises by at most {most} points, not by {least}.", budget=money(required.budget),
                driver=schema.item(code).title, most=f"{_most(candidates, effects, required, code):.2f}", least=f"{least:g}",
            )  # fmt: skip
    if required.per_branch and solve(candidates, effects, replace(required, rises={})) is None:
        return _branches(candidates, effects, required, schema)
    unlimited = replace(required, budget=sum(each.cost * each.most for each in candidates))
    least_cost = _least_cost(candidates, effects, required)
    if least_cost is None or solve(candidates, effects, unlimited) is None:
        return message("The minimum effects and the numbers by branch exclude each other, whatever the budget; leave one of them out.")
    return message(
        "All that is required together costs at least {cost}; the budget is {budget}.",
        cost=money(least_cost),
        budget=money(required.budget),
    )


def why_too_little(outcome: str, most: float, least: float, required: Requirements, schema: SurveySchema) -> Message:
    """One sentence where even the best set brings less of the outcome than is required."""
    return message(
        "With a budget of {budget} {driver} rises by at most {most} points, not by {least}.", budget=money(required.budget),
        driver=schema.item(outcome).title, most=f"{most:.2f}", least=f"{least:g}",
    )  # fmt: skip


def _most(candidates: Sequence[Candidate], effects: Effects, required: Requirements, code: str) -> float:
    """The largest rise of one driver within the budget."""
    alone = effects.with_slopes(np.array([1.0 if each == code else 0.0 for each in effects.drivers]))
    found = solve(candidates, alone, Requirements(required.budget))
    return float(alone.slopes @ rises_of(candidates, found.units, alone)) if found else 0.0


def _branches(candidates: Sequence[Candidate], effects: Effects, required: Requirements, schema: SurveySchema) -> Message:
    cost = _least_cost(candidates, effects, replace(required, rises={}))
    if cost is None:
        named = [each.branch for each in candidates if each.branch is not None]
        few = min(dict.fromkeys(named), key=named.count)
        return message(
            "{branch} cannot have {count} measures: too few are named for it, or they exclude each other.",
            branch=_branch(schema, few), count=required.per_branch,
        )  # fmt: skip
    return message(
        "{count} measures for every branch cost at least {cost}; the budget is {budget}.", count=required.per_branch, cost=money(cost),
        budget=money(required.budget),
    )  # fmt: skip


def _branch(schema: SurveySchema, code: str) -> object:
    """The title of a branch; the branch itself where the survey lists none."""
    return next((choice.title for choice in schema.choices(Role.BRANCH) if choice.code == code), code)


def _least_cost(candidates: Sequence[Candidate], effects: Effects, required: Requirements) -> float | None:
    """What the cheapest set costs that keeps to all but the budget."""
    found = solve(candidates, effects, required, Asked("cheapest"))
    return None if found is None else found.least
