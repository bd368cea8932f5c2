"""A figure over the waves: the line with its interval band, real changes marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from analysis.compare.wave_order import MOST_PERIODS_APART, follows, place_in_time, time_places
from analysis.results.estimates import Estimate, Result
from charts.kit.benchmark_lines import BenchmarkLine, told_lines
from charts.kit.description.columns import base_columns, design_columns, question_columns
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.numbers import MUTED, Hue, Number, Reference, Tone, number_of, numbers_of
from charts.kit.description.planes import Line, Lines, Mark
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text
from charts.kit.words import arrow, change_word, left_out, on_questions
from words.language import Message, translator
from words.lists import listed
from words.periods import wave_text

#: Colours of lines without a meaning of their own, in order; the last one is that of all others.
_HUES: tuple[Hue, ...] = ("line1", "line2", "line3", "line4", "line5", "line6")
#: What the name of a measure begins with where it begins, and where it is done.
SIGNS = ("▶", "■")
#: Indicator → wave → why its line breaks before the wave.
Breaks = Mapping[str, Mapping[str, Message]]


@dataclass(frozen=True)
class _Series:
    """One line: the indicator, the group, and for every wave its figure, the change since the wave before, and why it breaks there."""

    code: str
    name: str
    figures: Sequence[Estimate | None]
    changes: Sequence[Estimate | None]
    tone: Tone
    breaks: Sequence[str]


def trend_line(
    trend: Result,
    changes: Result,
    waves: Sequence[str],
    on: Canvas,
    *,
    codes: Sequence[str] = (),
    role: str | None = None,
    places: Sequence[str] = (),
    benchmarks: Sequence[BenchmarkLine] = (),
    happened: Sequence[tuple[date, str]] = (),
    breaks: Breaks = MappingProxyType({}),
) -> Chart:
    """Lines over ``waves`` (labels, oldest first).

    ``trend`` holds points on 0-100 by ``wave`` (and ``role``), ``changes`` the difference of each wave from the one before
    with a verdict. One line for each of ``codes`` (default: the index), or for each of ``places`` of ``role``. A wave
    without a shown value breaks the line, as do another set of questions and a gap in time; the axis is true to time. At most one
    role or several codes, not both. ``benchmarks`` are dashed lines to read a single line against; ``happened`` are
    days with what was then, upright lines with their names, or letters where there is no room, which the caption explains.
    ``breaks`` (indicator → wave → why) are waves before which the survey was made differently: the line is cut there, and caption, point
    and table say why.
    """
    _ = translator(on.language)
    codes = list(codes) or [on.schema.tree.code]
    pairs = [(code, place) for code in codes for place in (list[str | None](places) or [None])]
    series = [
        _Series(
            code,
            on.value(role, place) if role and place is not None else on.title(code),
            [trend.find(code, **_keys(wave, role, place)) for wave in waves],
            [changes.find(code, **_keys(wave, role, place)) for wave in waves],
            _tone(number, role, place, on),
            [why.text(on.language) if (why := breaks.get(code, {}).get(wave)) else "" for wave in waves],
        )
        for number, (code, place) in enumerate(pairs)
    ]
    named = [one.name for one in series] if len(series) <= 3 else [on.title(codes[0])]
    moments = _moments(happened, waves)
    what = _("{n} indicators").format(n=len(series)) if len(series) > 3 and not role else listed(named, on.language)
    described = Description(
        title=_("{what} over the waves").format(what=what),
        caption=" ".join([*_caption(series, waves, trend, on), *told_lines(benchmarks, on), *_told_moments(moments, on)]),
        body=Lines(
            _("Wave"),
            tuple(wave_text(wave, on.language) for wave in waves),
            tuple(time_places(waves)),
            (
                *(_benchmark(line, waves, on) for line in benchmarks if line.shown),
                *(_line(one, waves, on, alone=len(series) == 1) for one in series),
            ),
            upright=_upright(moments),
        ),
        table=_table(series, waves, benchmarks, on),
    )
    return draw(described, on)


def broken_before(figures: Sequence[Estimate | None], waves: Sequence[str]) -> frozenset[int]:
    """Waves before which the line is cut: other questions were asked than in the shown wave before, or it is too long ago."""
    shown = [(place, e) for place, e in enumerate(figures) if e is not None and e.value is not None]
    return frozenset(
        place for (last, before), (place, e) in pairwise(shown) if before.questions != e.questions or not follows(waves[place], waves[last])
    )


@dataclass(frozen=True)
class _Moment:
    """What happened on a day, where that lies on the axis, and the letter it is called by."""

    letter: str
    at: float
    day: date
    text: str


def _moments(happened: Sequence[tuple[date, str]], waves: Sequence[str]) -> list[_Moment]:
    placed = [(at, day, text) for day, text in happened if (at := place_in_time(day, waves)) is not None]
    return [_Moment(chr(ord("A") + number), *each) for number, each in enumerate(placed)]


def _upright(moments: Sequence[_Moment]) -> tuple[Reference, ...]:
    """A line for each day; what began on one day shares it. Its letters stand alone where there is no room for the words."""
    days: dict[float, list[_Moment]] = {}
    for each in moments:
        days.setdefault(each.at, []).append(each)
    return tuple(
        Reference(at, " ".join(each.letter for each in those), told=" ".join(f"{each.letter} {each.text}" for each in those))
        for at, those in days.items()
    )


def _told_moments(moments: Sequence[_Moment], on: Canvas) -> list[str]:
    _ = translator(on.language)
    if not moments:
        return []
    told = listed([f"{each.letter} {each.day.isoformat()} {each.text}" for each in moments], on.language)
    if any(each.text[:1] in SIGNS for each in moments):
        return [_("{list} (▶ a measure begins, ■ it is done; a move after it is no proof that it worked).").format(list=told)]
    return [_("{list}; a move after it is no proof that it was the cause.").format(list=told)]


def _keys(wave: str, role: str | None, place: str | None) -> dict[str, str | None]:
    return {"wave": wave} | ({role: place} if role else {})


def _tone(number: int, role: str | None, place: str | None, on: Canvas) -> Tone:
    """Ours and competitors keep their colours; other lines are told apart by the names at their ends."""
    if role == "operator":
        return Tone("ours" if place == on.schema.our_operator else "competitor")
    return Tone(_HUES[min(number, len(_HUES) - 1)])


def _line(one: _Series, waves: Sequence[str], on: Canvas, *, alone: bool) -> Line:
    numbers = tuple(_number(*each, on) for each in zip(one.figures, one.changes, one.breaks, strict=True))
    cut = frozenset(place for place, why in enumerate(one.breaks) if why)
    marks: tuple[Mark, ...] = tuple(_mark(change) for change in one.changes)
    return Line(
        one.name,
        numbers,
        one.tone,
        breaks=broken_before(one.figures, waves) | cut,
        marks=marks,
        labels=tuple(_label(place, one, on) for place in range(len(waves))) if alone else (),
    )


def _benchmark(line: BenchmarkLine, waves: Sequence[str], on: Canvas) -> Line:
    """A line to read another against, at the waves it has a value for."""
    numbers = [number_of(line.values.get(wave), on.language) if wave in line.shown else None for wave in waves]
    told = tuple(replace(n, note=line.told[wave]) if n is not None else None for n, wave in zip(numbers, waves, strict=True))
    return Line(line.name, told, MUTED, "dashed", role="reference", points=False)


def _number(e: Estimate | None, change: Estimate | None, why: str, on: Canvas) -> Number | None:
    _ = translator(on.language)
    number, word = number_of(e, on.language), change_word(change.verdict if change else None, on.language)
    told = _("made differently: {why}").format(why=why) if why else ""
    return replace(number, note="; ".join(part for part in (word, number.note, told) if part)) if number is not None else None


def _mark(change: Estimate | None) -> Mark:
    if change is None or change.value is None:
        return ""
    return "rise" if change.verdict == "higher" else "fall" if change.verdict == "lower" else ""


def _label(place: int, one: _Series, on: Canvas) -> str:
    """The value at both ends and at real changes, there with its size."""
    e, change = one.figures[place], one.changes[place]
    if e is None or e.value is None:
        return ""
    if change is not None and change.value is not None and _mark(change):
        return f"{on.number(e.value)}\n{arrow(change.verdict)} {on.number(abs(change.value))}"
    return on.number(e.value) if place in (0, len(one.figures) - 1) else ""


def _caption(series: Sequence[_Series], waves: Sequence[str], trend: Result, on: Canvas) -> list[str]:
    _ = translator(on.language)
    shown = [[e for e in one.figures if e is not None and e.value is not None] for one in series]
    latest = [next((e for e in reversed(one.changes) if e is not None and e.value is not None), None) for one in series]
    parts = [_("Band: {level}% interval; ▲ ▼: a real change from the wave before.").format(level=level_text(trend, on))]
    if any(before.questions != now.questions for line in shown for before, now in pairwise(line)):
        parts.append(_("The line breaks where other questions were asked; a change is that on the questions asked in both waves."))
    for wave, why in dict.fromkeys((wave, why) for one in series for wave, why in zip(waves, one.breaks, strict=True) if why):
        parts.append(_("The line breaks before {wave}: {why}.").format(wave=wave_text(wave, on.language), why=why))
    if any(not follows(now, before) for before, now in pairwise(waves)):
        parts.append(_("No line and no change over more than {most} periods.").format(most=MOST_PERIODS_APART))
    parts += on_questions(latest, [one.name for one in series], on.language)
    return [*parts, *left_out([e for one in series for e in one.figures if e is not None], on.language)]


def _table(series: Sequence[_Series], waves: Sequence[str], benchmarks: Sequence[BenchmarkLine], on: Canvas) -> tuple[TableColumn, ...]:
    """A row for every wave and line, those of benchmarks last; they have no change and no base."""
    _ = translator(on.language)
    rows = [
        (one, wave, e, change)
        for one in series for wave, e, change in zip(waves, one.figures, one.changes, strict=True) if e is not None and e.value is not None
    ]  # fmt: skip
    if not rows:
        return ()
    beside = [(line, wave) for line in benchmarks for wave in line.shown]
    empty = (None,) * len(beside)
    figures, changes = [e for _one, _wave, e, _change in rows], [change for *_row, change in rows]
    values = numbers_of([*figures, *(line.values[wave] for line, wave in beside)], on.language)
    more = (*base_columns(figures, on.language), *question_columns(figures, on.language), *design_columns(figures, on.language))
    lines = (*(one.name for one, *_row in rows), *(line.told[wave] for line, wave in beside))
    why = [one.breaks[waves.index(wave)] for one, wave, *_row in rows]
    return long_table(
        (
            Column(_("Wave"), tuple(wave_text(wave, on.language) for wave in [*(row[1] for row in rows), *(wave for _l, wave in beside)])),
            Column(_("Line"), lines),
            Column(_("Indicator"), (*(on.title(one.code) for one, *_row in rows), *empty)),
            Column(_("Value"), values, ends=(_("Lower end"), _("Upper end"))),
            Column(_("Change"), (*(change.value if change else None for change in changes), *empty)),
            Column(_("Verdict"), (*(change_word(change.verdict if change else None, on.language) for change in changes), *empty)),
            Column(_("Adjusted p"), (*(change.p_adjusted if change else None for change in changes), *empty)),
            *([Column(_("Break before it"), (*why, *empty))] if any(why) else ()),
            *(replace(column, cells=(*column.cells, *empty)) for column in more),
        )
    )
