"""Kano's table, classes against R survey, ambiguous classes, coefficients, penalty–reward beside them."""

from __future__ import annotations

from itertools import product
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from analysis.drivers.penalty_reward import Contrast
from analysis.kano.beside_penalty_reward import CLASS_OF, beside_penalty_reward
from analysis.kano.estimate_kano import CLEAR_FROM, MATTERS_FROM, Kano, estimate_kano
from analysis.kano.evaluation_table import CLASSES, TABLE
from analysis.kano.kano_sums import kano_tallies
from analysis.kano.sentence import class_name, contrasts_sentence, kano_sentence, other_classes
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.sentences import plain_text
from survey_schema.kano_pairs import KanoPair
from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema
from survey_schema.schema_parts import LocalText
from tests.places import REFERENCE
from tests.stores.made_survey import frame_of
from words.errors import ManyiError

FOLDER = REFERENCE / "kano"
PAIRS = tuple(
    KanoPair(code=f"K{i}", title=LocalText(zh_CN=f"功能{i}", en=f"Feature {i}"), functional=f"f{i}", dysfunctional=f"d{i}")
    for i in range(1, 5)
)
TITLES = {pair.code: pair.title.en for pair in PAIRS}
_ITEMS = "\n".join(
    f"  - {{code: {side}{i}, scale: feel, reversed: true, title: {{zh_CN: {side}{i}, en: {side}{i}}}}}"
    for side in "fd"
    for i in range(1, 5)
)
SURVEY = f"""
name: kano
title: {{zh_CN: 卡诺, en: Kano}}
scales:
  feel: {{minimum: 1, maximum: 5, satisfied_from: 4}}
  ten: {{minimum: 1, maximum: 10, satisfied_from: 8}}
columns:
  - {{code: branch, role: branch, title: {{zh_CN: 分公司, en: Branch}}}}
items:
{_ITEMS}
  - {{code: q, scale: ten, title: {{zh_CN: 分, en: Score}}}}
tree: {{code: index, title: {{zh_CN: 指数, en: Index}}, children: [q]}}
"""


def survey() -> SurveySchema:
    return parse_schema(SURVEY, "kano.yaml")


def frame(data: pd.DataFrame, *used: str) -> nw.LazyFrame[Any]:
    names = [name for name in data.columns if name in used or name in ("wave", "branch") or name[1:].isdigit()]
    return frame_of({name: data[name].to_numpy() for name in names}, survey())


def classified(pairs: list[tuple[int, int]], **limits: float) -> Kano:
    """One feature from pairs of answers, 1 for "I like it"."""
    data = pd.DataFrame({"f1": [float(f) for f, _ in pairs], "d1": [float(d) for _, d in pairs]})
    thresholds = Thresholds(**limits) if limits else Thresholds()
    return estimate_kano(kano_tallies(frame(data), survey(), PAIRS[:1], ["wave"]), thresholds=thresholds)


@pytest.mark.parametrize(("functional", "dysfunctional"), list(product(range(1, 6), range(1, 6))))
def test_every_pair_has_the_class_of_the_published_table(functional: int, dysfunctional: int) -> None:
    published = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]  # Berger et al. (1993), from like to dislike
    (feature,) = classified([(functional, dysfunctional)] * 12).features
    expected = published[functional - 1][dysfunctional - 1]
    assert (feature.kind, TABLE[functional - 1][dysfunctional - 1]) == (expected, expected)
    assert feature.shares[feature.kind].value == 100
    meant = expected in "AOMI"
    assert feature.better.value == ((100 if expected in "AO" else 0) if meant else None)
    assert feature.worse.value == ((-100 if expected in "OM" else 0) if meant else None)


