"""One drawn column as a series for each colour: what stands out is a series of its own, so that it stays with its row when rows move."""

from __future__ import annotations

from dataclasses import dataclass

from charts.kit.description.numbers import Number, Tone
from charts.kit.description.rows import Column, Rows
from charts.kit.description.texts import series_name


@dataclass(frozen=True)
class Highlighted:
    """The figures of one colour, None in the rows of the others; ``word`` is what the comparison says of them, empty where nothing."""

    name: str
    word: str
    tone: Tone
    numbers: tuple[Number | None, ...]


def by_tone(column: Column, rows: Rows) -> tuple[Highlighted, ...]:
    """The series of a drawn column, in the order their colours first appear; only rows that are drawn have figures."""
    drawn = column.drawn
    if drawn is None:
        return ()
    verdict = next((other for other in rows.columns if other.reads == "verdict"), None)
    places = [place for place in rows.drawn_rows if column.number(place) is not None]
    found = []
    for tone in dict.fromkeys(drawn.tone(place) for place in places):
        own = [place for place in places if drawn.tone(place) == tone]
        words = {str(verdict.cells[place] or "") for place in own} if verdict is not None else set()
        word = words.pop() if len(words) == 1 else ""
        numbers = tuple(column.number(place) if place in own else None for place in range(len(rows.rows)))
        name = series_name(column)
        found.append(Highlighted(f"{name} · {word}" if word else name, word, tone, numbers))
    return tuple(found)
