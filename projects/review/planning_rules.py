"""Rules of the first three steps and the activity plan: why this topic, how things stand, what is to be reached."""

from __future__ import annotations

from collections.abc import Iterator

from projects.levels import is_percent
from projects.project import Project
from projects.review.finding import Facts, Finding
from projects.review.sheets_and_levels import arithmetic, level_slip, sheets_beside, sheets_of
from projects.sections import Step, Target
from words.language import message
from words.periods import Period


def plan_rules(project: Project, _facts: Facts) -> Iterator[Finding]:
    """A plan with days for every step, that end after they begin and follow one another."""
    planned = {each.step: each for each in project.plan.activities if each.planned_from and each.planned_to}
    if lacking := [step for step in Step if step not in planned]:
        told = message("The activity plan has no days for {count} of {of} steps.", count=len(lacking), of=len(Step))
        yield Finding("plan_incomplete", Step.TOPIC, "missing", told, message("Set planned days for every step under *Team and plan*."))
    for each in project.plan.activities:
        if (each.planned_to and each.planned_to < each.planned_from) or (each.actual_to and each.actual_to < each.actual_from):
            told = message("In the activity plan a step ends before it begins.")
            yield Finding("plan_backwards", each.step, "wrong", told, message("Correct the days of this step."))
    in_order = [planned[step].planned_from for step in Step if step in planned]
    if in_order != sorted(in_order):
        told = message("In the activity plan a step begins before the one it follows from.")
        yield Finding("plan_order", Step.TOPIC, "wrong", told, message("Put the days into the order of the ten steps."))


def topic_rules(project: Project, _facts: Facts) -> Iterator[Finding]:
    """Reasons in words, and a figure that shows them."""
    topic = project.topic
    if not (topic.required and topic.found and topic.chosen):
        told = message("The topic lacks what is asked for, what is found, or what is chosen.")
        yield Finding("topic_without_reason", Step.TOPIC, "missing", told, message("Write all three, each in a sentence."))
    evidence = [*topic.evidence, *([project.about.origin.evidence] if project.about.origin.evidence else [])]
    if not evidence:
        told = message("No figure shows why this topic was chosen.")
        yield Finding("topic_without_data", Step.TOPIC, "missing", told, message("Add a figure or a check sheet to the topic."))
    yield from arithmetic(Step.TOPIC, sheets_of(evidence))


def state_rules(project: Project, _facts: Facts) -> Iterator[Finding]:
    """Data of at least two layers, and where most of the problem lies."""
    state = project.state
    if not state.evidence:
        told = message("The current state is told without data.")
        yield Finding("state_without_data", Step.STATE, "missing", told, message("Add a Pareto chart, a check sheet or a control chart."))
    elif len(state.evidence) == 1:
        told = message("The current state was looked at in one way only.")
        mend = message("Split the problem in another way too: by cause, branch, month or position.")
        yield Finding("state_one_layer", Step.STATE, "weak", told, mend)
    if not state.main_problem:
        told = message("It is not said where most of the problem lies.")
        yield Finding("state_without_main_problem", Step.STATE, "missing", told, message("Name the main problem the data show."))
    yield from arithmetic(Step.STATE, sheets_of(state.evidence))
    yield from sheets_beside(Step.STATE, sheets_of(state.evidence), project.target.baseline)


def target_rules(project: Project, _facts: Facts) -> Iterator[Finding]:
    """A number with unit and day, better than a baseline that is there, and reasons with figures why it can be reached."""
    target = project.target
    step = Step.TARGET
    if not target.quantity or not target.unit or target.value is None:
        told = message("The target is no number with a quantity and a unit.")
        yield Finding(
            "target_not_measurable", step, "missing", told, message("Say what is measured, in which unit, and what is to be reached.")
        )
    if target.baseline.value is None:
        told = message("The target has no baseline to be judged from.")
        yield Finding("target_without_baseline", step, "missing", told, message("Take the level of the current state over, with its base."))
    if not target.due:
        told = message("It is not said by when the target is to be reached.")
        yield Finding("target_without_day", step, "missing", told, message("Set the day."))
    elif (period := Period.parse(target.baseline.period)) is not None and target.due < period.first_day.isoformat():
        told = message("The target is due before the period of its baseline.")
        yield Finding("target_due_before", step, "wrong", told, message("Correct the day or the period."))
    if not any(reason.evidence for reason in target.feasibility):
        told = message("No figure shows that the target can be reached.")
        mend = message("Show what was reached before, what the best branch reaches, or what solving the main problem brings.")
        yield Finding("target_without_reason", step, "missing", told, mend)
    yield from _levels(target)
    yield from arithmetic(step, sheets_of(reason.evidence for reason in target.feasibility))


def _levels(target: Target) -> Iterator[Finding]:
    step, baseline, value = Step.TARGET, target.baseline.value, target.value
    if slip := level_slip(target.baseline, target.unit):
        told = message("Baseline: {slip}", slip=slip)
        yield Finding("baseline_slip", step, "wrong", told, message("Correct the level, its cases or its base."))
    if value is None or baseline is None:
        return
    if value == baseline or (value > baseline) != target.higher_is_better:
        told = message("The target ({value}) is no better than the baseline ({baseline}).", value=f"{value:g}", baseline=f"{baseline:g}")
        yield Finding("target_no_better", step, "wrong", told, message("Correct the target, the baseline, or which way is better."))
    if is_percent(target.unit) and not 0 <= value <= 100:
        told = message("The target of {value} % cannot be reached by any share.", value=f"{value:g}")
        yield Finding("target_beyond_scale", step, "wrong", told, message("Set a target between 0 and 100 %."))
