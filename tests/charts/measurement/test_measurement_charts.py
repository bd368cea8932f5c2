from __future__ import annotations

import dataclasses
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analysis.measurement.factor_number import FactorNumber
from analysis.measurement.factors import Factors
from analysis.measurement.path_model_result import ConstructQuality, Correlated, PathModelResult, Separation
from analysis.measurement.reliability import ItemAnalysis, Reliability
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import Provenance
from charts.kit.layout import Canvas, Chart
from charts.kit.words import verdict_word
from charts.measurement.construct_figures import effect_rows, group_difference_rows, index_rows
from charts.measurement.construct_structure import arrow_rows, cross_loadings_map, fornell_larcker_map
from charts.measurement.diagram_places import crossing, distance, grid_places
from charts.measurement.loadings_map import loadings_map
from charts.measurement.measurement_rows import construct_rows, item_rows, reliability_rows, separation_rows
from charts.measurement.path_diagram import path_diagram
from charts.measurement.scree_plot import scree_plot
from survey_schema.path_models import PathModel
from words.language import message

METHOD = message("Method {name}", name="M")
HOSTILE = "<b>Image</b>$x$"
NAMES = {"image": HOSTILE, "quality": "Quality", "satisfaction": "Satisfaction", "loyalty": "Loyalty"}


def _figure(value: float | None, half: float = 0.05, code: str = "a", **keys: str) -> Estimate:
    if value is None:
        return Estimate(keys, code, None, reason=message("hidden"))
    return Estimate(keys, code, value, se=half / 2, low=value - half, high=value + half, n=500, n_eff=420.0)


def _path(start: str, end: str, value: float, half: float = 0.05) -> Estimate:
    return _figure(value, half, f"{start}->{end}", **{"from": start, "to": end})


@pytest.fixture(scope="module")
def model() -> PathModel:
    constructs = [{"code": code, "title": {"zh_CN": name, "en": name}, "items": ["C11"]} for code, name in NAMES.items()]
    paths = [("image", "quality"), ("image", "satisfaction"), ("quality", "satisfaction"), ("satisfaction", "loyalty")]
    return PathModel.model_validate(
        {"code": "m", "title": {"zh_CN": "模型", "en": "Model"}, "constructs": constructs, "paths": paths, "satisfaction": "satisfaction"}
    )


@pytest.fixture(scope="module")
def solved() -> PathModelResult:
    paths = (
        _path("image", "quality", 0.5),
        _path("image", "satisfaction", 0.02),
        _path("quality", "satisfaction", 0.6),
        _path("satisfaction", "loyalty", -0.3),
    )
    return PathModelResult(
        "m", "SAT", "listwise", 500, 420.0, 3, Provenance(METHOD, Thresholds(confidence=0.9)),
        paths=paths,
        total_effects=(_path("image", "satisfaction", 0.32), _path("quality", "satisfaction", 0.6), _path("image", "quality", 0.5)),
        indirect_effects=(_path("image", "satisfaction", 0.3), _path("quality", "satisfaction", 0.0)),
        r_squared=(_figure(0.25, code="quality"), _figure(0.68, code="satisfaction"), _figure(0.09, code="loyalty")),
        indices=tuple(_figure(value, 1.5, code) for code, value in zip(NAMES, (73.5, 75.0, 72.454, 70.0), strict=True)),
        quality=(
            ConstructQuality(
                "image", _figure(0.72), _figure(0.74), _figure(0.82), _figure(0.48), _figure(0.48**0.5), message("Little in common.")
            ),
            ConstructQuality("quality", _figure(0.45), _figure(0.5), _figure(0.6), _figure(0.4), _figure(0.4**0.5), message("Weak.")),
            ConstructQuality(
                "satisfaction", _figure(0.78), _figure(0.79), _figure(0.87), _figure(0.69), _figure(0.69**0.5), message("Fine.")
            ),
            ConstructQuality("loyalty", None, None, None, None, None, message("One question.")),
        ),
        separations=(
            Separation(("image", "quality"), _figure(0.80), message("apart")),
            Separation(("quality", "satisfaction"), _figure(0.95), message("not apart")),
        ),
        correlated=tuple(
            Correlated((one, other), _figure(0.7 if (one, other) == ("quality", "satisfaction") else 0.3), message("said"))
            for one, other in combinations(NAMES, 2)
        ),
        f_squared=(_path("image", "quality", 0.33), _path("image", "satisfaction", 0.0), _path("quality", "satisfaction", 0.5),
                   _path("satisfaction", "loyalty", 0.1)),
        inner_vif=(_path("image", "satisfaction", 6.5), _path("quality", "satisfaction", 1.5)),
        cross_loadings=tuple(
            _figure(0.9 if name == "image" else 0.4, code="C11", construct=name) for name in NAMES
        ),
    )  # fmt: skip


