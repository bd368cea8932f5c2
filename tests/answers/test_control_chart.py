"""Control charts by the one door: every figure, phases and limits that say where they come from, annotations, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.control_charts.chart_points import points_from_counts
from analysis.control_charts.estimate_chart import control_chart
from analysis.control_charts.rules import false_alarm_share
from answers.charted_figures import with_gaps
from answers.complaints import COMPLAINTS, ComplaintOptions
from answers.control_chart import CONTROL_CHART, ControlChartOptions
from answers.control_chart_figures import ControlCharts
from answers.index import TREND, TrendOptions
from answers.kept import Kept
from answers.question import Question
from answers.source import StoreSource
from answers.topic import Answered, Topic, answer
from settings import Settings
from storage.store import Store
from survey_schema.loading import schema_hash
from tests.stores.kind_sheets import write_sheets
from tests.stores.monthly_store import BRANCHES, CHANGE, LOST, MONTHS, SPIKE, SURVEY, UNHAPPY, fill, sheets
from words.errors import ManyiError

OURS = (("operator", "mobile"),)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("monthly") / "data"
    fill(folder)
    return Store(folder)


def ask(store: Store, topic: Topic[Any, Any], options: Any, **asked: Any) -> Answered[Any, Any]:
    source = StoreSource(store, SURVEY.name, schema_hash(SURVEY), Settings().rules, Kept())
    return answer(topic, Question(topic.name, SURVEY.name, options, **asked), source)


def charts(store: Store, options: ControlChartOptions | None = None, **asked: Any) -> Answered[ControlChartOptions, ControlCharts]:
    return ask(store, CONTROL_CHART, options or ControlChartOptions(), **asked)


def broken(found: ControlCharts, place: int = 0) -> dict[str, tuple[int, ...]]:
    return {point.point.period: point.rules for point in found.charts[place].chart.points if point.rules}


def test_a_weighted_share_stands_on_its_effective_base(store: Store) -> None:
    found = charts(store, ControlChartOptions("satisfied"), where=OURS)
    trend = ask(store, TREND, TrendOptions(share="satisfied"), waves=MONTHS, where=OURS, codes=found.question.codes).result
    chart = found.result.charts[0].chart
    assert (chart.kind, chart.per, found.question.codes) == ("p", 100.0, ("Q1",))
    drawn = [(point.point.value, point.point.base, point.point.n) for point in chart.points]
    assert drawn == [(one.value, one.n_eff, one.n) for one in trend.estimates]
    assert drawn[0][1] < drawn[0][2]
    assert broken(found.result) == {UNHAPPY: (1,)}


def test_a_phase_begins_where_an_annotation_says_so_and_the_record_says_whose_points_limits_are(store: Store) -> None:
    found = charts(store, where=OURS)
    centres = [one for one in found.figures.estimates if one.keys["figure"] == "centre"]
    told = [(one.keys["phase"], one.keys["phase_name"], one.keys["limits_from"], one.keys["limits_to"], one.n) for one in centres]
    assert told == [("2025-01", None, "2025-01", "2025-09", 9), (CHANGE, "资费调整", CHANGE, "2026-06", 9)]
    assert all("move with every new point" in str(one.note and one.note.text("en")) for one in centres)
    one = charts(store, ControlChartOptions(one_phase=True), where=OURS)
    assert [phase.first for phase in one.result.charts[0].chart.phases] == ["2025-01"]
    own = charts(store, ControlChartOptions(one_phase=True, phase_from=("2025-12", "2025Q3")), where=OURS)
    assert [phase.first for phase in own.result.charts[0].chart.phases] == ["2025-01", "2025-07", "2025-12"]


def test_fixed_limits_do_not_move_with_later_points(store: Store) -> None:
    options = ControlChartOptions(limits_to="2026-03")
    early = charts(store, options, where=OURS, waves=MONTHS[:16]).result.charts[0].chart.phases[-1]
    late = charts(store, options, where=OURS).result.charts[0].chart.phases[-1]
    assert early.limits == late.limits
    assert (late.trial, late.limits and late.limits.points) == (False, 6)
    assert any("up to 2026-03" in remark for remark in charts(store, options, where=OURS).remarks("en"))


def test_complaints_are_those_of_the_complaint_topic(store: Store) -> None:
    found = charts(store, ControlChartOptions("complaints", one_phase=True))
    rates = ask(store, COMPLAINTS, ComplaintOptions(), by=("month",)).result.rates.estimates
    chart = found.result.charts[0].chart
    assert chart.kind == "u_prime", "a million customers a month"
    assert [point.point.value for point in chart.points] == pytest.approx([one.value for one in rates])
    assert {point.point.base for point in chart.points} == {1_000_000.0}
    again = control_chart(points_from_counts(MONTHS, [one.n for one in rates], [1e6] * 18, per=1e4, share=False), "u", per=1e4)
    poisson = charts(store, ControlChartOptions("complaints", "u", one_phase=True)).result.charts[0].chart
    assert [(p.low, p.high, p.rules) for p in poisson.points] == [(p.low, p.high, p.rules) for p in again.points]
    assert broken(found.result) == {SPIKE: (1,)}
    million = charts(store, ControlChartOptions("complaints", one_phase=True, per=1_000_000)).result.charts[0].chart
    assert million.points[0].high == pytest.approx(100 * (chart.points[0].high or 0))


def test_a_number_that_was_not_stated_is_missing_and_no_zero(manyi: Callable[..., Any], tmp_path: Path) -> None:
    rows: list[list[object]] = [["期间", "分公司", "件数"]]
    for month in MONTHS[:6]:
        rows += [[month, "兰州", 40 + len(rows)], *([[month, "天水", 20 + len(rows)]] if month != MONTHS[2] else [])]
    path = write_sheets(tmp_path / "counts.xlsx", {"投诉汇总": rows})
    found = manyi("estimate", "control-chart", path, "--schema", "telecom_csi", "--of", "complaints", "--by", "branch", "--json")
    assert found.code == 0, found.err
    points = {(one["branch"], one["period"]): one["value"] for one in found.json["estimates"] if one["figure"] == "point"}
    assert points["lanzhou", MONTHS[2]] is not None
    assert points["tianshui", MONTHS[2]] is None
    assert points["tianshui", MONTHS[0]] == 21, "without customers their number"


def test_points_lost_and_kpis_stand_on_charts_of_individuals(store: Store) -> None:
    lost = charts(store, ControlChartOptions("points_lost"), by=("branch",))
    place = [each.keys["branch"] for each in lost.result.charts].index("lanzhou")
    assert broken(lost.result, place)[LOST] == (1,)
    assert [each.chart.kind for each in lost.result.charts] == ["i", "i", "i"]
    kpi = charts(store, ControlChartOptions("kpi", one_phase=True), by=("branch",), codes=("接通率",))
    last = {str(each.keys["branch"]): each.chart.points[-1].rules for each in kpi.result.charts}
    assert 3 in last["tianshui"], "six or more rising"
    assert 3 not in last["dingxi"]
    ranges = [one for one in kpi.figures.estimates if one.keys["figure"] == "moving_range"]
    assert len(ranges) == 3 * (len(MONTHS) - 1)


def test_a_kpi_of_branches_is_not_averaged_into_one(store: Store) -> None:
    with pytest.raises(ManyiError, match="--by branch"):
        charts(store, ControlChartOptions("kpi"), codes=("接通率",))
    whole = charts(store, ControlChartOptions("kpi"), codes=("在网用户数",)).result
    assert len(whole.charts) == 1
    with pytest.raises(ManyiError, match="离网率"):
        charts(store, ControlChartOptions("kpi"), codes=("离网率",))


def test_annotations_stand_in_the_records_at_their_period_and_those_of_a_branch_at_its_chart(store: Store) -> None:
    found = charts(store, by=("branch",), where=OURS)
    noted = [one.keys for one in found.figures.estimates if one.keys["figure"] == "annotation"]
    told = [(each["branch"], each["period"], each["date"], each["text"], each["author"]) for each in noted]
    assert told.count(("lanzhou", UNHAPPY, "2026-06-03", "兰州核心网割接", None)) == 1
    assert [each for each in told if each[1] == UNHAPPY and each[0] != "lanzhou"] == []
    assert {each[0] for each in told if each[3] == "资费调整"} == set(BRANCHES)
    assert "很早以前" not in str(told), "before the chart begins"


def test_a_branch_too_small_to_be_shown_has_no_point_but_the_reason(tmp_path: Path) -> None:
    fill(tmp_path / "data", {"lanzhou": 40, "tianshui": 40, "dingxi": 25, "baiyin": 4})
    found = charts(Store(tmp_path / "data"), ControlChartOptions("satisfied"), by=("branch",), where=OURS)
    by_branch = {str(each.keys["branch"]): each.chart for each in found.result.charts}
    for branch in ("baiyin", "dingxi"):  # the second would give the first away
        assert all(point.point.value is None and point.point.reason for point in by_branch[branch].points)
        assert all(phase.limits is None and phase.reason for phase in by_branch[branch].phases)
    records = [one for one in found.figures.estimates if one.keys["branch"] == "baiyin"]
    assert {one.value for one in records if one.keys["figure"] not in ("annotation",)} == {None}
    assert by_branch["lanzhou"].phases[0].limits is not None


def test_too_few_points_are_told_kindly(store: Store) -> None:
    found = charts(store, where=OURS, waves=MONTHS[:2])
    assert "control limits need at least 3" in "".join(part.text for part in found.sentence("en"))
    assert [one.value for one in found.figures.estimates if one.keys["figure"] == "centre"] == [None]
    assert found.result.charts[0].chart.signals == ()


def test_every_broken_rule_is_named_with_its_points(store: Store) -> None:
    found = charts(store, ControlChartOptions(one_phase=True), where=OURS)
    points = {str(one.keys["period"]): one for one in found.figures.estimates if one.keys["figure"] == "point"}
    signals = [one for one in found.figures.estimates if one.keys["figure"] == "signal"]
    assert signals
    for one in signals:
        assert one.keys["rules"] in str(points[str(one.keys["period"])].keys["rules"]).split(",")
        since, last = MONTHS.index(str(one.keys["since"])), MONTHS.index(str(one.keys["period"]))
        assert one.value == last - since + 1
    only = charts(store, ControlChartOptions(one_phase=True, rules=("1", "5")), where=OURS)
    assert {one.keys["rules"] for one in only.figures.estimates if one.keys["figure"] == "signal"} <= {"1", "5"}
    alarms = next(one for one in only.figures.estimates if one.keys["figure"] == "false_alarms")
    assert alarms.value == pytest.approx(18 * false_alarm_share(1) + 16 * false_alarm_share(5))


@pytest.mark.parametrize(
    ("options", "asked", "told"),
    [
        (ControlChartOptions("index", "p"), {}, "does not fit"),
        (ControlChartOptions("complaints", "p_prime"), {}, "does not fit"),
        (ControlChartOptions(rules=("9",)), {}, "--rules is 9"),
        (ControlChartOptions(phase_from=("soon",)), {}, "names no period"),
        (ControlChartOptions(phase_from=("2031-01",)), {}, "runs from 2025-01 to 2026-06"),
        (ControlChartOptions(limits_to="2020-01"), {}, "runs from 2025-01 to 2026-06"),
        (ControlChartOptions(), {"codes": ("C1", "C2")}, "one figure"),
        (ControlChartOptions(), {"by": ("wave",)}, "periods already"),
        (ControlChartOptions("points_lost"), {"codes": ("香味",)}, "香味"),
    ],
)
def test_what_no_chart_can_be_of_is_refused(store: Store, options: ControlChartOptions, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(ManyiError) as refused:
        charts(store, options, **asked)
    assert told in refused.value.text("en")


def test_a_period_left_out_is_a_gap_and_a_rhythm_is_none() -> None:
    assert with_gaps(("2026-01", "2026-02", "2026-05"), every=True) == ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05")
    assert with_gaps(("2025Q2", "2025Q4", "2026Q2"), every=False) == ("2025Q2", "2025Q4", "2026Q2")
    assert with_gaps(("2025Q1", "2026Q1"), every=False) == ("2025Q1", "2026Q1"), "the same quarter every year"
    assert with_gaps(("2025Q1", "2025Q4"), every=False) == ("2025Q1", "2025Q2", "2025Q4")


def test_the_command_line_answers_without_any_response(manyi: Callable[..., Any], tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "halls.xlsx", {name: rows for name, rows in sheets().items() if name == "暗访检查"})
    assert manyi("commit", path, "--schema", "telecom_csi").code == 0
    found = manyi("estimate", "control-chart", "--of", "points_lost", "--lang", "en", "--json")
    assert found.code == 0, found.err
    assert len([one for one in found.json["estimates"] if one["figure"] == "point"]) == len(MONTHS)
    missing = manyi("estimate", "control-chart", "--of", "kpi", "--lang", "en")
    assert (missing.code, "KPIs" in missing.err) == (2, True)
