"""Numbers with units, and numbers that the other cells of their row make impossible or unlikely."""

from __future__ import annotations

from functools import cache

import pytest

from survey_schema.loading import load_schema
from survey_schema.models import SurveySchema
from survey_schema.operations import KpiDefinition
from survey_schema.responses import CheckedWorkbook
from survey_schema.schema_parts import LocalText
from survey_schema.workbook.check.verdict import verdict_of
from tests.stores.kind_sheets import check_sheets


@cache
def schema() -> SurveySchema:
    def kpi(code: str, unit: str | None, direction: str, target: float, limit: float) -> KpiDefinition:
        named = None if unit is None else LocalText(zh_CN=unit, en=unit)
        title = LocalText(zh_CN=code, en=code)
        return KpiDefinition.model_validate(
            {"code": code, "title": title, "unit": named, "direction": direction, "target": target, "limit": limit}
        )

    kpis = [
        kpi("answered", "%", "higher", 89.5, 78), kpi("dropped", "%", "lower", 0.58, 1), kpi("refused", "%", "lower", 2, 5),
        kpi("share", None, "higher", 0.9, 0.5), kpi("wait", "分钟", "lower", 10, 20),
    ]  # fmt: skip
    return load_schema("telecom_csi").model_copy(update={"kpis": kpis})


def kpi_sheet(*values: tuple[str, object]) -> CheckedWorkbook:
    rows = [["月份", "指标名称", "数值"], *(["2026-05", name, value] for name, value in values)]
    return check_sheets({"运营指标": rows}, schema())


def stored(checked: CheckedWorkbook, column: str) -> list[object]:
    rows = checked.kinds[0].rows
    found: list[object] = [] if rows is None else rows[column].to_pylist()
    return found


@pytest.mark.parametrize(
    ("kpi", "written", "value", "found"),
    [
        ("answered", "89.5%", 89.5, {}),
        ("answered", "８９．５％", 89.5, {}),
        ("answered", 91, 91, {}),
        ("answered", 0.91, 0.91, {"fraction_for_per_cent": 1}),
        ("answered", 250, 250, {"unlikely_value": 1}),
        ("dropped", 0.6, 0.6, {}),
        ("dropped", "0.6 %", 0.6, {}),
        ("dropped", -0.6, -0.6, {"unlikely_value": 1}),
        ("refused", 0.9, 0.9, {}),
        ("refused", 0.03, 0.03, {"unlikely_value": 1}),
        ("share", "89.5%", 0.895, {}),
        ("wait", "20 分钟", 20, {}),
        ("wait", "20min", 20, {}),
    ],
)
def test_values_of_kpis_in_their_unit(kpi: str, written: object, value: float, found: dict[str, int]) -> None:
    checked = kpi_sheet((kpi, written))
    assert stored(checked, "value") == [value]
    assert checked.findings.totals == found
    assert all(finding.cell == "C2" for finding in checked.findings.listed)
    assert verdict_of(checked).needs_consent == ("fraction_for_per_cent" in found)


def test_a_fraction_asks_for_what_is_meant() -> None:
    (finding,) = kpi_sheet(("answered", 0.91)).findings.listed
    assert "0.91" in finding.text("en")
    assert "91 meant?" in finding.text("en")


def test_a_number_in_another_unit_is_not_guessed() -> None:
    checked = kpi_sheet(("wait", "1小时"), ("wait", "12"))
    assert [finding.cell for finding in checked.findings.listed] == ["C2"]
    assert stored(checked, "value") == [12]


@pytest.mark.parametrize(
    ("mean", "maximum", "unit", "kept"),
    [
        ("24小时", "48 小时", "", (24, 48)),
        ("3天", "5 days", "天", (3, 5)),
        ("95%", "", "%", (95, None)),
        ("95%", "48", "", (None, 48)),
        ("3天", 48, "小时", (None, 48)),
    ],
)
def test_limits_of_promises_with_units(mean: object, maximum: object, unit: str, kept: tuple[float | None, float | None]) -> None:
    checked = check_sheets({"服务承诺": [["承诺", "平均不超过", "最长不超过", "单位"], ["修障", mean, maximum, unit]]})
    assert (stored(checked, "mean"), stored(checked, "maximum")) == ([kept[0]], [kept[1]])
    assert ("not_a_number" in checked.findings.totals) == (kept[0] is None)


@pytest.mark.parametrize(
    ("item", "value", "scale", "found"),
    [
        ("C23", 8, "题目量表", {}),
        ("C23", 11, "题目量表", {"out_of_bounds": 1, "no_usable_row": 1}),
        ("C23", "85%", "", {}),
        ("C23", 85, "", {}),
        ("C23", 0.85, "", {"unlikely_value": 1}),
        ("C23", 8.5, "百分制", {"unlikely_value": 1}),
    ],
)
def test_standards_on_their_scale(item: str, value: object, scale: str, found: dict[str, int]) -> None:
    checked = check_sheets({"服务标准": [["指标", "标准值", "量表"], [item, value, scale]]})
    assert checked.findings.totals == found


@pytest.mark.parametrize("value", [11, 99, -1])
def test_answers_of_staff_off_the_scale_of_the_item(value: float) -> None:
    header = ["期次", "员工编号", "岗位类别", "指标", "重要性", "达成程度"]
    checked = check_sheets({"员工问卷": [header, ["2026Q2", "S1", "一线", "C23", value, 8], ["2026Q2", "S2", "一线", "C23", 8, 8]]})
    assert [(finding.code, finding.cell) for finding in checked.findings.listed] == [("out_of_bounds", "E2")]
    assert checked.kinds[0].used == 1
