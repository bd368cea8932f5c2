"""What figures of measurement are called: at, just below and just above every limit."""

from __future__ import annotations

import pytest

from analysis.measurement.factors import Factors
from analysis.measurement.measurement_levels import (
    are_related,
    construct_level,
    effect_size,
    factors_of_items,
    fits_its_set,
    hardly_told_apart,
    is_inflated,
    is_reliable,
    kmo_level,
    lowers_alpha,
    nearer_constructs,
    reliability_level,
)
from analysis.measurement.measurement_sentence import measurement_sentence
from analysis.measurement.path_model_result import ConstructQuality, PathModelResult, Separation
from analysis.measurement.path_model_structure import fornell_larcker_verdict, shares_too_much
from analysis.measurement.reliability import ItemAnalysis, Reliability
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.provenance import Provenance
from survey_schema.path_models import PathModel
from words.language import message

METHOD = message("m")


def _figure(value: float | None, code: str = "a", **keys: str) -> Estimate:
    return Estimate(keys, code, value)


def _set(alpha: float | None, items: int = 3, p: float | None = None) -> Reliability:
    found = None if alpha is None else _figure(alpha)
    return Reliability(tuple(f"q{i}" for i in range(items)), 100, 100.0, 0, Provenance(METHOD, Thresholds()), found, bartlett_p=p)


@pytest.mark.parametrize(
    ("alpha", "items", "level", "reliable"),
    [
        (None, 1, "single", False),
        (None, 3, "none", False),
        (-0.01, 3, "opposed", False),
        (0.59, 3, "weak", False),
        (0.60, 3, "exploratory", False),
        (0.69, 3, "exploratory", False),
        (0.70, 3, "reliable", True),
        (0.95, 3, "reliable", True),
        (0.96, 3, "redundant", True),
    ],
)
def test_reliability_levels(alpha: float | None, items: int, level: str, reliable: bool) -> None:
    assert (reliability_level(_set(alpha, items)), is_reliable(_set(alpha, items))) == (level, reliable)


@pytest.mark.parametrize(
    ("rho_c", "ave", "level"),
    [
        (None, 0.6, "none"), (0.8, None, "none"), (0.69, 0.6, "weak"), (0.7, 0.49, "narrow"), (0.7, 0.5, "reliable"),
        (0.95, 0.6, "reliable"), (0.96, 0.9, "redundant"),
    ],
)  # fmt: skip
def test_construct_levels(rho_c: float | None, ave: float | None, level: str) -> None:
    figures = [None if value is None else _figure(value) for value in (rho_c, ave)]
    assert construct_level(ConstructQuality("a", None, None, figures[0], figures[1], None, METHOD)) == level


def test_a_question_fits_its_set_and_may_lower_its_alpha() -> None:
    item = ItemAnalysis("q", _figure(50.0), _figure(0.30), _figure(0.806), None)
    assert fits_its_set(item)
    assert not fits_its_set(ItemAnalysis("q", _figure(50.0), _figure(0.29), None, None))
    assert lowers_alpha(item, _set(0.80))
    assert not lowers_alpha(item, _set(0.802))
    assert not lowers_alpha(ItemAnalysis("q", _figure(50.0), _figure(0.5), None, None), _set(0.8))


@pytest.mark.parametrize(("kmo", "word"), [(0.49, "unsuitable"), (0.5, "mediocre"), (0.7, "good"), (0.89, "good"), (0.9, "very good")])
def test_kmo_levels(kmo: float, word: str) -> None:
    assert kmo_level(kmo) == word


def test_bartlett() -> None:
    assert [are_related(_set(0.8, p=p)) for p in (0.049, 0.05, None)] == [True, False, None]


@pytest.mark.parametrize(
    ("value", "word"), [(0.019, "negligible"), (0.02, "small"), (0.15, "medium"), (0.35, "large"), (None, "negligible")]
)
def test_effect_sizes(value: float | None, word: str) -> None:
    assert effect_size(_figure(value)) == word


def test_inflation_and_separation() -> None:
    assert [is_inflated(_figure(value)) for value in (5.0, 5.1, None)] == [False, True, False]
    assert not is_inflated(None)
    assert [hardly_told_apart(Separation(("a", "b"), _figure(value), METHOD)) for value in (0.89, 0.9, None)] == [False, True, False]


def test_fornell_larcker_fails_where_a_correlation_reaches_the_smaller_root() -> None:
    assert shares_too_much(-0.8, (0.8, 0.9))
    assert not shares_too_much(0.79, (0.8, 0.9))
    assert not shares_too_much(None, (0.8, 0.9))
    assert not shares_too_much(0.9, (None, None))
    assert fornell_larcker_verdict(0.8, (None, 0.8)) != fornell_larcker_verdict(0.79, (None, 0.8))


def _model() -> PathModel:
    return PathModel.model_validate({
        "code": "m", "title": {"zh_CN": "模型", "en": "Model"}, "satisfaction": "B", "paths": [["A", "B"]],
        "constructs": [
            {"code": "A", "title": {"zh_CN": "甲", "en": "A"}, "items": ["q1", "q2"]},
            {"code": "B", "title": {"zh_CN": "乙", "en": "B"}, "items": ["q3"]},
        ],
    })  # fmt: skip


def test_a_question_nearer_to_another_construct_is_named() -> None:
    loadings = {("q1", "A"): 0.7, ("q1", "B"): -0.8, ("q2", "A"): 0.7, ("q2", "B"): 0.7, ("q3", "A"): 0.1, ("q3", "B"): 1.0}
    found = PathModelResult(
        "m",
        "SAT",
        "listwise",
        1,
        1.0,
        0,
        Provenance(METHOD, Thresholds()),
        cross_loadings=tuple(_figure(v, i, construct=c) for (i, c), v in loadings.items()),
    )
    assert nearer_constructs(found, _model()) == {"q1": {"B"}, "q2": frozenset(), "q3": frozenset()}


def test_questions_on_several_factors_and_on_none() -> None:
    loadings = {("q1", "F1"): 0.4, ("q1", "F2"): -0.5, ("q2", "F1"): 0.9, ("q2", "F2"): 0.39, ("q3", "F1"): 0.1, ("q3", "F2"): 0.2}
    found = Factors(
        ("q1", "q2", "q3"),
        1,
        1.0,
        0,
        Provenance(METHOD, Thresholds()),
        loadings=tuple(_figure(v, i, factor=f) for (i, f), v in loadings.items()),
    )
    assert factors_of_items(found) == {"q1": ("F1", "F2"), "q2": ("F1",), "q3": ()}


def test_the_sentence_tells_by_the_same_levels() -> None:
    tones = {
        name: measurement_sentence(sets, None, None, "en")[0].tone
        for name, sets in {
            "all": [("a", _set(0.7)), ("b", _set(0.9))], "some": [("a", _set(0.7)), ("b", _set(0.69))], "none": [("a", _set(0.5))],
            "unknown": [("a", _set(None))],
        }.items()
    }  # fmt: skip
    assert tones == {"all": "better", "some": "unclear", "none": "worse", "unknown": "neutral"}
    close = PathModelResult(
        "m", "SAT", "listwise", 1, 1.0, 0, Provenance(METHOD, Thresholds()), separations=(Separation(("A", "B"), _figure(0.95), METHOD),)
    )
    assert measurement_sentence([("a", _set(0.8))], close, _model(), "en")[-2].tone == "worse"
