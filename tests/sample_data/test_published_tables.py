"""The published tables come back to the printed decimals: by arithmetic written out here, from the workbooks as they are read."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pytest

from sample_data.make import COMMITTED, SAMPLES
from sample_data.published_tables import BRAND_CUSTOMERS, ELEMENT_SCORES, INDICATOR_SCORES, LINE_ANSWERS
from survey_schema.loading import load_schema
from survey_schema.responses import CheckedWorkbook
from survey_schema.workbook.check.check_workbook import check_file

Grades = npt.NDArray[np.float64]


@lru_cache(maxsize=8)
def _checked(name: str) -> CheckedWorkbook:
    checked = check_file(COMMITTED / name, load_schema(SAMPLES[name].schema))
    assert checked.responses is not None
    return checked


def _grades(name: str, item: str, **where: str) -> Grades:
    table = _checked(name).responses
    assert table is not None
    chosen = np.ones(table.num_rows, dtype=bool)
    for column, value in where.items():
        chosen &= np.array(table.column(column).to_pylist(), dtype=object) == value
    return np.asarray(table.column(item).to_numpy(zero_copy_only=False)[chosen], dtype=float)


def _ten(grades: Grades) -> float:
    return float(np.nanmean(grades) - 1) / 9 * 100


def _two_aspect(brand: str) -> float:
    def score(item: str) -> float:
        return _ten(_grades("brand_comparison.xlsx", item, brand=brand))

    value = np.mean([score(f"V{number}") for number in range(1, 7)])
    groups = (("I1", "I2", "I3"), ("I4", "I5", "I6"), ("I7", "I8"))
    return float(0.7 * value + 0.3 * np.mean([np.mean([score(item) for item in group]) for group in groups]))


@pytest.mark.parametrize(
    ("brand", "printed"),
    [("gotone", "78.75"), ("m_zone", "74.05"), ("easyown", "80.30"), ("brand_of_c", "70.15"), ("brand_of_g", "63.70")],
)
def test_brands_against_a_competitor(brand: str, printed: str) -> None:
    assert f"{_two_aspect(brand):.2f}" == printed


def test_gaps_and_composite() -> None:
    population = _checked("brand_comparison.xlsx").population
    assert population is not None
    customers = dict(zip(population.column("brand").to_pylist(), population.column("customers").to_pylist(), strict=True))
    assert customers == {brand: 1000 * thousand for brand, thousand in BRAND_CUSTOMERS.items()}
    ours = ("gotone", "m_zone", "easyown")
    share = np.array([customers[brand] for brand in ours]) / sum(customers[brand] for brand in ours)
    np.testing.assert_allclose(share, [0.219, 0.120, 0.661], atol=1e-12)
    mine = np.array([_two_aspect(brand) for brand in ours])
    rival = np.array([_two_aspect(brand) for brand in ("brand_of_c", "brand_of_c", "brand_of_g")])
    assert [f"{gap:.2f}" for gap in mine - rival] == ["8.60", "3.90", "16.60"]
    assert [f"{value:.2f}" for value in (share @ mine, share @ rival, share @ (mine - rival))] == ["79.21", "65.89", "13.32"]


def test_nineteen_indicators_and_their_true_ranks() -> None:
    scores = {item: _ten(_grades("nineteen_indicators.xlsx", item)) for item in INDICATOR_SCORES}
    assert {item: f"{score:.2f}" for item, score in scores.items()} == {item: f"{score:.2f}" for item, score in INDICATOR_SCORES.items()}
    order = sorted(scores, key=lambda item: -scores[item])
    assert order[:3] == ["C41", "C32", "C33"]
    assert order[15:] == ["C22", "C45", "C43", "C21"]


@pytest.mark.parametrize(
    ("where", "dimension", "printed"),
    [
        ({"business_line": "broadband"}, None, "67.61"),
        ({"business_line": "mobile_line"}, None, "68.78"),
        ({}, None, "68.22"),
        ({}, "C1", "66.11"),
        ({}, "C2", "63.04"),
    ],
)
def test_lines_on_five_grades(where: dict[str, str], dimension: str | None, printed: str) -> None:
    members = {code: [item for item in INDICATOR_SCORES if item.startswith(code)] for code in ("C1", "C2", "C3", "C4")}
    means = {
        code: np.mean([np.mean(_grades("five_grade_lines.xlsx", item, **where)) * 20 for item in items]) for code, items in members.items()
    }
    assert f"{means[dimension] if dimension else np.mean(list(means.values())):.2f}" == printed


def test_the_broadband_workbook_holds_the_same_customers() -> None:
    for item in INDICATOR_SCORES:
        alone = _grades("broadband_306.xlsx", item)
        assert len(alone) == LINE_ANSWERS["broadband"]
        np.testing.assert_array_equal(alone, _grades("five_grade_lines.xlsx", item, business_line="broadband"))


def test_branch_elements_come_back_exactly() -> None:
    printed = {
        "network_quality": "-15.47",
        "complaint_handling": "5.29",
        "service_halls": "-5.95",
        "call_centre": "-6.71",
        "customer_club": "-10.30",
    }
    for element, pair in ELEMENT_SCORES.items():
        means = [_grades("branch_elements.xlsx", element, branch=branch).mean() for branch in ("branch_a", "branch_b")]
        np.testing.assert_allclose(means, pair, atol=1e-12)
        assert f"{means[0] - means[1]:.2f}" == printed[element]
