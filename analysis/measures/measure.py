"""One improvement measure: how much of it is done, and how it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["overdue", "running", "not_begun", "done"]
#: In the order they need attention.
STATES: tuple[State, ...] = ("overdue", "running", "not_begun", "done")


@dataclass(frozen=True)
class Measure:
    """A row of the list of measures. Quantities are in ``unit``; ``branch`` None: all; what is not stated is None or empty.

    ``total`` is all there is to do, of which ``planned`` may be a part; ``found`` and ``closed`` count issues. ``noted_branch`` is the
    branch as it was noted, where it counts as another one by now.
    """

    measure: str
    project: str | None = None
    target: str | None = None
    owners: tuple[str, ...] = ()
    branch: str | None = None
    start: date | None = None
    due: date | None = None
    done_on: date | None = None
    unit: str | None = None
    planned: float | None = None
    done: float | None = None
    total: float | None = None
    found: float | None = None
    closed: float | None = None
    note: str | None = None
    noted_branch: str | None = None

    @property
    def share_done(self) -> float | None:
        """Done of what is planned, as a proportion, above 1 where more was done; None where either is not stated or nothing is planned."""
        return _share(self.done, self.planned)

    @property
    def share_of_all(self) -> float | None:
        """Done of all there is to do, as a proportion."""
        return _share(self.done, self.total)

    @property
    def share_closed(self) -> float | None:
        """Issues closed of those found, as a proportion. With issues found and none stated as closed it is 0."""
        return None if self.found is None else _share(self.closed or 0.0, self.found)

    def state(self, on: date) -> State:
        """How it stands on a day.

        Done: on or before that day it was; without a day of being done, where all that is planned is done. Overdue: not done, and the day
        it was due lies before. Not begun: it starts later, or no start is stated and nothing is done yet. Quantities are as stored now.
        """
        if self.done_on is not None and self.done_on <= on:
            return "done"
        if self.done_on is None and self.share_done is not None and self.share_done >= 1:
            return "done"
        if self.due is not None and self.due < on:
            return "overdue"
        begun = bool(self.done) if self.start is None else self.start <= on
        return "running" if begun else "not_begun"

    def days_late(self, on: date) -> int | None:
        """Days between the day it was due and that it was done on, or ``on`` where it is not done; not below 0.

        None where no day is due, and where it is done and nobody says when.
        """
        done = self.state(on) == "done"
        if self.due is None or (done and self.done_on is None):
            return None
        until = self.done_on if done and self.done_on is not None else on
        return max(0, (until - self.due).days)


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or whole is None or whole <= 0 else part / whole
