"""Importance–performance maps: planted weak spots, fields, cross-hairs, priorities, competitors, waves, path models."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.drivers.drivers import estimate_drivers
from analysis.importance_performance.effects_map import effects_map
from analysis.importance_performance.estimate_map import estimate_importance_map
from analysis.importance_performance.importance_map import field_of, fields_of
from analysis.importance_performance.movements import movements
from analysis.importance_performance.sentence import field_name, first_improve_sentence
from analysis.measurement.path_model_result import ImportancePoint
from analysis.results.estimates import Estimate
from analysis.results.sentences import plain_text
from tests.analysis.importance_performance.map_cases import CODES, frame, made, survey
from words.errors import ManyiError


@pytest.mark.parametrize("importance", ["stated", "derived"])
def test_a_planted_weak_spot_comes_first(importance) -> None:
    found = estimate_importance_map(frame(made()), survey(), importance, codes=CODES, outcome="y")
    assert {point.code: point.field for point in found.points} == {"p1": "improve", "p2": "keep", "p3": "low", "p4": "overkill"}
    first = found.points[0]
    assert (first.code, first.rank, first.sure, first.ranks) == ("p1", 1, True, (1, 1))
    assert [point.rank for point in found.points] == [1, 2, 3, 4]
    assert sum(point.importance_distance.value or 0 for point in found.points) == pytest.approx(0)
    assert sum(point.performance_distance.value or 0 for point in found.points) == pytest.approx(0)
    text = plain_text(first_improve_sentence(found, survey(), "en"))
    assert text.startswith("First improve p1: most important, and lowest (")


def test_axes_are_the_figures_shown_elsewhere() -> None:
    data = made(600)
    data.loc[:59, "i2"] = np.nan
    derived = estimate_importance_map(frame(data), survey(), "derived", codes=CODES, outcome="y")
    drivers = estimate_drivers(frame(data), survey(), "y", CODES).importance
    for share in drivers.lmg:
        point = derived.find(share.code)
        assert point is not None
        assert (point.importance.value, point.importance.se) == pytest.approx((share.value, share.se))
    stated = estimate_importance_map(frame(data), survey(), "stated", codes=CODES)
    second = stated.find("p2")
    assert second is not None
    assert second.importance.value == pytest.approx(((data["i2"] - 1) / 6 * 100).mean())
    assert second.performance.value == pytest.approx(((data["p2"] - 1) / 6 * 100).mean())
    assert second.performance.se == pytest.approx(((data["p2"] - 1) / 6 * 100).sem(), rel=0.25)


def test_the_cross_hair_stands_where_it_is_put() -> None:
    data = frame(made())
    centre = estimate_importance_map(data, survey(), "stated", codes=CODES, cross="centre")
    assert (centre.cross_importance, centre.cross_performance) == (50.0, 50.0)
    targets = {"p1": 30.0, "p2": 90.0, "p3": 40.0, "p4": 95.0}
    target = estimate_importance_map(data, survey(), "stated", codes=CODES, cross="target", targets=targets)
    assert {point.code: point.field for point in target.points} == {"p1": "keep", "p2": "improve", "p3": "overkill", "p4": "low"}
    assert target.levels == targets
    with pytest.raises(ManyiError):
        estimate_importance_map(data, survey(), "stated", codes=CODES, cross="target", targets={"p1": 50.0})
    with pytest.raises(ManyiError):
        estimate_importance_map(data, survey(), "stated", codes=CODES, cross="competitor")
    with pytest.raises(ManyiError):
        estimate_importance_map(data, survey(), "stated", codes=["p1", "y"])
    with pytest.raises(ManyiError):
        estimate_importance_map(data, survey(), "derived", codes=CODES)


def test_a_competitor_stands_beside_every_point_and_may_be_the_cross_hair() -> None:
    data = frame(made(seed=2), made(n=900, seed=3, operator="them", worst=5.0))
    found = estimate_importance_map(data, survey(), "stated", codes=CODES, cross="competitor", competitor="them")
    first, others = found.find("p1"), [point for point in found.points if point.code != "p1"]
    assert first is not None
    assert first.lead is not None
    assert first.theirs is not None
    assert first.lead.value == pytest.approx((first.performance.value or 0) - (first.theirs.value or 0))
    assert first.lead.value == pytest.approx(first.performance_distance.value)
    assert (first.lead.verdict, first.field) == ("lower", "improve")
    assert all(point.lead is not None and point.lead.verdict == "unclear" and len(point.fields) > 1 for point in others)
    assert "behind them by" in plain_text(first_improve_sentence(found, survey(), "en", rival="them"))


@pytest.mark.parametrize(("ours", "theirs"), [(range(60), range(60, 90)), (range(60), range(20, 80)), (range(45, 90), range(45))])
def test_a_competitor_may_lie_in_other_replicate_groups(ours: range, theirs: range) -> None:
    """The variance of a lead is that of both sides, as far as no cluster holds respondents of both; labels are matched, never places."""
    us, them = made(seed=2), made(n=900, seed=3, operator="them", worst=5.0)
    us["replicate_group"], them["replicate_group"] = np.resize(ours, len(us)), np.resize(theirs, len(them))
    found = estimate_importance_map(frame(us, them), survey(), "stated", codes=CODES, competitor="them")
    assert found.reason is None
    for point in found.points:
        assert point.lead is not None
        assert point.theirs is not None
        both = [each.se for each in (point.performance, point.theirs, point.lead)]
        assert all(se is not None for se in both)
        own, other, lead = (se or 0.0 for se in both)
        assert lead == pytest.approx((own**2 + other**2) ** 0.5, rel=0.03 if set(ours).isdisjoint(theirs) else 0.4)


def test_points_near_a_line_may_lie_in_two_fields() -> None:
    across, near, far = (Estimate({}, "q", value, low=value - 2, high=value + 2) for value in (10.0, 1.0, -8.0))
    assert fields_of(across, far) == ("improve",)
    assert fields_of(across, near) == ("keep", "improve")
    assert len(fields_of(near, near)) == 4
    assert fields_of(across._replace(low=None, high=None), far) == ("improve",)
    assert len({field_name(field_of(a, b), "en") for a in (True, False) for b in (True, False)}) == 4
    small = estimate_importance_map(frame(made(60, 5)), survey(), "derived", codes=CODES, outcome="y")
    assert any(len(point.fields) > 1 for point in small.points)


def test_where_nothing_is_important_and_low_those_that_may_be_are_named() -> None:
    high = dict.fromkeys(CODES, 30.0)
    found = estimate_importance_map(frame(made()), survey(), "stated", codes=CODES, cross="target", targets=high)
    assert found.first_improve == found.perhaps_improve == ()
    assert plain_text(first_improve_sentence(found, survey(), "en")) == "No question is both important and low."
    near = replace(found, points=tuple(replace(point, fields=(point.field, "improve")) for point in found.points[:1]))
    assert "cannot be ruled out for p1." in plain_text(first_improve_sentence(near, survey(), "en"))


def test_waves_make_arrows() -> None:
    now, before = (
        estimate_importance_map(frame(made(seed=seed, worst=worst)), survey(), "stated", codes=CODES)
        for seed, worst in ((6, 5.2), (7, 3.5))
    )
    found = {each.code: each for each in movements(now, before)}
    assert found["p1"].before == "improve"
    assert (found["p1"].importance_before, found["p1"].performance_before) == (
        before.find("p1").importance.value,  # type: ignore[union-attr]
        before.find("p1").performance.value,  # type: ignore[union-attr]
    )
    assert found["p1"].performance.verdict == "higher"
    point, other = now.find("p1"), before.find("p1")
    assert point is not None
    assert other is not None
    assert found["p1"].performance.value == pytest.approx((point.performance.value or 0) - (other.performance.value or 0))
    assert found["p1"].performance.se == pytest.approx(np.hypot(point.performance.se or 0, other.performance.se or 0))
    assert found["p2"].performance.verdict == "unclear"
    derived = estimate_importance_map(frame(made()), survey(), "derived", codes=CODES, outcome="y")
    with pytest.raises(ManyiError):
        movements(now, derived)


def test_a_path_model_makes_the_same_kind_of_map() -> None:
    values = {"image": (0.6, 55.0), "quality": (0.3, 75.0), "value": (0.1, 60.0)}
    points = [
        ImportancePoint(code, code, Estimate({}, code, effect, 0.05, effect - 0.1, effect + 0.1, 200, 200.0, 99.0),
                        Estimate({}, code, index, 1.0, index - 2, index + 2, 200, 200.0, 99.0))
        for code, (effect, index) in values.items()
    ]  # fmt: skip
    found = effects_map(points)
    assert [point.code for point in found.first_improve] == ["image"]
    assert (found.cross_importance, found.cross_performance) == (pytest.approx(1 / 3), pytest.approx(190 / 3))
    quality = found.find("quality")
    assert quality is not None
    assert quality.fields == ("overkill", "keep")
    assert effects_map([]).reason is not None
    with pytest.raises(ManyiError):
        effects_map(points, "competitor")


@pytest.mark.parametrize("rows", [3, 8])
def test_small_or_constant_samples_have_a_reason_or_figures(rows: int) -> None:
    data = made(rows)
    data[["p1", "i1"]] = 4.0
    for importance in ("stated", "derived"):
        found = estimate_importance_map(frame(data), survey(), importance, codes=CODES, outcome="y")
        assert (found.reason is None) == bool(found.points)
        assert plain_text(first_improve_sentence(found, survey(), "en"))


@pytest.mark.slow
def test_intervals_of_distances_cover() -> None:
    """Distances from the cross-hair, whose mean is estimated too, cover in 92–98 % of samples."""
    big = estimate_importance_map(frame(made(200_000, 99)), survey(), "derived", codes=CODES, outcome="y")
    inside = []
    for seed in range(120):
        found = estimate_importance_map(frame(made(400, 1000 + seed)), survey(), "derived", codes=CODES, outcome="y")
        for point in found.points:
            truth = big.find(point.code)
            assert truth is not None
            for name in ("importance_distance", "performance_distance"):
                entry = getattr(point, name)
                inside.append(entry.low <= getattr(truth, name).value <= entry.high)
    print(np.mean(inside), len(inside))
    assert 0.92 <= np.mean(inside) <= 0.98
