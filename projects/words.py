"""What the steps, sections and fields of a project are called, on the page, in the terminal and in files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from projects.evidence import Part
from projects.sections import Countermeasure, Step, Target
from words.language import Message, message

#: The steps in their order.
STEP_TITLES: Mapping[Step, Message] = MappingProxyType({
    Step.TOPIC: message("Topic and reasons"), Step.STATE: message("Current state"), Step.TARGET: message("Setting the target"),
    Step.CAUSES: message("Causes"), Step.ROOT_CAUSES: message("Root causes"), Step.COUNTERMEASURES: message("Countermeasures"),
    Step.CARRYING_OUT: message("Carrying out"), Step.EFFECT: message("Checking the effect"), Step.STANDARDS: message("Standardisation"),
    Step.REVIEW: message("Review and next topic"),
})  # fmt: skip
#: Sections in their order. Root causes are tests within the causes.
SECTION_TITLES: Mapping[str, Message] = MappingProxyType({
    "about": message("Project"), "team": message("Team"), "plan": message("Activity plan"),
    **{str(step): title for step, title in STEP_TITLES.items() if step != Step.ROOT_CAUSES},
})  # fmt: skip
#: Fields by their names, which mean the same wherever they stand.
FIELD_TITLES: Mapping[str, Message] = MappingProxyType({
    "title": message("Title"), "group": message("QC group"), "survey": message("Survey"), "wave": message("Wave"),
    "where": message("Selection"), "origin": message("Made from"), "put_aside": message("Put aside"), "members": message("Members"),
    "name": message("Name"), "role": message("Role"), "task": message("Task"), "activities": message("Activities"),
    "step": message("Step"), "planned_from": message("Planned from"), "planned_to": message("Planned to"),
    "actual_from": message("Begun on"), "actual_to": message("Done on"), "required": message("What is asked for"),
    "found": message("What is found"), "chosen": message("So the topic is"), "text": message("Text"),
    "main_problem": message("Where most of the problem lies"), "evidence": message("Evidence"),
    "quantity": message("What the target measures"),
    "unit": message("Unit"), "higher_is_better": message("Higher is better"), "baseline": message("Baseline"),
    "value": message("Value"), "due": message("Due on"), "feasibility": message("Why it can be reached"),
    "kind": message("Kind"), "outcome": message("Looked up in the store as"), "low": message("From"), "high": message("To"),
    "cases": message("Cases"), "base": message("Base"), "of": message("Of whom"), "period": message("Period"),
    "problem": message("The problem"),
    "causes": message("Causes"), "parent": message("Below the cause"), "test": message("Test"), "claimed": message("Verdict written down"),
    "claimed_by": message("Decided by"), "choices": message("Choices"), "checked_by": message("Checked by"),
    "checked_on": message("Checked on"), "measures": message("Measures"), "cause": message("Against which cause"),
    "what": message("What is done"), "goal": message("Goal"), "how": message("How"), "who": message("Who"), "start": message("Begins on"),
    "cost": message("Cost"), "reach": message("Share of customers reached"), "driver": message("Driver"),
    "shift": message("Points gained among them"), "budget": message("Budget"), "after": message("Level after"),
    "benefit": message("Benefit in money"), "currency": message("Currency"), "standards": message("Standards"),
    "document": message("Document"), "clause": message("Clause"), "since": message("In force since"), "measure": message("Measure kept"),
    "held": message("How the level held"), "columns": message("Columns"), "rows": message("Rows"), "counts": message("Counts"),
    "source": message("Source"),
    "stated_total": message("Total stated"), "stated_base": message("Base stated"), "stated_share": message("Share stated, %"),
    "caption": message("Caption"), "figure": message("Figure"), "learnt": message("What the group learnt"), "left": message("What is left"),
    "next_topic": message("Next topic"),
})  # fmt: skip
#: What in the data a project was made from.
ORIGIN_WORDS: Mapping[str, Message] = MappingProxyType({
    "weak_spot": message("a weak spot"), "cause": message("a cause of complaints"), "branch": message("the gap of a branch"),
    "signal": message("a signal on a control chart"), "blank": message("a blank page"),
})  # fmt: skip


#: What sort of reason a target rests on.
REASON_WORDS: Mapping[str, Message] = MappingProxyType({
    "history": message("It was reached before"), "best_branch": message("The best branch reaches it"),
    "planner": message("Such a change can be seen"), "main_problem": message("The main problem makes so much of it"),
    "other": message("Another reason"),
})  # fmt: skip
#: Fields that mean something else in some part.
_OWN_TITLES: Mapping[tuple[type[Part], str], Message] = MappingProxyType({
    (Countermeasure, "where"): message("Where"), (Countermeasure, "chosen"): message("Chosen"),
    (Target, "value"): message("Target value"), (Target, "text"): message("How the target was set"),
})  # fmt: skip


def field_title(part: type[Part], name: str) -> Message:
    """The title of a field of a part."""
    return _OWN_TITLES.get((part, name)) or FIELD_TITLES[name]


#: How grave a finding of the review is.
LEVEL_WORDS: Mapping[str, Message] = MappingProxyType({
    "wrong": message("contradicts itself"), "missing": message("lacks evidence"), "weak": message("not beyond doubt"),
})  # fmt: skip
