"""Questions of several answers and rankings as their survey's workbook holds them: an option a column, a place a column, or one cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from survey_schema.answer_columns import AnswerColumn, columns_of
from survey_schema.answer_options import MultiQuestion, Option, Ranking
from survey_schema.workbook.clean.read_options import Mark, OptionNames, read_joined, read_rank, read_tick
from survey_schema.workbook.write.answer_column_texts import sign_of
from words.language import Language, translator

#: The usual number for "not asked" in the exports of survey tools; written only where an empty cell would say something else.
_SKIPPED = -3.0
#: Bytes of a word that stands for a number in an SPSS file.
_LONGEST_WORD = 120

Table = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class AnswersAsAsked:
    """One column of a workbook: numbers or texts (null: an empty cell), and the words of the numbers."""

    column: AnswerColumn
    values: pa.ChunkedArray
    labels: Mapping[float, str] = field(default_factory=dict)


def answers_as_asked(
    question: MultiQuestion | Ranking, rows: pa.Table, names: Sequence[str], language: Language
) -> Iterator[AnswersAsAsked]:
    """The columns of a question from its stored ones (``rows``; ``names`` are those that hold anything, the others were never asked).

    Words are those the survey reads: the names of options in the language, or their codes where a name does not tell them apart.
    """
    table = np.column_stack([_numbers(rows, stored) for stored in question.stored_columns])
    columns = columns_of(question)
    if question.kind == "joined":
        cells = [_cell(question, line, language) for line in table]
        yield AnswersAsAsked(columns[0], pa.chunked_array([pa.array(cells, pa.string())]))
    elif question.kind == "places":
        words = {float(nth): text for nth, text in enumerate(_words(question, language), 1)}
        for column in columns:
            there = table == column.place
            chosen = np.where(there.any(axis=1), there.argmax(axis=1) + 1.0, np.nan)
            yield _as_numbers(column, chosen, words)
    else:
        for nth, column in enumerate(columns):
            if question.stored_columns[nth] in names:
                yield from _own_column(question, column, table, nth, language)


def _own_column(
    question: MultiQuestion | Ranking, column: AnswerColumn, table: Table, nth: int, language: Language
) -> Iterator[AnswersAsAsked]:
    values = table[:, nth]
    if isinstance(question, Ranking):
        unranked = read_rank(question, 0.0).mark is Mark.NOT_CHOSEN
        yield _as_numbers(column, values if unranked else np.where(values == 0, np.nan, values), {})
        return
    _ = translator(language)
    option = question.options[nth]
    chosen = _first(question, option, Mark.CHOSEN, [_("yes"), *question.chosen, option.code])
    against = _first(question, option, Mark.NOT_CHOSEN, [_("no"), *question.not_chosen])
    asked = ~np.isnan(table).all(axis=1)
    skipped = np.isnan(values) & (asked | (question.blank == "none_chosen"))  # empty would be read as not chosen
    words = {1.0: chosen, 0.0: against} | ({_SKIPPED: _("skipped")} if skipped.any() else {})
    yield _as_numbers(column, np.where(skipped, _SKIPPED, values), words)


def _first(question: MultiQuestion, option: Option, mark: Mark, words: Sequence[str]) -> str:
    """The first word the survey reads as that; the first one where it reads none so."""
    return next((word for word in words if word.strip() and read_tick(question, option, word) is mark), words[0])


def _cell(question: MultiQuestion | Ranking, line: npt.NDArray[np.float64], language: Language) -> str | None:
    """All answers of one respondent in one cell."""
    words = _words(question, language)
    if isinstance(question, Ranking):
        return sign_of(question).join(words[nth] for nth in np.argsort(line, kind="stable") if line[nth] > 0) or None
    if np.isnan(line).all():
        return translator(language)("skipped") if question.blank == "none_chosen" else None
    chosen = sign_of(question).join(word for word, value in zip(words, line, strict=True) if value == 1)
    return chosen or next((word for word in question.not_chosen if word.strip()), None)


def _words(question: MultiQuestion | Ranking, language: Language) -> list[str]:
    names = OptionNames.of(question.options)
    return [_word(question, option, names, option.text(language)) for option in question.options]


def _word(question: MultiQuestion | Ranking, option: Option, names: OptionNames, text: str) -> str:
    fits = len(text.encode()) <= _LONGEST_WORD and read_joined(question, names, text).options == (option.code,)
    return text if fits else option.code


def _numbers(rows: pa.Table, stored: str) -> npt.NDArray[np.float64]:
    return np.asarray(rows[stored].cast(pa.float64()).to_numpy(), dtype=np.float64)


def _as_numbers(column: AnswerColumn, values: npt.NDArray[np.float64], labels: Mapping[float, str]) -> AnswersAsAsked:
    return AnswersAsAsked(column, pa.chunked_array([pa.array(values, pa.float64(), from_pandas=True)]), labels)
