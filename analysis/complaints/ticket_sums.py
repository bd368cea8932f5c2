"""Tickets added up in one pass: cases, hours to resolve, first contact, escalations, hand-overs, promises, per cell of classifications.

Sums add up (the longest time by its maximum), so a page takes periods, branches, classes and causes from kept sums and never reads tickets
again. Columns of the frame: ``opened`` and ``closed`` as points in time (``closed`` empty while a ticket is open), ``first_contact`` and
``escalated`` as true/false, ``hand_overs`` as a count, ``hours`` as the system states them (they go before the difference of the times),
``cost`` as an amount, each empty where it is not known, and any classifications as text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import narwhals as nw
import pandas as pd

from analysis.pareto.cells import Cell
from words.errors import ManyiError
from words.language import message

OPENED, CLOSED, FIRST_CONTACT, ESCALATED, HAND_OVERS = "opened", "closed", "first_contact", "escalated", "hand_overs"
COST = "cost"
#: Cases and what is summed of them; ``longest`` is a maximum, all others add up.
TICKETS, RESOLVED, HOURS, HOURS_2, LONGEST = "tickets", "resolved", "hours", "hours_2", "longest"
KNOWN = "_known"
MONTH = "month"
_YEAR = "year__"


@dataclass(frozen=True)
class Promise:
    """What customers are promised: a mean and a longest time in hours, for the tickets whose classifications are ``where`` (else all).

    Either time may be missing. Example: repair on average within 24 hours, at most 48 (ministry, 2009).
    """

    name: str
    mean_hours: float | None
    longest_hours: float | None
    where: Mapping[str, str]


@dataclass(frozen=True)
class TicketSums:
    """Kept sums: a row of ``table`` per cell of ``by`` (None: not classified), as of ``as_of``, when open tickets were looked at."""

    table: pd.DataFrame
    by: tuple[str, ...]
    as_of: datetime
    promises: tuple[Promise, ...]

    def grouped(self, by: Sequence[str], where: Mapping[str, str | None] | None = None) -> pd.DataFrame:
        """The sums of fewer classifications among the cells of ``where``; without ``by`` one row, also where there is no ticket.

        Raises ManyiError for a classification that was not summed by.
        """
        table = self.table
        for name in (*by, *(where or {})):
            if name not in self.by:
                raise ManyiError(
                    message("Tickets were not added up by {name}; they were by {known}.", name=name, known=", ".join(self.by) or "–")
                )
        for name, value in (where or {}).items():
            table = table[table[name].isna() if value is None else table[name] == value]
        sums = [name for name in table.columns if name not in self.by]
        rules = {name: "max" if name.startswith(LONGEST) else "sum" for name in sums}
        if by:
            grouped = table.groupby(list(by), dropna=False, observed=True)
            found = grouped[[name for name in sums if rules[name] == "sum"]].sum()
            longest = grouped[[name for name in sums if rules[name] == "max"]].max()
            return found.join(longest).reset_index()
        return pd.DataFrame(
            {name: [table[name].max() if rule == "max" and len(table) else table[name].sum()] for name, rule in rules.items()}
        )

    def cells(self, by: Sequence[str], where: Mapping[str, str | None] | None = None, weight: str = HOURS) -> list[Cell]:
        """Cells for a Pareto chart: cases, and as weight the hours spent on resolved ones or their ``cost``, where these were summed."""
        table = self.grouped(by, where)
        keys = table[list(by)].astype(object).where(table[list(by)].notna(), None).to_dict("records")
        if weight not in table.columns:
            return [Cell({str(name): value for name, value in key.items()}, float(n)) for key, n in zip(keys, table[TICKETS], strict=True)]
        amounts = zip(keys, table[TICKETS], table[weight], table[f"{weight}_2"], strict=True)
        return [Cell({str(name): value for name, value in key.items()}, float(n), float(w), float(w2)) for key, n, w, w2 in amounts]


def ticket_sums(frame: nw.LazyFrame[Any], by: Sequence[str], as_of: datetime, promises: Sequence[Promise] = ()) -> TicketSums:
    """One engine pass over the tickets opened before ``as_of``, by columns of the frame and, where ``by`` has it, by ``month`` of opening.

    A ticket closed after ``as_of`` was still open then. Optional columns that the frame lacks give no sums of theirs.
    """
    there = frame.collect_schema().names()
    now = nw.lit(as_of)
    known = frame.filter(nw.col(OPENED).cast(nw.Datetime("us")) < now)
    opened, closed = (nw.col(name).cast(nw.Datetime("us")) for name in (OPENED, CLOSED))
    done = ~closed.is_null() & (closed <= now)
    taken = (closed - opened).dt.total_seconds().cast(nw.Float64) / 3600
    stated = nw.coalesce(nw.col(HOURS).cast(nw.Float64), taken) if HOURS in there else taken
    hours = nw.when(done).then(stated)
    age = nw.when(~done).then((now - opened).dt.total_seconds().cast(nw.Float64) / 3600)
    measures = {TICKETS: nw.lit(1.0), RESOLVED: done.cast(nw.Float64), HOURS: hours, HOURS_2: hours * hours}
    for name in (FIRST_CONTACT, ESCALATED, HAND_OVERS):
        if name in there:
            measures[name] = nw.col(name).cast(nw.Float64)
            measures[name + KNOWN] = (~nw.col(name).is_null()).cast(nw.Float64)
    if HAND_OVERS in there:
        measures[HAND_OVERS + "_2"] = nw.col(HAND_OVERS).cast(nw.Float64) * nw.col(HAND_OVERS).cast(nw.Float64)
    if COST in there:
        measures |= {COST: nw.col(COST).cast(nw.Float64), COST + "_2": nw.col(COST).cast(nw.Float64) * nw.col(COST).cast(nw.Float64)}
    longest = {LONGEST: hours}
    for place, promise in enumerate(promises):
        meant = _meant(promise)
        own = nw.when(meant)
        measures[f"promise_{place}"] = own.then(nw.lit(1.0))
        measures[f"promise_{place}_resolved"] = nw.when(meant & done).then(nw.lit(1.0))
        measures[f"promise_{place}_hours"] = own.then(hours)
        measures[f"promise_{place}_hours_2"] = own.then(hours * hours)
        longest[f"{LONGEST}_{place}"] = own.then(hours)
        if promise.longest_hours is not None:
            measures[f"promise_{place}_within"] = nw.when(meant & (hours <= promise.longest_hours)).then(nw.lit(1.0))
            measures[f"promise_{place}_overdue"] = nw.when(meant & (age > promise.longest_hours)).then(nw.lit(1.0))
    keys = [name for name in by if name != MONTH]
    dates = [opened.dt.year().alias(_YEAR), opened.dt.month().alias(MONTH)] if MONTH in by else []
    made = known.select(*keys, *dates, *(expression.alias(name) for name, expression in {**measures, **longest}.items()))
    columns = [*keys, *([_YEAR, MONTH] if dates else [])]
    sums = [*(nw.col(name).sum() for name in measures), *(nw.col(name).max() for name in longest)]
    cells = made.group_by(*columns).agg(*sums) if columns else made.select(*sums)
    table: pd.DataFrame = cells.collect("pandas").to_native()
    return TicketSums(_tidied(table, by, [*measures], [*longest]), tuple(by), as_of, tuple(promises))


def _meant(promise: Promise) -> nw.Expr:
    """Whether a promise is for a ticket; one without class belongs to no promise that names classes."""
    meant = nw.lit(True)
    for name, value in promise.where.items():
        meant = meant & (nw.col(name) == value).fill_null(False)
    return meant


def _tidied(table: pd.DataFrame, by: Sequence[str], sums: Sequence[str], longest: Sequence[str]) -> pd.DataFrame:
    """Periods as labels, sums over nothing as 0, cells in order."""
    if MONTH in by:
        table[MONTH] = [f"{int(year)}-{int(month):02d}" for year, month in zip(table[_YEAR], table[MONTH], strict=True)]
    table[list(sums)] = table[list(sums)].astype(float).fillna(0.0)
    table[list(longest)] = table[list(longest)].astype(float)
    for name in by:  # as categories they are grouped several times faster
        table[name] = pd.Categorical(table[name], categories=sorted(table[name].dropna().unique()))
    ordered = table.sort_values(list(by)) if by else table
    return ordered[[*by, *sums, *longest]].reset_index(drop=True)
