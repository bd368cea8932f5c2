"""Points of one colour as a series of their own: colours given to single points would stay at their places when rows change places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.kit.description.numbers import Number, Tone
from charts.kit.description.rows import Column, Drawn, Rows
from charts.kit.description.texts import series_name
from charts.kit.layout import Canvas
from reports.native.parts import name_of_small
from words.language import translator


@dataclass(frozen=True)
class Group:
    """The rows of a column that share colour and size of base: their figures, None elsewhere.

    ``told`` is False where its name says nothing that an earlier group's does not.
    """

    name: str
    tone: Tone
    small: bool
    numbers: tuple[Number | None, ...]
    told: bool = True


def numbers_in(column: Column, places: Sequence[int]) -> tuple[Number | None, ...]:
    """The figures of the drawn rows."""
    return tuple(column.number(place) for place in places)


def groups_of(column: Column, rows: Rows, places: Sequence[int], on: Canvas) -> list[Group]:
    """The groups in the order of their first rows, those of small bases after the others."""
    drawn = column.drawn
    if drawn is None:
        return []
    numbers = numbers_in(column, places)
    keys = [(drawn.tone(place), bool(number and number.small)) for place, number in zip(places, numbers, strict=True)]
    found = sorted(dict.fromkeys(key for key, number in zip(keys, numbers, strict=True) if number is not None), key=lambda key: key[1])
    several = len({tone for tone, _small in found}) > 1
    groups = list[Group]()
    for tone, small in found:
        word = _word(column, drawn, rows, places, tone) if several else ""
        name = word or (_by_meaning(series_name(column), tone, on) if several else series_name(column))
        kept = tuple(number if key == (tone, small) else None for key, number in zip(keys, numbers, strict=True))
        wanted = name_of_small(name, on) if small else name
        unlike = _unlike(wanted, groups)
        groups.append(Group(unlike, tone, small, kept, unlike == wanted and (bool(word) or not several or not groups)))
    return groups


def tells(groups: Sequence[Group]) -> bool:
    """Whether a legend of the groups says anything: there are several, and each has a name of its own."""
    return len(groups) > 1 and all(group.told for group in groups)


def _word(column: Column, drawn: Drawn, rows: Rows, places: Sequence[int], tone: Tone) -> str:
    """What rows of one colour have in common: the word of their comparison, where they share one."""
    verdicts = next((each for each in rows.columns if each.reads == "verdict"), None)
    if verdicts is None:
        return ""
    words = {str(verdicts.cells[place] or "") for place in places if drawn.tone(place) == tone and column.number(place) is not None}
    return next(iter(words)) if len(words) == 1 else ""


def _by_meaning(name: str, tone: Tone, on: Canvas) -> str:
    """A name by what the colour means: the same whichever rows have it, so that a later wave finds its series again."""
    _ = translator(on.language)
    meanings = {"better": _("better"), "worse": _("worse"), "unclear": _("cannot be told"), "ink": _("all together"), "muted": _("others")}
    return _("{name} ({meaning})").format(name=name, meaning=meanings[tone.hue]) if tone.hue in meanings else name


def _unlike(name: str, others: Sequence[Group]) -> str:
    taken = {group.name for group in others}
    return next(each for each in (name, *(f"{name} {number}" for number in range(2, len(taken) + 3))) if each not in taken)
