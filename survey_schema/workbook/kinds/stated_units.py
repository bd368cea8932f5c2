"""Numbers written with their unit (24小时, 20 分钟, 89.5%): read as numbers where it is the unit of their row, else left as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from survey_schema.data_kinds.description import Number, OneOf
from survey_schema.data_kinds.schema_choices import known_choices
from survey_schema.models import SurveySchema
from survey_schema.workbook.clean.clean_choices import choice_codes
from survey_schema.workbook.clean.clean_values import folded, parse_number, plain_text
from survey_schema.workbook.kinds.find_sheets import KindSheet
from survey_schema.workbook.read.sheets import RawColumn

_WITH_UNIT = re.compile(r"^([+-]?[\d.,]*\d)([^\d.,+-]{1,20})$")  # of folded text, which has no spaces
#: Units by their names as :func:`folded` writes them; a unit that is not listed goes by its own name.
_NAMES = {
    "hours": ("小时", "个小时", "时", "h", "hr", "hrs", "hour", "hours"),
    "days": ("天", "日", "个工作日", "工作日", "d", "day", "days"),
    "minutes": ("分钟", "min", "mins", "minute", "minutes"),
    "per_cent": ("%", "百分比", "percent"),
    "points": ("分", "points", "point", "pts"),
}
_UNITS = {name: unit for unit, names in _NAMES.items() for name in names}
#: Points of 100 are written as per cent too; grades are points.
_OF_SCALES = {"score": ("per_cent", "points"), "grade": ("points",)}


def unit_named(text: str) -> str:
    """The unit of that name: one code for its spellings, the folded name itself where it has no code."""
    name = folded(text)
    return _UNITS.get(name, name)


def is_per_cent(units: Iterable[str]) -> bool:
    """Whether one of the units is per cent."""
    return "per_cent" in units


def with_units_read(place: KindSheet, schema: SurveySchema) -> KindSheet:
    """The sheet with plain numbers in place of numbers written with the unit of their row."""
    for code, index in place.columns.items():
        value = place.kind.column(code).value
        if isinstance(value, Number) and (value.unit or value.unit_of):
            place = _column_read(place, index, value, schema)
    return place


def _column_read(place: KindSheet, index: int, value: Number, schema: SurveySchema) -> KindSheet:
    column = place.sheet.columns[index]
    stated = {at: found for at, raw in enumerate(column.values) if isinstance(raw, str) and (found := _stated(raw)) is not None}
    if not stated:
        return place
    units_of = _units_by_row(place, value, schema)
    codes, values = column.codes.copy(), list(column.values)
    numbers: dict[float, int] = {}
    rows = np.flatnonzero(np.isin(codes, list(stated)))
    for row in rows[rows >= place.first].tolist():
        number, unit = stated[int(codes[row])]
        if unit in units_of(row):
            at = numbers.setdefault(number, len(values))
            if at == len(values):
                values.append(number)
            codes[row] = at
    columns = [RawColumn(tuple(values), codes) if at == index else each for at, each in enumerate(place.sheet.columns)]
    return replace(place, sheet=replace(place.sheet, columns=tuple(columns)))


def _stated(raw: str) -> tuple[float, str] | None:
    found = _WITH_UNIT.match(folded(raw[:60]))
    number = parse_number(found[1]) if found else None
    return None if found is None or number is None else (number, unit_named(found[2]))


def _units_by_row(place: KindSheet, value: Number, schema: SurveySchema) -> Callable[[int], tuple[str, ...]]:
    """The unit or units of a row of the sheet; none where it has none."""
    own = _OF_SCALES.get(value.unit or "", (value.unit,) if value.unit else ())
    if value.unit_of is None or value.unit_of not in place.columns:
        return lambda _row: own
    index, told = place.columns[value.unit_of], place.kind.column(value.unit_of).value
    names = choice_codes(known_choices(told, schema).choices) if isinstance(told, OneOf) else {}
    kpis = kpi_units(schema)

    def units(row: int) -> tuple[str, ...]:
        text = plain_text(place.sheet.cell(row, index))
        if not text:
            return own
        code = names.get(folded(text), "")
        if isinstance(told, OneOf) and told.source is not None:
            return kpis.get(code, ())
        return _OF_SCALES.get(code, (code,))

    return units


def kpi_units(schema: SurveySchema) -> dict[str, tuple[str, ...]]:
    """The units of every KPI that has one, by code: both of its names."""
    return {kpi.code: tuple(unit_named(name) for name in (kpi.unit.zh_CN, kpi.unit.en)) for kpi in schema.kpis if kpi.unit is not None}
