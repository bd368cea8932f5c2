"""The province holds what is planted: expected scores, the drop, better and worse branches, drivers, small bases, design."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.effects.branch_paths import branch_paths
from analysis.effects.difference_in_differences import EffectCheck, check_effect
from analysis.results.estimates import Estimate
from sample_data import province_plan as plan
from sample_data.planted import expected_index, planted
from sample_data.province_responses import loadings, province_responses, written_answers
from survey_schema.loading import load_schema

ITEMS = list(plan.ITEM_LEVELS)
DIMENSIONS = {code: [item for item in ITEMS if item.startswith(code)] for code in ("C1", "C2", "C3", "C4")}


@pytest.fixture(scope="module")
def waves() -> dict[str, pd.DataFrame]:
    return {wave: province_responses(wave) for wave in plan.WAVES}


def _score_and_error(responses: pd.DataFrame, weights: dict[str, float]) -> tuple[float, float]:
    """Weighted Σ a·mean on 0–100 with its linearised error, sampling points as clusters where there is more than one answer in each."""
    weight, influence, score = responses["respondent_weight"].to_numpy(), np.zeros(len(responses)), 0.0
    for item, share in weights.items():
        points = (responses[item].to_numpy() - 1) / 9 * 100
        answered = ~np.isnan(points)
        mean = np.average(points[answered], weights=weight[answered])
        score += share * mean
        influence += share * np.where(answered, weight * (np.nan_to_num(points) - mean), 0) / weight[answered].sum()
    by_point = pd.Series(influence).groupby(responses["cluster"].to_numpy()).sum()
    return score, float(np.sqrt((by_point**2).sum() * len(by_point) / (len(by_point) - 1)))


INDEX = {item: 0.25 / len(items) for items in DIMENSIONS.values() for item in items}


def _ours(responses: pd.DataFrame) -> pd.DataFrame:
    return responses[responses["operator"] == "mobile"]


def test_about_sixty_thousand_responses_in_126_cells(waves: dict[str, pd.DataFrame]) -> None:
    assert 59_500 <= sum(map(len, waves.values())) <= 60_500
    assert all(responses.groupby(["branch", "operator", "brand"]).ngroups == 126 for responses in waves.values())


@pytest.mark.parametrize("wave", plan.WAVES)
@pytest.mark.parametrize("operator", list(plan.BRANDS))
def test_the_index_is_the_planted_one(waves: dict[str, pd.DataFrame], wave: str, operator: str) -> None:
    cells = [cell for cell in plan.cells() if cell.operator == operator]
    responses = waves[wave]
    score, error = _score_and_error(responses[responses["operator"] == operator], INDEX)
    assert error < 0.6
    assert abs(score - expected_index(load_schema("telecom_csi"), cells, wave)) < 3.5 * error


def test_the_last_wave_drops_where_planted_and_nowhere_else(waves: dict[str, pd.DataFrame]) -> None:
    before, after = (_ours(waves[wave]) for wave in plan.WAVES[-2:])
    moved = {}
    for item in ITEMS:
        (first, first_error), (second, second_error) = _score_and_error(before, {item: 1}), _score_and_error(after, {item: 1})
        change, error = second - first, np.hypot(first_error, second_error)
        assert abs(change - plan.LAST_WAVE.get(item, 0)) < 3.7 * error, item
        moved[item] = change / error
    assert max(moved[item] for item in planted()["province"]["fallen"]) < -4
    assert moved["C31"] > 4
    first, second = _score_and_error(before, INDEX), _score_and_error(after, INDEX)
    assert first[0] - second[0] > 1
    assert 75 < second[0] < 82


def test_branches_stand_where_planted(waves: dict[str, pd.DataFrame]) -> None:
    ours = _ours(waves["2026Q2"])
    for branch in (*plan.BETTER, *plan.WORSE):
        inside, outside = ours[ours["branch"] == branch], ours[ours["branch"] != branch]
        (here, here_error), (there, there_error) = _score_and_error(inside, INDEX), _score_and_error(outside, INDEX)
        distance = (here - there) / np.hypot(here_error, there_error)
        assert distance > 3 if branch in plan.BETTER else distance < -3, branch
    cells = [cell for cell in plan.cells() if cell.operator == "mobile"]
    schema = load_schema("telecom_csi")
    alike = {round(expected_index(schema, [cell for cell in cells if cell.branch == branch], "2026Q2"), 9) for branch in plan.ALIKE}
    assert len(alike) == 1


def test_drivers_have_the_planted_strength(waves: dict[str, pd.DataFrame]) -> None:
    pooled = pd.concat([_ours(responses) for responses in waves.values()])[["Q1", *plan.DRIVER_EFFECTS]].dropna()
    standard = (pooled - pooled.mean()) / pooled.std()
    effects, residual, *_rest = np.linalg.lstsq(standard[list(plan.DRIVER_EFFECTS)], standard["Q1"], rcond=None)
    np.testing.assert_allclose(effects, list(plan.DRIVER_EFFECTS.values()), atol=0.035)
    assert list(np.argsort(-effects)[:4]) == [0, 1, 2, 3]
    assert 0.4 < 1 - residual[0] / len(standard) < 0.5


def test_sources_have_unit_variance() -> None:
    codes, matrix = loadings()
    assert list(codes) == ITEMS
    np.testing.assert_allclose((matrix**2).sum(axis=1), 1, atol=1e-12)


def test_the_small_branch_has_bases_to_mark_and_to_hide(waves: dict[str, pd.DataFrame]) -> None:
    ours = _ours(waves["2026Q2"])
    small = ours[ours["branch"] == "jinchang"]
    effective = {name: group.sum() ** 2 / (group**2).sum() for name, group in small.groupby("brand")["respondent_weight"]}
    whole = small["respondent_weight"].sum() ** 2 / (small["respondent_weight"] ** 2).sum()
    assert 10 <= whole < 30
    assert min(effective.values()) < 10
    others = ours[ours["branch"] != "jinchang"].groupby("branch").size()
    assert others.min() >= 100


def test_weights_bring_customers_back_in_proportion(waves: dict[str, pd.DataFrame]) -> None:
    responses = waves["2026Q1"]
    weighted = responses.groupby(["branch", "operator", "brand"])["respondent_weight"].sum()
    customers = pd.Series({(cell.branch, cell.operator, cell.brand): cell.customers for cell in plan.cells()})[weighted.index]
    np.testing.assert_allclose(weighted.to_numpy() / weighted.sum(), customers.to_numpy() / customers.sum(), atol=1e-5)


def test_missing_answers_are_written_as_agencies_do(waves: dict[str, pd.DataFrame]) -> None:
    answers = waves["2026Q2"][ITEMS]
    shares = answers.isna().mean()
    assert shares.drop(["P2", "P3"]).between(0.015, 0.035).all()
    assert shares[["P2", "P3"]].between(0.2, 0.24).all()
    written = written_answers(answers, np.random.default_rng(1))
    assert set(written["C11"][answers["C11"].isna()]) == {None, 97, 98, 99, "不清楚", "拒答"}
    assert (written["C11"][answers["C11"].notna()] == answers["C11"].dropna()).all()


def test_sampling_points_lie_within_one_stratum_of_one_branch(waves: dict[str, pd.DataFrame]) -> None:
    responses = waves["2026Q2"]
    assert responses.groupby("cluster")[["branch", "stratum"]].nunique().max().max() == 1
    assert responses.groupby(["branch", "stratum"])["cluster"].nunique().min() >= 2
    assert 10 < responses.groupby("cluster").size().mean() < 14


def test_the_countermeasure_helps_one_branch_only(waves: dict[str, pd.DataFrame]) -> None:
    def change(inside: bool) -> float:
        scores = []
        for wave in ("2025Q3", "2025Q4"):
            ours = _ours(waves[wave])
            scores.append(_score_and_error(ours[(ours["branch"] == plan.COUNTERMEASURE_BRANCH) == inside], {"C27": 1})[0])
        return scores[1] - scores[0]

    assert change(True) - change(False) == pytest.approx(plan.COUNTERMEASURE_POINTS, abs=4)


def _checked(waves: dict[str, pd.DataFrame], item: str, treated: list[str], since: str) -> EffectCheck:
    figures = []
    for wave, responses in waves.items():
        for branch, rows in _ours(responses).groupby("branch"):
            score, error = _score_and_error(rows, {item: 1})
            figures.append(Estimate({"branch": str(branch), "wave": wave}, item, score, error, n=len(rows), n_eff=float(len(rows))))
    place = plan.WAVES.index(since)
    return check_effect(branch_paths(figures, plan.WAVES, treated), item, plan.WAVES[:place], plan.WAVES[place:])


def test_the_planted_effect_is_found_and_the_planted_non_effect_is_not_claimed(waves: dict[str, pd.DataFrame]) -> None:
    known = planted()["province"]["countermeasure"]
    for item in known["items"]:
        effect = _checked(waves, item, [known["branch"]], known["from"]).difference.effect
        assert effect.verdict == "higher", item
        assert abs((effect.value or 0.0) - known["points"]) < 3.5 * (effect.se or 0.0), item
    idle = planted()["province"]["idle_measure"]
    for item in idle["items"]:
        found = _checked(waves, item, idle["branches"], idle["from"])
        assert (found.difference.effect.verdict, idle["points"]) == ("unclear", 0.0)
        assert (found.difference.effect.low or 0.0) < 0.0 < (found.difference.effect.high or 0.0)
        assert found.placebo is not None
        assert found.placebo.effect.verdict == "unclear"
