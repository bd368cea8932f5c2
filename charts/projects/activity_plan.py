"""The activity plan of a project (Gantt chart): planned and actual days of its steps or measures, and what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from analysis.measures.planned_activity import PlannedActivity, State
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, OURS, WORSE
from charts.kit.description.rows import Column
from charts.kit.description.schedule import Schedule, Stretch, Task
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import Language, translator


def activity_plan(activities: Sequence[PlannedActivity], on: Canvas, *, today: date, title: str = "", name_header: str = "") -> Chart:
    """The plan as seen ``today``. What has no end yet is drawn up to today."""
    _ = translator(on.language)
    states = [each.state(today) for each in activities]
    schedule = Schedule(
        name_header or _("Step"),
        tuple(_task(each, state, today, on.language) for each, state in zip(activities, states, strict=True)),
        _("Planned"), _("Actual"), _("Actual, late"), today, _("today"),
    )  # fmt: skip
    described = Description(
        title=title or _("Activity plan"),
        caption=_("Grey: planned; coloured: actual, red where it ended or goes on after its day. Dashed: today."),
        body=schedule,
        findings=_findings(activities, states, on.language),
        table=long_table(
            (
                Column(schedule.name_header, tuple(each.name for each in activities)),
                Column(_("Planned from"), tuple(_iso(each.planned_from) for each in activities)),
                Column(_("Planned to"), tuple(_iso(each.planned_to) for each in activities)),
                Column(_("Actual from"), tuple(_iso(each.actual_from) for each in activities)),
                Column(_("Actual to"), tuple(_iso(each.actual_to) for each in activities)),
                Column(_("State"), tuple(task.word for task in schedule.tasks)),
                Column(_("Days late"), tuple(each.days_late(today) for each in activities)),
            )
        ),
    )
    return draw(described, on)


def _task(each: PlannedActivity, state: State, today: date, language: Language) -> Task:
    late = state in ("done_late", "overdue")
    ink = WORSE if late or state == "due" else OURS if state == "running" else INK if state == "done" else MUTED
    until = each.actual_to or max(today, each.actual_from or today)
    return Task(
        each.name, _stretch(each.planned_from, each.planned_to), _stretch(each.actual_from, until) if each.actual_from else None,
        _word(state, each.days_late(today), language), late, ink,
    )  # fmt: skip


def _stretch(first: date | None, last: date | None) -> Stretch | None:
    """From the first to the last day; of one that is known alone, that day."""
    first, last = first or last, last or first
    return None if first is None or last is None else Stretch(first, max(first, last))


def _word(state: State, late: int, language: Language) -> str:
    _ = translator(language)
    days = _("1 day") if late == 1 else _("{count} days").format(count=late)
    return {
        "done": _("finished"),
        "done_late": _("finished, {days} late").format(days=days),
        "running": _("under way"),
        "overdue": _("overdue by {days}").format(days=days),
        "due": _("not begun, should have"),
        "planned": _("not begun"),
        "none": _("no days yet"),
    }[state]


def _findings(activities: Sequence[PlannedActivity], states: Sequence[State], language: Language) -> str:
    _ = translator(language)
    if not activities:
        return ""
    found = Counter(states)
    return _("{total} activities: {done} finished, {late} of them late; {running} under way; {overdue} overdue.").format(
        total=len(activities), done=found["done"] + found["done_late"], late=found["done_late"], running=found["running"],
        overdue=found["overdue"],
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
