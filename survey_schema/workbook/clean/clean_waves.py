"""Which wave each response belongs to: its wave column, the wave named for the file, its date, or the current quarter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt

from survey_schema.columns import Role
from survey_schema.workbook.check.ask_dates import ask_about_dates
from survey_schema.workbook.check.check_draft import CheckDraft, Mask
from survey_schema.workbook.check.date_order import DaysRead, read_days
from survey_schema.workbook.clean.clean_dates import calendar_waves, may_be_october, read_wave
from survey_schema.workbook.clean.clean_values import is_blank
from survey_schema.workbook.match.matching import ColumnMatch
from words.errors import ManyiError
from words.language import message
from words.periods import Period

Labels = npt.NDArray[np.object_]


def clean_waves(draft: CheckDraft, wave: str | None) -> Labels:
    """The wave label of each row.

    A wave column decides; cells it leaves blank take ``wave``, else the quarter of the date column. Without a wave column: ``wave``, else
    the quarter of the date, else the current quarter. Rows that end up without a wave are dropped. Where ``wave`` is said to be that of
    all rows, neither column is asked.
    """
    named = canonical_wave(wave) if wave is not None else None
    labels: Labels = np.full(draft.rows.count, None, dtype=object)
    wave_match, date_match = _match_of(draft, Role.WAVE), _match_of(draft, Role.DATE)
    if named is not None and draft.one_wave:
        labels[:] = named
        draft.log("wave_of_all", message("Rows put into the wave named for all of them"), int(draft.counted.sum()))
        return labels
    if wave_match is not None:
        labels = _from_wave_column(draft, wave_match)
    open_rows = _open(labels) & draft.counted
    asks = named is None and bool(open_rows.any())  # where every response has its wave, nothing hangs on the date
    quarters = _from_date_column(draft, date_match, ask=asks) if date_match is not None else None
    if named is not None:
        unnamed = _open(labels)
        labels[unnamed] = named
        if wave_match is not None and not (unnamed & draft.counted).any():
            draft.findings.add(
                "wave_not_used",
                message("The wave {wave} named for this workbook is not used: every response names its own.", wave=named),
                message("To store it under another wave, correct the wave column."),
                sheet=draft.rows.sheet.name,
                value=named,
            )
    elif quarters is not None:
        draft.log("dates_to_waves", message("Dates turned into quarters"), int((open_rows & ~_open(quarters)).sum()))
        labels[open_rows] = quarters[open_rows]
    elif wave_match is None:
        current = Period.quarter_of(draft.today)
        labels[:] = current.label
        draft.findings.add(
            "assumed_wave",
            message("No column and no setting names the wave; {wave} is taken.", wave=current),
            message("Name the wave when storing if this is not right."),
            sheet=draft.rows.sheet.name,
            value=current.label,
        )
        draft.log("wave_assumed", message("Rows put into the current quarter, because nothing names the wave"), int(draft.counted.sum()))
    _drop_without_wave(draft, labels, wave_match or date_match)
    if wave_match is not None:
        _check_number_of_waves(draft, labels, wave_match)
    return labels


def canonical_wave(wave: str) -> str:
    """The label of a wave as typed by a user; raises ManyiError for a blank one."""
    label, _ = read_wave(wave)
    if not label:
        raise ManyiError(message("The wave needs a name, such as 2026Q2."))
    return label


def _open(labels: Labels) -> Mask:
    return np.array([label is None for label in labels], dtype=bool)


def _from_wave_column(draft: CheckDraft, match: ColumnMatch) -> Labels:
    raw = draft.rows.column(match.index)
    present = np.bincount(raw.codes[draft.counted], minlength=len(raw.values)) > 0
    days = _days(draft, match, lambda day: day, ask=True)
    written = [
        day if text or turned else value for value, day, text, turned in zip(raw.values, days.days, days.texts, days.turned, strict=True)
    ]
    read = [
        (None, True) if is_blank(value) or may_be_october(value) else read_wave(value or raw.values[place])
        for place, value in enumerate(written)
    ]
    turned = calendar_waves([label for (label, _), here in zip(read, present, strict=True) if label and here])
    labels = np.array([turned.get(label, label) if label else None for label, _ in read] + [None], dtype=object)[:-1]
    changed = np.array([label in turned for label, _ in read], dtype=bool)
    draft.log(
        "days_to_waves", message("Days in the wave column turned into months or quarters"), int((changed[raw.codes] & draft.counted).sum())
    )
    doubtful = np.array([may_be_october(value) for value in raw.values], dtype=bool)[raw.codes] & draft.counted
    said = message("The number may be January or October: a spreadsheet drops the zero of 2026.10.")
    write = message("It names no wave; write 2026-01 or 2026-10.")
    draft.findings.add_rows("unknown_wave", np.flatnonzero(doubtful), lambda row: draft.note("unknown_wave", match, row, said, write))
    unknown = np.array([not known for _, known in read], dtype=bool)
    for position in np.flatnonzero(unknown & present):
        row = int(np.flatnonzero((raw.codes == position) & draft.counted)[0])
        found = message("The wave label names no year, half-year, quarter, month or day.")
        draft.note(
            "unknown_wave",
            match,
            row,
            found,
            message("It is used as it stands; better write 2026Q2 or 2026-06."),
        )
    return labels[raw.codes]


def _days(draft: CheckDraft, match: ColumnMatch, same: Callable[[date], object], *, ask: bool) -> DaysRead:
    """The days of a column by its order of day and month; where nothing proves the order it is asked once, if anything hangs on it."""
    raw = draft.rows.column(match.index)
    present = np.bincount(raw.codes[draft.counted], minlength=len(raw.values)) > 0
    from_1904 = draft.rows.sheet.calendar == "1904"
    said = next((column.date_order for column in draft.schema.columns if column.code == match.target), None)
    order, insists = draft.answers.dates or said, draft.insists_on_dates
    read = read_days(raw.values, present.tolist(), draft.today, order, from_1904=from_1904, same=same, insists=insists)
    if read.question and ask:
        ask_about_dates(draft, match, read, raw)
    turned = np.array(read.turned, dtype=bool)[raw.codes] & draft.counted
    draft.log("dates_turned", message("Dates whose day and month had been changed over put right"), int(turned.sum()))
    return read


def _from_date_column(draft: CheckDraft, match: ColumnMatch, *, ask: bool) -> Labels:
    raw = draft.rows.column(match.index)
    days = _days(draft, match, lambda day: Period.quarter_of(day).label, ask=ask).days
    quarters = np.array([Period.quarter_of(day).label if day else None for day in days] + [None], dtype=object)[:-1]
    bad = np.array([day is None and not is_blank(value) for day, value in zip(days, raw.values, strict=True)], dtype=bool)
    found = message("The cell is not a possible date.")
    advice = message("Write dates as 2026-06-15; days before 1990 and in the future are refused.")
    rows = np.flatnonzero(bad[raw.codes] & draft.counted)
    draft.findings.add_rows("impossible_date", rows, lambda row: draft.note("impossible_date", match, row, found, advice))
    if draft.schema.waves == "none":
        quarters = _one_wave(quarters, raw.codes[draft.counted])
    return quarters[raw.codes]


def _one_wave(quarters: Labels, codes: npt.NDArray[np.int32]) -> Labels:
    """A survey that is not cut by date: every response, dated or not, belongs to the quarter of the last one."""
    there = [quarters[code] for code in np.unique(codes).tolist() if quarters[code] is not None]
    return np.full(len(quarters), max(there), dtype=object) if there else quarters


def _check_number_of_waves(draft: CheckDraft, labels: Labels, match: ColumnMatch) -> None:
    waves = len({label for label in labels[draft.counted].tolist() if label is not None})
    if waves > draft.settings.most_waves:
        found = message("The wave column holds {count} different waves.", count=waves)
        draft.note_column("too_many_waves", match, found, message("Check whether the column really names the wave, or assign another one."))


def _drop_without_wave(draft: CheckDraft, labels: Labels, match: ColumnMatch | None) -> None:
    missing = _open(labels) & draft.counted
    found = message("Nothing tells which wave the response belongs to.")
    advice = message("The response is not used; fill in the wave or the date.")
    if match is not None:
        rows = np.flatnonzero(missing)
        draft.findings.add_rows("missing_wave", rows, lambda row: draft.note("missing_wave", match, row, found, advice))
    draft.drop(missing, "rows_missing_wave", message("Responses without a wave left out"))


def _match_of(draft: CheckDraft, role: Role) -> ColumnMatch | None:
    column = draft.schema.column_for(role)
    code = column.code if column else str(role) if role is Role.WAVE else ""  # an exported wave names itself in any survey
    return draft.matching.targets.get(code)
