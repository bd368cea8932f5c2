"""Data quality against R: nlme, survey and stats (``tests/reference/data_quality``), statsmodels as a second mixed model."""

from __future__ import annotations

import os
import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.regression.mixed_linear_model import MixedLM

from analysis.data_quality.duplicate_answers import pair_moments, surplus_p
from analysis.data_quality.random_intercept import RandomIntercept, degrees_between, fit_random_intercept
from analysis.data_quality.response_profile import pearson_fit, rao_scott_fit, shares_covariance
from analysis.data_quality.share_tests import compared_shares
from analysis.disclosure.protected_counts import GroupCount
from analysis.results.estimates import DEFAULT_THRESHOLDS
from tests.places import REFERENCE

FOLDER = REFERENCE / "data_quality"
DATA = pd.read_csv(FOLDER / "input.csv")
OUTPUT = pd.read_csv(FOLDER / "output.csv", dtype={"name": str}).set_index(["what", "name"])["value"]
BRANCHES = ["a", "b", "c", "d"]
ROUNDS = int(os.environ.get("MANYI_SIMULATION_ROUNDS", "40"))
TARGET = np.array([0.4, 0.3, 0.2, 0.1])


def _fit(within: bool) -> tuple[RandomIntercept, list[str], pd.DataFrame]:
    told = DATA.assign(fixed=DATA["branch"] if within else "")
    n = told.pivot_table(index="interviewer", columns="fixed", values="score", aggfunc="size", fill_value=0)
    y = told.pivot_table(index="interviewer", columns="fixed", values="score", aggfunc="sum", fill_value=0.0)
    found = fit_random_intercept(n.to_numpy(float), y.to_numpy(float), float((DATA["score"] ** 2).sum()))
    assert found is not None
    return found, list(n.index), n


@pytest.mark.parametrize("kind", ["plain", "within"])
def test_mixed_model_agrees_with_nlme(kind: str) -> None:
    found, names, _n = _fit(kind == "within")
    assert found.between == pytest.approx(OUTPUT[kind, "between"], rel=1e-6)
    assert found.within == pytest.approx(OUTPUT[kind, "within"], rel=1e-6)
    assert found.effects == pytest.approx([OUTPUT[f"{kind}_effect", name] for name in names], rel=1e-5, abs=1e-6)
    assert found.means == pytest.approx(OUTPUT[f"{kind}_fixed"].to_numpy(), rel=1e-7)
    drop = float(OUTPUT[kind, "likelihood_ratio"])
    assert found.p == pytest.approx(0.5 * stats.chi2.sf(drop, 1), rel=1e-5)


def test_mixed_model_agrees_with_statsmodels() -> None:
    found, _names, _n = _fit(within=True)
    exog = pd.get_dummies(DATA["branch"]).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = MixedLM(DATA["score"], exog, DATA["interviewer"]).fit(reml=True)
    assert found.between == pytest.approx(float(np.sqrt(peer.cov_re.iloc[0, 0])), rel=1e-4)
    assert found.within == pytest.approx(float(np.sqrt(peer.scale)), rel=1e-5)


def test_interval_ends_lie_where_the_restricted_likelihood_has_fallen_by_the_chi_square() -> None:
    """Against the likelihood written out with its whole covariance matrix."""
    found, _names, _n = _fit(within=True)
    design = pd.get_dummies(DATA["branch"]).to_numpy(float)
    same = (DATA["interviewer"].to_numpy()[:, None] == DATA["interviewer"].to_numpy()[None, :]).astype(float)
    y = DATA["score"].to_numpy()

    def deviance(share: float) -> float:
        covariance = share / (1 - share) * same + np.eye(len(y))
        inverse = np.linalg.inv(covariance)
        a = design.T @ inverse @ design
        rest = y - design @ np.linalg.solve(a, design.T @ inverse @ y)
        freedom = len(y) - design.shape[1]
        return float(freedom * np.log(rest @ inverse @ rest) + np.linalg.slogdet(a)[1] + np.linalg.slogdet(covariance)[1])

    best = deviance(found.share)
    assert deviance(found.low) - best == pytest.approx(3.841459, abs=1e-4)
    assert deviance(found.high) - best == pytest.approx(3.841459, abs=1e-4)


def test_balanced_groups_have_the_closed_form() -> None:
    """One-way analysis of variance: σ² = MSW, σ²_between = (MSB − MSW)/m (Searle, Casella and McCulloch 1992, ch. 4)."""
    random = np.random.default_rng(3)
    y = random.normal(0, 2, (15, 1)) + random.normal(60, 5, (15, 20))
    within = y.var(axis=1, ddof=1).mean()
    between = (20 * y.mean(axis=1).var(ddof=1) - within) / 20
    found = fit_random_intercept(np.full((15, 1), 20.0), y.sum(axis=1, keepdims=True), float((y**2).sum()))
    assert found is not None
    assert (found.between**2, found.within**2) == pytest.approx((between, within), rel=1e-6)


