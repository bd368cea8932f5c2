"""Cross-moments over hostile tables, and the jackknife against formulas that can be written down."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.inference.replicates import Jackknife, NotEstimableError, jackknife, jackknife_jointly
from analysis.results.estimates import Thresholds
from analysis.sums.cross_moments import CrossMoments, GroupMoments, cross_moments
from tests.stores.driver_cases import frame_of, r_input, schema_of
from words.language import message

SCHEMA = schema_of(["y", "x1", "x2", "x3"])


def only(table: pd.DataFrame, variables: list[str], **more: object) -> GroupMoments:
    return cross_moments(frame_of(table), SCHEMA, variables, **more)[0]


def test_moments_are_weighted_sums_over_complete_rows() -> None:
    table = r_input()
    found = only(table, ["y", "x1", "x2"])
    rows = table.dropna(subset=["y", "x1", "x2"])
    weights, values = rows["respondent_weight"].to_numpy(), rows[["y", "x1", "x2"]].to_numpy()
    assert found.n == len(rows)
    assert found.dropped == len(table) - len(rows)
    assert found.answered["y"] == table["y"].notna().sum()
    assert found.n_eff == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    assert found.total.means == pytest.approx(np.average(values, axis=0, weights=weights))
    assert found.total.products == pytest.approx((values * weights[:, None]).T @ values)


def test_without_weights_covariance_and_correlation_are_the_sample_ones() -> None:
    table = r_input().drop(columns="respondent_weight")
    found = only(table, ["y", "x1"]).total
    rows = table[["y", "x1"]].dropna()
    assert found.covariance == pytest.approx(rows.cov().to_numpy())
    assert found.correlation == pytest.approx(rows.corr().to_numpy())


def test_parts_add_up_and_leaving_out_is_a_subtraction() -> None:
    table = r_input().assign(replicate_group=lambda t: np.arange(len(t)) % 7)
    found = only(table, ["y", "x1"])
    without = only(table[table["replicate_group"] != 3], ["y", "x1"])
    assert found.left_out[3].products == pytest.approx(without.total.products)
    north, south = cross_moments(frame_of(table), SCHEMA, ["y", "x1"], ["branch"])
    assert (north.keys, south.keys) == ({"branch": "north"}, {"branch": "south"})
    assert (north + south).total.products == pytest.approx(found.total.products)
    assert (found - north).n == south.n


def test_groups_of_two_calls_are_matched_by_the_labels_of_their_replicate_groups() -> None:
    """Each call knows the replicate groups it met; here as many, and other ones."""
    table = r_input().assign(replicate_group=lambda t: np.arange(len(t)) % 4 + np.where(t["branch"] == "north", 0, 2))
    everybody = only(table, ["y", "x1"])
    north, south = (only(table[table["branch"] == branch], ["y", "x1"]) for branch in ("north", "south"))
    assert (north.replicates, south.replicates) == ((0, 1, 2, 3), (2, 3, 4, 5))
    assert (north + south).left_out.products == pytest.approx(everybody.left_out.products)
    assert (everybody - north).left_out.products == pytest.approx((south + (north - north)).left_out.products)


@pytest.mark.parametrize("kind", ["Int64", "Float64", "int8"])
def test_column_types_do_not_matter(kind: str) -> None:
    table = pd.DataFrame({"y": [100, 90, 80, 70] * 40, "x3": [10, 20, 100, 90] * 40})
    expected = only(table.astype(float), ["y", "x3"]).total
    assert only(table.astype(kind), ["y", "x3"]).total.products == pytest.approx(expected.products)


def test_zero_missing_and_negative_weights_do_not_count() -> None:
    table = pd.DataFrame({"y": [10.0, 20.0, 30.0, 40.0], "respondent_weight": [1.0, 0.0, np.nan, -2.0]})
    table["respondent_weight"] = table["respondent_weight"].astype("Float64")
    assert only(table, ["y"]).n == 1


def test_an_empty_and_an_unanswered_frame_have_no_respondents() -> None:
    table = pd.DataFrame({"y": [np.nan, np.nan], "x1": [1.0, 2.0]})
    assert only(table, ["y", "x1"]).n == 0
    assert only(table, ["y", "x1"]).answered == {"y": 0, "x1": 2}
    assert cross_moments(frame_of(table.head(0)), SCHEMA, ["y"])[0].n == 0


def mean_of(moments: CrossMoments) -> np.ndarray:
    return moments.means[..., :1]


def test_one_respondent_per_group_gives_the_textbook_error_of_a_mean() -> None:
    table = r_input().drop(columns="respondent_weight").dropna(subset=["y"]).head(80).assign(replicate_group=range(80))
    found = jackknife(only(table, ["y"]), mean_of, batched=True)
    assert found.value[0] == pytest.approx(table["y"].mean())
    assert found.se[0] == pytest.approx(table["y"].std() / np.sqrt(80))
    assert found.df == 79
    assert found.margin()[0] == pytest.approx(1.990450 * found.se[0], rel=1e-6)
    one_by_one = jackknife(only(table, ["y"]), mean_of)
    assert one_by_one.se == pytest.approx(found.se)


def test_a_difference_keeps_the_covariance_of_its_groups() -> None:
    table = r_input().assign(replicate_group=lambda t: np.arange(len(t)) % 20)
    group = only(table, ["y"])
    nothing = jackknife_jointly([group, group], lambda both: mean_of(both[0]) - mean_of(both[1]), batched=True)
    assert nothing.se[0] == pytest.approx(0, abs=1e-9)
    assert nothing.p_values()[0] == 1


def test_a_group_absent_from_some_replicates_counts_those_it_is_in() -> None:
    table = r_input().assign(replicate_group=lambda t: np.where(t["branch"] == "north", np.arange(len(t)) % 5, 5 + np.arange(len(t)) % 40))
    north = cross_moments(frame_of(table), SCHEMA, ["y"], ["branch"])[0]
    alone = only(table[table["branch"] == "north"], ["y"])
    assert jackknife(north, mean_of).df == 4
    assert jackknife(north, mean_of).se == pytest.approx(jackknife(alone, mean_of).se)


def test_no_interval_is_said_and_keeps_the_value() -> None:
    single = r_input().assign(replicate_group=0)
    found = jackknife(only(single, ["y"]), mean_of, batched=True)
    assert found.replicates is None
    assert "at least two" in found.reason.text("en")
    estimate = found.estimates(["y"], only(single, ["y"]), Thresholds())[0]
    assert (estimate.value, estimate.se, estimate.low, estimate.p) == (pytest.approx(found.value[0]), None, None, None)

    def sometimes(moments: CrossMoments) -> np.ndarray:
        if moments.n < 10:
            raise NotEstimableError(message("A driver does not vary."))
        return moments.means

    ten = pd.DataFrame({"y": np.arange(10.0), "replicate_group": range(10)})
    assert "does not vary" in jackknife(only(ten, ["y"]), sometimes).reason.text("en")
    with pytest.raises(NotEstimableError):
        jackknife(only(ten.head(9), ["y"]), sometimes)


def test_functions_of_a_statistic_carry_their_interval() -> None:
    both = Jackknife(np.array([3.0, 1.0]), np.array([[3.1, 1.0], [2.9, 1.0], [3.0, 1.0]]), 2)
    difference = both.of(lambda row: row[0] - row[1])
    assert difference.value[0] == 2
    assert difference.se[0] == pytest.approx(both.se[0])
    assert both.se[1] == 0
