"""The population sheet of a workbook: customers per branch, operator, brand, business line and attribute.

It serves respondent weights and composites. Attributes (age group, customer class) are those of the schema that are kept as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from survey_schema.clean_choices import choice_codes, nearest_name
from survey_schema.clean_values import folded, is_blank, plain_text, read_number
from survey_schema.column_targets import TargetName, column_targets
from survey_schema.find_table import head_of
from survey_schema.finding_kinds import FindingList
from survey_schema.header_text import header_variants
from survey_schema.language import Message, message
from survey_schema.models import DIMENSIONS, Column, Role, SurveySchema
from survey_schema.sheets import Sheet, Workbook, cell_name
from survey_schema.total_words import is_total_word, is_word_for_all

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


@dataclass(frozen=True)
class _Place:
    """Where the population stands: sheet, first row, and the columns of customers and of each stored column it tells apart."""

    sheet: Sheet
    first_row: int
    customers: int
    columns: Mapping[str, int]


def read_population(workbook: Workbook, schema: SurveySchema, responses_sheet: int | None, findings: FindingList) -> pa.Table | None:
    """The population table of a workbook, or None when no sheet has a customers column beside a branch, operator, brand, business line or
    attribute. It has a column for every dimension, for the attributes of the sheet, and ``customers``.

    A blank cell, or a word such as ``全省``, means "all". Rows of totals are passed over. Rows that can't be used (unknown name,
    customers missing, negative or no number, a combination that occurred before) are left out with a finding.
    """
    for index, sheet in enumerate(workbook.sheets):
        place = _find(sheet, schema) if index != responses_sheet else None
        if place is not None:
            return _read(place, schema, findings)
    return None


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
        return _Place(sheet, first, customers, columns)
    return None


def _header(cells: list[str], exact: Mapping[str, tuple[TargetName, ...]], schema: SurveySchema) -> tuple[int | None, dict[str, int]]:
    told = {column.code: column.stored_as for column in schema.columns if _tells(column)}
    customers: int | None = None
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        variants = header_variants(cell) if cell else ()
        if customers is None and any(variant in _CUSTOMERS for variant in variants):
            customers = index
            continue
        meant = {told.get(name.target) for variant in variants for name in exact.get(variant, ())}
        usual = {role for role, names in _USUAL_NAMES.items() if any(variant in names for variant in variants)}
        for name in dict.fromkeys([*map(str, DIMENSIONS), *told.values()]):
            if name in (meant | usual):
                columns.setdefault(name, index)
    return customers, columns


def _tells(column: Column) -> bool:
    """Whether customers can be counted by this column."""
    return column.role in DIMENSIONS or (column.role is Role.ATTRIBUTE and column.kind == "text")


def _read(place: _Place, schema: SurveySchema, findings: FindingList) -> pa.Table | None:
    stored = {column.stored_as: column for column in schema.columns if _tells(column)}
    asked = {name: stored.get(name) for name in place.columns}
    names = {name: choice_codes(column.choices if column else []) for name, column in asked.items()}
    order = list(dict.fromkeys([*map(str, DIMENSIONS), *place.columns]))
    rows: dict[tuple[str | None, ...], float] = {}
    for row in range(place.first_row, place.sheet.height):
        raw = {name: place.sheet.cell(row, index) for name, index in place.columns.items()}
        amount = place.sheet.cell(row, place.customers)
        if all(is_blank(value) for value in raw.values()) and is_blank(amount):
            continue
        raw = {name: "" if _means_all(value, names[name]) else value for name, value in raw.items()}
        if any(isinstance(value, str) and is_total_word(value) and folded(value) not in names[name] for name, value in raw.items()):
            continue
        found, fault = _values(raw, names, asked)
        key = tuple(found.get(name) for name in order)
        customers, _ = read_number(amount)
        column = place.customers
        if fault is not None:
            name, problem = fault
            column = place.columns[name]
        elif not customers >= 0:
            problem = message("The number of customers must be a number of at least 0.")
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
    raw: Mapping[str, object], names: Mapping[str, Mapping[str, str]], asked: Mapping[str, Column | None]
) -> tuple[dict[str, str | None], tuple[str, Message] | None]:
    """The stored values of a row, or the column with a name that is not known and what to say about it."""
    values: dict[str, str | None] = {}
    for name, value in raw.items():
        text, column = plain_text(value), asked[name]
        if is_blank(value):
            values[name] = None
            continue
        code = names[name].get(folded(text))
        if code is None and names[name] and (column is None or column.closed):
            choices = column.choices if column else []
            near = nearest_name(text, [title for choice in choices for title in (choice.title.zh_CN, choice.title.en)])
            if near:
                return {}, (name, message("The name is not known; the nearest known one is {near}.", near=near))
            return {}, (name, message("The name is not known."))
        values[name] = code or text
    return values, None


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
