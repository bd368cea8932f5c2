"""Questions of several answers and rankings, whatever form the workbook has, as one column an option.

Missing data: a respondent with nothing in any column of a question was not asked, and is null everywhere; once one option is filled in, his
empty ones are not chosen. A ranking that contradicts itself (a rank or an option twice, a rank out of range) is not used.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from survey_schema.answer_columns import AnswerColumn, columns_of
from survey_schema.answer_options import MultiQuestion, Ranking
from survey_schema.workbook.check.check_draft import CheckDraft, Mask
from survey_schema.workbook.clean.read_options import Mark, OptionNames, Picked, read_joined, read_rank, read_tick
from survey_schema.workbook.match.matching import ColumnMatch
from words.language import Message, message

Table = npt.NDArray[np.float64]
#: In a table of rows by options: not asked, or nothing to be said.
_NOTHING = np.nan


def clean_options(draft: CheckDraft) -> dict[str, pa.Array]:
    """Every stored column of the questions of several answers (true, false, null) and of the rankings (rank, 0 unranked, null)."""
    found: dict[str, pa.Array] = {}
    for multi in draft.schema.multi:
        table = _joined(draft, multi) if multi.kind == "joined" else _one_hot(draft, multi)
        for place, name in enumerate(multi.stored_columns):
            found[name] = pa.array(table[:, place] > 0, pa.bool_(), mask=np.isnan(table[:, place]))
    for ranking in draft.schema.rankings:
        table = _ranked(draft, ranking)
        for place, name in enumerate(ranking.stored_columns):
            found[name] = pa.array(table[:, place], pa.float64(), from_pandas=True)
    return found


def answered_any(draft: CheckDraft, options: dict[str, pa.Array]) -> Mask:
    """Rows that answered a question of several answers or a ranking."""
    answered = np.zeros(draft.rows.count, dtype=bool)
    for column in options.values():
        answered |= column.is_valid().to_numpy(zero_copy_only=False)
    return answered


def _matches(draft: CheckDraft, question: MultiQuestion | Ranking) -> list[tuple[int, AnswerColumn, ColumnMatch]]:
    """The columns of a question that the workbook has, with their number."""
    targets = draft.matching.targets
    return [(nth, column, targets[column.code]) for nth, column in enumerate(columns_of(question)) if column.code in targets]


def _nothing(draft: CheckDraft, question: MultiQuestion | Ranking) -> Table:
    return np.full((draft.rows.count, len(question.options)), _NOTHING)


def _read(draft: CheckDraft, match: ColumnMatch, read: Callable[[object], Any]) -> tuple[list[Any], npt.NDArray[np.int32]]:
    """What the different values of a column say, and which of them each row holds; only values of its rows are read."""
    raw = draft.rows.column(match.index)
    there = np.bincount(raw.codes, minlength=len(raw.values)) > 0
    return [read(value) if here else None for value, here in zip(raw.values, there, strict=True)], raw.codes


def _one_hot(draft: CheckDraft, question: MultiQuestion) -> Table:
    table, matches = _nothing(draft, question), _matches(draft, question)
    if not matches:
        return table
    marks = np.full((draft.rows.count, len(matches)), int(Mark.BLANK), dtype=np.int8)
    for place, (nth, column, match) in enumerate(matches):
        read, codes = _read(draft, match, partial(read_tick, question, question.options[nth]))
        marks[:, place] = np.array([Mark.BLANK if mark is None else mark for mark in read], dtype=np.int8)[codes]
        found = message("The cell says neither that {option} was chosen nor that it was not.", option=column.title)
        _note(draft, "unknown_option", match, marks[:, place] == Mark.UNKNOWN, found, _WITHOUT_CELL)
    asked = ((marks == Mark.CHOSEN) | (marks == Mark.NOT_CHOSEN)).any(axis=1)
    if question.blank == "none_chosen":
        asked |= (marks == Mark.BLANK).all(axis=1)
    for place, (nth, _column, _match) in enumerate(matches):
        says = marks[:, place]
        table[:, nth] = np.where(asked & (says >= Mark.BLANK), says == Mark.CHOSEN, _NOTHING)
    return table


_WITHOUT_CELL = message("The response is used without this answer; name what stands there among the option's values, or correct it.")


def _joined(draft: CheckDraft, question: MultiQuestion) -> Table:
    table, matches = _nothing(draft, question), _matches(draft, question)
    for _nth, _column, match in matches:
        names, place = OptionNames.of(question.options), {option.code: nth for nth, option in enumerate(question.options)}
        read, codes = _read(draft, match, partial(read_joined, question, names))
        lines = np.full((len(read), len(question.options)), _NOTHING)
        for line, picked in zip(lines, read, strict=True):
            if picked is None:
                continue
            if picked.mark is Mark.CHOSEN or (picked.mark is Mark.BLANK and question.blank == "none_chosen"):
                line[:] = 0
            line[[place[code] for code in picked.options]] = 1
        _note_unknown(draft, match, read, codes)
        table = lines[codes]
    return table


def _ranked(draft: CheckDraft, question: Ranking) -> Table:
    by_kind = {"ranks": _from_ranks, "places": _from_places, "joined": _from_joined}
    return by_kind[question.kind](draft, question)


def _from_ranks(draft: CheckDraft, question: Ranking) -> Table:
    table, matches = _nothing(draft, question), _matches(draft, question)
    if not matches:
        return table
    shape = (draft.rows.count, len(matches))
    ranks, skipped, wrong = np.zeros(shape), np.zeros(len(table), dtype=bool), np.zeros(len(table), dtype=bool)
    answered = np.zeros(len(table), dtype=bool)
    for place, (_nth, _column, match) in enumerate(matches):
        read, codes = _read(draft, match, partial(read_rank, question))
        marks = np.array([Mark.BLANK if each is None else each.mark for each in read], dtype=np.int8)[codes]
        ranks[:, place] = np.array([each.rank or 0 if each else 0 for each in read], dtype=np.float64)[codes]
        outside = marks == Mark.UNKNOWN
        found = message("The cell holds no rank from 1 to {most}.", most=question.ranked)
        _note(draft, "rank_out_of_range", match, outside, found, _NOT_USED)
        wrong |= outside
        skipped |= marks == Mark.NOT_ASKED
        answered |= marks == Mark.CHOSEN
    twice = _repeated(ranks)
    found = message("The same rank is given to two options or more.")
    _note(draft, "rank_twice", matches[0][2], twice & ~wrong, found, _NOT_USED)
    used = answered & ~wrong & ~twice & ~skipped
    for place, (nth, _column, _match) in enumerate(matches):
        table[:, nth] = np.where(used, ranks[:, place], _NOTHING)
    return table


_NOT_USED = message("The ranking of this respondent is not used; correct it if it is known.")


def _from_places(draft: CheckDraft, question: Ranking) -> Table:
    table, matches = _nothing(draft, question), _matches(draft, question)
    names, option_at = OptionNames.of(question.options), {option.code: nth for nth, option in enumerate(question.options)}
    ranks, skipped = np.zeros(table.shape), np.zeros(len(table), dtype=bool)
    twice = np.zeros(len(table), dtype=bool)
    for _nth, column, match in matches:
        read, codes = _read(draft, match, partial(_one_option, question, names))
        _note_unknown(draft, match, read, codes)
        at = np.array([option_at[each.options[0]] if each and each.options else -1 for each in read], dtype=np.intp)[codes]
        skipped |= np.array([each is not None and each.mark is Mark.NOT_ASKED for each in read], dtype=bool)[codes]
        rows = np.flatnonzero(at >= 0)
        again = rows[ranks[rows, at[rows]] > 0]
        twice[again] = True
        ranks[rows, at[rows]] = float(column.place or 0)
    if matches:
        _note(draft, "rank_twice", matches[0][2], twice, message("The same option stands at two places."), _NOT_USED)
    used = (ranks > 0).any(axis=1) & ~twice & ~skipped
    return np.where(used[:, None], ranks, table)


def _one_option(question: Ranking, names: OptionNames, value: object) -> Picked:
    """A cell of one place: an option as a whole goes before a cut."""
    picked = read_joined(question, names, value)
    return picked if len(picked.options) < 2 else Picked(Mark.UNKNOWN, (), (str(value),))


def _from_joined(draft: CheckDraft, question: Ranking) -> Table:
    table, matches = _nothing(draft, question), _matches(draft, question)
    for _nth, _column, match in matches:
        names, option_at = OptionNames.of(question.options), {option.code: nth for nth, option in enumerate(question.options)}
        read, codes = _read(draft, match, partial(read_joined, question, names))
        lines = np.full((len(read), len(question.options)), _NOTHING)
        repeated, long = np.zeros((2, len(read)), dtype=bool)
        for place, picked in enumerate(read):
            if picked is None or not picked.options:
                continue
            repeated[place] = len(set(picked.options)) < len(picked.options)
            long[place] = len(picked.options) > question.ranked
            if not repeated[place] and not long[place]:
                lines[place] = 0
                lines[place, [option_at[code] for code in picked.options]] = np.arange(1, len(picked.options) + 1)
        _note_unknown(draft, match, read, codes)
        _note(draft, "rank_twice", match, repeated[codes], message("The same option stands at two places."), _NOT_USED)
        found = message("More than {most} options are ranked.", most=question.ranked)
        _note(draft, "rank_out_of_range", match, (long & ~repeated)[codes], found, _NOT_USED)
        table = lines[codes]
    return table


def _repeated(ranks: Table) -> Mask:
    """Rows in which a rank above 0 occurs twice."""
    ordered = np.sort(ranks, axis=1)
    return np.asarray(((np.diff(ordered, axis=1) == 0) & (ordered[:, 1:] > 0)).any(axis=1))


def _note_unknown(draft: CheckDraft, match: ColumnMatch, read: list[Picked | None], codes: npt.NDArray[np.int32]) -> None:
    strange = np.array([each is not None and bool(each.unknown) for each in read], dtype=bool)
    found = message("The cell holds something that is none of the question's options.")
    _note(draft, "unknown_option", match, strange[codes], found, _WITHOUT_PIECE)


_WITHOUT_PIECE = message("The options that are known are used; add the missing one to the survey, or correct the cell.")


def _note(draft: CheckDraft, code: str, match: ColumnMatch, mask: Mask, found: Message, advice: Message) -> None:
    draft.findings.add_rows(code, np.flatnonzero(mask & draft.counted), lambda row: draft.note(code, match, row, found, advice))
