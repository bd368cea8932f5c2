"""Kano's charts: order of classes, what stands between two, coefficients, groups, phones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from analysis.drivers.penalty_reward import Contrast
from analysis.kano.beside_penalty_reward import beside_penalty_reward
from analysis.kano.estimate_kano import Kano, estimate_kano
from analysis.kano.kano_sums import KanoTallies, kano_tallies
from analysis.results.estimates import Estimate
from charts.kano.better_worse import better_worse
from charts.kano.class_bars import class_bars
from charts.kano.class_grid import class_grid
from charts.kano.class_tones import class_tone
from charts.kit.layout import Canvas, Chart
from charts.kit.tones import tone_colour
from tests.stores.kano_store import WAVES, survey, workbook
from tests.stores.made_survey import frame_of

TITLES = {pair.code: pair.title.en for pair in survey().kano_pairs}


@pytest.fixture(scope="module")
def tallies() -> KanoTallies:
    table = workbook().responses
    assert table is not None
    names = ["wave", "branch", *(item.code for item in survey().items)]
    last = table.filter(pa.compute.equal(table["wave"], WAVES[-1]))
    frame = frame_of({name: last[name].to_pandas().to_numpy() for name in names}, survey())
    return kano_tallies(frame, survey(), survey().kano_pairs, ("wave", "branch"))


@pytest.fixture(scope="module")
def found(tallies: KanoTallies) -> Kano:
    return estimate_kano(tallies)


@pytest.fixture
def on() -> Canvas:
    return Canvas(survey(), "en")


def _texts(chart: Chart) -> list[str]:
    return [annotation.text for annotation in chart.figure.layout.annotations if annotation.text]


def test_bars_add_up_and_stand_from_must_be_to_indifferent(found: Kano, on: Canvas) -> None:
    chart = class_bars(found.features, on, titles=TITLES)
    assert chart.table["Feature"].tolist() == ["Voice prompts", "Security", "Speed", "Personal touch", "Looks"]
    assert chart.table["Class"].tolist() == ["must-be", "must-be ≈ one-dimensional", "one-dimensional", "attractive", "indifferent"]
    classes = ["must-be", "one-dimensional", "attractive", "indifferent", "reverse", "questionable"]
    assert chart.table[classes].sum(axis=1).tolist() == pytest.approx([100] * 5)
    assert [sum(bar.x[row] for bar in chart.figure.data) for row in range(5)] == pytest.approx([100] * 5)


def test_the_class_by_penalty_and_reward_stands_beside_dark_where_it_is_another(found: Kano, on: Canvas) -> None:
    effect = Estimate({}, "p1", -1.0)
    contrasts = [Contrast("p1", effect, effect, 9, 9, "basic"), Contrast("p2", effect, effect, 9, 9, "none")]
    both = beside_penalty_reward(found.features, contrasts, {"K1": "p1", "K2": "p2"})
    chart = class_bars(found.features, on, titles=TITLES, both=both)
    column = [
        each for each in chart.figure.layout.annotations if each.text in ("must-be", "indifferent") and not each.text.startswith("<b>")
    ]
    assert [(each.text, each.font.color) for each in column] == [("must-be", on.colours.muted), ("indifferent", on.colours.ink)]


def test_the_map_shows_both_coefficients_with_intervals(found: Kano, on: Canvas) -> None:
    chart = better_worse(found.features, on, titles=TITLES)
    dots = chart.figure.data[0]
    for x, y, feature in zip(dots.x, dots.y, found.features, strict=True):
        assert (x, y) == (-(feature.worse.value or 0), feature.better.value)
    bars = [shape for shape in chart.figure.layout.shapes if shape.opacity == 0.28]
    assert len(bars) == 10
    assert all(bar.x0 <= bar.x1 and bar.y0 <= bar.y1 for bar in bars)
    assert {"must-be", "one-dimensional", "attractive", "indifferent"} <= set(_texts(chart))


def test_groups_are_cells_hidden_ones_a_dot(tallies: KanoTallies, on: Canvas) -> None:
    chart = class_grid(estimate_kano(tallies, by=["branch"]).features, on, titles=TITLES, role="branch", first=["jia"])
    cells, texts = chart.figure.data
    assert chart.figure.layout.xaxis.ticktext[0] == "jia"
    shown = dict(zip(zip(texts.y, texts.x, strict=True), texts.text, strict=True))
    assert (shown[0, 0], shown[4, 0]) in {("M", "M/O"), ("M", "O/M")}
    assert "·" in texts.text
    assert cells.marker.color[0] == tone_colour(class_tone("M"), on.colours)
    between = [at for at, text in enumerate(texts.text) if "/" in text]
    assert {cells.marker.color[at] for at in between} <= {tone_colour(class_tone(kind, 0.25), on.colours) for kind in ("M", "O")}
    assert chart.table.loc[chart.table["Class"] == "", ["Ahead by", "Base"]].isna().all(axis=None)


@pytest.mark.parametrize("draw", [class_bars, better_worse], ids=["bars", "map"])
def test_phone_and_chinese_have_the_same_figures(draw: Any, found: Kano, on: Canvas) -> None:
    wide, small = (draw(found.features, canvas, titles=TITLES) for canvas in (on, replace(on, narrow=True, language="zh_CN")))
    assert wide.table.select_dtypes("number").to_numpy().tolist() == small.table.select_dtypes("number").to_numpy().tolist()


def test_nothing_shown_is_no_failure(tallies: KanoTallies, on: Canvas) -> None:
    hidden = estimate_kano(tallies, where={"branch": "bing"}).features
    assert class_bars(hidden, on, titles=TITLES).table.empty
    assert better_worse(hidden, on, titles=TITLES).table.empty
