"""Whether recovery helped: R's lm with HC3 errors, regression to the mean, and what is said without a comparison."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.recovery.recovery_effect import recovery_effect
from analysis.recovery.sentence import effect_sentence
from analysis.results.estimates import Thresholds
from analysis.results.sentences import plain_text
from tests.places import REFERENCE

FOLDER = REFERENCE / "recovery"
THRESHOLDS = Thresholds()


def cases() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "input.csv").astype({"contacted": bool, "win_back": bool})


@pytest.mark.parametrize("case", ["helps", "nothing", "one_layer", "few"])
def test_effect_and_changes_are_those_of_r(case: str) -> None:
    table, expected = cases(), pd.read_csv(FOLDER / "output.csv")
    found = recovery_effect(table[table["case"] == case], "Q", "sheet", THRESHOLDS)
    assert found is not None
    ours = {"effect": found.effect, "contacted": found.changed("contacted"), "not_contacted": found.changed("not_contacted")}
    for row in expected[expected["case"] == case].to_dict("records"):
        each = ours[row["figure"]]
        assert each is not None
        told = (each.value, each.se, each.low, each.high, each.p, each.df)
        assert told == pytest.approx(tuple(row[name] for name in ("value", "se", "low", "high", "p", "df")), rel=1e-9), row["figure"]


def drawn(rng: np.random.Generator, count: int, helps: float) -> pd.DataFrame:
    """Customers with a lasting satisfaction; on the list are those who happened to answer very low, and the lowest are contacted first."""
    lasting = rng.normal(60, 12, count)
    before, after = lasting + rng.normal(0, 18, count), lasting + rng.normal(0, 18, count)
    table = pd.DataFrame({"score": before, "after": after, "win_back": rng.random(count) < 0.3})[before < 40]
    contacted = rng.random(len(table)) < np.where(table["score"] < 30, 0.7, 0.4)
    return table.assign(contacted=contacted, after=table["after"] + helps * contacted)


def test_low_answers_that_rise_by_themselves_are_no_effect_and_a_true_effect_is_found() -> None:
    """The naive change is more than 15 points in every draw; the interval holds the truth in 92 to 98 of a hundred."""
    rng = np.random.default_rng(20260731)
    held, alarms, naive = 0, 0, []
    for turn in range(200):
        helps = 8.0 * (turn % 2)
        found = recovery_effect(drawn(rng, 1_200, helps), "Q", "survey", THRESHOLDS)
        assert found is not None
        effect, change = found.effect, found.changed("contacted")
        assert effect.low is not None
        assert effect.high is not None
        assert change is not None
        assert change.value is not None
        held += effect.low <= helps <= effect.high
        alarms += helps == 0 and effect.verdict != "unclear"
        naive.append(change.value)
    assert min(naive) > 15
    assert 0.92 <= held / 200 <= 0.98
    assert alarms <= 0.08 * 100


def test_without_others_the_change_is_a_change_only() -> None:
    table = cases()
    found = recovery_effect(table[(table["case"] == "helps") & table["contacted"]], "Q", "sheet", THRESHOLDS)
    assert found is not None
    assert found.effect.value is None
    told = plain_text(effect_sentence(found, "en"))
    assert "this is a change and no effect" in told
    assert "22.8 points" in told


def test_a_side_that_may_not_be_shown_hides_the_effect() -> None:
    table = cases()
    case = table[table["case"] == "few"]
    some = pd.concat([case[case["contacted"]], case[~case["contacted"]].head(9)])
    found = recovery_effect(some, "Q", "sheet", THRESHOLDS)
    assert found is not None
    others = found.changed("not_contacted")
    assert (found.effect.value, others.value if others else 0) == (None, None)
    assert "9.0" in str(found.effect.reason.text("en") if found.effect.reason else "")


def test_nobody_is_comparable_where_contact_follows_the_layer() -> None:
    table = pd.DataFrame({"score": np.linspace(0, 40, 40), "after": np.linspace(30, 60, 40), "win_back": [True, False] * 20})
    found = recovery_effect(table.assign(contacted=table["win_back"]), "Q", "sheet", THRESHOLDS)
    assert found is not None
    assert found.effect.reason is not None
    assert found.effect.reason.template.startswith("Who was contacted follows")


def test_nobody_asked_again_has_no_effect() -> None:
    assert recovery_effect(cases().assign(after=np.nan), "Q", "sheet", THRESHOLDS) is None
