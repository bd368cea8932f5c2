"""Values the survey does not know, one line for each distinct one: how often it stands, in which cells, and which known value it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from survey_schema.columns import Column
from survey_schema.models import SurveySchema
from survey_schema.questions import Scale
from survey_schema.schema_parts import LocalText
from survey_schema.workbook.check.private_data import is_private
from survey_schema.workbook.check.value_answers import LONGEST_WORD
from survey_schema.workbook.clean.clean_values import folded

#: So many distinct values are listed, the most frequent first; the others are counted and come when these are decided.
MOST_LISTED = 300
CELLS_NAMED = 5
#: From this likeness on (0–100, rapidfuzz's WRatio) a known value is offered; where it is very like, and no other nearly so, pre-selected.
NEAR, VERY_NEAR, APART = 60.0, 85.0, 8.0
_LONGEST_COMPARED = 80


@dataclass(frozen=True)
class UnknownColumn:
    """The unknown values of one column or scale as they were found: each with its count and its first cells.

    ``known``: the names a value may have been meant as → what is stored; ``kept``: the values are used as they stand unless said otherwise.
    """

    scope: str
    title: object
    values: Mapping[str, int]
    cells: Mapping[str, tuple[str, ...]]
    known: Mapping[str, str]
    kept: bool = False


@dataclass(frozen=True)
class UnknownValue:
    """One distinct value nobody knows. ``nearest`` is what is stored for the known value most like it, ``sure`` that no other is nearly so.

    ``kept``: it is used as it stands unless something else is said; else its rows or answers are left out.
    """

    scope: str
    title: object
    value: str
    count: int
    cells: tuple[str, ...]
    nearest: str | None = None
    sure: bool = False
    kept: bool = False


@dataclass(frozen=True)
class UnknownValues:
    """The most frequent unknown values, how many distinct ones there are, and how many of them hold private data, which are never listed.

    ``known``: what each scope may be decided as, name shown → what is stored, for surveys that list no values.
    """

    listed: tuple[UnknownValue, ...] = ()
    total: int = 0
    private: int = 0
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.total - len(self.listed) - self.private

    def joined(self, other: UnknownValues) -> UnknownValues:
        """These values and others of the same workbook; the same value of one scope once, with both counts."""
        lines = {(line.scope, folded(line.value)): line for line in self.listed}
        again = 0
        for line in other.listed:
            there = lines.get(key := (line.scope, folded(line.value)))
            again += there is not None
            cells = (*(there.cells if there else ()), *line.cells)[:CELLS_NAMED]
            lines[key] = replace(there or line, count=line.count + (there.count if there else 0), cells=cells)
        listed = sorted(lines.values(), key=lambda line: (-line.count, line.scope, line.value))
        known = {**other.known, **self.known}
        return UnknownValues(tuple(listed[:MOST_LISTED]), self.total + other.total - again, self.private + other.private, known)


def unknown_values(found: Iterable[UnknownColumn]) -> UnknownValues:
    """All that was found, the same value of several columns of one scope put together."""
    merged: dict[str, UnknownColumn] = {}
    for each in found:
        merged[each.scope] = _joined(merged[each.scope], each) if each.scope in merged else each
    lines = [(count, column.scope, value) for column in merged.values() for value, count in column.values.items()]
    private = [line for line in lines if len(line[2]) > LONGEST_WORD or is_private(line[2])]
    hidden = {line[1:] for line in private}
    lines = sorted((line for line in lines if line[1:] not in hidden), key=lambda line: (-line[0], line[1], line[2]))
    listed = tuple(_value(merged[scope], value, count) for count, scope, value in lines[:MOST_LISTED])
    known = {scope: tuple(dict.fromkeys(column.known.values())) for scope, column in merged.items()}
    return UnknownValues(listed, len(lines) + len(private), len(private), known)


def _joined(one: UnknownColumn, other: UnknownColumn) -> UnknownColumn:
    spelled = {folded(value): value for value in one.values}
    values, cells = dict(one.values), dict(one.cells)
    for value, count in other.values.items():
        as_there = spelled.setdefault(folded(value), value)
        values[as_there] = values.get(as_there, 0) + count
        cells[as_there] = (*cells.get(as_there, ()), *other.cells.get(value, ()))[:CELLS_NAMED]
    return UnknownColumn(one.scope, one.title, values, cells, {**other.known, **one.known}, one.kept)


def _value(column: UnknownColumn, value: str, count: int) -> UnknownValue:
    nearest, sure = nearest_known(value, column.known)
    return UnknownValue(column.scope, column.title, value, count, column.cells.get(value, ()), nearest, sure, column.kept)


def nearest_known(value: str, known: Mapping[str, str]) -> tuple[str | None, bool]:
    """What is stored for the known name most like a value, and whether it is the only one nearly so like; None where none is near."""
    names = list(known)
    scored = process.extract(
        folded(value[:_LONGEST_COMPARED]), names, scorer=fuzz.WRatio, processor=folded, score_cutoff=NEAR - APART, limit=20
    )
    best: dict[str, float] = {}
    for name, score, _place in scored:
        best[known[name]] = max(best.get(known[name], 0.0), score)
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < NEAR:
        return None, False
    alone = len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= APART
    return ranked[0][0], alone and ranked[0][1] >= VERY_NEAR


def names_of_column(column: Column, known: Iterable[str]) -> dict[str, str]:
    """Every name of a column's choices → its code; where the survey lists none, the names seen before."""
    if not column.choices:
        return {name: name for name in sorted(known)}
    return {name: choice.code for choice in column.choices for name in (choice.title.zh_CN, choice.title.en, choice.code, *choice.aliases)}


def names_of_scale(scale: Scale) -> dict[str, str]:
    """Every word of a scale → its grade."""
    return {word: f"{label.grade:g}" for label in scale.labels for word in (*label.zh_CN, *label.en)}


def choices_of(scope: str, schema: SurveySchema, known: Sequence[str] = ()) -> list[tuple[str, LocalText | None]]:
    """What a value of a scope may be decided as: what is stored, and its words; ``known`` where the survey lists no values."""
    if scope in schema.scales:
        words = {f"{label.grade:g}": LocalText(zh_CN=label.zh_CN[0], en=label.en[0]) for label in schema.scales[scope].labels}
        return [(grade, words.get(grade)) for grade in dict.fromkeys([*(f"{each:g}" for each in schema.scales[scope].grades), *words])]
    column = next(column for column in schema.columns if column.code == scope)
    return [(choice.code, choice.title) for choice in column.choices] or [(name, None) for name in known]
