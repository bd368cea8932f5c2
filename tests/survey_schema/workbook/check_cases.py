"""A small survey and workbooks made from rows, shared by the tests of matching and checking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_draft import CheckSettings
from survey_schema.workbook.check.check_workbook import KnownContext, check_workbook
from survey_schema.workbook.check.findings import Finding
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.read.sheets import Sheet, Workbook

TODAY = date(2026, 6, 30)
GRADES = [
    ("很不满意", "very dissatisfied"),
    ("不满意", "dissatisfied"),
    ("一般", "neutral"),
    ("满意", "satisfied"),
    ("很满意", "very satisfied"),
]
CONTENT = {
    "name": "halls",
    "title": {"zh_CN": "营业厅", "en": "Service halls"},
    "scales": {
        "five": {
            "minimum": 1,
            "maximum": 5,
            "satisfied_from": 4,
            "labels": [{"grade": grade, "zh_CN": [zh], "en": [en]} for grade, (zh, en) in enumerate(GRADES, start=1)],
            "missing_codes": [98, 99],
            "missing_labels": ["不清楚", "refused"],
        },
        "ten": {"minimum": 1, "maximum": 10, "satisfied_from": 8, "missing_codes": [99]},
        "hundred": {"minimum": 0, "maximum": 100, "step": None, "satisfied_from": 80},
    },
    "columns": [
        {"code": "wave", "role": "wave", "title": {"zh_CN": "期次", "en": "Wave"}, "aliases": ["轮次"]},
        {"code": "day", "role": "date", "title": {"zh_CN": "调查日期", "en": "Interview date"}},
        {
            "code": "branch",
            "role": "branch",
            "title": {"zh_CN": "分公司", "en": "Branch"},
            "required": True,
            "choices": [
                {"code": "east", "title": {"zh_CN": "东城分公司", "en": "East branch"}, "aliases": ["东城"]},
                {"code": "west", "title": {"zh_CN": "西城分公司", "en": "West branch"}, "aliases": ["西城"]},
            ],
        },
        {
            "code": "operator",
            "role": "operator",
            "title": {"zh_CN": "运营商", "en": "Operator"},
            "choices": [
                {"code": "us", "title": {"zh_CN": "本公司", "en": "Our company"}, "ours": True},
                {"code": "rival", "title": {"zh_CN": "竞争对手", "en": "Competitor"}},
            ],
        },
        {"code": "brand", "role": "brand", "title": {"zh_CN": "品牌", "en": "Brand"}},
        {"code": "respondent_weight", "role": "respondent_weight", "title": {"zh_CN": "样本权重", "en": "Respondent weight"}},
        {"code": "respondent_id", "role": "respondent_id", "title": {"zh_CN": "编号", "en": "Respondent"}},
        {"code": "age", "role": "attribute", "kind": "number", "title": {"zh_CN": "年龄", "en": "Age"}},
        {"code": "tier", "role": "attribute", "title": {"zh_CN": "星级", "en": "Tier"}},
        {"code": "phone", "role": "private", "title": {"zh_CN": "手机号码", "en": "Phone number"}},
        {"code": "comment", "role": "open_comment", "title": {"zh_CN": "意见", "en": "Comment"}},
    ],
    "items": [
        {
            "code": "S1",
            "title": {"zh_CN": "营业厅环境", "en": "Hall environment"},
            "wording": {"zh_CN": "您对营业厅的环境和设施是否满意？", "en": "How satisfied are you with the hall and its facilities?"},
            "scale": "five",
        },
        {"code": "S2", "title": {"zh_CN": "等候时间", "en": "Waiting time"}, "aliases": ["排队时间"], "scale": "five"},
        {"code": "S3", "title": {"zh_CN": "服务热情", "en": "Staff warmth"}, "scale": "ten"},
        {"code": "S4", "title": {"zh_CN": "总体评价", "en": "Overall rating"}, "scale": "hundred"},
    ],
    "tree": {"code": "index", "title": {"zh_CN": "满意度", "en": "Satisfaction"}, "children": ["S1", "S2", "S3", "S4"]},
    "outcome": "S4",
}
SCHEMA = SurveySchema.model_validate(CONTENT)
HEADER = ("期次", "分公司", "运营商", "编号", "S1", "S2", "S3", "S4")
GOOD = ("2026Q2", "东城", "本公司", "A1", "满意", 4, 8, 80)


def workbook(*sheets: Sheet) -> Workbook:
    return Workbook("survey.xlsx", "c" * 64, "xlsx", sheets)


def book(rows: Iterable[Iterable[object]]) -> Workbook:
    return workbook(Sheet.of("Sheet1", rows))


def checked(
    rows: Iterable[Iterable[object]],
    schema: SurveySchema = SCHEMA,
    wave: str | None = None,
    known: KnownContext | None = None,
    **settings: int,
) -> CheckedWorkbook:
    made = book(rows)
    return check_workbook(made, schema, match_columns(made, schema), known, wave, CheckSettings(today=TODAY, **settings))


def responses(*changes: dict[str, object], header: tuple[str, ...] = HEADER) -> list[tuple[object, ...]]:
    """A header and one good row per change, each with its own id and the change applied."""
    rows: list[tuple[object, ...]] = [header]
    for number, change in enumerate(changes, start=1):
        values = dict(zip(HEADER, GOOD, strict=True)) | {"编号": f"A{number}"} | change
        rows.append(tuple(values.get(name, "") for name in header))
    return rows


def found(result: CheckedWorkbook, code: str) -> list[Finding]:
    return [finding for finding in result.findings.listed if finding.code == code]


def step(result: CheckedWorkbook, code: str) -> int:
    return next((step.count for step in result.log if step.code == code), 0)


def values(result: CheckedWorkbook, column: str) -> list[object]:
    assert result.responses is not None
    return result.responses.column(column).to_pylist()


def adds_up(result: CheckedWorkbook) -> bool:
    skipped = sum(step.count for step in result.log if step.code.startswith("rows_") and step.code != "rows_used")
    kept = result.responses.num_rows if result.responses is not None else step(result, "rows_used")
    return skipped + kept == result.rows_read and kept == step(result, "rows_used")


def cells(result: CheckedWorkbook, code: str) -> list[str | None]:
    return [finding.cell for finding in found(result, code)]


def many(count: int = 12) -> list[tuple[object, ...]]:
    return responses(*[{"S4": 50 + number} for number in range(count)])
