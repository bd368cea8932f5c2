"""Reliability and factors against R psych."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from analysis.measurement.factor_extraction import extract_factors
from analysis.measurement.factor_number import random_eigenvalues, suggest_factor_number
from analysis.measurement.factors import estimate_factors, rotated_solution
from analysis.measurement.reliability import estimate_reliability, kmo_of
from analysis.sums.cross_moments import GroupMoments, cross_moments
from tests.stores.driver_cases import frame_of, r_expected, r_input, schema_of

ITEMS = [f"x{i}" for i in range(1, 9)]
SCHEMA = schema_of(ITEMS)


def moments(*, weighted: bool = False) -> GroupMoments:
    table = r_input() if weighted else r_input().drop(columns="respondent_weight")
    return cross_moments(frame_of(table), SCHEMA, ITEMS)[0]


def test_alpha_omega_items_kmo_and_bartlett_agree_with_psych() -> None:
    expected = r_expected()
    result = estimate_reliability(moments(), SCHEMA, ITEMS)
    assert result.alpha.value == pytest.approx(expected["alpha"]["raw"], abs=1e-10)
    assert result.alpha_standardised.value == pytest.approx(expected["alpha"]["standardised"], abs=1e-10)
    # psych's minres stops at optim's default tolerance.
    assert result.omega.value == pytest.approx(expected["omega"]["total"], abs=2e-6)
    for row in result.item_analysis:
        assert row.item_rest.value == pytest.approx(expected["item_rest"][row.code], abs=1e-10)
        assert row.alpha_if_dropped.value == pytest.approx(expected["alpha_if_dropped"][row.code], abs=1e-10)
        assert row.kmo == pytest.approx(expected["kmo"][row.code], abs=1e-10)
    assert result.kmo == pytest.approx(expected["kmo"]["overall"], abs=1e-10)
    assert result.bartlett_chi2 == pytest.approx(expected["bartlett"]["chi2"], rel=1e-10)
    assert result.bartlett_df == expected["bartlett"]["df"]
    assert result.alpha.low < result.alpha.value < result.alpha.high < 1


def test_weighted_correlations_agree_with_r() -> None:
    expected = r_expected()
    weighted = moments(weighted=True)
    assert kmo_of(weighted.total.correlation)[0] == pytest.approx(expected["weighted"]["kmo"], abs=1e-10)
    assert estimate_reliability(weighted, SCHEMA, ITEMS).alpha.value == pytest.approx(expected["weighted"]["alpha"], abs=1e-10)
    eigenvalues = suggest_factor_number(weighted.total.correlation, weighted.n_eff).eigenvalues
    assert list(eigenvalues) == pytest.approx([expected["weighted_eigenvalues"][str(i)] for i in range(1, 9)], abs=1e-10)


@pytest.mark.parametrize(
    ("extraction", "rotation"),
    [
        *((extraction, rotation) for extraction in ("minres", "ml") for rotation in ("none", "varimax", "promax", "oblimin")),
        ("principal", "none"),
        ("principal", "varimax"),
    ],
)
def test_loadings_agree_with_psych(extraction: str, rotation: str) -> None:
    expected = r_expected()[f"{extraction} {rotation}"]
    # psych rescales promax patterns before and after (Kaiser) with its own rounding of the varimax start.
    tolerance = 1e-3 if rotation == "promax" else 2e-4
    solution = rotated_solution(moments().total.correlation, 2, extraction, rotation)
    theirs = np.array([[expected[f"{item}_F{k}"] for k in (1, 2)] for item in ITEMS])
    order = [int(np.argmax(np.abs(solution.loadings.T @ theirs[:, k]))) for k in range(2)]
    ours = solution.loadings[:, order]
    ours = ours * np.sign((ours * theirs).sum(axis=0))
    assert np.abs(ours - theirs).max() < tolerance


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("extraction", ["minres", "ml"])
def test_extraction_agrees_with_factor_analyzer(extraction: str) -> None:
    from factor_analyzer import FactorAnalyzer

    correlation = moments().total.correlation
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = FactorAnalyzer(n_factors=2, method=extraction, rotation=None, is_corr_matrix=True).fit(correlation)
    ours, unique = extract_factors(correlation, 2, extraction)
    assert np.abs(np.abs(peer.loadings_) - np.abs(ours)).max() < 2e-3
    assert np.abs(peer.get_uniquenesses() - unique).max() < 2e-3


def test_factor_result_has_two_dimensions_with_intervals_and_indices_on_the_scale() -> None:
    chosen = moments(weighted=True)
    result = estimate_factors(chosen, SCHEMA, ITEMS, rotation="oblimin")
    assert result.number.by_parallel_analysis == 2
    assert {frozenset(members) for members in result.members.values()} == {frozenset(ITEMS[:4]), frozenset(ITEMS[4:])}
    assert all(e.low < e.value < e.high and e.se < 0.2 for e in result.loadings)
    means = dict(zip(ITEMS, chosen.total.means, strict=True))
    for index in result.indices:
        inside = [means[item] for item in result.members[index.code]]
        assert min(inside) < index.value < max(inside)
    assert sum(e.value for e in result.variance_percent) < 100


def test_parallel_analysis_draws_like_rows_do() -> None:
    expected = [r_expected()["parallel_300x8"][str(i)] for i in range(1, 9)]
    drawn = np.percentile(random_eigenvalues(8, 300, 4000, seed=3), 95, axis=0)
    assert drawn == pytest.approx(expected, abs=0.012)


def test_unrelated_answers_keep_no_factor() -> None:
    assert suggest_factor_number(np.eye(6), 300).by_parallel_analysis == 0


def test_degenerate_input_is_a_sentence() -> None:
    alone = estimate_reliability(moments(), SCHEMA, ["x1"])
    assert "at least two questions" in alone.reason.text("en")
    few = cross_moments(frame_of(r_input().head(6)), SCHEMA, ITEMS)[0]
    assert "at least 10 are needed" in estimate_reliability(few, SCHEMA, ITEMS).reason.text("en")
    assert "too many" in estimate_factors(moments(), SCHEMA, ITEMS[:4], count=3).reason.text("en")
    table = r_input().assign(x2=lambda t: 100 - t["x1"], x3=lambda t: 100 - t["x3"])
    against = estimate_reliability(cross_moments(frame_of(table), SCHEMA, ITEMS)[0], SCHEMA, ["x1", "x3", "x4"])
    assert "reversed" in against.verdict.text("en")
    cancelling = estimate_reliability(cross_moments(frame_of(table), SCHEMA, ITEMS)[0], SCHEMA, ["x1", "x2", "x4"])
    assert "cancel each other out" in cancelling.reason.text("en")
    assert "together exactly" in estimate_factors(cross_moments(frame_of(table), SCHEMA, ITEMS)[0], SCHEMA, ITEMS).reason.text("en")


def test_a_reversed_item_is_turned() -> None:
    table = r_input().drop(columns="respondent_weight")
    table["x1"] = 100 - table["x1"]
    turned = schema_of(ITEMS, turned=("x1",))
    expected = estimate_reliability(moments(), SCHEMA, ITEMS).alpha.value
    assert estimate_reliability(cross_moments(frame_of(table), turned, ITEMS)[0], turned, ITEMS).alpha.value == pytest.approx(expected)
