"""Competitors as columns: found, reshaped into a row a person and operator, and everything said of the person once."""

from __future__ import annotations

import io
from copy import deepcopy

import openpyxl
import pytest
from pydantic import ValidationError

from survey_schema.loading import dump_schema
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.inspect_workbook import Inspection, inspect_here
from survey_schema.workbook.read.sheets import Sheet, Workbook
from survey_schema.workbook.write.write_template import write_template
from tests.stores.side_by_side import CONTENT, ITEMS, OPERATORS, SCHEMA, checked

PAIRS = [f"{item}_{operator['code']}" for operator in OPERATORS for item in ITEMS]
HEADER = ["wave", "person", "branch", "weight", "said", "likes", *PAIRS]
US, RIVAL, THIRD = [9.0, 8.0, 7.0, 6.0], [5.0, 5.0, 4.0, 4.0], [2.0, 3.0, 2.0, 3.0]
NONE = [""] * 4


def person(number: int, *grades: list[object], said: str = "", likes: object = 9.0) -> list[object]:
    return ["2026Q2", f"P{number}", "east", 1.5, said, likes, *(cell for block in grades for cell in block)]


def rows(result: CheckedWorkbook, *names: str) -> list[tuple[object, ...]]:
    assert result.responses is not None
    table = result.responses.select(["source_row", "operator", *names]).sort_by([("source_row", "ascending"), ("operator", "ascending")])
    return [tuple(row.values()) for row in table.to_pylist()]


def test_a_row_for_each_person_and_operator_they_scored() -> None:
    result = checked([HEADER, person(1, US, RIVAL, NONE), person(2, US, NONE, THIRD)])
    assert rows(result, "q1", "cluster", "respondent_weight") == [
        (2, "rival", 5.0, "person:2", 1.5), (2, "us", 9.0, "person:2", 1.5),
        (3, "third", 2.0, "person:3", 1.5), (3, "us", 9.0, "person:3", 1.5),
    ]  # fmt: skip
    assert result.rows_read == 2
    assert not [each for each in result.findings.listed if each.code in ("same_id", "duplicate_respondent", "blank_response")]
    assert result.findings.totals["side_by_side"] == 1


def test_what_a_person_says_once_stands_once_with_ours_where_they_scored_us() -> None:
    result = checked([HEADER, person(1, US, RIVAL, THIRD, said="信号差"), person(2, NONE, RIVAL, THIRD, said="贵")])
    assert [row for row in rows(result, "said", "likes") if row[2] is not None] == [(2, "us", "信号差", 9.0), (3, "rival", "贵", 9.0)]


def test_who_scored_nobody_but_answered_what_is_asked_once_is_of_ours() -> None:
    result = checked([HEADER, person(1, US, RIVAL, NONE), person(2, NONE, NONE, NONE, likes=3.0)])
    assert rows(result, "q1", "likes")[-1] == (3, "us", None, 3.0)


@pytest.mark.parametrize("form", ["{value}{item}", "{item}（{value}）", "{value}-{item}"])
def test_headers_are_made_of_both_names_whatever_stands_between(form: str) -> None:
    names = {"us": "本公司", "rival": "联通", "third": "第三家"}
    header = [form.replace("{item}", zh).replace("{value}", names[code]) for code in names for zh, _en in ITEMS.values()]
    result = checked([["期次", "编号", *header], ["2026Q2", "P1", *US, *RIVAL, *THIRD]])
    assert [row[1:] for row in rows(result, "q4")] == [("rival", 4.0), ("third", 3.0), ("us", 6.0)]


def test_findings_say_the_cell_of_the_pair_once() -> None:
    bad: list[object] = [5.0, 77.0, 4.0, 4.0]
    result = checked([HEADER, person(1, US, bad, NONE, said="打 13912345678"), person(2, US, RIVAL, NONE)])
    where = {each.code: each.cell for each in result.findings.listed}
    assert where["out_of_scale"] == "L2"
    assert where["private_in_comment"] == "E2"
    assert result.findings.totals["private_in_comment"] == 1
    missing = checked([HEADER[:-1], person(1, US, RIVAL, THIRD)[:-1]])
    assert [each.message.text("en") for each in missing.findings.listed if each.code == "missing_item"] == [
        "There is no column for the question Third: Halls."
    ]


