"""The first rows of what will be stored, in the words of a reader: titles of columns and values, never their codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages._shared.session.distinct_names import distinct_names
from pages._shared.session.words import _, language
from survey_schema.data_kinds.all_kinds import PeriodLabel, kind_of
from survey_schema.data_kinds.description import OneOf
from survey_schema.data_kinds.schema_choices import known_choices
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedKind

ROWS = 20
#: Columns that no description of a survey or of a kind of data has.
_ROW, _PERIODS = "source_row", ("wave", "period")
#: The words of a column's codes, by the column.
Titled = Callable[[str], Mapping[str, str]]


def show_responses(responses: pa.Table, schema: SurveySchema) -> None:
    """The first responses."""

    def titled(column: str) -> Mapping[str, str]:
        known = next((each for each in schema.columns if each.stored_as == column), None)
        return {choice.code: choice.text(language()) for choice in known.choices} if known else {}

    titles = {code: schema.title_of(code, language()) for code in responses.column_names}
    titles |= {column.stored_as: column.title.text(language()) for column in schema.columns if column.stored_as in titles}
    _show(responses, titles, titled, _("The first rows as they will be stored"), "preview")


def show_kind(kind: CheckedKind, schema: SurveySchema, name: str) -> None:
    """The first rows of data beside responses."""
    if kind.rows is None:
        return
    columns = {column.code: column for column in kind_of(kind.kind).columns}

    def titled(column: str) -> Mapping[str, str]:
        known = columns[column].value if column in columns else None
        return {choice.code: choice.text(language()) for choice in known_choices(known, schema).choices} if isinstance(known, OneOf) else {}

    titles = {code: column.title.text(language()) for code, column in columns.items()}
    label = _("The first rows as they will be stored") + f" · {name}"
    _show(kind.rows, titles, titled, label, f"preview_{kind.kind}")


def _show(rows: pa.Table, titles: Mapping[str, str], titled: Titled, label: str, key: str) -> None:
    with st.expander(label, key=key):
        st.dataframe(_readable(rows.slice(0, ROWS), titles, titled), hide_index=True, placeholder="", alt=label)


def _readable(rows: pa.Table, titles: Mapping[str, str], titled: Titled) -> pd.DataFrame:
    """Texts by their titles, yes and no, periods in words, the row of the workbook first; numbers and days as they are."""
    frame = rows.to_pandas()
    for field in rows.schema:
        cells = rows[field.name].to_pylist()
        if field.name in _PERIODS:
            frame[field.name] = [None if cell is None else PeriodLabel(cell).text(language()) for cell in cells]
        elif pa.types.is_boolean(field.type):
            frame[field.name] = [None if cell is None else _("yes") if cell else _("no") for cell in cells]
        elif pa.types.is_string(field.type):
            words = titled(field.name)
            frame[field.name] = [words.get(cell, cell) for cell in cells]
    if {"wave", "period"} <= set(frame.columns):
        frame = frame.drop(columns="period")  # a delivery by waves says them once
    told = {"wave": _("Wave"), "period": _("Period"), **titles, _ROW: _("Row in the workbook")}
    return frame.rename(columns=distinct_names(frame.columns, lambda code: told.get(code, code)))
