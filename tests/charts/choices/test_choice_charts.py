"""Charts of several answers, rankings and promoters: order, figures beside, letters, hidden groups, both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from analysis.choices.estimate_choices import estimate_choices
from analysis.choices.estimate_nps import estimate_nps
from analysis.choices.estimate_ranking import estimate_ranking
from analysis.choices.option_sums import OptionTallies, option_tallies
from analysis.sums.tallies import Tallies, sums
from charts.choices.option_bars import chosen_options, ranked_options
from charts.choices.option_grid import option_grid
from charts.choices.promoter_bars import promoter_bars
from charts.kit.drawing.grid import HIDDEN
from charts.kit.layout import Canvas
from storage.workbook_frame import workbook_frame
from survey_schema.loading import load_schema
from survey_schema.workbook.check.check_workbook import check_file
from tests.stores import choice_store

SCHEMA = load_schema(choice_store.SURVEY)
BY = ("wave", "branch")


@lru_cache(maxsize=1)
def _sums() -> tuple[OptionTallies, OptionTallies, Tallies]:
    with TemporaryDirectory() as folder:
        checked = check_file(choice_store.write(Path(folder) / "choices.xlsx"), SCHEMA)
    rows = workbook_frame(checked, SCHEMA)
    multi, ranking = (option_tallies(rows, SCHEMA, each, BY) for each in (SCHEMA.multi[0], SCHEMA.rankings[0]))
    return multi, ranking, sums(rows, SCHEMA, BY)


@pytest.fixture
def on() -> Canvas:
    return Canvas(SCHEMA, "en")


def test_options_stand_from_most_to_least_chosen(on: Canvas) -> None:
    chart = chosen_options(estimate_choices(_sums()[0]), on)
    assert chart.table["Option"].tolist()[0] == "App"
    shares = chart.table["Share of people, %"].tolist()
    assert shares == sorted(shares, reverse=True)
    assert chart.table["Share of mentions, %"].sum() == pytest.approx(100)
    assert "App" in chart.alt_text


def test_ranked_options_have_score_first_place_and_mean_rank(on: Canvas) -> None:
    chart = ranked_options(estimate_ranking(_sums()[1]), on)
    scores = chart.table["Score by places"].tolist()
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(6)  # everybody gave three places: 3 + 2 + 1 points
    assert chart.table["Put first, %"].sum() == pytest.approx(100)


def test_the_grid_has_letters_and_a_dot_where_a_group_is_hidden(on: Canvas) -> None:
    found = estimate_choices(_sums()[0], by=["branch"])
    chart = option_grid([row.people for row in found.rows], on, title="Channels used", role="branch")
    table = chart.table.set_index(["Option", "Branch"])
    assert table.loc[("Service hall", "兰州"), "Letters"] != table.loc[("Service hall", "庆阳"), "Letters"]
    assert table.loc[("App", choice_store.SMALL_BRANCH)].isna()["Value"]


def test_promoters_add_up_and_the_best_group_stands_first(on: Canvas) -> None:
    found = estimate_nps(_sums()[2], SCHEMA, codes=["recommend"], by=["branch"])
    names = [str(row.keys["branch"]) for row in found.rows]
    chart = promoter_bars(found, on, names=names, title="Would recommend")
    assert chart.table["Group"].tolist()[-1] == "庆阳"
    parts = chart.table[["Promoters, %", "Passives, %", "Detractors, %"]].sum(axis=1)
    assert parts.tolist() == pytest.approx([100] * len(parts))
    assert choice_store.SMALL_BRANCH not in chart.table["Group"].tolist()
    assert "not shown" in chart.caption
    assert "样本不足" in promoter_bars(found, Canvas(SCHEMA, "zh_CN"), names=names, title="推荐").caption


def test_figures_of_a_grid_lose_letters_then_a_decimal_before_they_cover_each_other(on: Canvas) -> None:
    found = [row.people for row in estimate_choices(_sums()[0], by=["branch"]).rows]
    groups = {str(entry.keys["branch"]) for entry in found}
    for width, form in (
        (1200, r"\d+\.\d\*?( [▲▼])? \w+"),
        (95 + 29 * len(groups), r"\d+\.\d\*?"),
        (95 + 13 * len(groups), r"\d+\*?|\d\.\d"),
    ):
        chart = option_grid(found, replace(on, width=width, narrow=width < 520), title="Channels used", role="branch")
        texts = [text for text in chart.figure.data[1].text if text != HIDDEN]
        assert texts
        assert [text for text in texts if not re.fullmatch(form, text)] == []
