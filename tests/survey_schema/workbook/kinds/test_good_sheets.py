"""Sheets of data beside responses that are right: recognised by name or headers, read as they stand, whatever else the workbook holds."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_schema.data_kinds.all_kinds import KINDS, kind_of
from survey_schema.loading import load_schema, parse_schema
from survey_schema.workbook.check.findings import Severity
from survey_schema.workbook.check.verdict import Fitness, verdict_of
from survey_schema.workbook.inspect_workbook import Inspection, inspect_here
from survey_schema.workbook.read.sheets import Sheet, Workbook
from survey_schema.workbook.write.write_template import write_template
from tests.stores.kind_sheets import CLUB, SHEET_NAMES, check_sheets, good_sheets, inspections

ROWS = {code: len(rows) - 1 for code, rows in good_sheets().items()}


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_a_good_sheet_is_recognised_by_its_name_and_loses_nothing(kind: str) -> None:
    checked = check_sheets({SHEET_NAMES[kind]: good_sheets()[kind]})
    assert [(each.kind, each.rows_read, each.used) for each in checked.kinds] == [(kind, ROWS[kind], ROWS[kind])]
    assert checked.findings.count(Severity.ERROR) == 0
    assert verdict_of(checked).fitness is Fitness.WHOLE
    assert checked.kinds[0].rows is not None
    assert {
        name: field.type for name, field in zip(checked.kinds[0].rows.column_names, checked.kinds[0].rows.schema, strict=True)
    } == kind_of(kind).stored_types


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS if kind.code not in ("annotations",)])
def test_a_sheet_of_any_name_is_recognised_by_its_headers(kind: str) -> None:
    assert [each.kind for each in check_sheets({"Sheet1": good_sheets()[kind]}).kinds] == [kind]


def test_all_kinds_and_responses_in_one_workbook() -> None:
    schema = load_schema("telecom_csi")
    answers = [
        ["期次", "分公司", *(item.code for item in schema.items)],
        *(["2026Q2", "兰州", *[8] * len(schema.items)] for _ in range(40)),
    ]
    checked = check_sheets({"数据": answers, **{SHEET_NAMES[code]: rows for code, rows in good_sheets().items()}})
    assert checked.responses is not None
    assert checked.responses.num_rows == 40
    assert {each.kind: each.used for each in checked.kinds} == ROWS


def test_values_are_what_the_cells_say() -> None:
    (kind,) = check_sheets({"投诉工单": good_sheets()["complaints"]}).kinds
    assert kind.rows is not None
    first, second, third = kind.rows.to_pylist()
    assert (first["opened"], first["closed"], first["ministry_class"]) == (
        datetime(2026, 5, 15, 9, 30),
        datetime(2026, 5, 16, 9, 30),
        "billing",
    )
    assert (first["first_contact"], first["escalated"], first["hand_overs"], first["cost"]) == (False, True, 2, 10.5)
    assert (second["opened"], second["closed"]) == (datetime(2026, 5, 20, 8), datetime(2026, 5, 20)), "a day alone is the whole day"
    assert (third["period"], third["closed"], third["first_contact"]) == ("2026-06", None, None)
    (kpis,) = check_sheets({"运营指标": good_sheets()["kpis"]}).kinds
    assert kpis.rows is not None
    assert kpis.rows["period"].to_pylist() == ["2026-05", "2026-06"]
    assert kpis.rows["branch"].to_pylist() == ["lanzhou", None]
    (counts,) = check_sheets({"投诉汇总": good_sheets()["complaint_counts"]}).kinds
    assert counts.rows is not None
    assert sum(counts.rows["count"].to_pylist()) == 5940


def test_a_published_inspection_comes_back() -> None:
    (kind,) = check_sheets({"Sheet1": [*inspections(), ["合计", "", "", "", "", 100, 89.5]]}).kinds
    assert kind.rows is not None
    lost = [
        available - scored
        for available, scored in zip(kind.rows["points_available"].to_pylist(), kind.rows["points_scored"].to_pylist(), strict=True)
    ]
    assert (lost, sum(lost)) == ([0, 0.5, 8, 2, 0, 0, 0], 10.5)


def test_a_wave_named_for_the_workbook_is_that_of_staff_who_name_none() -> None:
    rows = [row[1:] for row in good_sheets()["staff"]]
    assert "missing_column" in check_sheets({"员工问卷": rows}).findings.totals
    (kind,) = check_sheets({"员工问卷": rows}, wave="2026年二季度").kinds
    assert kind.rows is not None
    assert kind.rows["wave"].to_pylist() == kind.rows["period"].to_pylist() == ["2026Q2", "2026Q2"]


def test_merged_names_stand_for_all_their_rows_and_headers_can_be_assigned() -> None:
    rows = [["A", *row[1:]] if place == 0 else ["" if place > 1 else row[0], *row[1:]] for place, row in enumerate(inspections())]
    sheet = Sheet.of("暗访检查", rows)
    merged = Sheet(sheet.name, sheet.hidden, sheet.height, sheet.width, sheet.columns, merged=((1, 0, 7, 0),))
    asked = Inspection(load_schema("telecom_csi"), mapping={"A": "inspections.visit"})
    (kind,) = inspect_here(Workbook("x.xlsx", "h", "xlsx", (merged,)), asked).checked.kinds
    assert kind.rows is not None
    assert kind.rows["visit"].to_pylist() == ["V1"] * len(CLUB)


def test_names_of_the_schema_close_a_list() -> None:
    plain = json.loads(load_schema("telecom_csi").model_dump_json())
    plain |= {"promises": [{"code": "reconnect", "title": {"zh_CN": "复机", "en": "Reconnect"}, "mean": 1, "maximum": 24}]}
    schema = parse_schema(json.dumps(plain), "x.json")
    (kind,) = check_sheets({"服务承诺": good_sheets()["promises"][:2]}, schema).kinds
    assert kind.rows is not None
    assert kind.rows["promise"].to_pylist() == ["reconnect"]
    other = [*good_sheets()["promises"][:2], ["复 机时", 1, 2, "小时"]]
    (finding,) = [each for each in check_sheets({"服务承诺": other}, schema).findings.listed if each.code == "unknown_name"]
    assert finding.cell == "A3"
    assert "复机" in finding.message.text("zh_CN")


def test_kpis_of_the_schema_go_by_their_codes_and_others_are_kept() -> None:
    plain = json.loads(load_schema("telecom_csi").model_dump_json())
    plain |= {"kpis": [{"code": "answer_rate", "title": {"zh_CN": "接通率", "en": "Answer rate"}, "target": 95, "limit": 80}]}
    rows = [*good_sheets()["kpis"], ["2026-06", "兰州", "接通律", 3], ["2026-06", "兰州", "5G分流比", 60]]
    checked = check_sheets({"运营指标": rows}, parse_schema(json.dumps(plain), "x.json"))
    (kind,) = checked.kinds
    assert kind.rows is not None
    assert kind.rows["kpi"].to_pylist() == ["answer_rate", "answer_rate", "接通律", "5G分流比"]
    (near,) = [each for each in checked.findings.listed if each.code == "new_name" and each.cell == "C4"]
    assert "接通率" in near.text("zh_CN")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_blank_workbook_has_a_sheet_of_every_kind_and_one_filled_in_is_read(language: str) -> None:
    schema = load_schema("telecom_csi")
    book = openpyxl.load_workbook(io.BytesIO(write_template(schema, language)))  # type: ignore[arg-type]
    assert {kind.title.text(language) for kind in KINDS} <= set(book.sheetnames)  # type: ignore[arg-type]
    sheets = {sheet.title: [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in book}
    assert check_sheets(sheets).kinds == (), "nothing is filled in yet"
    name = kind_of("inspections").title.text(language)  # type: ignore[arg-type]
    order = [column.code for column in kind_of("inspections").columns]
    row = {
        "visit": "V1",
        "hall": "俱乐部",
        "branch": "兰州",
        "date": date(2026, 5, 15),
        "item": "环境",
        "points_available": 20,
        "points_scored": 19,
    }
    sheets[name].append([row.get(code, "") for code in order])
    checked = check_sheets(sheets)
    assert [(each.kind, each.used) for each in checked.kinds] == [("inspections", 1)]
    assert checked.findings.usable
    assert checked.responses is None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=30))
def test_what_is_read_is_what_was_in_the_sheet(drawn: list[tuple[int, int, int]]) -> None:
    rows = [
        [f"V{place}", "厅", "兰州", date(2025, 1, 1) + timedelta(days=day), "环境", available / 2, min(scored, available) / 2]
        for place, (day, available, scored) in enumerate(drawn)
    ]
    (kind,) = check_sheets({"x": [inspections()[0], *rows]}).kinds
    assert kind.rows is not None
    found = kind.rows.select(["visit", "hall", "branch", "date", "item", "points_available", "points_scored"]).to_pylist()
    assert [list(each.values()) for each in found] == [[row[0], row[1], "lanzhou", *row[3:]] for row in rows]