def test_a_workbook_with_a_row_for_each_operator_is_read_too_and_its_ids_are_people() -> None:
    long = [["期次", "编号", "运营商", *ITEMS], ["2026Q2", "P1", "本公司", *US], ["2026Q2", "P1", "联通", *RIVAL]]
    result = checked(long)
    assert result.responses is not None
    clusters = result.responses["cluster"].to_pylist()
    assert len(set(clusters)) == 1
    assert str(clusters[0]).startswith("person:")


def test_what_is_said_of_one_column_of_a_pair_holds_for_that_one() -> None:
    book = Workbook("side.xlsx", "c" * 64, "xlsx", (Sheet.of("Sheet1", [HEADER, person(1, US, RIVAL, NONE)]),))
    found = inspect_here(book, Inspection(SCHEMA, mapping={"K": "q1_rival"}, told=("q1_us:2..11=1..10",)))
    assert [row[1:] for row in rows(found.checked, "q1")] == [("rival", 5.0), ("us", 8.0)]


def test_columns_headed_otherwise_are_named_in_the_survey() -> None:
    content = deepcopy(CONTENT)
    content["repeat"]["columns"] = [{"item": "q1", "value": "rival", "aliases": ["Q7_2"]}]
    schema = SurveySchema.model_validate(content)
    header = [*HEADER[:10], "Q7_2", *HEADER[11:]]
    assert rows(checked([header, person(1, US, RIVAL, NONE)], schema), "q1")[0][2] == 5.0


def test_the_blank_workbook_has_a_column_for_each_pair() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_template(SCHEMA, "zh_CN")), read_only=True).worksheets[0]
    top, titles = (list(row) for row in sheet.iter_rows(max_row=2, values_only=True))
    assert "operator" not in top
    assert titles[top.index("q1_rival")] == "友商：网络质量"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"by": "branch"}, "operator or brand"),
        ({"values": ["us", "nobody"]}, "nobody"),
        ({"items": ["q9"]}, "q9"),
        ({"headers": ["{item}{item}{value}"]}, "pattern"),
        ({"headers": ["{item.__class__}{value}"]}, "pattern"),
        ({"columns": [{"item": "q1", "value": "x", "aliases": ["a"]}]}, "x"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        SurveySchema.model_validate(CONTENT | {"repeat": CONTENT["repeat"] | change})


def test_a_cluster_beside_people_is_refused() -> None:
    cluster = {"code": "point", "role": "cluster", "title": {"zh_CN": "点", "en": "Point"}}
    with pytest.raises(ValidationError, match="sampling unit"):
        SurveySchema.model_validate(CONTENT | {"columns": [*CONTENT["columns"], cluster]})


def test_side_by_side_columns_of_a_survey_that_does_not_declare_them_are_pointed_out() -> None:
    plain = SurveySchema.model_validate({name: value for name, value in CONTENT.items() if name != "repeat"})
    header = [f"{who}-{zh}" for who in ("本公司", "联通") for zh, _en in ITEMS.values()]
    result = checked([["期次", *header], ["2026Q2", *US, *RIVAL]], plain)
    assert result.findings.totals["side_by_side_unread"] == 1
    long = checked([["期次", "运营商", *(zh for zh, _en in ITEMS.values())], ["2026Q2", "本公司", *US]], plain)
    assert "side_by_side_unread" not in long.findings.totals


def test_a_survey_that_repeats_nothing_is_written_as_before() -> None:
    plain = SurveySchema.model_validate({name: value for name, value in CONTENT.items() if name != "repeat"})
    assert "repeat" not in dump_schema(plain)


def test_hostile_cells_and_an_empty_sheet_come_to_findings() -> None:
    nasty: list[object] = [8.0, 1e308, "", float("nan")]
    result = checked([HEADER, person(1, nasty, NONE, NONE, said="=1+1<script>", likes=""), person(2, US, RIVAL, NONE)])
    assert [row[2:] for row in rows(result, "q1", "q2")] == [(8.0, None), (5.0, 5.0), (9.0, 8.0)]
    words = checked([HEADER, person(1, ["<script>", "=1", True, ""], NONE, NONE), person(2, US, RIVAL, NONE)])
    assert words.responses is None
    assert words.findings.totals["unclear_grades"] == 3
    assert checked([HEADER]).findings.totals["no_usable_row"] == 1
