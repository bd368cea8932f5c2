"""Plans over time: for each task when it was planned and when it was done (Gantt chart)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from charts.kit.description.numbers import MUTED, OURS, Tone


@dataclass(frozen=True)
class Stretch:
    """Days from the first to the last, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Task:
    """One row: planned and actual days, each None where there are none, and in a word how it stands; ``late`` ones are drawn in red."""

    name: str
    planned: Stretch | None = None
    actual: Stretch | None = None
    word: str = ""
    late: bool = False
    ink: Tone = MUTED


@dataclass(frozen=True)
class Schedule:
    """The rows in their order, what planned and actual bars are called, and the day of looking at it, where that is to be marked."""

    name_header: str
    tasks: tuple[Task, ...]
    planned_name: str
    actual_name: str
    late_name: str
    today: date | None = None
    today_name: str = ""
    tone: Tone = OURS

    @property
    def kind(self) -> str:
        """What such a chart is called, which decides its native form in an office program."""
        return "schedule"

    @property
    def ends(self) -> tuple[date, date] | None:
        """The first day and the day after the last one of anything drawn; None where nothing has a day."""
        stretches = [each for task in self.tasks for each in (task.planned, task.actual) if each is not None]
        if not stretches:
            return None
        return min(each.first for each in stretches), max(each.last for each in stretches) + timedelta(days=1)

    @property
    def marked_day(self) -> date | None:
        """Today, where it lies among the days that are drawn."""
        ends = self.ends
        return self.today if ends is not None and self.today is not None and ends[0] <= self.today <= ends[1] else None