def test_a_share_of_zero_and_what_cannot_be_told() -> None:
    equal = np.tile([1.0, 9.0], (6, 5))
    found = fit_random_intercept(np.full((6, 1), 10.0), equal.sum(axis=1, keepdims=True), float((equal**2).sum()))
    assert found is not None
    assert (found.share, found.low, found.p) == (0.0, 0.0, 1.0)
    assert not found.effects.any()
    own = np.diag([9.0, 9.0, 9.0])  # each branch has one interviewer of its own
    assert degrees_between(own) == 0
    assert fit_random_intercept(own, 5 * own, 700.0) is None
    assert fit_random_intercept(np.full((6, 1), 10.0), np.full((6, 1), 50.0), 1500.0) is None  # everybody said the same


@pytest.mark.parametrize("design", ["weights", "design"])
def test_weighted_shares_agree_with_survey(design: str) -> None:
    clustered = design == "design"
    cells = DATA.assign(stratum=DATA["stratum"] if clustered else None, cluster=DATA["cluster"] if clustered else None)
    cells = cells.assign(n=1, sum=DATA["weight"], squares=DATA["weight"] ** 2)
    category = np.array([BRANCHES.index(branch) for branch in cells["branch"]])
    shares = np.bincount(category, cells["sum"]) / cells["sum"].sum()
    covariance = shares_covariance(cells, category, shares)
    for i in range(4):
        for j in range(i, 4):
            assert covariance[i, j] == pytest.approx(OUTPUT[f"covariance_{design}", f"{i + 1}{j + 1}"], rel=1e-8)
    fit = rao_scott_fit(shares, TARGET, covariance, len(DATA))
    assert fit.chi2 == pytest.approx(OUTPUT[f"rao_scott_{design}", "chi2"], rel=1e-9)
    assert fit.p == pytest.approx(OUTPUT[f"rao_scott_{design}", "p"], rel=1e-6)
    assert fit.p == pytest.approx(OUTPUT[f"rao_scott_{design}", "svygofchisq_p"], rel=0.06)  # its saddle point approximation


def test_cells_add_up_and_respondents_outside_count_as_units_only() -> None:
    """A domain: the others stay in the design. Grouped cells give what single rows give."""
    outside = DATA["branch"] == "d"
    category = np.array([-1 if other else BRANCHES.index(branch) for branch, other in zip(DATA["branch"], outside, strict=True)])
    rows = DATA.assign(cluster=None, n=1, sum=DATA["weight"], squares=DATA["weight"] ** 2, category=category)
    inside = rows[category >= 0]
    shares = np.bincount(inside["category"], inside["sum"]) / inside["sum"].sum()
    cells = rows.groupby(["stratum", "category"])[["n", "sum", "squares"]].sum().reset_index().assign(cluster=None)
    single, grouped = shares_covariance(rows, category, shares), shares_covariance(cells, cells["category"].to_numpy(), shares)
    assert grouped == pytest.approx(single, rel=1e-9)
    alone = shares_covariance(inside, inside["category"].to_numpy(), shares)
    assert not np.allclose(alone, single, rtol=1e-4)


def test_chi_square_and_shares_agree_with_stats() -> None:
    counts = DATA["branch"].value_counts()[BRANCHES].to_numpy(float)
    fit = pearson_fit(counts, TARGET)
    assert (fit.chi2, fit.p) == pytest.approx((OUTPUT["pearson", "chi2"], OUTPUT["pearson", "p"]), rel=1e-9)
    groups = [
        GroupCount({"branch": branch}, len(part), float(len(part)), {"marked": float(part["missing"].sum()), "base": float(len(part))})
        for branch, part in DATA.groupby("branch")
    ]
    for found in compared_shares(groups, "x", "marked", "base", DEFAULT_THRESHOLDS, 0.02):
        branch = str(found.keys["branch"])
        assert found.p == pytest.approx(OUTPUT["missing_p", branch], rel=1e-9)
        assert found.p_adjusted == pytest.approx(OUTPUT["missing_adjusted", branch], rel=1e-9)
        assert (found.low, found.high) == pytest.approx((OUTPUT["wilson_low", branch], OUTPUT["wilson_high", branch]), rel=1e-9)


def test_intervals_of_the_share_of_variance_cover_it() -> None:
    """By simulation, 25 interviewers of about 20 interviews each; more rounds by MANYI_SIMULATION_ROUNDS."""
    random, held = np.random.default_rng(5), 0
    for _round in range(ROUNDS):
        size = random.poisson(20, 25) + 1
        scores = [random.normal(0, np.sqrt(0.08)) + random.normal(0, np.sqrt(0.92), count) for count in size]
        y = np.array([[values.sum()] for values in scores])
        found = fit_random_intercept(size[:, None].astype(float), y, float(sum((values**2).sum() for values in scores)))
        assert found is not None
        held += found.low <= 0.08 <= found.high
    assert held / ROUNDS > 0.95 - 3 * np.sqrt(0.95 * 0.05 / ROUNDS)


def test_pairs_by_lot_agree_with_two_hundred_thousand_lots() -> None:
    mean, variance = pair_moments(np.array([5.0, 3, 2, 2, 2]), 20, 60)
    assert mean == pytest.approx(OUTPUT["pairs", "mean"], abs=4 * OUTPUT["pairs", "mean_se"])
    assert variance == pytest.approx(OUTPUT["pairs", "variance"], rel=0.02)
    for pairs in (3, 4, 5, 6):  # the tail that decides
        assert surplus_p(pairs, mean, variance) == pytest.approx(OUTPUT["pairs_tail", str(pairs)], abs=0.03)
    assert surplus_p(0, mean, variance) == 1.0
