"""The recovery list as a workbook that comes back: a row a customer by opaque id, with empty columns for contacts and outcomes.

It is headed as the sheet of contacts in the blank workbook, so that it is uploaded as it was filled in. What was reported before stands
below, since an upload takes the place of the one before. Ids carry the mark of their store, under which the customer is known again.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from answers.recovery_figures import Listed
from survey_schema.columns import Role
from survey_schema.data_kinds.contacts import CONTACTS, DEADLINE, OWNER, PRIORITY, REASON
from survey_schema.data_kinds.description import Day, Flag, KindColumn, OneOf
from survey_schema.models import SurveySchema
from survey_schema.workbook.clean.clean_columns import id_to_leave
from survey_schema.workbook.write.written_workbook import new_workbook
from words.language import Language, translator
from words.lists import listed
from words.periods import wave_text

_REMINDERS = ((REASON, 44), (PRIORITY, 10), (OWNER, 16), (DEADLINE, 16))
_HEADER_ROWS = 2
_ID, _BRANCH = str(Role.RESPONDENT_ID), str(Role.BRANCH)
#: Columns that say who is meant; a row with nothing in the others reports nothing.
_WHO = ("wave", _ID, _BRANCH)


@dataclass(frozen=True, eq=False)
class RecoveryBook:
    """What goes into the workbook.

    ``rows``: who is still to be contacted; ``reported``: rows of the wave's contacts as the store has them, None where no sheet came.
    ``survey`` and ``key``: under which the ids were made opaque.
    """

    rows: Sequence[Listed]
    reported: pd.DataFrame | None
    schema: SurveySchema
    wave: str
    survey: str
    key: bytes
    language: Language


def written(book: RecoveryBook) -> bytes:
    """The workbook (.xlsx): customers nothing was reported of first, in the order of the list, then what was reported."""
    target = io.BytesIO()
    file = new_workbook(target)
    sheet = file.add_worksheet(CONTACTS.title.text(book.language))
    date = file.add_format({"num_format": "yyyy-mm-dd"})
    lines = _lines(book)
    _write_heads(file, sheet, date, len(lines), book.language)
    reminders = {each.respondent_id: each for each in book.rows}
    for at, line in enumerate(lines, start=_HEADER_ROWS):
        for place, column in enumerate(CONTACTS.columns):
            _write_cell(sheet, at, place, _shown(column, line.get(column.code), book), date)
        each = reminders.get(str(line[_ID]))
        if each is not None and (each.branch is not None or line.get(_BRANCH) is None):  # no answers beside the name of a hidden branch
            reminded = (reason_text(each, book.schema, book.language), each.priority, _branch(each.branch, book), each.deadline)
            for place, value in enumerate(reminded, start=len(CONTACTS.columns)):
                _write_cell(sheet, at, place, value, date)
    sheet.freeze_panes(_HEADER_ROWS, 2)
    sheet.autofilter(1, 0, max(len(lines), 1) + 1, len(CONTACTS.columns) + len(_REMINDERS) - 1)
    _write_explained(file, book)
    file.close()
    return target.getvalue()


def _lines(book: RecoveryBook) -> list[Mapping[str, Any]]:
    """Code of a column → stored value, a row each."""
    told: list[Mapping[str, Any]] = []
    if book.reported is not None:
        others = [column.code for column in CONTACTS.columns if column.code not in _WHO]
        said = book.reported[book.reported[others].notna().any(axis=1)]
        told = [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in said.to_dict("records")]
    known = {str(line[_ID]) for line in told}
    still = [{"wave": book.wave, _ID: each.respondent_id, _BRANCH: each.branch} for each in book.rows if each.respondent_id not in known]
    return [*still, *told]


def reason_text(each: Listed, schema: SurveySchema, language: Language) -> str:
    """Why a customer is on the list: the layer or the very low answer, and the questions answered lowest."""
    _ = translator(language)
    low = listed([schema.title_of(code, language) for code in each.low], language)
    parts = [why_text(each, language), *([_("lowest: {items}").format(items=low)] if each.low else [])]
    return _("; ").join(parts)


def why_text(each: Listed, language: Language) -> str:
    """The layer to win back, the very low answer, or both."""
    _ = translator(language)
    why = [_("layer to win back")] if each.win_back else []
    return listed([*why, *([_("very low answer")] if each.very_low else [])], language)


def _branch(code: str | None, book: RecoveryBook) -> str | None:
    return None if code is None else book.schema.value_title(Role.BRANCH, code, book.language)


def _shown(column: KindColumn, value: Any, book: RecoveryBook) -> object:
    """A stored value as it is written in a sheet."""
    _ = translator(book.language)
    if value is None:
        return None
    if column.code == _ID:
        return id_to_leave(book.survey, str(value), book.key)
    if column.code == _BRANCH:
        return _branch(str(value), book)
    if isinstance(column.value, Flag):
        return _("yes") if value else _("no")
    if isinstance(column.value, OneOf):
        return next((choice.title.text(book.language) for choice in column.value.choices if choice.code == value), value)
    return value


def _write_cell(sheet: Worksheet, row: int, place: int, value: object, date: Format) -> None:
    """Texts are never formulas; nothing is an empty cell."""
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif value is not None:
        sheet.write_datetime(row, place, pd.Timestamp(str(value)).to_pydatetime(), date)


def _write_heads(file: xlsxwriter.Workbook, sheet: Worksheet, date: Format, rows: int, language: Language) -> None:
    """Codes over titles, as in the blank workbook, and pick lists where a cell says one of a few things."""
    _ = translator(language)
    code = file.add_format({"font_color": "#66717C", "font_size": 9, "bg_color": "#F6F8F9"})
    title = file.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F6F8F9"})
    for place, column in enumerate(CONTACTS.columns):
        sheet.write_string(0, place, column.code, code)
        sheet.write_string(1, place, column.title.text(language), title)
        sheet.set_column(place, place, 30 if column.code == _ID else 14, date if isinstance(column.value, Day) else None)
        names = [_("yes"), _("no")] if isinstance(column.value, Flag) else []
        if isinstance(column.value, OneOf):
            names = [choice.title.text(language) for choice in column.value.choices]
        if names:
            sheet.data_validation(_HEADER_ROWS, place, _HEADER_ROWS + max(rows, 1), place, {"validate": "list", "source": names})
    for place, (head, width) in enumerate(_REMINDERS, start=len(CONTACTS.columns)):
        sheet.write_string(1, place, head.text(language), title)
        sheet.set_column(place, place, width)


def _write_explained(file: xlsxwriter.Workbook, book: RecoveryBook) -> None:
    """What to do with the sheet, on a sheet of its own."""
    _ = translator(book.language)
    sheet = file.add_worksheet(_("How to fill it in"))
    lines = (
        _("Customers to recover, {wave}.").format(wave=wave_text(book.wave, book.language)),
        _("One row for each contact: copy the row of a customer who is contacted again."),
        _("Leave the rest of the row empty of a customer who was not contacted, and keep the row: the others are compared with them."),
        _("Ask satisfaction afterwards of both, some weeks later, with the overall question; say which scale it is on."),
        _("No names and no phone numbers. A column headed like one is not stored."),
        _("Upload the workbook as it is, with the rows of all branches: it takes the place of what was uploaded for this wave before."),
    )
    sheet.set_column(0, 0, 120)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
