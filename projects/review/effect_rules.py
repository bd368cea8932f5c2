"""Rules of effect, standards and review: judged against target and current state on the same base, made lasting, learnt from."""

from __future__ import annotations

from collections.abc import Iterator

from projects.levels import reaches, surely_better
from projects.project import Project
from projects.review.finding import Facts, Finding
from projects.review.sheets_and_levels import arithmetic, level_slip, sheets_beside, sheets_of
from projects.sections import Step
from words.language import message
from words.periods import Period


def effect_rules(project: Project, _facts: Facts) -> Iterator[Finding]:
    """A level after, later than the baseline and of the same whom, with figures; the target reached, and surely better than before."""
    effect, step = project.effect, Step.EFFECT
    if effect.after.value is None:
        told = message("The effect has no level to be held against target and current state.")
        yield Finding("effect_missing", step, "missing", told, message("Enter the level after the measures, with its base."))
    else:
        yield from _against(project)
    yield from sheets_beside(step, sheets_of(effect.evidence), effect.after)
    if not effect.evidence:
        told = message("No figure shows the effect.")
        yield Finding(
            "effect_without_data",
            step,
            "missing",
            told,
            message("Add the figure of the effect check, or a check sheet like that of before."),
        )
    before, after = sheets_of(project.state.evidence), sheets_of(effect.evidence)
    if before and after and not {row.name for sheet in before for row in sheet.rows} & {row.name for sheet in after for row in sheet.rows}:
        told = message("The check sheets of before and after share no row, so they cannot be compared.")
        yield Finding("effect_other_rows", step, "wrong", told, message("Count the same things after as before."))
    if effect.benefit is not None and (effect.cost is None or not effect.currency):
        told = message("A benefit is claimed without its costs or its currency.")
        yield Finding("benefit_without_cost", step, "weak", told, message("Enter what the project cost, in the same currency."))
    yield from arithmetic(step, sheets_of(effect.evidence))


def _against(project: Project) -> Iterator[Finding]:
    target, after, step = project.target, project.effect.after, Step.EFFECT
    baseline = target.baseline
    if slip := level_slip(after, target.unit):
        told = message("Effect: {slip}", slip=slip)
        yield Finding("effect_slip", step, "wrong", told, message("Correct the level, its cases or its base."))
    if baseline.value is not None and baseline.of != after.of:
        told = message("The baseline is of “{before}”, the effect of “{after}”.", before=baseline.of or "?", after=after.of or "?")
        yield Finding("effect_other_base", step, "wrong", told, message("Measure the effect on the same base as the baseline."))
    if baseline.value is not None and not _is_later(after.period, baseline.period):
        told = message("The effect is not from a later period than the baseline.")
        yield Finding("effect_not_later", step, "wrong", told, message("Name both periods, such as 2010Q2 and 2010Q4."))
    period = Period.parse(after.period)
    last = max((each.due for each in project.countermeasures.measures if each.chosen and each.due), default="")
    if period is not None and last and period.first_day.isoformat() < last:
        told = message("The effect is of {period}, but a measure is due on {day} only.", period=after.period, day=last)
        yield Finding("effect_too_early", step, "weak", told, message("Measure the effect after all measures are done."))
    if reaches(after, target) is False:
        told = message("The target of {target} was not reached: {value}.", target=f"{target.value:g}", value=f"{after.value:g}")
        yield Finding("target_missed", step, "wrong", told, message("Go back to the causes: which root cause is still there?"))
    if baseline.value is not None and not surely_better(baseline, after, higher_is_better=target.higher_is_better):
        told = message("The level after is not better than before beyond chance.")
        yield Finding(
            "effect_uncertain", step, "weak", told, message("Ask more customers, or compare with branches where nothing was done.")
        )


def _is_later(after: str, before: str) -> bool:
    """Whether one period begins after another; False where one of them is none."""
    first, second = Period.parse(before), Period.parse(after)
    return first is not None and second is not None and first < second


def standard_rules(project: Project, _facts: Facts) -> Iterator[Finding]:
    """Documents with clause and day for what worked, and a level that held."""
    standards, step = project.standards, Step.STANDARDS
    if not standards.standards:
        told = message("Nothing was made a standard.")
        yield Finding("no_standard", step, "missing", told, message("Name the document, its clause and since when it holds."))
    known = {each.id for each in project.countermeasures.measures}
    for each in standards.standards:
        if not (each.document and each.clause and each.since):
            told = message("A standard lacks its document, its clause or its day.")
            yield Finding("standard_incomplete", step, "missing", told, message("Fill in all three."))
        due = next((measure.due for measure in project.countermeasures.measures if measure.id == each.measure), "")
        if each.since and due and each.since < due:
            told = message("“{document}” holds since before its measure was done.", document=each.document)
            yield Finding("standard_before_measure", step, "wrong", told, message("Correct the day."))
        if each.measure not in known:
            told = message("“{document}” keeps a measure that is not in the countermeasure table.", document=each.document)
            yield Finding("standard_of_nothing", step, "wrong", told, message("Choose the measure it keeps."))
    if not standards.held:
        told = message("It is not shown that the level held after the project.")
        yield Finding("not_held", step, "missing", told, message("Enter the level of a later period."))
    for level in standards.held:
        if reaches(level, project.target) is False:
            told = message("In {period} the level fell back behind the target: {value}.", period=level.period, value=f"{level.value:g}")
            yield Finding("fell_back", step, "wrong", told, message("Look for what changed since, and say it."))


def review_rules(project: Project, _facts: Facts) -> Iterator[Finding]:
    """What was learnt, what is left, what comes next."""
    review = project.review
    if not (review.learnt and review.left and review.next_topic):
        told = message("The review lacks what was learnt, what is left, or the next topic.")
        yield Finding("review_incomplete", Step.REVIEW, "missing", told, message("Write all three, each in a sentence."))
