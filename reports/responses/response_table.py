"""The responses of a wave as they leave the house: columns with names any program takes, titles, and the words behind numbers.

What is private was never stored; what only this program needs (replicate groups, the order of rows) stays here. Rows a user may not see are
not among them, for they come through the same source as every figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pyarrow as pa

from answers.source import StoreSource
from reports.responses.answers_as_asked import answers_as_asked
from storage.stored_columns import stored_types
from survey_schema.answer_columns import option_questions
from survey_schema.answer_options import MultiQuestion, Ranking
from survey_schema.columns import Column, Role
from survey_schema.models import SurveySchema
from survey_schema.questions import Item, Scale
from survey_schema.workbook.clean.clean_columns import id_to_leave
from survey_schema.workbook.write.answer_column_texts import kind_words
from words.errors import ManyiError
from words.language import Language, message, translator

#: More is refused: a file of this size opens in no statistics program on an office computer.
MOST_CELLS = 60_000_000
#: The longest name of an SPSS variable, and the words that are none.
LONGEST_NAME = 64
_RESERVED = frozenset({"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"})
_KEPT_BACK = ("source_row", "replicate_group")
_OTHER_SIGNS = re.compile(r"[^A-Za-z0-9_]+")


@dataclass(frozen=True, eq=False)
class ResponseColumn:
    """One column: its name, its title, its values (null: no answer), the words of numbers, what it is, and whether it is the weight.

    ``in_words``: where a person reads it, the words stand for the numbers, as for branches; grades stay numbers.
    """

    name: str
    title: str
    values: pa.ChunkedArray
    labels: Mapping[float, str] = field(default_factory=dict)
    about: str = ""
    is_weight: bool = False
    in_words: bool = False

    @property
    def is_number(self) -> bool:
        """Whether values are numbers; else they are texts."""
        return bool(pa.types.is_floating(self.values.type))


@dataclass(frozen=True, eq=False)
class ResponseTable:
    """Responses of one wave: survey and wave in words, and columns without those nobody was asked."""

    survey: str
    wave: str
    columns: tuple[ResponseColumn, ...]
    language: Language

    @property
    def rows(self) -> int:
        """Number of responses."""
        return len(self.columns[0].values) if self.columns else 0


def response_table(source: StoreSource, wave: str, language: Language) -> ResponseTable:
    """The responses of one wave that the source lets be seen, in the order of their workbook, the respondent weight first.

    Raises ManyiError where there are more cells than leave in one file, or none.
    """
    schema, frame = source.schema, source.frame([wave])
    names = [name for name in stored_types(schema) if name in frame.collect_schema().names()]
    count = source.origin(wave).respondents
    if count * len(names) > MOST_CELLS:
        raise ManyiError(
            message(
                "The wave has {rows} responses with {columns} columns: more than leave in one file. Ask for less than {limit} cells.",
                rows=f"{count:,}", columns=len(names), limit=f"{MOST_CELLS:,}",
            )
        )  # fmt: skip
    rows = frame.select(*names).collect().to_arrow().sort_by("source_row")
    if not rows.num_rows:
        raise ManyiError(message("There is no response that you may see in wave {wave}.", wave=wave))
    kept = [name for name in names if name not in _KEPT_BACK and rows[name].null_count < rows.num_rows]
    first = sorted(kept, key=lambda name: name != Role.RESPONDENT_WEIGHT)
    found = list(_columns(schema, _with_marked_ids(source, rows), first, language))
    legal = legal_names([column.name for column in found])
    columns = tuple(replace(column, name=name) for name, column in zip(legal, found, strict=True))
    return ResponseTable(schema.title.text(language), wave, columns, language)


def _with_marked_ids(source: StoreSource, rows: pa.Table) -> pa.Table:
    """Ids of respondents in the form the same store knows again when the file comes back."""
    ids = rows[Role.RESPONDENT_ID].to_pylist()
    if not any(ids):
        return rows
    key = source.store.id_key()
    marked = [id_to_leave(source.survey, each, key) if each else None for each in ids]
    return rows.set_column(rows.column_names.index(Role.RESPONDENT_ID), str(Role.RESPONDENT_ID), pa.array(marked, pa.string()))


def legal_names(names: list[str]) -> list[str]:
    """Names every statistics program takes: a letter first, at most 64 signs, no reserved word, none twice whatever the case.

    >>> legal_names(["q1", "Q1", "all", "2x", "a.b"])
    ['q1', 'Q1_2', 'all_', 'v_2x', 'a_b']
    """
    taken: set[str] = set()
    found = []
    for name in names:
        plain = _OTHER_SIGNS.sub("_", name)
        plain = (plain if plain[:1].isalpha() else f"v_{plain}")[:LONGEST_NAME]
        plain = f"{plain}_" if plain.upper() in _RESERVED else plain
        legal, number = plain, 1
        while legal.upper() in taken:
            number += 1
            legal = f"{plain[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        taken.add(legal.upper())
        found.append(legal)
    return found


def _columns(schema: SurveySchema, rows: pa.Table, names: list[str], language: Language) -> Iterator[ResponseColumn]:
    _ = translator(language)
    items = {item.code: item for item in schema.items}
    columns = {column.stored_as: column for column in schema.columns}
    asked = {stored: question for question in option_questions(schema) for stored in question.stored_columns}
    written: set[str] = set()
    for name in names:
        values = rows[name]
        if name in items:
            yield _item_column(items[name], schema.scales[items[name].scale], values, language)
        elif name in asked:
            question = asked[name]
            if question.code not in written:
                written.add(question.code)
                yield from _question_columns(question, rows, names, language)
        elif name == Role.RESPONDENT_WEIGHT:
            yield ResponseColumn(name, _("Respondent weight"), values, about=_("Respondent weight"), is_weight=True)
        else:
            yield _other_column(name, columns.get(name), values, language)


def _question_columns(question: MultiQuestion | Ranking, rows: pa.Table, names: list[str], language: Language) -> Iterator[ResponseColumn]:
    """The columns a workbook of the survey has for the question, so that the same survey reads them back."""
    for answers in answers_as_asked(question, rows, names, language):
        column = answers.column
        about = kind_words(column, language)
        yield ResponseColumn(column.code, column.title.text(language), answers.values, answers.labels, about, in_words=True)


def _item_column(item: Item, scale: Scale, values: pa.ChunkedArray, language: Language) -> ResponseColumn:
    wording = item.wording.text(language) if item.wording else item.title.text(language)
    labels = {label.grade: label.text(language) for label in sorted(scale.labels, key=lambda label: label.grade)}
    about = translator(language)("Rated question, {low} to {high}").format(low=f"{scale.minimum:g}", high=f"{scale.maximum:g}")
    return ResponseColumn(item.code, wording, values, labels, about)


def _other_column(name: str, column: Column | None, values: pa.ChunkedArray, language: Language) -> ResponseColumn:
    """Listed values become numbers with their names as labels, in the order of the survey; where names do not tell them apart, codes."""
    _ = translator(language)
    title = column.title.text(language) if column else {"wave": _("Wave"), "cluster": _("Sampling point")}.get(name, name)
    if column is None or not column.choices or not pa.types.is_string(values.type):
        return ResponseColumn(name, title, values, about=_("As given"))
    texts = {choice.code: choice.text(language) for choice in column.choices}
    if len(set(texts.values())) < len(texts):
        texts = {code: code for code in texts}
    there = [value for value in values.unique().to_pylist() if value is not None]
    known = [*texts, *sorted(value for value in there if value not in texts)]
    place = {value: float(number) for number, value in enumerate(known, start=1)}
    encoded = values.combine_chunks().dictionary_encode()
    numbers = pa.array([place[value] for value in encoded.dictionary.to_pylist()], pa.float64())
    shown = {number: texts.get(value, value) for value, number in place.items()}
    return ResponseColumn(
        name, title, pa.chunked_array([numbers.take(encoded.indices)]), shown, _("One of the values listed"), in_words=True
    )
