"""A list of a section as a table that can be typed in; every cell is kept as soon as it is left.

The table keeps the rows it was opened with while it is typed in, so that the cursor stays where it is; rows another window changed
meanwhile are shown by a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from charts.kit.layout import Chart
from charts.kit.plain_figure import PlainFigure
from pages._shared.session.shown_here import note_chart
from pages._shared.session.words import _, language
from pages.improve.projects.fields import Fields, day_text
from pages.improve.projects.saving import save
from projects.changing import value_at, with_value
from projects.evidence import Part
from projects.plain_rows import text_of

Row = dict[str, Any]


@dataclass(frozen=True)
class Typed:
    """What a table needs: its columns as Streamlit knows them, how a part becomes a row, and a row a part.

    ``part`` is told the row, the part it was before (None: a new one), and an id for a new one.
    """

    columns: Mapping[str, Any]
    row: Callable[[Any], Row]
    part: Callable[[Row, Any, str], Any]


@dataclass(frozen=True)
class _Shown:
    """The rows a table was opened with, what was kept of it last, and what new rows' ids begin with: no other table has it."""

    base: tuple[Any, ...]
    kept: tuple[Any, ...]
    mark: str


def edit_table(fields: Fields, path: str, typed: Typed, *, fixed: bool = False, alt: str = "") -> None:
    """The table of the list at ``path``; ``fixed``: its rows are neither added nor removed."""
    kept: tuple[Any, ...] = tuple(value_at(fields.part, path) or ())
    if kept and not fields.quiet:
        _note([typed.row(each) for each in kept], typed, fields, alt)
    state = f"table_{fields.work.project.project_id}_{fields.section}_{path}"
    shown: _Shown | None = st.session_state.get(state)
    if shown is None or shown.kept != kept:
        shown = st.session_state[state] = _Shown(kept, kept, uuid4().hex[:9])
    key = f"edit_{state}_{shown.mark}_{language()}"
    st.data_editor(
        _frame([typed.row(each) for each in shown.base], typed), hide_index=True, key=key, num_rows="fixed" if fixed else "dynamic",
        column_config=dict(typed.columns), on_change=_take, args=(fields, path, typed, state, key), disabled=not fields.work.writable,
        alt=alt or None, placeholder="",
    )  # fmt: skip


def _note(rows: Sequence[Row], typed: Typed, fields: Fields, title: str) -> None:
    """The table is printed as it stands, without columns that are empty."""
    used = {name: column["label"] or name for name, column in typed.columns.items() if any(row[name] not in (None, "") for row in rows)}
    cells = {label: [text_of(row[name], language()) if row[name] is not None else "" for row in rows] for name, label in used.items()}
    note_chart(lambda _on: Chart(title, "", title, PlainFigure(), pd.DataFrame(cells)), fields.work.schema, answers=(), drawn=False)


def _frame(rows: Sequence[Row], typed: Typed) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(typed.columns), dtype=object)
    for name, column in typed.columns.items():
        kind = column["type_config"]["type"]
        if kind == "number":
            frame[name] = frame[name].astype("float64")
        elif kind == "date":
            frame[name] = pd.to_datetime(frame[name])
    return frame


def _take(fields: Fields, path: str, typed: Typed, state: str, key: str) -> None:
    shown: _Shown = st.session_state[state]
    changes = st.session_state[key]
    try:
        parts = _changed(shown, changes, typed)
        part: Part = with_value(fields.part, path, parts)
    except (ValidationError, ValueError):
        st.toast(_("This value cannot stand there, so it is not kept."), icon=":material/error:", duration="long")
        return
    st.session_state[state] = _Shown(shown.base, parts, shown.mark)
    save(fields.work.project, part)


def _changed(shown: _Shown, changes: Mapping[str, Any], typed: Typed) -> tuple[Any, ...]:
    gone = set(changes.get("deleted_rows", ()))
    edited = {int(place): cells for place, cells in changes.get("edited_rows", {}).items()}
    found = []
    for place, each in enumerate(shown.base):
        if place not in gone:
            cells = edited.get(place)
            found.append(typed.part({**typed.row(each), **_plain(cells)}, each, "") if cells else each)
    for place, cells in enumerate(map(_plain, changes.get("added_rows", ()))):
        if any(value not in (None, "") for value in cells.values()):
            found.append(typed.part(cells, None, f"{shown.mark}{place:03d}"))
    return tuple(found)


def _plain(cells: Mapping[str, Any]) -> Row:
    return {name: value for name, value in cells.items() if not name.startswith("_")}


def text_column(label: str, **more: Any) -> Any:
    """A column of text."""
    return st.column_config.TextColumn(label, **more)


def cell_text(row: Mapping[str, Any], name: str) -> str:
    """A cell of text, "" where it is empty."""
    value = row.get(name)
    return "" if value is None or value is pd.NaT else str(value).strip()


def cell_day(row: Mapping[str, Any], name: str) -> str:
    """A cell with a day as ISO text; a browser sends text, a table days."""
    value = row.get(name)
    if isinstance(value, pd.Timestamp):
        return day_text(value.date())
    if isinstance(value, date):
        return day_text(value)
    return cell_text(row, name)[:10]


def cell_number(row: Mapping[str, Any], name: str) -> float | None:
    """A cell with a number."""
    value = row.get(name)
    return None if value is None or pd.isna(value) else float(value)
