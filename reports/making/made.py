"""A report with its figures asked: what every format is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.document import Report
from reports.making.cover import CoverWords
from reports.making.items import MadeItem


@dataclass(frozen=True)
class MadeReport:
    """The report, its cover and items written out, when that was, and the company's template of its slides."""

    report: Report
    cover: CoverWords
    items: tuple[MadeItem, ...]
    now: datetime
    template: bytes | None = None

    @property
    def problems(self) -> tuple[MadeItem, ...]:
        """The items whose figure is not there."""
        return tuple(item for item in self.items if item.problem)
