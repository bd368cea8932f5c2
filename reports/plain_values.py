"""Reports and their charts as plain values of JSON, and back. Only the classes named here are ever made of a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from reports.document import Cover, FigureItem, KeptItem, Report, Scope, Template, Texts, WordsItem
from reports.kept_chart import KeptChart
from reports.native.native_form import Native
from reports.office.origin import Origin
from reports.office.plan import AxisPlan, ChartPlan, DataColumn, Labels, Marker, Plot, Series, Stroke, Whiskers
from reports.office.tables import TextTable

_CLASSES = {
    each.__name__: each
    for each in (
        Report, Cover, Scope, Template, Texts, FigureItem, KeptItem, WordsItem, KeptChart, Native, Origin, TextTable, ChartPlan, AxisPlan,
        DataColumn, Labels, Marker, Plot, Series, Stroke, Whiskers,
    )
}  # fmt: skip
_CLASS, _PAIRS, _SET, _TIME = "!class", "!pairs", "!set", "!time"


def plain_of(value: object) -> Any:
    """A value as JSON has it. A mapping keeps its keys; lists are tuples when they are read again."""
    if is_dataclass(value) and not isinstance(value, type):
        return {_CLASS: type(value).__name__, **{one.name: plain_of(getattr(value, one.name)) for one in fields(value)}}
    if isinstance(value, Mapping):
        if all(isinstance(key, str) and not key.startswith("!") for key in value):
            return {key: plain_of(each) for key, each in value.items()}
        return {_PAIRS: [[plain_of(key), plain_of(each)] for key, each in value.items()]}
    if isinstance(value, frozenset):
        return {_SET: sorted(map(plain_of, value))}
    if isinstance(value, tuple | list):
        return [plain_of(each) for each in value]
    return {_TIME: value.isoformat()} if isinstance(value, datetime) else value


def value_of(plain: Any) -> Any:
    """The value again. Raises ValueError for what no version of this program wrote."""
    if isinstance(plain, list):
        return tuple(value_of(each) for each in plain)
    if not isinstance(plain, dict):
        return plain
    if _CLASS in plain:
        return _made(plain)
    if _PAIRS in plain:
        return {value_of(key): value_of(each) for key, each in plain[_PAIRS]}
    if _SET in plain:
        return frozenset(value_of(each) for each in plain[_SET])
    return datetime.fromisoformat(plain[_TIME]) if _TIME in plain else {key: value_of(each) for key, each in plain.items()}


def _made(plain: Mapping[str, Any]) -> Any:
    kind = _CLASSES.get(plain[_CLASS])
    known = {one.name for one in fields(kind)} if kind else set()
    if kind is None or not set(plain) - {_CLASS} <= known:
        raise ValueError(f"no such class or fields: {plain[_CLASS]}")
    return kind(**{name: value_of(each) for name, each in plain.items() if name != _CLASS})
