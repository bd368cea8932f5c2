"""Satisfied, dissatisfied, top box and net promoter score: values and errors against R survey, and what a manager may rely on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.compare.compare_groups import compare_pair
from analysis.compare.compare_waves import compare_waves
from analysis.index.estimate_index import estimate_index
from analysis.index.estimate_rates import estimate_rates
from analysis.inference.wilson_interval import wilson_interval
from analysis.results.estimates import Estimate, Thresholds
from analysis.sums.share_tallies import items_with, share_tallies
from analysis.sums.tallies import Tallies, combine, sums
from survey_schema.answer_shares import SHARES, Share
from tests.analysis.index.share_cases import survey
from tests.analysis.index.survey_designs import DESIGNS, NAMES
from tests.places import REFERENCE
from tests.stores.made_survey import frame_of

FOLDER = REFERENCE
OUTPUT = pd.read_csv(FOLDER / "survey_shares" / "output.csv", comment="#")
SHOW_ALL = Thresholds(marked_below=0, hidden_below=0)


@pytest.fixture(scope="module")
def tallied() -> dict[str, Tallies]:
    data = pd.read_csv(FOLDER / "survey_means" / "input.csv").rename(columns={"weight": "respondent_weight"})
    data["r1"] = data["q1"]
    schema, always = survey(), ["branch", "q1", "q2", "q3", "q4", "r1"]
    return {
        case: sums(frame_of({name: data[name].to_numpy() for name in [*always, *used]}, schema), schema, ("wave", "branch"))
        for case, used in DESIGNS.items()
    }


def _found(tallies: Tallies, item: str, share: Share, domain: str) -> Estimate:
    if domain == "jia_minus_yi":
        gap = compare_pair(share_tallies(tallies, share), survey(), "甲", "乙", codes=[item], thresholds=SHOW_ALL).estimates[0]
        return gap if share == "nps" else gap._replace(value=gap.value / 100, se=gap.se / 100)
    where = {} if domain == "all" else {"branch": NAMES[domain]}
    return estimate_rates(tallies, survey(), where=where, codes=[item], thresholds=SHOW_ALL).find(item, share=share)


@pytest.mark.parametrize("case", DESIGNS)
def test_shares_and_net_promoter_scores_agree_with_r(case: str, tallied: dict[str, Tallies]) -> None:
    rows = OUTPUT[OUTPUT["case"] == case]
    assert len(rows) == 60
    for row in rows.itertuples():
        found = _found(tallied[case], row.item, row.share, row.domain)
        assert found.value == pytest.approx(row.value, abs=1e-8), row
        assert found.se == pytest.approx(row.se, abs=1e-8), row


def test_the_published_score_and_its_error() -> None:
    """8.45 ± 2.50 on 1,063 answers: no whole numbers of answers give 8.45, so promoters weigh a little less than one."""
    promoters, passives, detractors = 402, 349, 312
    weight = (0.0845 * (passives + detractors) + detractors) / (promoters * (1 - 0.0845))
    schema, counts = survey(), [promoters, passives, detractors]
    columns = {"q1": np.repeat([10, 8, 3], counts), "respondent_weight": np.repeat([weight, 1.0, 1.0], counts)}
    entry = estimate_rates(sums(frame_of(columns, schema), schema), schema, codes=["q1"]).find("q1", share="nps")
    assert (entry.n, round(entry.value, 2), round(entry.se, 2)) == (1063, 8.45, 2.50)


def test_a_score_by_hand() -> None:
    schema = survey()
    grades = np.repeat([10, 9, 8, 7, 6, 0], [20, 23, 12, 9, 11, 5])
    entry = estimate_rates(sums(frame_of({"q1": grades}, schema), schema), schema, codes=["q1"]).find("q1", share="nps")
    x = np.select([grades >= 9, grades <= 6], [100.0, -100.0], 0.0)
    half = stats.t.ppf(0.975, len(x) - 1) * x.std(ddof=1) / np.sqrt(len(x))
    assert (entry.value, entry.low, entry.high) == pytest.approx((x.mean(), x.mean() - half, x.mean() + half))
    assert (entry.n, entry.df) == (80, 79)


def test_reversed_items_count_at_the_other_end() -> None:
    schema = survey("{minimum: 1, maximum: 5, satisfied_from: 4, dissatisfied_to: 2}")
    grades = np.repeat([1, 2, 3, 4, 5], [50, 10, 20, 5, 15])
    tallies = sums(frame_of({"q1": grades, "r1": grades}, schema), schema)
    rates = estimate_rates(tallies, schema, codes=["q1", "r1"])
    assert {share: rates.find("q1", share=share).value for share in SHARES[:3]} == {"satisfied": 0.2, "dissatisfied": 0.6, "top_box": 0.15}
    assert {share: rates.find("r1", share=share).value for share in SHARES[:3]} == {"satisfied": 0.6, "dissatisfied": 0.2, "top_box": 0.5}
    assert items_with(tallies, "nps") == ()


def test_a_scale_of_words_names_the_dissatisfied_and_one_of_numbers_does_not() -> None:
    words = ", ".join(f"{{grade: {grade}, zh_CN: [词{grade}], en: [word {grade}]}}" for grade in range(1, 6))
    grades = np.repeat([1, 2, 3, 4, 5], [10, 19, 30, 21, 10])
    for scale, share in ((f"{{minimum: 1, maximum: 5, satisfied_from: 4, labels: [{words}]}}", 29 / 90),
                         ("{minimum: 1, maximum: 5, satisfied_from: 4}", None)):  # fmt: skip
        schema = survey(scale)
        entry = estimate_rates(sums(frame_of({"q1": grades}, schema), schema), schema, codes=["q1"]).find("q1", share="dissatisfied")
        assert (entry.value if entry else None) == (pytest.approx(share) if share else None)


def test_shares_have_changes_and_stay_hidden_with_their_item() -> None:
    schema, rng = survey(), np.random.default_rng(3)
    grades = [np.r_[rng.choice([10, 8, 2], 400, p=p), [9] * 6] for p in ([0.3, 0.4, 0.3], [0.6, 0.3, 0.1])]
    branch = ["甲"] * 200 + ["乙"] * 200 + ["小"] * 6
    parts = [sums(frame_of({"q1": each, "branch": branch, "wave": [label] * 406}, schema), schema, ("wave", "branch"))
             for label, each in zip(("2026Q1", "2026Q2"), grades, strict=True)]  # fmt: skip
    tallies = combine(parts)
    change = compare_waves(share_tallies(tallies, "nps"), schema, "2026Q2", "2026Q1", codes=["q1"]).differences.find("q1")
    before, now = (100 * (np.mean(each >= 9) - np.mean(each <= 6)) for each in grades)
    assert change.value == pytest.approx(now - before)
    assert change.verdict == "higher"
    rates = estimate_rates(parts[0], schema, by=["branch"], codes=["q1"])
    scores = estimate_index(parts[0], schema, by=["branch"], codes=["q1"])
    for name in ("甲", "乙", "小"):
        hidden = scores.find("q1", branch=name).value is None
        assert {(rates.find("q1", branch=name, share=share).value is None) for share in SHARES} == {hidden}
    assert scores.find("q1", branch="小").value is None


def test_shares_without_variance_all_get_the_same_interval() -> None:
    """0/1 answers that are constant within each stratum have no variance, whatever rounding leaves of it."""
    rng = np.random.default_rng(12)
    schema = survey("{minimum: 0, maximum: 1, satisfied_from: 1}")
    for seed in range(20):
        strata = np.repeat(np.arange(7), rng.integers(5, 40, 7))
        weight = rng.gamma(4, 0.31 * (seed + 1), 7)[strata]
        answers = {code: (strata % (place + 2) == 0).astype(float) for place, code in enumerate(("q1", "q2", "q3", "q4"))}
        columns = {"stratum": [f"s{each}" for each in strata], "respondent_weight": weight, **answers}
        rates = estimate_rates(sums(frame_of(columns, schema), schema), schema, shares=["satisfied"])
        for entry in rates.estimates:
            assert entry.se == pytest.approx(0, abs=1e-12)
            expected = wilson_interval(entry.value, None, entry.n, entry.n_eff, entry.df, 0.95)
            assert (entry.low, entry.high) == pytest.approx(expected, abs=1e-9)
            assert entry.high - entry.low > 0.02


@pytest.mark.parametrize("noise", [0.0, 1e-18, 1e-14, 1e-9])
def test_rounding_noise_does_not_decide_about_an_interval(noise: float) -> None:
    assert wilson_interval(0.3, noise, 200, 180.0, 199, 0.95) == pytest.approx(wilson_interval(0.3, 0.0, 200, 180.0, 199, 0.95))
    assert wilson_interval(noise**2, noise, 200, 180.0, 199, 0.95) == pytest.approx(
        wilson_interval(0.0, 0.0, 200, 180.0, 199, 0.95), abs=1e-8
    )


@pytest.mark.parametrize(("grade", "value", "reach"), [(10, 100, 2), (7, 0, 1), (0, -100, 2)])
def test_a_score_on_which_all_agree_is_not_certain(grade: int, value: float, reach: int) -> None:
    schema = survey()
    entry = estimate_rates(sums(frame_of({"q1": [grade] * 50}, schema), schema), schema, codes=["q1"]).find("q1", share="nps")
    others = 100 * wilson_interval(0.0, 0.0, 50, 50.0, 49, 0.95)[1]
    assert entry.value == value
    assert (entry.low, entry.high) == pytest.approx((max(value - reach * others, -100), min(value + reach * others, 100)))
