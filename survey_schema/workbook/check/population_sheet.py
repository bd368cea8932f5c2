"""The population sheet of a workbook: customers per branch, operator, brand, business line and attribute.

It serves respondent weights and composites. Attributes (age group, customer class) are those of the schema that are kept as text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from survey_schema.columns import DIMENSIONS, Column, Role
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.finding_kinds import FindingList
from survey_schema.workbook.clean.clean_choices import choice_codes, nearest_name, spelling
from survey_schema.workbook.clean.clean_values import folded, is_blank, parse_number, plain_text, read_number
from survey_schema.workbook.match.column_targets import TargetName, column_targets
from survey_schema.workbook.match.find_table import head_of
from survey_schema.workbook.match.header_text import header_variants, normalised
from survey_schema.workbook.match.total_words import is_total_word, is_word_for_all
from survey_schema.workbook.read.sheets import Sheet, Workbook, cell_name
from words.language import Message, message

_CUSTOMERS = frozenset(
    {
        "customers",
        "numberofcustomers",
        "subscribers",
        "population",
        "客户数",
        "客户数量",
        "用户数",
        "用户数量",
        "客户总数",
        "用户总数",
        "总体",
        "总体客户数",
    }
)
_USUAL_NAMES: dict[str, frozenset[str]] = {
    "branch": frozenset({"branch", "分公司", "地市", "地市分公司", "省份", "区县"}),
    "operator": frozenset({"operator", "运营商"}),
    "brand": frozenset({"brand", "品牌"}),
    "business_line": frozenset({"businessline", "业务", "业务类型"}),
}
_SHEET_NAMES = ("population", "客户数", "用户数", "总体")
_FACTORS = {"": 1.0, "千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8}
_UNIT = re.compile(r"[(\[【/](?:单位[:：]?)?(?P<factor>千|万|百万|亿)?(?:户|人|个|名)?[)\]】]?$")
_COUNTED = re.compile(r"^(?P<number>[\d.,]+)(?:(?P<factor>千|万|百万|亿)(?:户|人|个|名)?|户|人|个|名)$")
_MOST_CUSTOMERS = 1e10
Meant = Mapping[str, Mapping[str, str | None]]


@dataclass(frozen=True)
class _Place:
    """Where the population stands: sheet, first row, the columns of customers and of each stored column, and what a number counts."""

    sheet: Sheet
    first_row: int
    customers: int
    columns: Mapping[str, int]
    factor: float


def read_population(
    workbook: Workbook, schema: SurveySchema, responses_sheet: int | None, findings: FindingList, meant: Meant | None = None
) -> pa.Table | None:
    """The population table of a workbook, or None when no sheet has a customers column beside a branch, operator, brand, business line or
    attribute. It has a column for every dimension, for the attributes of the sheet, and ``customers``.

    A blank cell, or a word such as ``全省``, means "all". Rows of totals are passed over. Rows that can't be used (unknown name,
    customers missing, negative or no number, a combination that occurred before) are left out with a finding. ``meant``: what was said
    about names, by the code of their column (:mod:`survey_schema.workbook.repair.repairs`).
    """
    for index, sheet in enumerate(workbook.sheets):
        place = _find(sheet, schema) if index != responses_sheet else None
        if place is not None:
            return _read(place, schema, findings, meant or {})
    return None


def population_sheet(workbook: Workbook, schema: SurveySchema) -> str | None:
    """The name of the sheet that holds customers; None where there is none."""
    return next((sheet.name for sheet in workbook.sheets if _find(sheet, schema) is not None), None)


def _find(sheet: Sheet, schema: SurveySchema) -> _Place | None:
    exact = column_targets(schema).exact
    head = head_of(sheet)
    for row, cells in enumerate(head):
        customers, columns = _header(cells, exact, schema)
        if customers is None or not columns:
            continue
        below = _header(head[row + 1], exact, schema) if row + 1 < len(head) else (None, {})
        # Codes over titles, as in our own template: the second row is header too.
        first = row + 2 if below[0] == customers else row + 1
        factor = _customers_factor(cells[customers]) or 1.0
        return _Place(sheet.with_merged_filled(columns.values(), first), first, customers, columns, factor)
    return None


def _header(cells: list[str], exact: Mapping[str, tuple[TargetName, ...]], schema: SurveySchema) -> tuple[int | None, dict[str, int]]:
    told = {column.code: column.stored_as for column in schema.columns if _tells(column)}
    customers: int | None = None
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        variants = header_variants(cell) if cell else ()
        if customers is None and _customers_factor(cell) is not None:
            customers = index
            continue
        meant = {told.get(name.target) for variant in variants for name in exact.get(variant, ())}
        usual = {role for role, names in _USUAL_NAMES.items() if any(variant in names for variant in variants)}
        for name in dict.fromkeys([*map(str, DIMENSIONS), *told.values()]):
            if name in (meant | usual):
                columns.setdefault(name, index)
    return customers, columns


def _customers_factor(cell: str) -> float | None:
    """How many customers a number below this header stands for, 10,000 below ``客户数（万户）``; None when it heads no customers."""
    text = folded(cell)
    if any(variant in _CUSTOMERS for variant in header_variants(cell)) and not _UNIT.search(text):
        return 1.0
    unit = _UNIT.search(text)
    return _FACTORS[unit["factor"] or ""] if unit and normalised(text[: unit.start()]) in _CUSTOMERS else None


def read_customers(value: object, factor: float = 1.0) -> float:
    """A number of customers, also as ``1,234户`` or ``12.5万`` whatever the header counts; NaN when it is none."""
    counted = _COUNTED.match(folded(value)) if isinstance(value, str) else None
    if counted is None:
        return read_number(value)[0] * factor
    number = parse_number(counted["number"])
    return math.nan if number is None else number * _FACTORS[counted["factor"] or ""]


def _tells(column: Column) -> bool:
    """Whether customers can be counted by this column."""
    return column.role in DIMENSIONS or (column.role is Role.ATTRIBUTE and column.kind == "text")


def _read(place: _Place, schema: SurveySchema, findings: FindingList, meant: Meant) -> pa.Table | None:
    stored = {column.stored_as: column for column in schema.columns if _tells(column)}
    asked = {name: stored.get(name) for name in place.columns}
    names = {name: choice_codes(column.choices if column else []) for name, column in asked.items()}
    told = {name: meant.get(column.code, {}) if column else {} for name, column in asked.items()}
    order = list(dict.fromkeys([*map(str, DIMENSIONS), *place.columns]))
    rows: dict[tuple[str | None, ...], float] = {}
    spellings: dict[tuple[str, str], str] = {}
    for row in range(place.first_row, place.sheet.height):
        raw = {name: place.sheet.cell(row, index) for name, index in place.columns.items()}
        amount = place.sheet.cell(row, place.customers)
        if all(is_blank(value) for value in raw.values()) and is_blank(amount):
            continue
        raw = {name: "" if _means_all(value, names[name]) else value for name, value in raw.items()}
        if any(isinstance(value, str) and is_total_word(value) and folded(value) not in names[name] for name, value in raw.items()):
            continue
        found, fault = _values(raw, names, asked, told)
        found = {name: value and spellings.setdefault((name, spelling(value)), value) for name, value in found.items()}
        key = tuple(found.get(name) for name in order)
        customers = read_customers(amount, place.factor)
        column = place.customers
        if fault is not None:
            name, problem = fault
            column = place.columns[name]
        elif not 0 <= customers <= _MOST_CUSTOMERS:
            problem = message("The number of customers must be a number between 0 and {most}.", most=f"{_MOST_CUSTOMERS:,.0f}")
        elif key in rows:
            problem = message("This combination occurred before.")
        else:
            rows[key] = customers
            continue
        findings.add(
            "population_value",
            problem,
            message("The row of the population sheet is not used; correct it."),
            sheet=place.sheet.name,
            cell=cell_name(row, column),
            value=place.sheet.cell(row, column),
        )
    if not rows:
        return None
    columns = {name: pa.array([key[position] for key in rows], pa.string()) for position, name in enumerate(order)}
    return pa.table({**columns, "customers": pa.array(list(rows.values()), pa.float64())})


def _means_all(value: object, names: Mapping[str, str]) -> bool:
    return isinstance(value, str) and folded(value) not in names and is_word_for_all(value)


def _values(
    raw: Mapping[str, object], names: Mapping[str, Mapping[str, str]], asked: Mapping[str, Column | None], told: Meant
) -> tuple[dict[str, str | None], tuple[str, Message] | None]:
    """The stored values of a row, or the column with a name that is not known and what to say about it."""
    values: dict[str, str | None] = {}
    for name, value in raw.items():
        text, column = plain_text(value), asked[name]
        if is_blank(value):
            values[name] = None
            continue
        code = names[name].get(folded(text)) or told[name].get(folded(text))
        if code is None and names[name] and (column is None or column.closed):
            choices = column.choices if column else []
            near = nearest_name(text, [title for choice in choices for title in (choice.title.zh_CN, choice.title.en)])
            if near:
                return {}, (name, message("The name is not known; the nearest known one is {near}.", near=near))
            return {}, (name, message("The name is not known."))
        values[name] = code or text
    return values, None


def spelled_like(population: pa.Table, responses: pa.Table) -> pa.Table:
    """The population with names as the responses spell them, where they differ only in width, case or spaces."""
    for name in population.column_names:
        if name == "customers" or name not in responses.column_names:
            continue
        spelled = {spelling(value): value for value in responses.column(name).unique().to_pylist() if value is not None}
        values = [value and spelled.get(spelling(value), value) for value in population.column(name).to_pylist()]
        population = population.set_column(population.column_names.index(name), name, pa.array(values, pa.string()))
    return population


def note_population_unread(workbook: Workbook, schema: SurveySchema, responses_sheet: int | None, findings: FindingList) -> None:
    """Point out sheets that are named like a population, where none is read as one."""
    for index, sheet in enumerate(workbook.sheets):
        named = any(word in normalised(sheet.name) for word in _SHEET_NAMES)
        if index != responses_sheet and named and sheet.height and _find(sheet, schema) is None:
            findings.add(
                "population_gap",
                message(
                    "The sheet is not read as the population: it has no column of customers beside a branch, operator, brand or business "
                    "line."
                ),
                message("Head the columns as in the blank workbook: the names in columns of their own, one number of customers in a row."),
                sheet=sheet.name,
            )


def note_population_gaps(population: pa.Table, responses: pa.Table, schema: SurveySchema, findings: FindingList) -> None:
    """Point out branches, operators and brands that answered but have no customers in the population sheet."""
    for role in DIMENSIONS:
        covered = set(population.column(role).to_pylist())
        if None in covered:
            continue
        titles = {choice.code: choice.title for choice in schema.choices(Role(role))}
        for name in sorted({value for value in responses.column(role).unique().to_pylist() if value is not None} - covered):
            findings.add(
                "population_gap",
                message("{name} has responses but no customers in the population sheet.", name=titles.get(name, name)),
                message("Add it to the population sheet; otherwise it can't be weighted."),
                value=name,
            )
