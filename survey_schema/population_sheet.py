"""The population sheet of a workbook: customers per branch, operator, brand and business line, for respondent weights and composites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from survey_schema.clean_choices import choice_codes, nearest_name
from survey_schema.clean_values import folded, is_blank, plain_text, read_number
from survey_schema.column_targets import column_targets
from survey_schema.find_table import head_of
from survey_schema.finding_kinds import FindingList
from survey_schema.header_text import header_variants
from survey_schema.language import Message, message
from survey_schema.models import DIMENSIONS, Role, SurveySchema
from survey_schema.sheets import Sheet, Workbook, cell_name

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
_TOTALS = frozenset({"合计", "总计", "小计", "total", "grandtotal", "subtotal", "sum"})
POPULATION = pa.schema([*((str(role), pa.string()) for role in DIMENSIONS), ("customers", pa.float64())])


@dataclass(frozen=True)
class _Place:
    sheet: Sheet
    first_row: int
    customers: int
    dimensions: Mapping[str, int]


def read_population(workbook: Workbook, schema: SurveySchema, responses_sheet: int | None, findings: FindingList) -> pa.Table | None:
    """The population table of a workbook, or None when no sheet has a customers column beside a branch, operator, brand or business line.

    A blank dimension cell means "all". Rows that can't be used (unknown name, customers missing, negative or no number, a combination
    that occurred before) are left out with a finding.
    """
    for index, sheet in enumerate(workbook.sheets):
        place = _find(sheet, schema) if index != responses_sheet else None
        if place is not None:
            return _read(place, schema, findings)
    return None


def _find(sheet: Sheet, schema: SurveySchema) -> _Place | None:
    exact = column_targets(schema).exact
    roles = {column.code: str(column.role) for column in schema.columns}
    head = head_of(sheet)
    for row, cells in enumerate(head):
        customers, dimensions = _header(cells, exact, roles)
        if customers is None or not dimensions:
            continue
        below = _header(head[row + 1], exact, roles) if row + 1 < len(head) else (None, {})
        # Codes over titles, as in our own template: the second row is header too.
        first = row + 2 if below[0] == customers else row + 1
        return _Place(sheet, first, customers, dimensions)
    return None


def _header(cells: list[str], exact: Mapping[str, tuple[object, ...]], roles: Mapping[str, str]) -> tuple[int | None, dict[str, int]]:
    customers: int | None = None
    dimensions: dict[str, int] = {}
    for index, cell in enumerate(cells):
        variants = header_variants(cell) if cell else ()
        if customers is None and any(variant in _CUSTOMERS for variant in variants):
            customers = index
            continue
        meant = {roles.get(getattr(name, "target", "")) for variant in variants for name in exact.get(variant, ())}
        usual = {role for role, names in _USUAL_NAMES.items() if any(variant in names for variant in variants)}
        for role in DIMENSIONS:
            if role in (meant | usual):
                dimensions.setdefault(str(role), index)
    return customers, dimensions


def _read(place: _Place, schema: SurveySchema, findings: FindingList) -> pa.Table | None:
    names = {role: choice_codes(schema.choices(Role(role))) for role in place.dimensions}
    rows: dict[tuple[str | None, ...], float] = {}
    for row in range(place.first_row, place.sheet.height):
        raw = {role: place.sheet.cell(row, index) for role, index in place.dimensions.items()}
        amount = place.sheet.cell(row, place.customers)
        if all(is_blank(value) for value in raw.values()) and is_blank(amount):
            continue
        if any(folded(plain_text(value)) in _TOTALS for value in raw.values()):
            continue
        key, fault = _key(raw, names, schema)
        customers, _ = read_number(amount)
        column = place.customers
        if fault is not None:
            role, problem = fault
            column = place.dimensions[role]
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
    columns = {str(role): [key[position] for key in rows] for position, role in enumerate(DIMENSIONS)}
    return pa.table({**columns, "customers": list(rows.values())}, schema=POPULATION)


def _key(
    raw: Mapping[str, object], names: Mapping[str, Mapping[str, str]], schema: SurveySchema
) -> tuple[tuple[str | None, ...], tuple[str, Message] | None]:
    key: list[str | None] = []
    for role in DIMENSIONS:
        value = raw.get(role, "")
        text = plain_text(value)
        if is_blank(value):
            key.append(None)
            continue
        column = schema.column_for(Role(role))
        code = names[role].get(folded(text))
        if code is None and names[role] and (column is None or column.closed):
            near = nearest_name(text, [name for choice in schema.choices(Role(role)) for name in (choice.title.zh_CN, choice.title.en)])
            if near:
                return (), (role, message("The name is not known; the nearest known one is {near}.", near=near))
            return (), (role, message("The name is not known."))
        key.append(code or text)
    return tuple(key), None


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
