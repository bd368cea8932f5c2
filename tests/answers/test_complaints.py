"""Complaints and Pareto charts through the command line: published numbers, months, missing sheets, the survey beside the rule of thumb."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answers.complaint_sums import promises_of
from answers.complaints import COMPLAINTS, ComplaintOptions
from answers.kept import Kept
from answers.question import Question
from answers.source import StoreSource
from answers.topic import answer
from settings import Settings
from storage.records import Scope
from storage.store import Store
from survey_schema.loading import load_schema, schema_hash
from tests.stores import complaint_store
from tests.stores.kind_sheets import Rows, inspections, write_sheets
from words.errors import ManyiError

#: Complaints to the ministry in the first quarter of 2012: service, network, billing.
PUBLISHED = {"telecom": (2033, 752, 1296), "mobile": (2393, 936, 2611), "unicom": (2526, 1430, 2078)}
#: Customers that the published rates per million follow from (13.6, 8.6, 20.2).
CUSTOMERS = {"telecom": 300_100_000, "mobile": 690_700_000, "unicom": 298_700_000}
CLASSES = ("service", "network", "billing")
Run = Callable[..., Any]


def found(printed: Any, figure: str, **keys: str) -> list[dict[str, Any]]:
    return [one for one in printed.json["estimates"] if one["figure"] == figure and all(one[key] == value for key, value in keys.items())]


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """The store that ``manyi`` reads."""
    return tmp_path / "data"


@pytest.fixture
def ministry(tmp_path: Path) -> Path:
    named = {"service": "用户服务", "network": "网络质量", "billing": "收费争议"}
    operators = {"telecom": "中国电信", "mobile": "中国移动", "unicom": "中国联通"}
    rows: Rows = [["期间", "运营商", "投诉大类", "件数"]]
    for code, numbers in PUBLISHED.items():
        rows += [["2012Q1", operators[code], named[each], count] for each, count in zip(CLASSES, numbers, strict=True)]
    customers: Rows = [["运营商", "用户数"], *([operators[code], count] for code, count in CUSTOMERS.items())]
    return write_sheets(tmp_path / "ministry.xlsx", {"投诉汇总": rows, "用户数": customers})


def test_complaints_published_by_the_ministry(manyi: Run, ministry: Path) -> None:
    asked = ("complaints", ministry, "--schema", "telecom_csi", "--population", ministry, "--json")
    by_operator = manyi("estimate", *asked, "--by", "operator")
    totals = {code: found(by_operator, "count", operator=code)[0]["value"] for code in PUBLISHED}
    assert totals == {"telecom": 4081, "mobile": 5940, "unicom": 6034}
    assert sum(totals.values()) == 16055
    shares = [round(found(by_operator, "share_percent", operator=code)[0]["value"], 1) for code in PUBLISHED]
    assert shares == [25.4, 37.0, 37.6]
    rates = [round(found(by_operator, "per_million", operator=code)[0]["value"], 1) for code in PUBLISHED]
    assert rates == [13.6, 8.6, 20.2]
    classes = manyi("estimate", *asked, "--by", "operator,ministry_class")
    for operator, numbers in PUBLISHED.items():
        assert tuple(found(classes, "count", operator=operator, ministry_class=each)[0]["value"] for each in CLASSES) == numbers
    ours = manyi("estimate", *asked)
    assert found(ours, "count")[0]["value"] == 5940
    chart = manyi("estimate", "pareto", ministry, "--schema", "telecom_csi", "--by", "ministry_class", "--json")
    assert found(chart, "base")[0]["value"] == 5940


def test_tickets_by_month_and_branch(manyi: Run, data_folder: Path) -> None:
    complaint_store.fill(data_folder)
    months = manyi("estimate", "complaints", "--by", "month", "--json")
    assert [(one["month"], one["value"]) for one in found(months, "count")] == [("2026-04", 120), ("2026-05", 120)]
    assert [one["value"] for one in found(months, "per_ten_thousand")] == pytest.approx([1.2, 1.2])
    branches = manyi("estimate", "complaints", "--by", "branch", "--json")
    verdicts = {one["branch"]: one["verdict"] for one in found(branches, "ratio")}
    assert verdicts == {"lanzhou": "higher", "tianshui": "lower", "dingxi": "lower"}
    one = manyi("estimate", "complaints", "--where", "branch=兰州", "--wave", "2026-05", "--json")
    assert found(one, "count")[0]["value"] == sum(
        1 for row in complaint_store.tickets()[1:] if row[3] == "兰州" and str(row[0]).startswith("T202605")
    )
    assert {record["promise"] for record in found(one, "promise")} == {"修障", "复机"}
    assert manyi("estimate", "complaints", "--by", "month", "--wave", "2026Q2", "--json").json["estimates"] == months.json["estimates"]


def test_a_pareto_chart_goes_on_within_its_vital_few(manyi: Run, data_folder: Path) -> None:
    complaint_store.fill(data_folder)
    chart = manyi("estimate", "pareto", "--then", "branch", "--json")
    vital = [one["cause"] for one in found(chart, "share_percent") if one.get("verdict") == "vital"]
    assert vital[:2] == ["费用争议", "无信号"]
    assert [one["value"] for one in found(chart, "base")] == [240, 120, 72]
    assert found(chart, "share_percent")[6]["cause"] == "其他"
    cost = found(manyi("estimate", "pareto", "--weight", "cost", "--json"), "weight")
    assert sum(one["value"] for one in cost) == sum(float(str(row[11])) for row in complaint_store.tickets()[1:])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("complaints", "--by", "operator"), "operator"),
        (("complaints", "--by", "brand"), "brand"),
        (("complaints", "--data", "counts"), "Complaint counts"),
        (("pareto", "--by", "cause,branch"), "--then"),
        (("pareto", "--then", "cause"), "cause"),
        (("pareto", "--vital", "0"), "--vital"),
    ],
)
def test_what_cannot_be_asked_is_said(manyi: Run, data_folder: Path, words: Sequence[str], told: str) -> None:
    complaint_store.fill(data_folder)
    refused = manyi("estimate", *words, "--lang", "en")
    assert refused.code == 2
    assert told in refused.err


def test_a_missing_sheet_is_named(manyi: Run, tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "other.xlsx", {"暗访检查": inspections()})
    refused = manyi("estimate", "complaints", path, "--schema", "telecom_csi", "--lang", "en")
    assert refused.code == 2
    assert "sheet Complaints" in refused.err


def test_without_customers_there_are_numbers_and_no_rates(manyi: Run, data_folder: Path) -> None:
    complaint_store.fill(data_folder, ((2026, 5),), customers=False)
    printed = manyi("estimate", "complaints", "--json")
    assert found(printed, "count")[0]["value"] == 120
    assert found(printed, "per_million")[0]["value"] is None
    assert found(printed, "silent") == []


def test_the_survey_stands_beside_the_rule_of_thumb_and_follows_a_new_delivery(tmp_path: Path) -> None:
    """The outcome's scale names a grade that counts as dissatisfied, which the survey of the product leaves open."""
    usual = load_schema("telecom_csi")
    scale = next(item.scale for item in usual.items if item.code == usual.outcome)
    named = {**usual.scales, scale: usual.scales[scale].model_copy(update={"dissatisfied_to": 5})}
    schema = usual.model_copy(update={"scales": named})
    store = Store(tmp_path / "data")
    store.commit(complaint_store.with_tickets(), schema, "test")
    source = StoreSource(store, schema.name, schema_hash(schema), Settings().rules, Kept())
    question = Question("complaints", schema.name, ComplaintOptions())
    silent = answer(COMPLAINTS, question, source).result.silent
    assert silent is not None
    assert (silent.complaints, silent.by_rule.value) == (240, 240 * 25)
    assert silent.by_survey.value is not None
    assert silent.implied.value == pytest.approx(silent.by_survey.value / 240)
    store.commit(replace(complaint_store.with_tickets(((2026, 6),)), responses=None, population=None, content_hash="june"), schema, "test")
    later = StoreSource(store, schema.name, schema_hash(schema), Settings().rules, source.kept)
    assert answer(COMPLAINTS, question, later).result.total == 360
    assert [(each.name, each.mean_hours, each.longest_hours) for each in promises_of(later)] == [("修障", 24, 48), ("复机", 1, 24)]
    with pytest.raises(ManyiError):
        answer(COMPLAINTS, replace(question, waves=("2025Q2",)), later)
    store.close()


