"""Names the survey does not list: branches, operators, brands and other known values, with the nearest known one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from survey_schema.columns import Column, Role
from survey_schema.workbook.check.check_draft import CheckDraft
from survey_schema.workbook.clean.clean_choices import TextReading, nearest_name
from survey_schema.workbook.clean.clean_values import folded, plain_text
from survey_schema.workbook.match.matching import ColumnMatch
from survey_schema.workbook.repair.unknown_values import CELLS_NAMED, MOST_LISTED, UnknownColumn, names_of_column
from words.language import Message, message

_LEFT_OUT: dict[Role, tuple[str, Message]] = {
    Role.BRANCH: ("unknown_branch", message("Responses of unknown branches left out")),
    Role.OPERATOR: ("unknown_operator", message("Responses of unknown operators left out")),
    Role.BRAND: ("unknown_brand", message("Responses of unknown brands left out")),
    Role.BUSINESS_LINE: ("unknown_business_line", message("Responses of unknown business lines left out")),
}


def check_names(
    draft: CheckDraft, column: Column, match: ColumnMatch, reading: TextReading, codes: npt.NDArray[np.int32], known: frozenset[str]
) -> None:
    """Find values that are not among the listed ones or, where the survey lists none, not among those stored before (``known``).

    In a closed column such a branch, operator, brand or business line costs the response, another value only itself. In an open
    column it is used as it stands.
    """
    if column.choices:
        strange, names = (
            reading.unknown,
            [text for choice in column.choices for text in (choice.title.zh_CN, choice.title.en, *choice.aliases)],
        )
    elif known:
        strange, names = np.array([value is not None and value not in known for value in reading.values], dtype=bool), sorted(known)
    else:
        return
    strange = strange & ~reading.told
    mask = strange[codes] & draft.counted
    if not mask.any():
        return
    kept = not (column.closed and column.choices)
    about = UnknownColumn(column.code, column.title, {}, {}, names_of_column(column, known), kept)
    note_unknown(draft, match, strange, codes, about)
    if not (column.closed and column.choices):
        _note_new(draft, column, match, mask, names, _has_known(reading, strange, codes, draft))
        return
    code, step = _LEFT_OUT.get(column.role, ("unknown_value", None))
    advice = message("The response is not used; correct the cell or add the value to the survey's schema.")
    if step is None:
        advice = message("The response is used without this value; correct the cell or add the value to the survey's schema.")
    _note_each(draft, code, match, mask, column, names, advice)
    if step is not None:
        draft.drop(mask, f"rows_{code}", step)


def note_unknown(
    draft: CheckDraft, match: ColumnMatch, strange: npt.NDArray[np.bool_], codes: npt.NDArray[np.int32], about: UnknownColumn
) -> None:
    """Put the distinct unknown values of a column down for repair, each with its count and first cells.

    ``strange`` masks its unique values, ``about`` says what they are of.
    """
    raw = draft.rows.sheet.columns[match.index].values
    counts = np.bincount(codes[draft.counted], minlength=len(raw))
    places = np.flatnonzero(strange & (counts > 0))
    spelled: dict[str, str] = {}
    values: dict[str, int] = {}
    cells: dict[str, tuple[str, ...]] = {}
    first = {int(place) for place in places[np.argsort(-counts[places], kind="stable")][:MOST_LISTED]}
    for place in places.tolist():
        text = " ".join(plain_text(raw[place]).split())
        text = spelled.setdefault(folded(text), text)
        values[text] = values.get(text, 0) + int(counts[place])
        if place in first and len(cells.get(text, ())) < CELLS_NAMED:
            rows = np.flatnonzero((codes == place) & draft.counted)[:CELLS_NAMED].tolist()
            cells[text] = (*cells.get(text, ()), *(draft.rows.cell(row, match.index) for row in rows))[:CELLS_NAMED]
    draft.unknown.append(replace(about, values=values, cells=cells))


def _has_known(reading: TextReading, strange: npt.NDArray[np.bool_], codes: npt.NDArray[np.int32], draft: CheckDraft) -> bool:
    familiar = np.array([value is not None for value in reading.values], dtype=bool) & ~strange
    return bool((familiar[codes] & draft.counted).any())


def _note_new(
    draft: CheckDraft, column: Column, match: ColumnMatch, mask: npt.NDArray[np.bool_], names: list[str], some_known: bool
) -> None:
    if some_known:
        _note_each(draft, "new_name", match, mask, column, names, message("It is used as it stands; correct it if it is a slip."))
        return
    # Another province or company with names of its own: one remark says it, a thousand would hide the rest.
    found = message(
        "None of the values of {column} is known; {count} responses carry new ones.", column=column.title, count=int(mask.sum())
    )
    draft.note_column(
        "new_name", match, found, message("They are used as they stand; list them in the survey's schema to have slips found.")
    )


def _note_each(
    draft: CheckDraft, code: str, match: ColumnMatch, mask: npt.NDArray[np.bool_], column: Column, names: list[str], advice: Message
) -> None:
    def add(row: int) -> None:
        near = nearest_name(plain_text(draft.rows.value(row, match.index)), names)
        found = message("{column} is not a known value.", column=column.title)
        if near:
            found = message("{column} is not a known value; the nearest known one is {near}.", column=column.title, near=near)
        draft.note(code, match, row, found, advice)

    draft.findings.add_rows(code, np.flatnonzero(mask), add)
