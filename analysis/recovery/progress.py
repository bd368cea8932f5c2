"""How far it got: of the customers to recover how many were contacted, reached and repaired, and for how many the time is up.

All customers of the list are counted, so these shares are of a whole and have no interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from words.language import Message

STEPS = ("contacted", "reached", "repaired", "overdue")


@dataclass(frozen=True)
class Progress:
    """One group of the list. ``overdue``: not contacted though the day to do so has passed. ``reason``: why the group is hidden."""

    keys: Mapping[str, str | None]
    to_recover: int
    contacted: int
    reached: int
    repaired: int
    overdue: int
    reason: Message | None = None

    def percent(self, step: str) -> float | None:
        """Share of a step in those to recover, per cent; None where there is nobody."""
        return 100 * getattr(self, step) / self.to_recover if self.to_recover else None


def progress_of(table: pd.DataFrame, by: Sequence[str], on: date) -> tuple[Progress, ...]:
    """Progress by the values of some columns (none: of all), the largest groups first; customers without a value are one group.

    ``table``: a row a customer with ``contacted``, ``reached``, ``repaired`` and ``deadline``.
    """
    marked = table.assign(overdue=~table["contacted"] & (pd.to_datetime(table["deadline"]) < pd.Timestamp(on)))
    if not by:
        return (_counted({}, marked),)
    groups = marked.groupby(list(by), dropna=False, sort=True)
    found = [_counted({name: None if pd.isna(one) else str(one) for name, one in zip(by, key, strict=True)}, rows) for key, rows in groups]
    return tuple(sorted(found, key=lambda each: -each.to_recover))


def _counted(keys: Mapping[str, str | None], rows: pd.DataFrame) -> Progress:
    contacted, reached, repaired, overdue = (int(rows[step].sum()) for step in STEPS)
    return Progress(keys, len(rows), contacted, reached, repaired, overdue)