@pytest.mark.parametrize(("case", "used"), [("plain", ()), ("both", ("respondent_weight", "stratum", "cluster"))])
@pytest.mark.parametrize("domain", ["all", "jia"])
def test_shares_coefficients_and_strengths_agree_with_r_survey(case: str, used: tuple[str, ...], domain: str) -> None:
    output = pd.read_csv(FOLDER / "output.csv")
    rows = output[(output["case"] == case) & (output["domain"] == domain)]
    data = pd.read_csv(FOLDER / "input.csv").rename(columns={"weight": "respondent_weight"})
    tallies = kano_tallies(frame(data, *used), survey(), PAIRS, ("wave", "branch"))
    found = estimate_kano(tallies, where={} if domain == "all" else {"branch": domain})
    assert len(rows) == 40
    for row in rows.itertuples():
        feature = found.find(f"K{row.feature}")
        assert feature is not None
        if row.figure.startswith("strength"):
            entry = feature.strength
            assert (feature.kind, feature.second) == tuple(row.figure[-2:])
            assert entry.p == pytest.approx(row.p, abs=1e-8)
        else:
            entry = feature.shares[row.figure] if row.figure in CLASSES else getattr(feature, row.figure)
        assert (entry.value, entry.se) == pytest.approx((row.value, row.se), abs=1e-8), row
        assert entry.df == row.df
        assert (entry.low or 0) - 1e-9 <= (entry.value or 0) <= (entry.high or 0) + 1e-9


def test_close_classes_are_ambiguous_and_ties_go_to_must_be() -> None:
    must, attractive = (2, 5), (1, 2)
    tie = classified([must] * 20 + [attractive] * 20).features[0]
    assert (tie.kind, tie.second, tie.ambiguous, tie.fong_ambiguous) == ("M", "A", True, True)
    assert tie.candidates == ("M", "A")
    assert tie.strength.value == 0
    assert (tie.strength.value or 0) < CLEAR_FROM
    clear = classified([must] * 35 + [attractive] * 5).features[0]
    assert (clear.kind, clear.ambiguous, clear.fong_ambiguous, clear.candidates) == ("M", False, False, ("M",))
    assert (clear.total_strength.value or 0) > MATTERS_FROM
    text = plain_text(kano_sentence([clear], TITLES, "en"))
    assert text.startswith("Taken for granted (must-be): Feature 1 88 % (±")
    assert text.endswith("; 40 respondents.")
    assert "between two classes: Feature 1; 40" in plain_text(kano_sentence([tie], TITLES, "en"))
    assert other_classes([clear, tie], TITLES, "en") == ""
    neither = classified([(3, 3)] * 40).features[0]
    assert other_classes([neither], TITLES, "en") == "Other classes: indifferent: Feature 1."
    assert "no feature" in plain_text(kano_sentence([neither], TITLES, "en")).lower()
    assert len({class_name(name, "en") for name in CLASSES}) == 6


def test_fong_s_rule_is_that_of_counts() -> None:
    for a, b in ((30, 22), (30, 15), (40, 20), (25, 24)):
        pairs = [(2, 5)] * a + [(1, 2)] * b + [(3, 3)] * (80 - a - b)
        found = classified(pairs).features[0]
        first, second = sorted((a, b, 80 - a - b), reverse=True)[:2]
        critical = 1.65 * np.sqrt((first + second) * (160 - first - second) / 160)
        assert found.fong_ambiguous == (first - second < critical)


def test_small_groups_are_hidden_and_half_a_pair_counts_nowhere() -> None:
    data = pd.DataFrame({"branch": ["a"] * 30 + ["b"] * 30 + ["c"] * 4, "f1": 2.0, "d1": 5.0})
    data.loc[:9, "d1"] = np.nan
    found = estimate_kano(kano_tallies(frame(data), survey(), PAIRS[:1], ("wave", "branch")), by=["branch"])
    hidden = found.find("K1", branch="c")
    assert hidden is not None
    assert (hidden.kind, hidden.shares["M"].value, hidden.reason is None) == (None, None, False)
    assert hidden.candidates == ()
    shown = [feature for feature in found.features if feature.kind is not None]
    assert len(shown) == 1  # a second one is hidden so that the total does not give the small one away
    everybody = estimate_kano(kano_tallies(frame(data), survey(), PAIRS[:1], ("wave", "branch"))).find("K1")
    assert everybody is not None
    assert everybody.shares["M"].n == 54
    assert plain_text(kano_sentence([hidden], TITLES, "en")) == "No feature has enough answers for a class."