def _reliability(alpha: float | None, items: tuple[str, ...] = ("C11", "C12")) -> Reliability:
    base = Reliability(items, 500, 420.0, 0, Provenance(METHOD, Thresholds()))
    if alpha is None:
        return dataclasses.replace(base, reason=message("Stands alone."))
    analysis = tuple(
        ItemAnalysis(item, _figure(70.0, 1.0, item), _figure(0.2 + 0.4 * at, code=item), _figure(0.9), 0.7) for at, item in enumerate(items)
    )
    return dataclasses.replace(
        base, alpha=_figure(alpha), alpha_standardised=_figure(alpha), item_analysis=analysis, verdict=message("Verdict.")
    )


def _texts(chart: Chart) -> str:
    return " | ".join(str(note.text) for note in chart.figure.layout.annotations)


def test_reliability_has_a_row_for_every_set_and_a_dot_only_where_there_is_a_figure(on: Canvas) -> None:
    chart = reliability_rows(
        [("Image", _reliability(0.85)), ("Loyalty", _reliability(0.44)), ("Complaints", _reliability(None, ("C21",)))], on
    )
    assert list(chart.figure.data[1].x) == [0.85, 0.44]
    assert list(chart.figure.data[1].marker.color) == [on.colours.ours, on.colours.worse]
    assert all(word in _texts(chart) for word in ("reliable", "weak", "one question only"))
    assert chart.table["α"].isna().tolist() == [False, False, True]
    assert chart.table["Verdict"].tolist()[-1] == "Stands alone."


def test_an_item_that_fits_badly_or_lowers_alpha_is_red(on: Canvas) -> None:
    chart = item_rows(_reliability(0.85), on, name="Image")
    assert list(chart.figure.data[1].marker.color) == [on.colours.worse, on.colours.ours]
    assert "α would rise" in chart.caption


def test_constructs_say_in_a_word_how_they_are_measured(solved: PathModelResult, on: Canvas) -> None:
    chart = construct_rows(solved, on, names=NAMES)
    drawn = _texts(chart)
    assert all(word in drawn for word in ("reliable, little in common", "weak", "no reliability figure"))
    assert "Quality: Weak." in chart.caption
    assert chart.table["ρ_C"].isna().tolist() == [False, False, False, True]


def test_the_closest_pair_comes_first_and_is_red(solved: PathModelResult, on: Canvas) -> None:
    chart = separation_rows(solved, on, names=NAMES)
    assert list(chart.figure.data[1].x) == [0.95, 0.80]
    assert list(chart.figure.data[1].marker.color) == [on.colours.worse, on.colours.ours]


