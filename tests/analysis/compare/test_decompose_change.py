"""Mix and score: R survey, the symmetric Oaxaca-Blinder of statsmodels, and what must hold for any two waves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from statsmodels.stats.oaxaca import OaxacaBlinder

from analysis.compare.compare_waves import compare_waves
from analysis.compare.comparison_sentences import split_sentence
from analysis.compare.decompose_change import ChangeSplit, decompose_change
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.sentences import plain_text
from analysis.sums.tallies import Tallies
from tests.analysis.compare.comparison_cases import BEFORE, NOW, OUTPUT, QUESTIONS, SCHEMA, SHOW_ALL, made, reference_tallies, tallied
from words.errors import ManyiError


def _split(tallies: Tallies, **options: Any) -> ChangeSplit:
    return decompose_change(tallies, SCHEMA, NOW, BEFORE, **{"thresholds": SHOW_ALL, **options})


def _sum(split: ChangeSplit) -> float:
    return sum(part.value for part in (split.mix, split.score, split.questions) if part)


@pytest.mark.parametrize("case", ["plain", "weighted", "both"])
def test_parts_and_standard_errors_agree_with_r(case: str) -> None:
    split = _split(reference_tallies(case))
    parts: dict[str, Estimate | None] = {"mix": split.mix, "score": split.score, "total": split.total}
    for group in split.groups:
        parts |= {f"mix {group.keys['branch']}": group.mix, f"score {group.keys['branch']}": group.score}
    expected = OUTPUT[(OUTPUT["case"] == case) & OUTPUT["figure"].isin(list(parts))]
    assert len(expected) == len(parts) == 11
    for row in expected.itertuples():
        assert parts[row.figure].value == pytest.approx(row.value, abs=1e-8), row.figure
        assert parts[row.figure].se == pytest.approx(row.se, abs=1e-8), row.figure
    new = next(group for group in split.groups if group.keys["branch"] == "new")
    assert (new.share_before, new.score_before, new.score.value) == (0, None, 0)


def test_one_item_agrees_with_oaxaca_and_blinder() -> None:
    """A regression on dummies has the group means as coefficients, so its symmetric twofold decomposition is ours."""
    rng = np.random.default_rng(3)
    wave = np.repeat([BEFORE, NOW], [200, 260])
    branch = np.concatenate([rng.choice(["a", "b", "c"], 200, p=[0.5, 0.3, 0.2]), rng.choice(["a", "b", "c"], 260, p=[0.2, 0.3, 0.5])])
    points = rng.integers(1, 11, 460).astype(float) + (branch == "c")
    split = _split(tallied({"wave": wave, "branch": branch, **dict.fromkeys(QUESTIONS, np.minimum(points, 10))}), code="q1")
    dummies = np.column_stack([branch == name for name in "abc"]).astype(float)
    values = np.column_stack([wave == NOW, dummies])
    model = OaxacaBlinder((np.minimum(points, 10) - 1) / 9 * 100, values, 0, hasconst=True, swap=False)
    unexplained, explained, gap = model.two_fold(two_fold_type="self_submitted", submitted_weight=0.5).params
    assert abs(gap) == pytest.approx(abs(split.total.value), abs=1e-9)
    sign = np.sign(gap * split.total.value)
    assert sign * explained == pytest.approx(split.mix.value, abs=1e-9)
    assert sign * unexplained == pytest.approx(split.score.value, abs=1e-9)


@pytest.mark.parametrize(("seed", "factor"), [(5, 0.01), (6, 37.5)])
def test_the_parts_add_up_whatever_the_weights_are_scaled_by(seed: int, factor: float) -> None:
    rng = np.random.default_rng(seed)
    n = 90
    columns: dict[str, Any] = {
        "wave": rng.choice([BEFORE, NOW], n), "branch": rng.choice(["a", "b", "c"], n), "brand": rng.choice(["x", "y"], n),
        "respondent_weight": rng.gamma(2, 1, n) + 0.1, **{code: rng.integers(1, 11, n).astype(float) for code in QUESTIONS},
    }  # fmt: skip
    columns["q2"][rng.random(n) < 0.3] = np.nan
    tallies = tallied(columns)
    total = compare_waves(tallies, SCHEMA, NOW, BEFORE, codes=["index"], thresholds=SHOW_ALL).differences.find("index")
    for by in (["branch"], ["branch", "brand"]):
        split = _split(tallies, by=by)
        assert (split.total.value, split.total.se) == (total.value, total.se)
        assert _sum(split) == pytest.approx(total.value, abs=1e-9)
        for name in ("mix", "score"):
            assert sum(getattr(group, name).value for group in split.groups) == pytest.approx(getattr(split, name).value, abs=1e-9)
        assert sum(group.share_now for group in split.groups) == pytest.approx(1)
    turned = decompose_change(tallies, SCHEMA, BEFORE, NOW, thresholds=SHOW_ALL)
    scaled = _split(tallied({**columns, "respondent_weight": columns["respondent_weight"] * factor}))
    plain = _split(tallies)
    for one, other, back in zip((plain.mix, plain.score), (scaled.mix, scaled.score), (turned.mix, turned.score), strict=True):
        assert other.value == pytest.approx(one.value, abs=1e-9)
        assert other.se == pytest.approx(one.se, abs=1e-9)
        assert back.value == pytest.approx(-one.value, abs=1e-9)  # no wave is favoured


def test_the_same_make_up_leaves_no_mix_and_the_same_scores_no_score() -> None:
    rng = np.random.default_rng(9)
    one = {code: rng.integers(1, 11, 120).astype(float) for code in QUESTIONS}
    branch = np.repeat(["a", "b", "c"], [60, 40, 20])
    moved = {code: np.minimum(values + rng.integers(0, 2, 120), 10) for code, values in one.items()}
    stacked = {code: np.concatenate([one[code], moved[code]]) for code in QUESTIONS}
    alike = _split(tallied({"wave": np.repeat([BEFORE, NOW], 120), "branch": np.tile(branch, 2), **stacked}))
    assert alike.mix.value == pytest.approx(0, abs=1e-12)
    assert alike.score.value == pytest.approx(alike.total.value, abs=1e-12)
    twice = np.repeat(np.arange(120), np.where(branch == "a", 3, 1))  # more of branch a, saying the same
    grown = {code: np.concatenate([one[code], one[code][twice]]) for code in QUESTIONS}
    labels = {"wave": np.repeat([BEFORE, NOW], [120, len(twice)]), "branch": np.concatenate([branch, branch[twice]])}
    same = _split(tallied({**labels, **grown}))
    assert same.score.value == pytest.approx(0, abs=1e-12)
    assert same.mix.value == pytest.approx(same.total.value, abs=1e-12)
    assert abs(same.mix.value) > 0.01


def test_items_asked_in_one_wave_make_a_part_of_their_own() -> None:
    rng = np.random.default_rng(2)
    columns: dict[str, Any] = {"wave": np.repeat([BEFORE, NOW], 150), "branch": rng.choice(["a", "b"], 300)}
    columns |= {code: rng.integers(1, 11, 300).astype(float) for code in QUESTIONS}
    assert _split(tallied(columns)).questions is None
    columns["q4"][:150] = np.nan
    split = _split(tallied(columns))
    assert split.questions is not None
    assert split.questions.se > 0
    assert _sum(split) == pytest.approx(split.total.value, abs=1e-9)
    assert (split.total.verdict, split.questions.verdict, split.questions.p) == (None, None, None)  # other questions are no change
    assert "different questions" in split.total.note.text("en")
    judged = compare_waves(tallied(columns), SCHEMA, NOW, BEFORE, codes=["index"], thresholds=SHOW_ALL).differences.find("index")
    assert split.mix.value + split.score.value == pytest.approx(judged.value, abs=1e-9)  # what is judged everywhere else
    assert "other questions were asked" in plain_text(split_sentence(split, SCHEMA, "en"))
    columns["q3"][:150], columns["q1"][150:], columns["q2"][150:] = np.nan, np.nan, np.nan
    nothing = _split(tallied(columns))
    assert nothing.mix is None
    assert "common questions (0 of 4)" in nothing.reason.text("en")
    assert "common questions (0 of 4)" in plain_text(split_sentence(nothing, SCHEMA, "en"))


SIZES = {BEFORE: {"a": 200, "b": 100, "c": 60, "d": 40}, NOW: {"a": 200, "b": 100, "c": 6, "d": 40}}
LEVELS = {wave: {"a": 6.0, "b": 7.0, "c": 8.0, "d": 7.0} for wave in (BEFORE, NOW)}


def test_a_hidden_group_and_its_neighbour_have_no_part() -> None:
    split = _split(made(1, SIZES, LEVELS), thresholds=Thresholds())
    assert {group.keys["branch"] for group in split.groups if group.mix.value is None} == {"c", "d"}  # d would give c back
    for group in split.groups:
        if group.mix.value is None:
            assert group.mix.reason
            assert (group.score.value, group.mix.se, group.share_now, group.score_before) == (None,) * 4
    assert _sum(split) == pytest.approx(split.total.value, abs=1e-9)
    assert {entry.keys["branch"] for entry in split.as_result().estimates if entry.value is not None} == {None, "a", "b"}


def test_hidden_groups_are_parted_as_one_so_that_the_sums_do_not_tell_them_apart() -> None:
    hidden = _split(made(1, SIZES, LEVELS), thresholds=Thresholds())
    sizes = {w: {"a": of["a"], "b": of["b"], "c": of["c"] + of["d"]} for w, of in SIZES.items()}
    rng_alike = made(1, SIZES, LEVELS, branch=np.concatenate([np.repeat(["a", "b", "c"], list(sizes[w].values())) for w in sizes]))
    together = _split(rng_alike)
    for name in ("mix", "score"):
        assert getattr(hidden, name).value == pytest.approx(getattr(together, name).value, abs=1e-12)
        assert getattr(hidden, name).se == pytest.approx(getattr(together, name).se, abs=1e-12)
    assert hidden.mix.value != pytest.approx(_split(made(1, SIZES, LEVELS)).mix.value, abs=1e-6)


def test_groups_all_hidden_leave_nothing_to_part_by() -> None:
    split = _split(made(1, SIZES, LEVELS), thresholds=Thresholds(hidden_below=300))
    assert split.total.value is not None
    assert (split.mix, split.score, split.groups) == (None, None, ())
    assert split.reason.text("en") == "No group has enough answers in both waves."


def test_a_group_with_a_hidden_item_does_not_stand_alone() -> None:
    rng = np.random.default_rng(3)
    columns: dict[str, Any] = {"wave": np.repeat([BEFORE, NOW], 200), "branch": np.tile(np.repeat(["a", "b", "c", "d"], 50), 2)}
    columns |= {code: rng.integers(1, 11, 400).astype(float) for code in QUESTIONS}
    columns["q1"][5:50] = np.nan  # five answers of branch a in the first wave
    split = _split(tallied(columns), thresholds=Thresholds())
    assert len([group for group in split.groups if group.mix.value is None]) == 2  # a, and one more that the total would give away with it
    assert split.groups[0].mix.reason


def test_a_group_that_left_is_mix_and_is_shown() -> None:
    sizes = {BEFORE: {"a": 200, "b": 100, "c": 60}, NOW: {"a": 200, "b": 100}}
    split = _split(made(1, sizes, LEVELS), thresholds=Thresholds())
    gone = next(group for group in split.groups if group.keys["branch"] == "c")
    assert gone.mix.value < 0
    assert (gone.score.value, gone.share_now, gone.score_now) == (0, 0, None)


def test_planted_mix_and_planted_score_are_found() -> None:
    sizes = {BEFORE: {"a": 600, "b": 300}, NOW: {"a": 300, "b": 600}}
    levels = {BEFORE: {"a": 5.0, "b": 7.0}, NOW: {"a": 5.0, "b": 7.0}}
    who = _split(made(4, sizes, levels))
    assert (who.mix.verdict, who.score.verdict) == ("higher", "unclear")
    assert who.mix.low < 100 / 9 * 2 / 3 < who.mix.high
    assert "really moved" in plain_text(split_sentence(who, SCHEMA, "en"))
    little = _split(made(4, {BEFORE: {"a": 600, "b": 500}, NOW: {"a": 560, "b": 540}}, levels))
    assert 0 < little.mix.value < 1
    small = replace(little, mix=little.mix._replace(p_adjusted=0.001))
    assert "by less than what matters" in plain_text(split_sentence(small, SCHEMA, "en"))
    assert "nothing shows" in plain_text(split_sentence(little, SCHEMA, "en"))
    said = _split(made(4, {w: {"a": 500, "b": 500} for w in sizes}, {**levels, NOW: {"a": 5.0, "b": 8.0}}))
    assert (said.mix.verdict, said.score.verdict) == ("unclear", "higher")
    sentence = plain_text(split_sentence(said, SCHEMA, "en"))
    assert "what customers said and" in sentence
    assert "most of it came from b" in sentence


def test_what_cannot_be_parted_is_said() -> None:
    tallies = made(1, SIZES, LEVELS)
    with pytest.raises(ManyiError, match="fixed"):
        _split(tallies, where={"branch": "a"})
    with pytest.raises(ManyiError, match="no answers"):
        decompose_change(tallies, SCHEMA, "2027Q1", BEFORE)
    with pytest.raises(ManyiError, match="age"):
        _split(tallies, by=["age"])
    hidden = _split(tallies, thresholds=Thresholds(hidden_below=1e6))
    assert (hidden.mix, hidden.groups) == (None, ())
    assert "effective base" in hidden.reason.text("en")