def test_everybody_is_asked_for_with_all(manyi: Run, ministry: Path) -> None:
    asked = (ministry, "--schema", "telecom_csi", "--where", "operator=all", "--json")
    everybody = manyi("estimate", "complaints", *asked, "--population", ministry)
    assert found(everybody, "count")[0]["value"] == 16055
    assert found(everybody, "per_million")[0]["value"] == pytest.approx(16055 / sum(CUSTOMERS.values()) * 1e6)
    assert found(manyi("estimate", "pareto", *asked, "--by", "ministry_class"), "base")[0]["value"] == 16055


@pytest.mark.parametrize("topic", ["complaints", "pareto", "control-chart --of complaints"])
@pytest.mark.parametrize("where", ["branch=nowhere", "cause=x", "month=2030-01"])
def test_a_value_nobody_has_is_refused(manyi: Run, data_folder: Path, topic: str, where: str) -> None:
    if topic.startswith("control-chart") and where.startswith("month"):
        where = "promise=x"
    complaint_store.fill(data_folder)
    refused = manyi("estimate", *topic.split(), "--where", where, "--lang", "en")
    assert refused.code == 2
    assert "There is no value of" in refused.err


def test_a_branch_the_user_may_not_see_is_refused(data_folder: Path) -> None:
    complaint_store.fill(data_folder)
    store = Store(data_folder)
    hashed = store.waves("telecom_csi")[-1].schema_hash
    scope = Scope({"branch": frozenset({"tianshui"})})
    source = StoreSource(store, "telecom_csi", hashed, Settings(data=data_folder).rules, Kept(), scope)
    with pytest.raises(ManyiError, match="dingxi"):
        answer(COMPLAINTS, Question("complaints", "telecom_csi", ComplaintOptions(), where=(("branch", "dingxi"),)), source)
    store.close()


def test_complaints_say_whose_they_are_and_that_nothing_is_weighted_or_hidden(manyi: Run, data_folder: Path) -> None:
    complaint_store.fill(data_folder)
    printed = manyi("estimate", "complaints", "--lang", "en").out
    for line in ("Selection: China Mobile", "Respondent weights: none", "Hidden for a small base: nothing"):
        assert line in printed


def test_nothing_to_break_causes_down_by_is_said(manyi: Run, ministry: Path) -> None:
    asked = ("pareto", ministry, "--schema", "telecom_csi", "--by", "ministry_class", "--then", "branch", "--lang", "en")
    refused = manyi("estimate", *asked)
    assert (refused.code, "No case names a branch" in refused.err) == (2, True)
