"""Published counts, inspections and time limits come back from the sample workbooks, through the command line and the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app as commands
from load_samples import load_samples
from sample_data.published_counts import CALL_BACKS, CALLED_BACK, CLUB, MINISTRY, TICKETS
from settings import Settings
from storage.store import Store
from tests.command_line.running import Run
from tests.pages.page_reader import frame, rows, turned_to, words

SAMPLES = (
    "brand_comparison.xlsx",
    "complaint_causes.xlsx",
    "branch_elements.xlsx",
    "ministry_complaints.xlsx",
    "gotone_project.xlsx",
    "network_measures.xlsx",
)


#: Element → its name and the gap that is printed between the two branches.
ELEMENTS = {
    "network_quality": ("网络质量", "-15.47"),
    "complaint_handling": ("投诉处理", "5.29"),
    "service_halls": ("营业厅", "-5.95"),
    "call_centre": ("客服中心", "-6.71"),
    "customer_club": ("客户俱乐部", "-10.30"),
}
CHECKLIST = ("environment", "visual_identity", "facilities", "leaflets", "cross_region", "appearance", "manner")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("published") / "data"
    store = Store(made)
    list(load_samples(store, Settings(data=made), "test", SAMPLES))
    store.close()
    return made


@pytest.fixture(autouse=True)
def _on_the_samples(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(folder))


def estimate(topic: str, survey: str, *more: str) -> Run:
    done = CliRunner().invoke(commands, ["estimate", topic, "--schema", survey, "--json", *more])
    assert done.exit_code == 0, done.stderr
    return Run(done.exit_code, done.stdout, done.stderr)


def page(name: str, survey: str, **picked: str) -> Any:
    app = frame(lang="zh_CN", survey=survey, operator="all")
    for key, value in picked.items():
        app.session_state[key] = value
    app = turned_to(app, f"{name}/page.py")
    assert not app.exception
    return app


def printed(table: list[list[str]], first: str, *places: int) -> list[tuple[str, ...]]:
    """Cells of the rows that begin with a name."""
    return [tuple(row[place] for place in places) for row in table if row[0] == first and len(row) > max(places)]


def test_branches_by_competitive_element() -> None:
    """71.73 − 87.20 = −15.47 for the network, and four more."""
    found = estimate("compare", "branch_elements", "--by", "branch", "--against", "branch_b", "--sides")
    gaps = {
        one["code"]: f"{one['value']:.2f}" for one in found.records(branch="branch_a") if one.get("figure", "difference") == "difference"
    }
    assert {code: gaps[code] for code in ELEMENTS} == {code: gap for code, (_title, gap) in ELEMENTS.items()}
    table = rows(page("compare/branches", "branch_elements", branches_view="one", profile_other="branch_b"))
    for title, gap in ELEMENTS.values():
        assert gap.replace("-", "−") in {cell for row in table if row[0] == title for cell in row}


def test_inspection_of_the_customer_club() -> None:
    found = estimate("inspections", "branch_elements")
    assert [found.one(figure=figure, code="total")["value"] for figure in ("available", "scored", "lost")] == [100, 89.5, 10.5]
    lost = [found.one(figure="lost", code=code)["value"] for code in CHECKLIST]
    assert lost == [available - scored for available, scored in CLUB.values()] == [0, 0.5, 8, 2, 0, 0, 0]
    app = page("explain/inspections", "branch_elements")
    assert "共得 89.5 分，应得 100 分" in words(app)
    assert [printed(rows(app), item, 4)[0] for item in CLUB] == [(f"{available - scored:.2f}",) for available, scored in CLUB.values()]


def test_quantities_of_measures() -> None:
    """957 surveyed, 112 removed, 73 and 64 repaired, 29 plans tested, 68 of 68 issues closed, 18,168 = 69.61 %, complaints −42.51 %."""
    found = estimate("measures", "network_measures")
    quantities = {
        "普查直放站": 957,
        "拆除直放站": 112,
        "整治质差小区": 73,
        "整治弱覆盖直放站": 64,
        "测试营销方案": 29,
        "推送修复优惠": 18_168,
    }
    assert {name: found.one(figure="quantity_done", measure=name)["value"] for name in quantities} == quantities
    assert f"{found.one(figure='done_of_all_percent', measure='推送修复优惠')['value']:.2f}" == "69.61"
    assert f"{found.one(figure='target_change', measure='修补业务流程')['value']:.2f}" == "-42.51"
    app = page("improve/measures", "network_measures")
    assert "发现的 68 个问题已闭环 68 个" in words(app)
    table = rows(app)
    assert {row[1]: row[11] for row in table if len(row) > 15} == {
        **{name: f"{count:,}.00" for name, count in quantities.items()}, "修补业务流程": "—",
    }  # fmt: skip
    assert ("69.61",) in printed([row[1:] for row in table if len(row) > 15], "推送修复优惠", 13)
    changes = rows(page("improve/measures", "network_measures", measures_view="changes"))
    assert "−42.51" in {cell for row in changes if row[0] == "修补业务流程" for cell in row}


def test_shares_of_the_project_are_of_their_own_base() -> None:
    """Printed as 92.68, 4.88 and 2.4 % of 241, they are 38, 2 and 1 of 41."""
    found = estimate("pareto", "two_aspect", "--by", "cause")
    assert found.one(figure="base")["value"] == 41
    shares = [found.one(figure="share_percent", cause=cause) for cause in TICKETS]
    assert [f"{one['value']:.2f}" for one in shares] == ["92.68", "4.88", "2.44"]
    told = words(page("explain/complaints", "two_aspect", complaints_view="causes"))
    assert "41 件中，92.7% 来自服务态度" in told
    assert "241" not in told


def test_call_backs_of_the_project_are_added_up() -> None:
    """The publication says 161; its rows make 160. 95.59 % of customers called back are satisfied."""
    found = estimate("complaints", "gotone_project", "--by", "cause")
    assert [found.one(figure="count", cause=cause)["value"] for cause in CALL_BACKS] == [sum(numbers) for numbers in CALL_BACKS.values()]
    rate = estimate("rates", "gotone_project", "--code", "satisfied").one(share="satisfied")
    assert (f"{100 * rate['value']:.2f}", rate["n"]) == ("95.59", CALLED_BACK)
    assert "160 件投诉" in words(page("explain/complaints", "gotone_project"))
    assert ("满意", "95.59") in printed(rows(page("measure/overview", "gotone_project", overview_view="shares")), "本次服务满意度", 1, 2)


def test_complaints_to_the_ministry() -> None:
    found = estimate("complaints", "ministry_2012", "--by", "operator")
    totals = {operator: found.one(figure="count", operator=operator)["value"] for operator in MINISTRY}
    assert totals == {operator: sum(numbers) for operator, numbers in MINISTRY.items()}
    assert sum(totals.values()) == 16_055
    for figure, wanted in (("share_percent", [25.4, 37.0, 37.6]), ("per_million", [13.6, 8.6, 20.2])):
        assert [round(found.one(figure=figure, operator=operator)["value"], 1) for operator in MINISTRY] == wanted
    app = page("explain/complaints", "ministry_2012", complaint_by="operator", complaint_per="per_million")
    table = rows(app)
    assert [printed(table, name, 1, 4)[0] for name in ("电信", "移动", "联通")] == [
        ("13.60", "4,081"),
        ("8.60", "5,940"),
        ("20.20", "6,034"),
    ]
