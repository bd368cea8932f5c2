"""Charts of the data quality: colours of better and worse the right way round, hidden groups nowhere, names harmless, phones served."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.data_quality.duplicate_answers import CopyGroup
from analysis.data_quality.interviewer_effects import BRANCHES, WITHIN, InterviewerEffects, VarianceShare
from analysis.data_quality.missingness import METHOD, Missingness
from analysis.data_quality.response_profile import Fit, ProfileColumn, ProfileRow
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import Provenance
from charts.data_quality.flagged_response_rows import MOST_ROWS, flagged_response_rows
from charts.data_quality.interviewer_rows import effect_rows, variance_rows
from charts.data_quality.missing_map import missing_map
from charts.data_quality.profile_against_population import profile_against_population
from charts.kit.layout import Canvas
from tests.charts.made_results import HOSTILE
from words.language import message


def _share(value: float | None, verdict: str | None = None, code: str = "C11", **keys: str) -> Estimate:
    low, high = (None, None) if value is None else (max(value - 0.02, 0), value + 0.02)
    reason = message("too small") if value is None else None
    return Estimate(keys, code, value, low=low, high=high, n=120, n_eff=110.0, p_adjusted=0.01, verdict=verdict, reason=reason)


def _row(value: str, share: float, customers: float, verdict: str) -> ProfileRow:
    return ProfileRow(value, _share(share, verdict, branch=value), 0.9 * share, customers, 1000 * customers)


PROFILE = ProfileColumn(
    "branch", (_row("lanzhou", 0.6, 0.4, "higher"), _row("gannan", 0.1, 0.35, "lower"), _row("dingxi", 0.3, 0.25, "unclear")),
    Fit(88.5, 2, 1e-9, 0.25), Fit(1.0, 2, 0.6, 0.01), 1000, ("baiyin",),
)  # fmt: skip
MISSING = Missingness(
    _share(0.06),
    (_share(0.03), _share(0.12, code="C12")),
    (
        _share(0.02, "lower", branch="lanzhou"), _share(0.05, "unclear", branch="gannan"), _share(None, branch="dingxi"),
        _share(0.04, "unclear", "C12", branch="lanzhou"), _share(0.3, "higher", "C12", branch="gannan"),
        _share(None, code="C12", branch="dingxi"),
    ),
    ("C21",),
    Provenance(METHOD, Thresholds()),
)  # fmt: skip


def _texts(figure: object) -> str:
    return "".join(str(text) for trace in figure.data for text in (trace.hovertext or trace.text or ()))  # type: ignore[attr-defined]


def test_profile_marks_who_is_missing_and_says_what_was_left_out(on: Canvas) -> None:
    chart = profile_against_population(PROFILE, on, weighted=True)
    assert chart.figure.data[1].x == (40.0, 35.0, 25.0)  # customers, largest first
    assert chart.figure.data[-1].marker.line.color == (on.colours.ink, on.colours.worse, on.colours.muted)
    assert "baiyin" in chart.caption
    assert "25.0 %" in chart.caption
    assert "p < 0.001" in chart.caption
    assert HOSTILE not in _texts(chart.figure)
    row = chart.table.iloc[1]
    assert (row["Respondents"], row["Expected by customers"], row["Verdict"]) == (120, 350.0, "too few")
    assert row["Respondents' share over customers'"] == pytest.approx(0.1 / 0.35)
    assert "Weighted share, %" not in profile_against_population(PROFILE, on, weighted=False).table
    assert profile_against_population(PROFILE, on, weighted=False, order=["dingxi", "gannan"]).figure.data[1].x[0] == 25.0


def test_more_missing_answers_are_red_and_hidden_cells_are_nowhere(on: Canvas) -> None:
    chart = missing_map(MISSING, on, order=["lanzhou", "gannan", "dingxi"])
    figure = chart.figure
    cells = dict(zip(zip(figure.data[1].x, figure.data[1].y, strict=True), figure.data[0].marker.color, strict=True))
    assert list(figure.data[1].text)[:4] == ["12", "4.0", "30", "·"]  # most missing first; all together, then the branches
    red, blue = cells[2, 0], cells[1, 1]
    assert red != blue
    assert int(red[1:3], 16) > int(red[5:7], 16)
    assert int(blue[1:3], 16) < int(blue[5:7], 16)
    assert "Dingxi" not in chart.table.to_csv()
    assert len(chart.table) == 6
    assert "Tariff" in chart.caption
    assert "More than the others" in chart.alt_text


def test_a_phone_gets_the_branches_that_stand_out(on: Canvas) -> None:
    phone = missing_map(MISSING, replace(on, narrow=True))
    assert len(phone.figure.layout.xaxis.ticktext) == 2
    assert "The other branches are in the table." in phone.caption
    calm = replace(MISSING, cells=tuple(e._replace(verdict="unclear") for e in MISSING.cells))
    alone = missing_map(calm, replace(on, narrow=True))
    assert len(alone.figure.layout.xaxis.ticktext) == 1
    assert len(alone.table) == 6


def test_marked_shares_put_the_worst_first_and_count_the_hidden(on: Canvas) -> None:
    groups = [_share(0.01 * number, "higher" if number == 3 else "unclear", interviewer=f"F{number}") for number in range(25)]
    groups += [_share(None, interviewer="F99"), _share(0.001, "unclear", interviewer=HOSTILE)]
    chart = flagged_response_rows(groups, "interviewer", on, title="t", heading="h", total=_share(0.02))
    assert len(chart.figure.data[-1].x) == MOST_ROWS
    assert chart.figure.data[-1].x[0] == 3.0
    assert chart.figure.data[-1].marker.color[0] == on.colours.worse
    assert "1 not shown" in chart.caption
    assert "F99" not in chart.table.to_csv()
    assert len(chart.table) == 26
    assert "interviewer F3" in chart.alt_text
    copies = [CopyGroup(groups[3], 66, 0.4)]
    table = flagged_response_rows([groups[3]], "interviewer", on, title="t", heading="h", copies=copies).table
    assert (table["Identical pairs"][0], table["Pairs by chance"][0]) == (66, 0.4)


def test_shares_of_variance_and_effects(on: Canvas) -> None:
    effects = tuple(
        Estimate({"interviewer": f"F{number}"}, WITHIN, number - 15.0, low=number - 17.0, high=number - 13.0, n=50, verdict="unclear")
        for number in range(30)
    )
    within = VarianceShare(WITHIN, _share(0.13, "higher")._replace(code=WITHIN), 30, 4.6, 15.0, effects, hidden=2)
    branches = VarianceShare(BRANCHES, _share(None), 2)
    chart = variance_rows(InterviewerEffects((branches, within), Provenance(METHOD, Thresholds())), on, limit=0.02)
    assert list(chart.figure.data[-1].x) == [13.0]
    assert "too small" in chart.caption
    assert "2 %" in chart.caption
    assert chart.table["Design effect"].tolist() == [15.0]
    rows = effect_rows(within, "interviewer", on)
    assert len(rows.figure.data[-1].x) == 20
    assert len(rows.table) == 30
    assert "2 not shown" in rows.caption
    assert (rows.figure.data[-1].x[0], rows.figure.data[-1].x[-1]) == (-15.0, 14.0)


@pytest.mark.parametrize("narrow", [False, True])
def test_both_languages_and_a_phone_have_the_same_figures(on: Canvas, narrow: bool) -> None:
    other = replace(on, language="zh_CN", narrow=narrow)
    one, two = (missing_map(MISSING, canvas).table.to_numpy()[:, 2:5].tolist() for canvas in (on, other))
    assert one == two
    profile = profile_against_population(PROFILE, other, weighted=True)
    assert profile.figure.data[1].x == (40.0, 35.0, 25.0)