def test_shares_and_coefficients_of_a_feature_are_shown_or_hidden_together() -> None:
    """In the small branch hardly anybody's pair has a coefficient; another pattern of hiding than that of the shares would tell it."""
    data = pd.DataFrame({"branch": ["a"] * 60 + ["b"] * 40 + ["c"] * 30, "f1": 2.0, "d1": 5.0})
    data.loc[100:, ["f1", "d1"]] = [5.0, 1.0]
    data.loc[100:104, ["f1", "d1"]] = [2.0, 5.0]
    found = estimate_kano(kano_tallies(frame(data), survey(), PAIRS[:1], ("wave", "branch")), by=["branch"])
    assert {each.keys["branch"] for each in found.features if each.kind} == {"a", "b", "c"}
    assert [each.better.value is None for each in found.features] == [False, False, True], "its own base is five"
    few = data[:104]
    found = estimate_kano(kano_tallies(frame(few), survey(), PAIRS[:1], ("wave", "branch")), by=["branch"])
    for each in found.features:
        shown = {entry.value is not None for entry in (*each.shares.values(), each.better, each.worse, each.strength)}
        assert len(shown) == 1


def test_penalty_and_reward_alone_make_a_sentence() -> None:
    effect = Estimate({}, "q", 1.0)
    made = [Contrast(kind, effect, effect, 10, 10, kind) for kind in CLASS_OF]
    told = plain_text(contrasts_sentence(made, {kind: kind.upper() for kind in CLASS_OF}, "en"))
    assert told == "Must-be: BASIC; one-dimensional: PERFORMANCE; attractive: EXCITEMENT; indifferent: NONE (by penalty and reward)."
    assert plain_text(contrasts_sentence(made[-1:], {"unclear": "x"}, "en")) == "Penalty and reward tell no class."


def test_questions_must_have_five_grades_and_be_named() -> None:
    data = frame(pd.DataFrame({"f1": [1.0], "d1": [5.0]}))
    with pytest.raises(ManyiError, match="10 grades"):
        kano_tallies(data, survey(), [KanoPair(code="x", title=LocalText(zh_CN="x", en="x"), functional="q", dysfunctional="d1")])
    with pytest.raises(ManyiError):
        kano_tallies(data, survey(), [])


def test_penalty_reward_stands_beside() -> None:
    (feature,) = classified([(2, 5)] * 35 + [(1, 2)] * 5).features
    effect = Estimate({}, "q", 1.0)
    contrasts = {kind: Contrast("q", effect, effect, 10, 10, kind) for kind in CLASS_OF}
    agree = {kind: beside_penalty_reward([feature], [contrast], {"K1": "q"})[0].agree for kind, contrast in contrasts.items()}
    assert agree == {"basic": True, "performance": False, "excitement": False, "none": False, "unclear": None}
    assert beside_penalty_reward([feature], [contrasts["basic"]], {}) == ()


@pytest.mark.slow
def test_intervals_of_better_worse_and_shares_cover() -> None:
    rng = np.random.default_rng(8)
    rounds, n, chances = 300, 150, {"M": 0.35, "O": 0.2, "A": 0.25, "I": 0.15, "R": 0.03, "Q": 0.02}
    pair_of = {"M": (2, 5), "O": (1, 5), "A": (1, 2), "I": (3, 3), "R": (5, 1), "Q": (1, 1)}
    drawn = rng.choice(list(chances), rounds * n, p=list(chances.values()))
    data = pd.DataFrame([pair_of[name] for name in drawn], columns=["f1", "d1"], dtype=float)
    data.insert(0, "wave", np.repeat([f"w{r:03d}" for r in range(rounds)], n))
    found = estimate_kano(kano_tallies(frame(data, "wave"), survey(), PAIRS[:1], ["wave"]), by=["wave"])
    truth = {"better": 100 * 0.45 / 0.95, "worse": -100 * 0.55 / 0.95, "total_strength": 80.0}
    truth |= {name: 100 * chances[name] for name in "MOAI"}
    inside = {}
    for name, value in truth.items():
        entries = [f.shares[name] if name in f.shares else getattr(f, name) for f in found.features]  # type: ignore[index]
        inside[name] = np.mean([(entry.low or 0) <= value <= (entry.high or 0) for entry in entries])
    print(inside)
    assert len(found.features) == rounds
    assert all(0.92 <= each <= 0.985 for each in inside.values()), inside
