"""Rows as a native chart has them: names that stand once, and lines of reference as rows where no line can be drawn through bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from charts.kit.description.numbers import MUTED, Number, Reference
from charts.kit.description.rows import Column, Row, Rows


def row_names(rows: Rows, places: Sequence[int]) -> list[str]:
    """The names of the drawn rows, with what they belong to where the name alone would not tell."""
    names = [rows.rows[place].name for place in places]
    counts = Counter(names)
    if not rows.key or all(count == 1 for count in counts.values()):
        return names
    belongs = [" · ".join(str(column.cells[place]) for column in rows.key if column.cells[place]) for place in places]
    return [f"{group} · {name}" if group and counts[name] > 1 else name for group, name in zip(belongs, names, strict=True)]


def with_reference_rows(rows: Rows, places: Sequence[int]) -> tuple[Rows, Sequence[int]]:
    """The chart with a row for each named line of reference that is not zero, below the others."""
    references = [each for each in rows.references if each.at != 0 and each.name]
    if not references:
        return rows, places
    first = rows.series[0]
    columns = tuple(_longer(column, references, len(rows.rows), holds=column is first) for column in rows.columns)
    key = tuple(_longer(column, references, len(rows.rows), holds=False) for column in rows.key)
    added = tuple(Row(each.name) for each in references)
    every = [*places, *range(len(rows.rows), len(rows.rows) + len(references))]
    return replace(rows, rows=(*rows.rows, *added), columns=columns, key=key, references=()), every


def _longer(column: Column, references: Sequence[Reference], count: int, *, holds: bool) -> Column:
    more = [""] * len(references)
    said = [each.name if column.reads == "verdict" else None for each in references]
    cells = (*column.cells, *([Number(each.at) for each in references] if holds else said))
    texts = None if column.texts is None else (*column.texts, *more)
    drawn = column.drawn
    if drawn is not None:
        tones = (*(drawn.tone(place) for place in range(count)), *[MUTED] * len(references))
        drawn = replace(drawn, tones=tones, texts=(*drawn.texts, *more) if drawn.texts else ())
    return replace(column, cells=cells, texts=texts, drawn=drawn)
