"""Charts that were drawn, kept for whoever looks at the same next: same function, same answers, same language, theme and room.

Answers are kept and frozen, so which object one is says what is in it; a chart is known by the objects it is drawn of, and what else its
function was given by its content. Kept is what a browser needs, as bytes: neither the description nor Plotly's dictionaries.
"""

from __future__ import annotations

import itertools
import threading
import weakref
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import partial
from types import FunctionType, MethodType

from pydantic import BaseModel

from analysis.results.estimates import Thresholds
from analysis.results.provenance import Provenance
from answers.topic import Answered
from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from pages._shared.session.store_access import kept_charts
from reports.native.native_form import has_chart

Draw = Callable[[Canvas], Chart]


@dataclass(frozen=True)
class Forms:
    """What a chart leaves as beside its data: a picture, and in Office where it is ``described``, ``native`` where Office draws it."""

    described: bool
    native: bool


@dataclass(frozen=True)
class SeenChart:
    """A chart as a page shows it; ``written`` is its figure as JSON, ``names`` those that can be looked for, where not all are drawn."""

    title: str
    caption: str
    alt_text: str
    written: str
    has_table: bool
    forms: Forms
    names: tuple[str, ...]

    @property
    def plain(self) -> PlainFigure:
        """Its figure."""
        return PlainFigure.of_json(self.written)


def seen_chart(draw: Draw, on: Canvas) -> SeenChart:
    """The chart on a canvas, drawn now where it is not kept."""

    def drawn() -> SeenChart:
        chart = draw(on)
        forms = Forms(chart.described is not None, chart.described is not None and has_chart(chart.described))
        return SeenChart(chart.title, chart.caption, chart.alt_text, chart.plain.to_json(), not chart.table.empty, forms, chart.names)

    try:
        key = (content_of(draw), content_of(on))
    except TypeError:  # drawn of something that may change
        return drawn()
    return kept_charts().get(key, drawn)


def content_of(thing: object) -> Hashable:
    """What a value holds, as a key: what the analysis found and surveys by which object it is, all else by content.

    Raises TypeError for what may change or cannot be told.
    """
    if thing is None or isinstance(thing, str | int | float | bytes | date | Enum):
        return type(thing), thing
    if isinstance(thing, partial):
        return "called", content_of(thing.func), content_of(thing.args), content_of(thing.keywords)
    if isinstance(thing, MethodType):
        return "method", content_of(thing.__func__), content_of(thing.__self__)
    if isinstance(thing, FunctionType):
        cells = tuple(cell.cell_contents for cell in thing.__closure__ or ())
        return thing.__module__, thing.__code__, content_of(cells), content_of(thing.__defaults__), content_of(thing.__kwdefaults__)
    if isinstance(thing, tuple | list):
        return type(thing), tuple(map(content_of, thing))
    if isinstance(thing, Mapping):
        return "mapping", tuple((content_of(name), content_of(value)) for name, value in thing.items())
    if isinstance(thing, set | frozenset):
        return "set", frozenset(map(content_of, thing))
    if isinstance(thing, Answered):
        return "answered", thing.topic.name, content_of(thing.question), content_of(thing.result)
    if isinstance(thing, BaseModel) or _is_found(thing):
        return "object", _number_of(thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return type(thing), tuple(content_of(getattr(thing, each.name)) for each in fields(thing))
    if isinstance(thing, type):
        return thing
    raise TypeError(type(thing))


def _is_found(thing: object) -> bool:
    """Whether it is something an analysis found, which may be large; how it was found and under which thresholds is small."""
    room = type(thing).__module__
    told = isinstance(thing, type | Thresholds) or room == Provenance.__module__
    return is_dataclass(thing) and room.startswith("analysis.") and not told


_numbers: dict[int, tuple[weakref.ref[object], int]] = {}
_next = itertools.count()
_lock = threading.Lock()


def _number_of(thing: object) -> int:
    """A number no other object ever gets, the same as long as the object lives."""
    at = id(thing)
    with _lock:
        found = _numbers.get(at)
        if found is not None and found[0]() is thing:
            return found[1]
        number = next(_next)
        _numbers[at] = weakref.ref(thing, partial(_forget, at, number)), number
        return number


def _forget(at: int, number: int, _gone: object) -> None:
    """Takes the number of an object that is gone away; it may happen while the lock is held, so it takes none."""
    found = _numbers.get(at)
    if found is not None and found[1] == number:
        _numbers.pop(at, None)
