"""Figures of the recovery of unhappy customers: how far it got, and whether it helped them."""

from __future__ import annotations

from answers.recovery import RECOVERY, far
from answers.recovery import helped as helped_sentence
from answers.recovery_figures import NOT_REPORTED, Recovery
from answers.recovery_question import RecoveryOptions
from answers.tiers import rules_of
from answers.topic import Answered
from charts.kit.layout import Canvas, Chart
from charts.recovery.progress_dots import ProgressRow, progress_dots
from charts.recovery.two_sides import two_sides
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from words.language import message, translator

CHOICES = frozenset({"on", "issued", "model"})
GROUP_TITLES = {
    "branch": message("Branch"), "tier": message("Layer of customers"), "priority": message("Priority"), "owner": message("Contacted by"),
}  # fmt: skip
_TITLES = {
    "branch": message("How far did each branch get?"), "tier": message("How far did it get in each layer?"),
    "priority": message("How far did it get by priority?"), "owner": message("How far did each person get?"),
}  # fmt: skip


def asked_recovery(
    ask: ScopedAsk, choices: Choices, *, group: str | None = None, listed: bool = False
) -> Answered[RecoveryOptions, Recovery]:
    """Recovery of the wave looked at, as of the day and from the day of the list that were picked."""
    days = {name: choices.get(name) for name in ("on", "issued", "model")}
    return ask(RECOVERY, RecoveryOptions(group=group, listed=listed, **days))


def progress(ask: ScopedAsk, choices: Choices) -> Drawn:
    """Contacted, reached, repaired and overdue ``group`` by group: branch (usual), tier, priority or owner."""
    group = str(choices.get("group") or "branch")
    asked = asked_recovery(ask, choices, group=group)
    if not asked.result.reported:
        raise nothing_to_draw(NOT_REPORTED)
    if not asked.result.groups:
        raise nothing_to_draw(message("There are no groups to tell apart."))

    def draw(on: Canvas) -> Chart:
        rows = [ProgressRow(_name(dict(each.keys), asked, group, on), each) for each in asked.result.groups]
        day = str(asked.asked.options.on)
        names = {"title": _TITLES[group].text(on.language), "name_header": GROUP_TITLES[group].text(on.language)}
        return progress_dots(rows, on, of=asked.result.whole, day=day, **names)

    return Drawn(draw, (asked,), lambda language: far(asked.asked, asked.result, language))


def _name(keys: dict[str, str | None], asked: Answered[RecoveryOptions, Recovery], group: str, on: Canvas) -> str:
    _ = translator(on.language)
    if group == "tier":
        rules = rules_of(asked.asked.schema, asked.asked.options.model)
        titles = {(axis.code, one.code): one.title.text(on.language) for axis in rules.axes for one in axis.classes}
        return " · ".join(titles.get((axis, str(code)), str(code)) for axis, code in keys.items())
    (value,) = keys.values()
    if group == "priority":
        return _("Priority {number}").format(number=value)
    if group == "owner":
        return _("(not contacted or not stated)") if value == "none" else str(value)
    return on.value("branch", value)


def helped(ask: ScopedAsk, choices: Choices) -> Drawn:
    """How satisfaction of either side changed, and the effect."""
    asked = asked_recovery(ask, choices)
    if not asked.result.effects:
        raise nothing_to_draw(message("Nobody of the list was asked again, so whether recovery helped cannot be told yet."))

    def draw(on: Canvas) -> Chart:
        return two_sides(asked.result.effects, on, asked.provenance)

    return Drawn(draw, (asked,), lambda language: helped_sentence(asked.result, language))


PROGRESS = Figure("recovery-progress", message("Progress of recovery"), ("recovery",), progress, CHOICES | {"group"})
HELPED = Figure("recovery-effect", message("Whether recovery helped"), ("recovery",), helped, CHOICES)
FIGURES = (PROGRESS, HELPED)
