"""What all native forms share: colours on paper, number formats, names of series, the ends of an axis."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from charts.kit.description.numbers import Form, Number, Reference, Tone
from charts.kit.description.texts import with_margin
from charts.kit.layout import Canvas
from charts.kit.palette import LIGHT
from charts.kit.rows import text_width
from charts.kit.tones import tone_colour
from reports.office.plan import AxisPlan, DataSheet, Labels, Series, Stroke
from words.language import translator

INK, MUTED, GREY = LIGHT.ink, LIGHT.muted, LIGHT.unclear
#: The room of a chart on a slide, in points.
WIDE, HIGH = 860, 335
_NAME_SIZE = 10
_DARK = 140
_MOST_STEPS = 8
#: More names than this are written smaller, as are the figures beside them.
_MANY = 13


def colour(tone: Tone) -> str:
    """The colour of a tone on white paper, whatever the screen's theme."""
    return tone_colour(tone, LIGHT)


def number_form(form: Form) -> str:
    """How a spreadsheet writes figures of a form; one in per cent is in per cent already."""
    plain = "0" + ("." + "0" * form.decimals if form.decimals else "")
    if form.percent:
        plain += '"%"'
    return f"+{plain};-{plain};{plain}" if form.signed else plain


def name_of_small(name: str, on: Canvas) -> str:
    """What a series of small bases is called, told apart from the others by its name and by hollow marks."""
    return translator(on.language)("{name} (small base)").format(name=name)


def ends_of(values: Iterable[float | None], holds: Iterable[float] = (), share: float = 0.08) -> tuple[float, float]:
    """Ends of an axis that holds all values, with a margin of ``share`` of the width at the ends that are not to be held exactly."""
    exact = list(holds)
    known = [value for value in values if value is not None] + exact
    if not known:
        return 0.0, 100.0
    low, high = min(known), max(known)
    pad = (high - low) * share or 1.0
    return low if low in exact else low - pad, high if high in exact else high + pad


def round_axis(low: float, high: float, form: str, *, title: str = "", exact: bool = False, least: float = -1.0) -> AxisPlan:
    """An axis of figures whose ends are round, so that its numbers are; ``exact`` ends stay as they are.

    It does not go below zero where the ``least`` value does not.

    >>> axis = round_axis(76.2, 85.9, "0.0")
    >>> axis.low, axis.high, axis.unit, axis.form
    (76, 86, 2, '0')
    """
    step = max(high - low, 1e-9) / _MOST_STEPS
    power = 10 ** math.floor(math.log10(step))
    unit = next(times * power for times in (1, 2, 5, 10) if times * power >= step * (1 - 1e-9))
    if not exact:
        low, high = unit * math.floor(low / unit + 1e-9), unit * math.ceil(high / unit - 1e-9)
        low = max(low, 0.0) if least >= 0 else low
    decimals = max(-math.floor(math.log10(unit) + 1e-9), 0)
    return AxisPlan(title, low, high, _with_decimals(form, decimals), grid=True, unit=None if exact else unit)


def _with_decimals(form: str, decimals: int) -> str:
    """The form with so many decimals."""
    return re.sub(r"0(\.0+)?", "0" + ("." + "0" * decimals if decimals else ""), form)


def ink_on(fill: str) -> str:
    """The colour of a text that is read on a fill."""
    red, green, blue = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
    return LIGHT.surface if 0.299 * red + 0.587 * green + 0.114 * blue < _DARK else INK


def parts_of(numbers: Iterable[Number | None]) -> list[float | None]:
    """Values and the ends of intervals."""
    return [end for n in numbers if n is not None and n.value is not None for end in (n.value, n.low, n.high)]


def least_of(numbers: Iterable[Number | None]) -> float:
    """The lowest end of all figures; that of none is below zero, which says nothing of an axis."""
    return min((end for end in parts_of(numbers) if end is not None), default=-1.0)


def gap_for(count: int) -> int:
    """The gap between bars in per cent of a bar, so that few bars are no blocks."""
    return 60 if count > 8 else 90 if count > 4 else 200


def values_of(numbers: Sequence[Number | None]) -> tuple[float | None, ...]:
    """The values; None where there is none to show."""
    return tuple(None if number is None else number.value for number in numbers)


def texts_of(numbers: Sequence[Number | None], form: Form, on: Canvas) -> tuple[str, ...]:
    """The figures with their margins as texts."""
    return tuple("" if number is None else with_margin(number, form, on) for number in numbers)


@dataclass(frozen=True)
class Arms:
    """The columns of the upper and lower arms of intervals."""

    plus: int
    minus: int


def add_arms(sheet: DataSheet, name: str, numbers: Sequence[Number | None], form: Form, on: Canvas) -> Arms | None:
    """The arms as columns of the sheet; None where no figure has an interval."""
    plus, minus = list[float | None](), list[float | None]()
    for number in numbers:
        whole = number is not None and number.value is not None and number.low is not None and number.high is not None
        plus.append(number.high - number.value if whole else None)  # type: ignore[union-attr, operator]
        minus.append(number.value - number.low if whole else None)  # type: ignore[union-attr, operator]
    if not any(arm is not None for arm in plus):
        return None
    _ = translator(on.language)
    shown = number_form(Form(form.decimals, percent=form.percent))
    return Arms(
        sheet.add(_("{name}: up to the upper end").format(name=name), plus, shown),
        sheet.add(_("{name}: down to the lower end").format(name=name), minus, shown),
    )


def reference_lines(sheet: DataSheet, across: int, count: int, references: Iterable[Reference]) -> list[Series]:
    """Level lines over a column chart, each a series of one value."""
    return [
        Series(sheet.add(each.name, [each.at] * count), across, line=Stroke(GREY, 1.5, dashed=each.dashed)) for each in references
    ]  # fmt: skip


def names_axis(names: Sequence[str], *, upright: bool) -> AxisPlan:
    """The axis of names: below columns they are turned where they would not stand side by side."""
    size = 10 if len(names) <= _MANY else 8 if len(names) <= 2 * _MANY else 7
    if not upright:
        return AxisPlan(reverse=True, size=size)
    widest = max((text_width(name, _NAME_SIZE) for name in names), default=0)
    return AxisPlan(size=size, turned=-45 if widest > WIDE / max(len(names), 1) else 0)


def right_column(sheet: DataSheet, across: int, lengths: Sequence[float | None], texts: Sequence[str], on: Canvas) -> Series:
    """A series that is not seen and carries the figures as a column of texts at the right end of horizontal bars."""
    place = sheet.add(translator(on.language)("Place of the figures"), list(lengths))
    return Series(place, across, labels=Labels("inside_end", tuple(texts), INK, 10 if len(texts) <= _MANY else 8), in_legend=False)


def room_for(texts: Iterable[str], low: float, high: float) -> float:
    """By how much the axis has to grow so that texts have room right of what is drawn."""
    share = min(max((text_width(text, _NAME_SIZE) for text in texts), default=0) + 14, WIDE // 3) / (WIDE * 0.75)
    return (high - low) * share / (1 - share)
