"""One activity of a plan: when it was to be done, when it was, and how it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["done", "done_late", "running", "overdue", "due", "planned", "none"]


@dataclass(frozen=True)
class PlannedActivity:
    """One row; days are None where they are not known. An activity that was begun and not ended is being done."""

    name: str
    planned_from: date | None = None
    planned_to: date | None = None
    actual_from: date | None = None
    actual_to: date | None = None

    def state(self, today: date) -> State:
        """How it stands: ``due`` is one that should have begun, ``overdue`` one that should have ended."""
        over = self.planned_to is not None and today > self.planned_to
        if self.actual_to is not None:
            return "done_late" if self.planned_to is not None and self.actual_to > self.planned_to else "done"
        if over:
            return "overdue"
        if self.actual_from is not None:
            return "running"
        if self.planned_from is None and self.planned_to is None:
            return "none"
        return "due" if self.planned_from is not None and today > self.planned_from else "planned"

    def days_late(self, today: date) -> int:
        """By how many days it ended, or goes on, after it was to end."""
        end = self.actual_to or today
        return max((end - self.planned_to).days, 0) if self.planned_to is not None else 0
