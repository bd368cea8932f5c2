"""Regression against R: coefficients and every kind of robust error."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.drivers.regression import Regression, estimate_regression
from analysis.drivers.residual_diagnostics import check_ordered_outcome, diagnose_residuals
from analysis.sums.cross_moments import cross_moments
from tests.stores.driver_cases import frame_of, r_expected, r_input, schema_of

DRIVERS = [f"x{i}" for i in range(1, 6)]
ITEMS = ["y", *(f"x{i}" for i in range(1, 9))]
TOLERANCE = 1e-8


def fit(roles: tuple[str, ...], *, weighted: bool = True, where: dict[str, str] | None = None) -> Regression:
    table = r_input()
    for column in ("stratum", "cluster"):
        if column not in roles:
            table = table.drop(columns=column)
    if not weighted:
        table = table.drop(columns="respondent_weight")
    return estimate_regression(frame_of(table), schema_of(ITEMS, roles=roles), "y", DRIVERS, where=where)


@pytest.mark.parametrize(
    ("case", "roles", "weighted", "where"),
    [
        ("hc1", (), True, None),
        ("ols_hc1", (), False, None),
        ("strata", ("stratum",), True, None),
        ("clusters", ("stratum", "cluster"), True, None),
        ("domain", ("stratum", "cluster", "branch"), True, {"branch": "north"}),
    ],
)
def test_coefficients_and_errors_agree_with_r(case: str, roles: tuple[str, ...], weighted: bool, where: dict[str, str] | None) -> None:
    expected = r_expected()[case]
    result = fit(roles, weighted=weighted, where=where)
    assert result.reason is None
    for estimate in result.coefficients:
        name = "(Intercept)" if estimate.code == "intercept" else estimate.code
        assert estimate.value == pytest.approx(expected[f"b_{name}"], rel=TOLERANCE)
        assert estimate.se == pytest.approx(expected[f"se_{name}"], rel=TOLERANCE)
        assert estimate.low < estimate.value < estimate.high


def test_degrees_of_freedom_fit_and_vif_agree_with_r() -> None:
    expected = r_expected()
    assert fit(("stratum", "cluster")).df == expected["clusters"]["df"]
    assert fit(("stratum",)).df == expected["strata"]["df"]
    weighted, plain = fit(()), fit((), weighted=False)
    assert weighted.r_squared == pytest.approx(expected["hc1"]["r_squared"], rel=TOLERANCE)
    assert plain.r_squared_adjusted == pytest.approx(expected["ols_hc1"]["adj_r_squared"], rel=TOLERANCE)
    assert plain.residual_deviation == pytest.approx(expected["hc1"]["sigma_unweighted"], rel=TOLERANCE)
    assert dict(plain.vif) == pytest.approx(expected["vif"], rel=1e-6)
    assert plain.n == expected["hc1"]["n"]
    assert plain.n + plain.dropped == len(r_input())


def test_rescaling_all_weights_changes_nothing() -> None:
    table = r_input()
    schema = schema_of(ITEMS, roles=("stratum", "cluster"))
    once = estimate_regression(frame_of(table), schema, "y", DRIVERS)
    table["respondent_weight"] *= 7.5
    again = estimate_regression(frame_of(table), schema, "y", DRIVERS)
    assert [e.se for e in again.coefficients] == pytest.approx([e.se for e in once.coefficients], rel=1e-10)
    assert again.n_eff == pytest.approx(once.n_eff)


def test_a_lone_cluster_is_said() -> None:
    table = r_input()
    table.loc[table["stratum"] == "s0", "cluster"] = "only"
    result = estimate_regression(frame_of(table), schema_of(ITEMS, roles=("stratum", "cluster")), "y", DRIVERS)
    assert any("only one cluster" in note.text("en") for note in result.notes)


def test_row_diagnostics_agree_with_r_and_list_planted_outlier() -> None:
    table = r_input().drop(columns=["respondent_weight", "stratum", "cluster"])
    schema = schema_of(ITEMS)
    result = diagnose_residuals(frame_of(table), schema, "y", DRIVERS)
    expected = r_expected()["ols_hc3"]
    assert result.hc3_errors["x1"] == pytest.approx(expected["se_x1"], rel=1e-8)
    assert result.sampled == result.available
    table.loc[10, ["y", *DRIVERS]] = [0.0, 100.0, 100.0, 100.0, 100.0, 100.0]
    assert diagnose_residuals(frame_of(table), schema, "y", DRIVERS).influential[0].source_row == 12


def test_large_bases_are_sampled_and_it_is_said() -> None:
    table = r_input().drop(columns=["stratum", "cluster"])
    result = diagnose_residuals(frame_of(table), schema_of(ITEMS), "y", DRIVERS, limit=150)
    assert 100 < result.sampled < 200 < result.available
    assert "sample" in result.sentences[0].text("en")


def test_ordered_check_agrees_in_direction_and_reports_disagreement() -> None:
    table = r_input().drop(columns=["stratum", "cluster"])
    table["y"] = (table["y"] // 15).clip(1, 5)
    schema = schema_of(ITEMS)
    right = check_ordered_outcome(frame_of(table), schema, "y", DRIVERS, {"x1": 1, "x2": 1, "x4": 1})
    assert right.reason is None
    assert right.slopes["x1"] > 0
    assert right.disagreeing == ()
    wrong = check_ordered_outcome(frame_of(table), schema, "y", DRIVERS, {"x1": -1})
    assert wrong.disagreeing == ("x1",)


def test_degenerate_input_is_a_sentence() -> None:
    table = r_input()
    schema = schema_of([*ITEMS, "copy", "flat", "silent"])
    table["copy"] = 0.5 * table["x1"] + 10
    table["flat"] = 40.0
    table["silent"] = np.nan
    cases = {
        "move together exactly": (table, ["x1", "x2", "copy"]),
        "same answer": (table, ["x1", "flat"]),
        "Nobody answered": (table, ["x1", "silent"]),
        "at least 7 are needed": (table.head(5), DRIVERS),
    }
    for words, (rows, drivers) in cases.items():
        result = estimate_regression(frame_of(rows), schema, "y", drivers)
        assert result.reason is not None
        assert words in result.reason.text("en")
        assert result.coefficients == ()
    assert cross_moments(frame_of(table), schema, ["x1", "silent"])[0].n == 0
