"""Complaints of a question added up: from tickets, or from stated numbers where there are no tickets; kept for every question to share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

import narwhals as nw
import pandas as pd

from analysis.complaints.ticket_sums import CLOSED, MONTH, OPENED, TICKETS, Promise, TicketSums, ticket_sums
from analysis.sums.customers import CUSTOMERS, customers_of
from answers.question import Question
from answers.selection import EVERYBODY
from answers.source import Frame, Source, nothing_of
from survey_schema.columns import Role
from survey_schema.data_kinds.all_kinds import kind_of
from words.errors import ManyiError, unknown
from words.language import message
from words.lists import Listed

#: What complaints are counted from.
Data = Literal["tickets", "counts"]
DATA: tuple[Data, ...] = ("tickets", "counts")
KIND = {"tickets": "complaints", "counts": "complaint_counts"}
#: Data a topic about complaints reads.
KINDS = ("complaints", "complaint_counts", "promises")
#: What complaints are told apart by; a month is that of opening, and of stated numbers the period they are of.
GROUPS = (MONTH, Role.BRANCH, "ministry_class", "cause", "position", "promise", Role.OPERATOR)
_OF_TICKETS = (MONTH, Role.BRANCH, "ministry_class", "cause", "position", "promise")
_OF_COUNTS = (MONTH, Role.BRANCH, "ministry_class", "cause", "position", Role.OPERATOR)
#: Hours in the units a promise may be written in.
_HOURS = {"hours": 1.0, "days": 24.0, "minutes": 1 / 60}
O = TypeVar("O")  # noqa: E741


def settled_data(question: Question[O], source: Source, data: Data | None) -> tuple[Question[O], Data]:
    """The question with the periods it is about, and what complaints are counted from: tickets unless only numbers are there or serve.

    Tickets are our own; stated numbers are ours where no operator is named or compared. Raises ManyiError for what these data do not tell.
    """
    there = {each: [found.label for found in source.deliveries(KIND[each])] for each in DATA}
    if not there["tickets"] and not there["counts"]:
        raise nothing_of(KIND["tickets"])
    where, ours = question.selection, source.schema.our_operator
    others = Role.OPERATOR in question.by or where.get(Role.OPERATOR, ours) != ours
    everybody = where.get(Role.OPERATOR) in EVERYBODY
    usual: Data = "tickets" if there["tickets"] and not (others and there["counts"]) else "counts"
    named, data = data is not None, data or usual
    waves = tuple(label for label in question.waves if label in there[data])
    if not waves:
        raise nothing_of(KIND[data])
    known = _OF_TICKETS if data == "tickets" else _OF_COUNTS
    if data == "tickets" and (not others or (everybody and named)):
        where.pop(Role.OPERATOR, None)
    for name in (*question.by, *where):
        if name not in known:
            kind = kind_of(KIND[data]).title
            raise ManyiError(
                message("{kind} are not told apart by {name}; they are by {known}.", kind=kind, name=name, known=Listed(known))
            )
    if data == "counts" and Role.OPERATOR not in (*question.by, *where) and ours is not None:
        where[Role.OPERATOR] = ours
    found = replace(question, waves=waves).with_where(where)
    _refuse_unknown(found, source, data)
    return found, data


def _refuse_unknown(question: Question[Any], source: Source, data: Data) -> None:
    """Raises ManyiError for a value that no complaint the user may see has, nor, of a branch or operator, any response of the survey.

    A branch without complaints is known by its customers' answers: nobody complained there.
    """
    for name, value in question.where:
        if name == Role.OPERATOR and value in EVERYBODY:
            continue
        known = _values(question, source, data, name)
        if value not in known:
            raise unknown(message("value of {column}", column=name), value, sorted(known), place=kind_of(KIND[data]).title)


def _values(question: Question[Any], source: Source, data: Data, name: str) -> set[str]:
    if name == MONTH:
        return set(complaint_sums(question, source, data).table[MONTH].dropna())
    kind = KIND[data]
    key = ("complaint values", source.rows_key(kind), name)
    found: set[str] = source.kept.get(
        key, lambda: set(source.rows(kind).select(name).unique().collect("pandas").to_native()[name].dropna())
    )
    ours = [source.schema.our_operator] if name == Role.OPERATOR and source.schema.our_operator else []
    return {*found, *ours, *(value for wave in source.labels for value in source.values(wave).get(name, ()))}


def told_apart(source: Source, data: Data) -> tuple[str, ...]:
    """The columns that some complaint has a value in: what these can be told apart by. Months are not among them."""
    known = [name for name in (_OF_TICKETS if data == "tickets" else _OF_COUNTS) if name != MONTH]
    key = ("complaint columns", source.rows_key(KIND[data]))
    return source.kept.get(key, lambda: _filled(source.rows(KIND[data]), known))


def _filled(frame: Frame, columns: Sequence[str]) -> tuple[str, ...]:
    counts = frame.select(*(nw.col(name).count() for name in columns)).collect("pandas").to_native().iloc[0]
    return tuple(name for name in columns if counts[name] > 0)


def complaint_sums(question: Question[Any], source: Source, data: Data) -> TicketSums:
    """The complaints of the periods of a question by month and the classifications it names, not narrowed down."""
    if data == "counts":
        columns = tuple(name for name in _OF_COUNTS if name in (MONTH, *question.by, *question.selection))
        key = ("complaint counts", source.rows_key(KIND[data], question.waves), columns)
        return source.kept.get(key, lambda: _stated(source.rows(KIND[data], question.waves), columns, source.schema.our_operator))
    promises = promises_of(source)
    everything = source.rows_key(KIND[data])
    now = source.kept.get(("complaints as of", everything), lambda: _latest(source.rows(KIND[data])))
    limits = tuple((each.name, each.mean_hours, each.longest_hours) for each in promises)
    rows = source.rows_key(KIND[data], question.waves)
    whole = source.kept.get(
        ("ticket sums", rows, everything, limits),
        lambda: ticket_sums(source.rows(KIND[data], question.waves), _OF_TICKETS, now, promises),
    )
    columns = tuple(name for name in _OF_TICKETS if name in (MONTH, *question.by, *question.selection))
    return replace(whole, table=whole.grouped(columns), by=columns)  # once, since a question groups them several times


def promises_of(source: Source) -> tuple[Promise, ...]:
    """Promised times in hours: those of the sheet, the latest for all branches, before those of the survey's schema."""
    found = {each.code: (each.mean, each.maximum, str(each.unit)) for each in source.schema.promises}
    if source.deliveries("promises"):
        rows = source.rows("promises").collect("pandas").to_native()
        for row in rows[rows["branch"].isna()].sort_values("valid_from", na_position="first").to_dict("records"):
            found[row["promise"]] = (_number(row["mean"]), _number(row["maximum"]), row["unit"] or "hours")
    return tuple(
        Promise(code, _in_hours(mean, unit), _in_hours(longest, unit), {"promise": code})
        for code, (mean, longest, unit) in found.items()
        if unit in _HOURS
    )