def test_arrows_are_thin_and_grey_where_zero_is_inside_and_red_where_negative(
    solved: PathModelResult, model: PathModel, on: Canvas
) -> None:
    chart = path_diagram(solved, model, on, names=NAMES)
    arrows = [note for note in chart.figure.layout.annotations if note.showarrow]
    assert [arrow.arrowcolor for arrow in arrows] == [on.colours.ours, on.colours.unclear, on.colours.ours, on.colours.worse]
    assert arrows[1].arrowwidth < arrows[0].arrowwidth < arrows[2].arrowwidth
    assert "3 of them clear of zero" in chart.alt_text
    assert "at 90 %" in chart.caption
    drawn = _texts(chart)
    assert "72.5 ±1.5" in drawn
    assert "R² 0.68" in drawn
    assert "<b>Image" not in drawn
    assert "&lt;b&gt;Image" in drawn
    assert chart.table["Path coefficient"].tolist() == [0.5, 0.02, 0.6, -0.3]


@pytest.mark.parametrize("narrow", [False, True])
def test_arrows_run_between_the_edges_of_boxes(solved: PathModelResult, model: PathModel, schema, narrow: bool) -> None:
    chart = path_diagram(solved, model, Canvas(schema, "en", narrow=narrow), names=NAMES)
    boxes = chart.figure.layout.shapes
    for arrow in (note for note in chart.figure.layout.annotations if note.showarrow):
        for x, y in ((arrow.x, arrow.y), (arrow.ax, arrow.ay)):
            assert not any(box.x0 + 1e-6 < x < box.x1 - 1e-6 and box.y0 + 1e-6 < y < box.y1 - 1e-6 for box in boxes)


def test_places_are_distinct_forwards_and_no_arrow_runs_through_a_box() -> None:
    boxes = tuple("abcdefg")
    arrows = (
        ("a", "b"),
        ("a", "e"),
        ("a", "g"),
        ("b", "c"),
        ("b", "d"),
        ("b", "e"),
        ("c", "d"),
        ("c", "e"),
        ("d", "e"),
        ("e", "f"),
        ("e", "g"),
        ("f", "g"),
    )
    places = grid_places(boxes, arrows, 5, 3)
    assert len(set(places.values())) == len(boxes)
    assert all(places[end][0] >= places[start][0] for start, end in arrows)
    for start, end in arrows:
        others = [place for box, place in places.items() if box not in (start, end)]
        assert min(distance(place, (places[start], places[end])) for place in others) > 0.4


def test_segments_cross_only_inside_both() -> None:
    assert crossing(((0, 0), (2, 2)), ((0, 2), (2, 0))) == pytest.approx((1, 1))
    assert crossing(((0, 0), (1, 1)), ((1, 1), (2, 0))) is None
    assert crossing(((0, 0), (1, 0)), ((0, 1), (1, 1))) is None


def test_effects_on_satisfaction_are_ordered_and_split(solved: PathModelResult, on: Canvas) -> None:
    chart = effect_rows(solved, on, names=NAMES, target="satisfaction")
    assert list(chart.figure.data[1].x) == [0.6, 0.32]
    assert chart.table["Direct"].tolist() == [0.02, 0.6, 0.5]
    assert chart.table["Total effect"].tolist() == [0.32, 0.6, 0.5]


def test_indices_show_equal_weights_beside(solved: PathModelResult, on: Canvas) -> None:
    chart = index_rows(solved.indices, on, names=NAMES, title="t", caption="c", equal=solved.indices, strong="satisfaction")
    assert chart.table["Value"].tolist() == [73.5, 75.0, 72.454, 70.0]
    assert list(chart.figure.data[1].marker.line.color).count(on.colours.ours) == 1


def test_a_difference_in_what_is_not_the_same_thing_is_not_called(on: Canvas) -> None:
    higher = _figure(4.0, 1.0)._replace(verdict="higher", p_adjusted=0.01)
    chart = group_difference_rows([higher, higher], on, names=["one", "two"], title="t", caption="c", decimals=1, trusted=[True, False])
    assert list(chart.figure.data[1].marker.color) == [on.colours.better, on.colours.unclear]
    assert chart.table["Verdict"].tolist() == [verdict_word("higher", "en"), ""]


