"""Two sides stand on the questions both were asked: against R, against sums made by hand, and whatever was not asked where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.compare.branch_composite import estimate_composite
from analysis.compare.compare_competitors import compare_competitors
from analysis.compare.compare_groups import compare_sides, compare_with_rest, gap_to_best, gap_to_target, league
from analysis.compare.compare_waves import compare_waves, compare_waves_by_group
from analysis.compare.competitor_sentence import competitors_sentence
from analysis.compare.decompose_change import decompose_change
from analysis.compare.funnel_limits import estimate_funnel
from analysis.compare.rank_intervals import rank_intervals
from analysis.disclosure.protected_domains import protected_domains
from analysis.index.estimate_index import estimate_index
from analysis.inference.figures import contrast, figures_of
from analysis.results.estimates import Estimate, Result, Thresholds
from analysis.results.sentences import headline, league_sentence, plain_text
from analysis.sums.tallies import Tallies, sums
from tests.analysis.compare.comparison_cases import BEFORE, FOLDER, NOW, QUESTIONS, SCHEMA, SHOW_ALL, tallied
from tests.stores.made_survey import frame_of

REFERENCE = pd.read_csv(FOLDER.parent / "common_questions" / "output.csv", comment="#")
BRANCHES, OPERATORS, WAVES = ("a", "b", "c"), ("us", "them"), (BEFORE, NOW)
CELLS = tuple(product(WAVES, OPERATORS, BRANCHES))
EACH = 12
#: Weights below each indicator, written down apart from the survey.
LEFT, RIGHT = {"q1": 0.4, "q2": 0.6}, {"q3": 0.5, "q4": 0.5}
POPULATION = pd.DataFrame({"branch": ["a", "b", "c"], "operator": ["us"] * 3, "customers": [50.0, 30.0, 20.0]})


# ---------------------------------------------------------------- against R


@pytest.mark.parametrize("case", ["plain", "weighted", "both"])
def test_differences_on_common_questions_agree_with_r(case: str) -> None:
    data = pd.read_csv(FOLDER / "input.csv").rename(columns={"weight": "respondent_weight"})
    data.loc[data["wave"] == BEFORE, "q1"] = np.nan
    data.loc[(data["wave"] == NOW) & (data["branch"] == "west"), "q3"] = np.nan
    design = {"plain": (), "weighted": ("respondent_weight",), "both": ("respondent_weight", "stratum", "cluster")}[case]
    tallies = tallied({name: data[name].to_numpy() for name in ("wave", "branch", *QUESTIONS, *design)})
    rows = REFERENCE[REFERENCE["case"] == case].set_index("figure")
    change = compare_waves(tallies, SCHEMA, NOW, BEFORE, thresholds=SHOW_ALL)
    rest = compare_with_rest(tallies, SCHEMA, where={"wave": NOW}, thresholds=SHOW_ALL)
    found = {f"change of {code}": change.differences.find(code) for code in ("index", "left", "right")}
    found |= {f"west and rest, {code}": rest.find(code, branch="west") for code in ("index", "right")}
    for figure, entry in found.items():
        assert (entry.value, entry.se) == pytest.approx(tuple(rows.loc[figure, ["value", "se"]]), abs=1e-8), figure
    assert (found["change of index"].questions.asked, found["change of right"].questions) == ({"q2", "q3", "q4"}, None)
    assert sum(change.contributions.values()) == pytest.approx(found["change of index"].value, abs=1e-9)


# ------------------------------------------------- whatever was not asked where


def _answers(asked: Sequence[frozenset[str]], seed: int | None) -> pd.DataFrame:
    """Responses of every cell; without a seed every cell answers a question alike, while the questions differ by 60 points."""
    rng = np.random.default_rng(seed or 0)
    frames = []
    for (wave, operator, branch), questions in zip(CELLS, asked, strict=True):
        rows: dict[str, Any] = {"wave": wave, "operator": operator, "branch": branch}
        for place, code in enumerate(QUESTIONS):
            alike = np.tile([1, 2, 3], EACH // 3) + 2 * place
            answers = rng.integers(1, 11, EACH) if seed is not None else alike
            rows[code] = answers.astype(float) if code in questions else np.full(EACH, np.nan)
        frames.append(pd.DataFrame(rows, index=range(EACH)))
    return pd.concat(frames, ignore_index=True)


def _tallies(data: pd.DataFrame) -> Tallies:
    return sums(frame_of({name: data[name].to_numpy() for name in data}, SCHEMA), SCHEMA, ("wave", "operator", "branch", "brand"))


def _everything(tallies: Tallies) -> Iterator[Estimate]:
    """Every comparison there is, with all that stands in it."""
    ours = {"operator": "us"}
    for where in ({}, ours, {"operator": "them"}):
        change = compare_waves(tallies, SCHEMA, NOW, BEFORE, where=where, thresholds=SHOW_ALL)
        yield from change.differences.estimates
        yield from compare_waves_by_group(tallies, SCHEMA, NOW, BEFORE, where=where, thresholds=SHOW_ALL).estimates
        for code in ("index", "left", "right"):
            yield from decompose_change(tallies, SCHEMA, NOW, BEFORE, where=where, code=code, thresholds=SHOW_ALL).as_result().estimates
    for wave in WAVES:
        here = {**ours, "wave": wave}
        yield from compare_with_rest(tallies, SCHEMA, where=here, thresholds=SHOW_ALL).estimates
        yield from gap_to_best(tallies, SCHEMA, where=here, thresholds=SHOW_ALL).estimates
        pair = compare_sides(tallies, SCHEMA, "a", "b", where=here, thresholds=SHOW_ALL)
        yield from (*pair.gaps.estimates, *pair.first, *pair.second)
        for code, common in product(("index", "left", "right", "q1"), (False, True)):
            table = league(tallies, SCHEMA, where=here, code=code, common=common, thresholds=SHOW_ALL)
            yield from (*table.estimates, *rank_intervals(table).estimates)
            if code != "q1":
                funnel = estimate_funnel(tallies, SCHEMA, where=here, code=code, common=common, thresholds=SHOW_ALL)
                yield from (point.estimate for point in funnel.points)
        duels = compare_competitors(tallies, SCHEMA, where={"wave": wave}, thresholds=SHOW_ALL)
        yield from duels.as_result().estimates
        composite = estimate_composite(tallies, SCHEMA, where=here, population=POPULATION, thresholds=SHOW_ALL)
        yield from (score.difference for score in composite.scores)
    yield from estimate_index(tallies, SCHEMA, by=["wave", "branch"], thresholds=SHOW_ALL).estimates


QUESTION_SETS = st.sets(st.sampled_from(QUESTIONS)).map(frozenset)
PATTERNS = st.lists(QUESTION_SETS, min_size=len(CELLS), max_size=len(CELLS)).filter(any)


@settings(max_examples=8, deadline=None)
@given(PATTERNS)
def test_where_only_the_questions_differ_nothing_is_higher_or_lower(asked: list[frozenset[str]]) -> None:
    tallies = _tallies(_answers(asked, None))
    ranks: dict[tuple[object, ...], set[int]] = {}
    for entry in _everything(tallies):
        assert entry.verdict not in ("higher", "lower"), entry
        assert (entry.value is None) == (entry.reason is not None)
        if entry.letters is not None:
            ranks.setdefault((entry.code, entry.keys.get("wave")), set()).add(entry.rank)
    assert all(found == {1} for found in ranks.values())  # all alike, so all first: nobody is ahead for what was not asked
    for wave in WAVES:
        table = league(tallies, SCHEMA, where={"wave": wave, "operator": "us"}, thresholds=SHOW_ALL)
        told = plain_text(league_sentence(table, SCHEMA, "en"))
        duels = compare_competitors(tallies, SCHEMA, where={"wave": wave}, thresholds=SHOW_ALL)
        told += plain_text(competitors_sentence(duels, SCHEMA, "en"))
        index = estimate_index(tallies, SCHEMA, where={"wave": wave}, thresholds=SHOW_ALL).find("index")
        change = compare_waves(tallies, SCHEMA, NOW, BEFORE, thresholds=SHOW_ALL).differences.find("index")
        told += plain_text(headline(index, SCHEMA, "en", change=change, compared_with="the wave before"))
        assert not any(word in told for word in ("above the rest", "below the rest", "we lead", "we trail", " up ", " down ")), told


def _by_hand(data: pd.DataFrame, one: pd.Series, other: pd.Series, code: str) -> float | None:
    """The difference of two sides on common questions in plain pandas; None where they carry less than half of the weight."""
    scores = (data[list(QUESTIONS)] - 1) / 9 * 100
    common = [question for question in QUESTIONS if scores.loc[one, question].count() and scores.loc[other, question].count()]
    gaps = {question: scores.loc[one, question].mean() - scores.loc[other, question].mean() for question in common}
    parts = {}
    for name, weights in (("left", LEFT), ("right", RIGHT)):
        inside = {question: weight for question, weight in weights.items() if question in common}
        share = sum(inside.values())
        parts[name] = (share, sum(weight * gaps[question] for question, weight in inside.items()) / share if share else 0.0)
    if code in parts:
        share, gap = parts[code]
    else:
        there = [gap for share, gap in parts.values() if share]
        share, gap = sum(share for share, _gap in parts.values()) / 2, float(np.mean(there)) if there else 0.0
    return None if share < 0.5 - 1e-9 else gap


@settings(max_examples=12, deadline=None)
@given(PATTERNS, st.integers(0, 10**6))
def test_differences_are_those_on_common_questions(asked: list[frozenset[str]], seed: int) -> None:
    data = _answers(asked, seed)
    tallies, ours = _tallies(data), data["operator"] == "us"
    waves = {wave: data["wave"] == wave for wave in WAVES}
    branch = {name: data["branch"] == name for name in BRANCHES}
    everything = compare_waves(tallies, SCHEMA, NOW, BEFORE, thresholds=SHOW_ALL).differences
    by_branch = compare_waves_by_group(tallies, SCHEMA, NOW, BEFORE, where={"operator": "us"}, thresholds=SHOW_ALL)
    here = {"operator": "us", "wave": NOW}
    rest = compare_with_rest(tallies, SCHEMA, where=here, thresholds=SHOW_ALL)
    pair = compare_sides(tallies, SCHEMA, "a", "b", where=here, thresholds=SHOW_ALL)
    duels = compare_competitors(tallies, SCHEMA, where={"wave": NOW}, thresholds=SHOW_ALL).as_result()
    now = waves[NOW] & ours

    def agree(entry: Estimate | None, one: pd.Series, other: pd.Series, code: str) -> None:
        expected = _by_hand(data, one, other, code)
        found = None if entry is None else entry.value
        assert (found is None) == (expected is None), (entry, expected)
        assert found is None or found == pytest.approx(expected, abs=1e-9)

    for code in ("index", "left", "right"):
        agree(everything.find(code), waves[NOW], waves[BEFORE], code)
        agree(duels.find(code, operator="them", brand=None), now, waves[NOW] & ~ours, code)
        agree(pair.gaps.find(code), now & branch["a"], now & branch["b"], code)
        for name in BRANCHES:
            agree(by_branch.find(code, branch=name), now & branch[name], waves[BEFORE] & ours & branch[name], code)
            agree(rest.find(code, branch=name), now & branch[name], now & ~branch[name], code)
        for gap, one, other in zip(pair.gaps.estimates, pair.first, pair.second, strict=True):
            assert gap.value is None or one.value - other.value == pytest.approx(gap.value, abs=1e-9)
        split = decompose_change(tallies, SCHEMA, NOW, BEFORE, code=code, thresholds=SHOW_ALL) if everything.find(code) else None
        if split is not None and split.mix is not None:
            assert split.mix.value + split.score.value == pytest.approx(everything.find(code).value, abs=1e-9)
            questions = split.questions.value if split.questions else 0.0
            assert split.mix.value + split.score.value + questions == pytest.approx(split.total.value, abs=1e-9)


# ---------------------------------------------------------------- ranks, targets, hidden questions

SIZES = {"a": 60, "b": 60, "c": 60, "d": 60}


def _branches(levels: dict[str, float], blank: dict[str, Sequence[str]], seed: int = 1, **more: Any) -> Tallies:
    rng = np.random.default_rng(seed)
    branch = np.repeat(list(SIZES), list(SIZES.values()))
    columns: dict[str, Any] = {"branch": branch}
    for place, code in enumerate(QUESTIONS):
        answers = np.clip(np.rint(rng.normal([levels[name] for name in branch], 1)) - 2 * (place == 0), 1, 10)
        columns[code] = np.where(np.isin(branch, [name for name, codes in blank.items() if code in codes]), np.nan, answers)
    return tallied(columns | more)


def test_a_branch_asked_less_has_its_score_but_no_rank_letter_or_verdict() -> None:
    tallies = _branches({"a": 5, "b": 6, "c": 7, "d": 7}, {"d": ["q1"]})
    table = league(tallies, SCHEMA, thresholds=SHOW_ALL)
    apart = table.find("index", branch="d")
    assert apart.value is not None
    assert (apart.rank, apart.letters, apart.verdict, apart.p_adjusted) == (None, None, None, None)
    assert apart.questions.told.text("en") == "on 3 of 4 questions"
    assert "not asked 1 of the 4 questions" in apart.note.text("en")
    assert [table.find("index", branch=name).rank for name in "abc"] == [3, 2, 1]
    assert "Without rank, for the questions they were asked: d." in plain_text(league_sentence(table, SCHEMA, "en"))
    assert rank_intervals(table).find("index", branch="d").reason == apart.note
    assert estimate_index(tallies, SCHEMA, by=["branch"], thresholds=SHOW_ALL).find("index", branch="d").rank is None
    assert league(tallies, SCHEMA, code="right", thresholds=SHOW_ALL).find("right", branch="d").rank is not None  # asked like the others
    funnel = {point.estimate.keys["branch"]: point for point in estimate_funnel(tallies, SCHEMA, code="index", thresholds=SHOW_ALL).points}
    assert (funnel["d"].base, funnel["d"].estimate.verdict, funnel["d"].estimate.note) == (None, None, apart.note)
    assert funnel["a"].base is not None
    rest = compare_with_rest(tallies, SCHEMA, codes=["index"], thresholds=SHOW_ALL).find("index", branch="d")
    assert (rest.verdict, rest.questions) == ("higher", apart.questions)  # two sides may be compared on what both were asked


def test_all_branches_can_stand_on_their_common_questions() -> None:
    tallies = _branches({"a": 5, "b": 6, "c": 7, "d": 7}, {"d": ["q1"]})
    table = league(tallies, SCHEMA, common=True, thresholds=SHOW_ALL)
    assert {entry.questions.told.text("zh_CN") for entry in table.estimates} == {"按 4 题中的 3 题"}
    assert all(entry.rank and entry.letters and entry.verdict and entry.note is None for entry in table.estimates)
    over, _judged = protected_domains(tallies, SCHEMA, ["branch"], None, SHOW_ALL)
    means = over.means[:, [over.tallies.items.index(code) for code in QUESTIONS]]
    expected = 0.5 * means[:, 1] + 0.25 * means[:, 2] + 0.25 * means[:, 3]
    assert [entry.value for entry in table.estimates] == pytest.approx(expected.tolist(), abs=1e-9)
    funnel = estimate_funnel(tallies, SCHEMA, code="index", common=True, thresholds=SHOW_ALL)
    assert all(point.base for point in funnel.points)
    total = estimate_index(tallies, SCHEMA, only={"index": {"q2", "q3", "q4"}}, thresholds=SHOW_ALL).find("index")
    assert funnel.target == pytest.approx(total.value)


def test_first_among_one_is_no_rank_and_half_of_the_weight_is_needed() -> None:
    every = {name: ["q1"] for name in "bcd"}
    table = league(_branches({"a": 5, "b": 6, "c": 7, "d": 7}, every), SCHEMA, thresholds=SHOW_ALL)
    assert [entry.rank for entry in table.estimates] == [None] * 4
    assert "no other group was asked the same 4" in table.find("index", branch="a").note.text("en")
    less = {name: ["q1", "q3", "q4"] for name in "abcd"}  # q2 alone: three tenths of the index, six tenths of its part
    tallies = _branches({"a": 5, "b": 6, "c": 7, "d": 7}, less)
    assert [entry.rank for entry in league(tallies, SCHEMA, thresholds=SHOW_ALL).estimates] == [None] * 4
    rest = compare_with_rest(tallies, SCHEMA, thresholds=SHOW_ALL)
    assert "(1 of 4) carry 30 % of the weight, at least 50 %" in rest.find("index", branch="a").reason.text("en")
    assert rest.find("left", branch="a").value is not None
    best = gap_to_best(tallies, SCHEMA, codes=["index"], thresholds=SHOW_ALL)
    assert all(entry.value is None and entry.reason for entry in best.estimates)


def test_a_target_is_for_all_questions() -> None:
    schema = SCHEMA.model_copy(update={"comparison": SCHEMA.comparison.model_copy(update={"targets": {"index": 10.0}})})
    found = gap_to_target(_branches({"a": 5, "b": 6, "c": 7, "d": 7}, {"d": ["q1"]}), schema, by=["branch"], thresholds=SHOW_ALL)
    assert found.find("index", branch="a").verdict == "higher"
    assert "4 questions, 3 of them" in found.find("index", branch="d").reason.text("en")


def test_not_asked_is_not_a_small_base() -> None:
    tallies = _branches({"a": 5, "b": 6, "c": 7, "d": 7}, {"d": ["q1"]})
    assert estimate_index(tallies, SCHEMA, by=["branch"]).find("q1", branch="d").reason.text("en").startswith("Not asked")
    few = np.where(np.arange(240) < 185, 5.0, np.nan)  # five answers of branch d
    few = np.where((np.arange(240) >= 180), few, 4.0)
    asked = estimate_index(_branches({"a": 5, "b": 6, "c": 7, "d": 7}, {}, q1=few), SCHEMA, by=["branch"])
    assert "effective base is 5.0" in asked.find("q1", branch="d").reason.text("en")
    assert asked.find("index", branch="d").questions is None  # asked all, though one is hidden


@pytest.mark.parametrize("count", [1, 3, 9, 10])
def test_a_question_that_too_few_answered_gives_a_score_and_no_verdict(count: int) -> None:
    """A stray answer carries the whole weight of its question, and its variance is nothing."""
    branch = np.repeat(list(SIZES), list(SIZES.values()))
    number = np.concatenate([np.arange(size) for size in SIZES.values()])
    q1 = np.where(branch != "d", 9.0, np.where(number < count, 1.0, np.nan))
    tallies = _branches({"a": 5, "b": 6, "c": 7, "d": 7}, {}, q1=q1)
    judged = count >= Thresholds().hidden_below
    table = league(tallies, SCHEMA)
    index = table.find("index", branch="d")
    assert (index.value is not None, index.rank is not None, index.letters is not None, index.verdict is not None) == (True, *[judged] * 3)
    assert (index.low is None) == (count == 1)
    whole = estimate_index(tallies, SCHEMA, by=["branch"])
    assert (whole.find("index", branch="d").note is None, whole.find("left", branch="d").rank is not None) == (judged, judged)
    assert whole.find("right", branch="d").rank is not None
    for gaps in (compare_with_rest(tallies, SCHEMA), gap_to_best(tallies, SCHEMA), compare_sides(tallies, SCHEMA, "a", "d").gaps):
        gap = next(entry for entry in gaps.estimates if entry.code == "index" and entry.keys["branch"] == ("a" if gaps.against else "d"))
        assert (gap.value is not None) == judged
        assert judged or gap.reason.text("en").startswith("Not comparable: 1 of the 4 questions have too few answers")
    told = plain_text(league_sentence(table, SCHEMA, "en"))
    assert ("Without rank, since too few answered some of the questions: d." in told) == (not judged)
    columns = {"wave": np.where(branch == "d", NOW, BEFORE), "q1": q1, **dict.fromkeys(("q2", "q3", "q4"), number % 7 + 2.0)}
    change = compare_waves(tallied(columns), SCHEMA, NOW, BEFORE).differences.find("index")
    assert (change.value is not None) == judged
    now = estimate_index(tallied(columns), SCHEMA, where={"wave": NOW}).find("index")
    assert ("unreliable: too few answered some of its questions" in plain_text(headline(now, SCHEMA, "en"))) == (not judged)


def test_fewer_questions_do_not_give_a_hidden_one_away() -> None:
    rng = np.random.default_rng(3)
    wave = np.repeat([BEFORE, NOW], 100)
    columns: dict[str, Any] = {"wave": wave, **{code: rng.integers(1, 11, 200).astype(float) for code in QUESTIONS}}
    columns["q3"] = np.where(wave == BEFORE, np.nan, columns["q3"])  # asked now only
    columns["q1"] = np.where((wave == NOW) & (np.arange(200) >= 105), np.nan, columns["q1"])  # five answers now
    tallies, limits = tallied(columns), Thresholds()
    now = estimate_index(tallies, SCHEMA, where={"wave": NOW}, thresholds=limits)
    assert (now.find("q1").value, now.find("q2").value) == (None, None)  # q2 would give q1 back beside left
    assert now.find("index").value is not None
    change = compare_waves(tallies, SCHEMA, NOW, BEFORE, thresholds=limits).differences.find("index")
    assert change.value is None  # a second sum of q1 and q2 with other weights on q4 and without q3
    assert "fewer questions" in change.reason.text("en")
    assert compare_waves(tallies, SCHEMA, NOW, BEFORE, thresholds=limits).differences.find("right").value is not None
    columns["q1"] = np.where(wave == NOW, np.arange(200) % 7 + 1.0, columns["q1"])
    assert compare_waves(tallied(columns), SCHEMA, NOW, BEFORE, thresholds=limits).differences.find("index").value is not None


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([0, 4, 12, 40]), min_size=24, max_size=24), st.integers(0, 10**6))
def test_what_is_on_fewer_questions_is_made_of_shown_ones(bases: list[int], seed: int) -> None:
    """So it is known already to whoever sees the questions, whatever small bases lie beside them."""
    rng, rows = np.random.default_rng(seed), []
    for (wave, branch), answered in zip(product(WAVES, BRANCHES), np.reshape(bases, (6, 4)).tolist(), strict=True):
        for number in range(max(answered)):
            grades = {code: float(rng.integers(1, 11)) if number < n else np.nan for code, n in zip(QUESTIONS, answered, strict=True)}
            rows.append({"wave": wave, "operator": "us", "branch": branch, **grades})
    if not rows:
        return
    tallies = _tallies(pd.DataFrame(rows))
    for wave in tallies.waves:
        shown = estimate_index(tallies, SCHEMA, by=["branch"], where={"wave": wave})
        compared = list(compare_with_rest(tallies, SCHEMA, where={"wave": wave}).estimates)
        compared += league(tallies, SCHEMA, where={"wave": wave}, common=True).estimates
        compared += gap_to_best(tallies, SCHEMA, where={"wave": wave}).estimates
        _are_made_of_shown_ones(compared, shown)
    if len(tallies.waves) == 2:
        changes = compare_waves_by_group(tallies, SCHEMA, NOW, BEFORE).estimates
        for wave in tallies.waves:
            _are_made_of_shown_ones(changes, estimate_index(tallies, SCHEMA, by=["wave", "branch"]), wave=wave)


def _are_made_of_shown_ones(compared: Sequence[Estimate], shown: Result, **of: str) -> None:
    """Every figure on fewer questions than its group's own has them all shown in the table it stands beside."""
    for entry in compared:
        own = shown.find(entry.code, branch=entry.keys["branch"], **of)
        if entry.value is not None and entry.questions is not None and own is not None and own.questions != entry.questions:
            there = (shown.find(item, branch=entry.keys["branch"], **of) for item in entry.questions.asked)
            assert all(item is not None and item.value is not None for item in there), entry


def test_figures_on_different_questions_cannot_be_combined() -> None:
    tallies = _branches({"a": 5, "b": 6, "c": 7, "d": 7}, {"d": ["q1"]})
    over, _judged = protected_domains(tallies, SCHEMA, ["branch"], None, SHOW_ALL)
    figures = figures_of(over, SCHEMA, ["index"])
    with pytest.raises(ValueError, match="different questions"):
        contrast(figures[0], figures[3])
