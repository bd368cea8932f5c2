"""A project before the jury: what holds, what lacks evidence, and where to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from projects.project import Project
from projects.review.cause_rules import cause_rules, root_cause_rules
from projects.review.doing_rules import carrying_out_rules, countermeasure_rules
from projects.review.effect_rules import effect_rules, review_rules, standard_rules
from projects.review.finding import Facts, Finding
from projects.review.planning_rules import plan_rules, state_rules, target_rules, topic_rules
from projects.sections import Step
from words.language import Message, message

#: The rules, in the order of the steps; those of the plan stand with the first.
RULES: tuple[Callable[[Project, Facts], Iterable[Finding]], ...] = (
    plan_rules, topic_rules, state_rules, target_rules, cause_rules, root_cause_rules, countermeasure_rules, carrying_out_rules,
    effect_rules, standard_rules, review_rules,
)  # fmt: skip


@dataclass(frozen=True)
class Reviewed:
    """What was found, in the order of the steps; ``holds``: steps nothing was found in."""

    findings: tuple[Finding, ...]
    holds: tuple[Step, ...]

    @property
    def sentence(self) -> Message:
        """How the project stands, in one sentence."""
        if not self.findings:
            return message("Nothing a jury would ask about was found: all {count} steps hold.", count=len(self.holds))
        wrong = sum(each.level == "wrong" for each in self.findings)
        return message(
            "{count} of {of} steps hold; {found} things to mend, {wrong} of them contradictions.",
            count=len(self.holds), of=len(Step), found=len(self.findings), wrong=wrong,
        )  # fmt: skip


def review_project(project: Project, facts: Facts) -> Reviewed:
    """Holds a project against what T/CAQ 10201 asks of a problem-solving project.

    ``facts`` are what the store says: verdicts of the tests, measures carried out, figures whose data changed.
    """
    found = [finding for rules in RULES for finding in rules(project, facts)]
    found += [
        Finding(
            "data_changed", step, "weak", message("The data of “{figure}” changed since it was taken.", figure=figure),
            message("Look at the figure as it is now, and take it anew or say why the old one stands."),
        )
        for step, figure in facts.data_changed
    ]  # fmt: skip
    order = list(Step)
    found.sort(key=lambda each: order.index(each.step))
    return Reviewed(tuple(found), tuple(step for step in Step if step not in {each.step for each in found}))