def test_scree_counts_what_exceeds_chance(on: Canvas) -> None:
    number = FactorNumber((4.0, 1.5, 1.05, 0.4), (1.4, 1.2, 1.1, 1.0), 2, 3, Provenance(METHOD, Thresholds()))
    chart = scree_plot(number, on)
    assert "keeps 2" in chart.title
    assert chart.table["More than chance"].tolist() == ["yes", "yes", "no", "no"]
    assert list(chart.figure.data[-1].marker.color).count(on.colours.ours) == 2


def test_loadings_group_by_factor_and_name_what_crosses(on: Canvas) -> None:
    values = {("C11", "F1"): 0.8, ("C11", "F2"): 0.1, ("C12", "F1"): 0.5, ("C12", "F2"): 0.45, ("C21", "F1"): 0.2, ("C21", "F2"): -0.7}
    found = Factors(
        ("C11", "C12", "C21"), 500, 420.0, 0, Provenance(METHOD, Thresholds()), ("F1", "F2"),
        loadings=tuple(_figure(value, 0.05, item, factor=factor) for (item, factor), value in values.items()),
        communalities={"C11": 0.65, "C12": 0.45, "C21": 0.53},
        variance_percent=(_figure(40.0, 2.0, "F1"), _figure(25.0, 2.0, "F2")),
        correlations=np.eye(2),
        members={"F1": ("C12", "C11"), "F2": ("C21",)},
    )  # fmt: skip
    chart = loadings_map(found, on)
    assert chart.table["Question"].tolist() == ["Coverage", "Integrity", "Tariff"]
    assert "On more than one factor: Integrity." in chart.caption
    assert list(chart.figure.data[1].text) == ["0.80", "0.10", "0.50", "0.45", "0.20", "−0.70"]
    assert list(chart.figure.layout.xaxis.ticktext) == ["F1 · 40.0 %", "F2 · 25.0 %"]


def test_arrows_are_ordered_by_what_they_add_and_a_predecessor_that_repeats_the_others_is_named(
    solved: PathModelResult, on: Canvas
) -> None:
    chart = arrow_rows(solved, on, names=NAMES)
    assert list(chart.table["f²"]) == [0.5, 0.33, 0.1, 0.0]
    assert list(chart.table["Effect"]) == ["large", "medium", "small", "negligible"]
    assert [None if np.isnan(vif) else vif for vif in chart.table["VIF"]] == [1.5, None, None, 6.5]
    assert "Above: <b>Image</b>$x$ → Satisfaction." in chart.caption


def test_fornell_larcker_names_the_pairs_that_share_too_much(solved: PathModelResult, model: PathModel, on: Canvas) -> None:
    chart = fornell_larcker_map(solved, model, on, names=NAMES)
    assert "Share as much with each other as with their own questions: Quality – Satisfaction." in chart.caption
    assert chart.table.iloc[0, 1] == pytest.approx(0.48**0.5)
    assert pd.isna(chart.table.iloc[3, 4])  # a single question has no AVE
    assert chart.table.iloc[2, 2] == 0.7


def test_a_question_nearer_to_another_construct_is_named(solved: PathModelResult, model: PathModel, on: Canvas) -> None:
    chart = cross_loadings_map(solved, model, on, names=NAMES)
    assert len(chart.table) == 4
    assert "Nearer to another construct than to their own" in chart.caption


def test_an_index_that_is_taken_away_is_a_dash_with_its_reason(solved: PathModelResult, on: Canvas) -> None:
    lost = (solved.indices[0]._replace(value=None, low=None, high=None, reason=message("Runs against the others.")), *solved.indices[1:])
    chart = index_rows(lost, on, names=NAMES, title="t", caption="c")
    assert list(chart.table["Why not"]) == ["Runs against the others.", "", "", ""]
    assert "–" in _texts(chart)
    assert "0.0" not in _texts(chart).split(" | ")
