"""Rules of causes and root causes: analysed to the end, each end cause tested by data, none confirmed by vote."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from projects.project import Project
from projects.review.finding import Facts, Finding
from projects.review.sheets_and_levels import arithmetic, cases_behind, sheets_of
from projects.sections import Cause, Causes, Level, Step
from words.language import message


def cause_rules(project: Project, _facts: Facts) -> Iterator[Finding]:
    """A problem, a tree that holds together, and causes that go deeper than the main bones."""
    tree, step = project.causes, Step.CAUSES
    if not tree.problem:
        told = message("The cause tree does not say which problem it explains.")
        yield Finding("causes_without_problem", step, "missing", told, message("Write the main problem at its head."))
    if len(tree.end_causes) < 2:
        told = message("Fewer than two end causes were considered.")
        yield Finding(
            "causes_too_few", step, "missing", told, message("Look for causes in people, method, equipment and surroundings too.")
        )
    known = {cause.id for cause in tree.causes}
    if lost := next((cause for cause in tree.causes if cause.parent is not None and cause.parent not in known), None):
        told = message("“{cause}” hangs below a cause that is not in the tree.", cause=lost.text)
        yield Finding("causes_broken", step, "wrong", told, message("Hang it below one that is."))
    if circle := next((cause for cause in tree.causes if _is_below_itself(tree, cause)), None):
        told = message("“{cause}” stands below itself.", cause=circle.text)
        yield Finding("causes_broken", step, "wrong", told, message("Hang it below another cause."))
    if shallow := [cause for cause in tree.end_causes if cause.parent is None]:
        told = message("“{cause}” was not asked why any further.", cause=shallow[0].text)
        yield Finding("causes_shallow", step, "weak", told, message("Go on asking why, until something can be done about the answer."))


def _is_below_itself(tree: Causes, cause: Cause) -> bool:
    parents = {each.id: each.parent for each in tree.causes}
    above, seen = parents.get(cause.id), {cause.id}
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above == cause.id


def root_cause_rules(project: Project, facts: Facts) -> Iterator[Finding]:
    """Each end cause with its test; what is claimed agrees with it; at least one is confirmed."""
    step, ends = Step.ROOT_CAUSES, project.causes.end_causes
    for cause in ends:
        yield from _tested(cause, facts)
    yield from _same_numbers(ends)
    yield from _other_cases(ends, project.target.baseline)
    if "confirmed" not in facts.verdicts.values():
        told = message("No end cause is confirmed by data, so nothing shows what the problem comes from.")
        yield Finding("no_root_cause", step, "missing", told, message("Test further causes, or gather more data."))
    yield from arithmetic(step, sheets_of(cause.test.evidence for cause in ends if cause.test))


def _same_numbers(ends: tuple[Cause, ...]) -> Iterator[Finding]:
    """Two causes tested by the very same numbers: one of them was not tested."""
    seen: dict[str, str] = {}
    for cause in ends:
        numbers = json.dumps(cause.test.choices, sort_keys=True) if cause.test and cause.test.choices else ""
        if numbers and numbers in seen:
            told = message("“{cause}” is tested by the same numbers as “{other}”.", cause=cause.text, other=seen[numbers])
            yield Finding("test_copied", Step.ROOT_CAUSES, "wrong", told, message("Test each cause by its own data."))
        seen.setdefault(numbers, cause.text)


def _other_cases(ends: tuple[Cause, ...], baseline: Level) -> Iterator[Finding]:
    """A comparison of those with and without a cause is about the cases of the baseline, all of them."""
    behind = cases_behind(baseline)
    for cause in ends:
        given = [cause.test.choices.get(name) for name in ("with_cause", "without_cause")] if cause.test else []
        sides = [side for side in given if isinstance(side, list | tuple) and len(side) == 2]
        if behind is None or len(sides) != 2:
            continue
        cases, base = (math.fsum(float(side[at]) for side in sides) for at in (0, 1))
        if base != baseline.base or cases not in behind:
            told = message(
                "The test of “{cause}” counts {cases} of {base}, the baseline {left} or {of} of {whole}.",
                cause=cause.text, cases=f"{cases:,g}", base=f"{base:,g}", left=f"{behind[1]:,g}", of=f"{behind[0]:,g}",
                whole=f"{baseline.base:,g}",
            )  # fmt: skip
            yield Finding("test_of_other_cases", Step.ROOT_CAUSES, "weak", told, message("Say whom the test is about, or count the same."))


def _tested(cause: Cause, facts: Facts) -> Iterator[Finding]:
    step, verdict = Step.ROOT_CAUSES, facts.verdicts.get(cause.id)
    if cause.claimed_by == "vote":
        told = message("“{cause}” was decided by vote.", cause=cause.text)
        yield Finding("cause_by_vote", step, "wrong", told, message("Test it by data: a comparison, a correlation, or before and after."))
    if cause.test is None:
        told = message("“{cause}” was not tested.", cause=cause.text)
        yield Finding("cause_untested", step, "missing", told, message("Attach a test to this end cause."))
    elif verdict is None:
        told = message("The test of “{cause}” has no data it could be computed from.", cause=cause.text)
        yield Finding("cause_untested", step, "missing", told, message("Give its counts, or name the figures of the store."))
    elif cause.claimed and cause.claimed != verdict:
        told = (
            message("“{cause}” is called confirmed, but its test does not confirm it.", cause=cause.text)
            if cause.claimed == "confirmed"
            else message("“{cause}” is called not confirmed, but that does not follow from its test.", cause=cause.text)
        )
        yield Finding("cause_claim", step, "wrong", told, message("Follow the test, or test it with more data."))
    elif verdict == "not_enough_data":
        told = message("The data are not enough to tell whether “{cause}” is a root cause.", cause=cause.text)
        yield Finding("cause_undecided", step, "weak", told, message("Gather more cases; the test says how many."))