def _latest(frame: Frame) -> datetime:
    """Just after the last thing that happened to any ticket: then open tickets were looked at."""
    found = frame.select(nw.col(OPENED).max(), nw.col(CLOSED).max()).collect("pandas").to_native().iloc[0]
    latest = max(pd.Timestamp(value) for value in found if not pd.isna(value))
    return datetime.fromisoformat(latest.isoformat()) + timedelta(seconds=1)


def _stated(frame: Frame, columns: tuple[str, ...], ours: str | None) -> TicketSums:
    """Stated numbers by ``columns``: of several breakdowns of one period (by class, by cause) each complaint counts once."""
    rows = frame.collect("pandas").to_native()
    rows[Role.OPERATOR] = rows[Role.OPERATOR].astype(object).where(rows[Role.OPERATOR].notna(), ours)
    names = [name for name in _OF_COUNTS if name != MONTH]
    table = rows.rename(columns={"count": CUSTOMERS, "period": "__period"}).assign(**{MONTH: rows["period"]})[[MONTH, *names, CUSTOMERS]]
    added = customers_of(table.to_dict("records"), columns)
    found = pd.DataFrame([dict(zip(columns, category, strict=True)) | {TICKETS: count} for category, count in added.items()])
    found = found if len(found) else pd.DataFrame({name: pd.Series(dtype=object) for name in (*columns, TICKETS)})
    return TicketSums(found, columns, datetime.max, ())


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _in_hours(value: float | None, unit: str) -> float | None:
    return None if value is None else value * _HOURS.get(unit, 1.0)
