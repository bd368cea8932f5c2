"""Rules of countermeasures and carrying them out: one for each root cause, complete, within the budget, done, nothing left open."""

from __future__ import annotations

from collections.abc import Iterator

from projects.project import Project
from projects.review.finding import Facts, Finding
from projects.review.sheets_and_levels import arithmetic, sheets_of
from projects.sections import Countermeasure, Step
from words.language import Message, message
from words.lists import Listed


def countermeasure_rules(project: Project, facts: Facts) -> Iterator[Finding]:
    """Every confirmed cause has a countermeasure, every countermeasure a confirmed cause; 5W1H is complete."""
    step, chosen = Step.COUNTERMEASURES, [each for each in project.countermeasures.measures if each.chosen]
    confirmed = {cause_id for cause_id, verdict in facts.verdicts.items() if verdict == "confirmed"}
    causes = {cause.id: cause for cause in project.causes.causes}
    if not chosen:
        told = message("No countermeasure is chosen.")
        yield Finding("no_measure", step, "missing", told, message("Fill in the countermeasure table."))
    for cause_id in sorted(confirmed - {each.cause for each in chosen}):
        if cause_id in causes:
            told = message("Nothing is done against the root cause “{cause}”.", cause=causes[cause_id].text)
            yield Finding("cause_without_measure", step, "missing", told, message("Add a countermeasure against it."))
    for each in chosen:
        if each.cause not in causes:
            told = message("“{measure}” is directed at a cause that is not in the tree.", measure=each.what)
            yield Finding("measure_without_cause", step, "wrong", told, message("Choose the cause it is directed at."))
        elif each.cause not in confirmed:
            told = message(
                "“{measure}” is directed at “{cause}”, which is no confirmed root cause.", measure=each.what, cause=causes[each.cause].text
            )
            yield Finding(
                "measure_without_root_cause", step, "wrong", told, message("Confirm the cause by data, or leave the measure out.")
            )
        if lacking := _lacking(each):
            told = message("“{measure}” lacks: {parts}.", measure=each.what, parts=Listed(lacking))
            yield Finding("measure_incomplete", step, "missing", told, message("Fill in its line of the countermeasure table."))
        test = causes[each.cause].test if each.cause in causes else None
        if each.start and test is not None and test.checked_on and each.start < test.checked_on:
            told = message("“{measure}” begins before its cause was tested.", measure=each.what)
            yield Finding("measure_before_test", step, "wrong", told, message("Correct the days, or say why it could not wait."))
        if each.due and each.start and each.due < each.start:
            told = message("“{measure}” is due before it starts.", measure=each.what)
            yield Finding("measure_backwards", step, "wrong", told, message("Correct its days."))
    cost = project.countermeasures.cost
    if project.countermeasures.budget is not None and cost > project.countermeasures.budget:
        told = message(
            "The measures cost {cost}, more than the budget of {budget}.", cost=f"{cost:,g}", budget=f"{project.countermeasures.budget:,g}"
        )
        yield Finding("over_budget", step, "wrong", told, message("Leave one out, or raise the budget."))


def _lacking(measure: Countermeasure) -> tuple[Message, ...]:
    parts = (
        (measure.what, message("what")), (measure.goal, message("goal")), (measure.how, message("how")), (measure.who, message("who")),
        (measure.where, message("where")), (measure.due, message("by when")),
    )  # fmt: skip
    return tuple(name for value, name in parts if not value)


def carrying_out_rules(project: Project, facts: Facts) -> Iterator[Finding]:
    """Every countermeasure is carried out, finished, and its issues closed."""
    step = Step.CARRYING_OUT
    if not project.carrying_out.text and not facts.carried_out:
        told = message("Nothing says what was carried out.")
        yield Finding(
            "not_carried_out", step, "missing", told, message("Write it down, or enter measures with quantities for this project.")
        )
    for each in facts.carried_out:
        if each.overdue:
            told = message("“{measure}” is over its day and not finished.", measure=each.measure)
            yield Finding("measure_overdue", step, "wrong", told, message("Finish it, or say why it takes longer."))
        if each.open_issues > 0:
            told = message("“{measure}” left {count} issues open.", measure=each.measure, count=f"{each.open_issues:g}")
            yield Finding("issues_open", step, "weak", told, message("Close them, or carry them into the next project."))
    yield from arithmetic(step, sheets_of(project.carrying_out.evidence))
