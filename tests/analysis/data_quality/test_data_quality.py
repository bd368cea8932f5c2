"""Data quality of a made-up wave: every planted fault is found, nothing hidden shows, and what cannot be checked says why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.data_quality.data_quality_sentence import (
    duplicates_verdict,
    effects_verdict,
    lines_verdict,
    missing_verdict,
    profile_verdict,
    quality_sentence,
    speeders_verdict,
    suspects_sentence,
)
from analysis.data_quality.duplicate_answers import inspect_duplicates
from analysis.data_quality.interviewer_effects import INTERVIEWERS, WITHIN, composite, estimate_interviewer_effects, leaf_weights
from analysis.data_quality.missingness import estimate_missingness
from analysis.data_quality.quality_rules import QualityRules
from analysis.data_quality.response_profile import response_profile
from analysis.data_quality.speeders import estimate_speeders
from analysis.data_quality.straight_lines import estimate_straight_lines, flat_expressions
from analysis.data_quality.suspect_effect import estimate_suspect_effect
from analysis.disclosure.protected_counts import count_cells, protected_counts
from analysis.results.estimates import DEFAULT_THRESHOLDS
from analysis.results.sentences import plain_text
from analysis.sums.indicator_coefficients import indicator_coefficients
from survey_schema.columns import Role
from survey_schema.straight_lines import flat_answers, straight_line_items
from tests.stores import quality_cases as cases
from tests.stores.quality_cases import ITEMS, SCHEMA, frame_of, population, responses

LEAST = 8


def _lines(table: pd.DataFrame, **asked):
    return estimate_straight_lines(frame_of(table), SCHEMA, least=LEAST, **asked)


def _copies(table: pd.DataFrame, **asked):
    return inspect_duplicates(frame_of(table), SCHEMA, straight_line_least=LEAST, **asked)


def test_the_branch_that_was_not_reached_is_named_with_its_shortfall() -> None:
    found = response_profile(frame_of(responses()), SCHEMA, population())
    (branch,) = found.columns
    assert [row.value for row in branch.short] == ["tianshui"]
    row = branch.short[0]
    assert (row.share.n, row.expected) == (150, pytest.approx(1300 * 300 / 1155))
    assert row.share.value == pytest.approx(150 / 1300)
    assert branch.fit.dissimilarity == pytest.approx(sum(abs(r.share.n / 1300 - r.customers) for r in branch.rows) / 2)
    assert not found.weighted
    sentence = plain_text(profile_verdict(found, SCHEMA, "en").sentence)
    assert "Tianshui answered far below their share" in sentence
    assert "150 instead of 338" in sentence
    assert "Upload → Weights" in sentence


def test_weights_that_follow_the_customers_cure_it_and_others_do_not() -> None:
    table = responses()
    customers = {branch: amount for branch, (_n, amount) in cases.BRANCHES.items()}
    counts = table["branch"].value_counts()
    cured = table.assign(respondent_weight=[customers[b] / counts[b] for b in table["branch"]])
    found = response_profile(frame_of(cured), SCHEMA, population())
    assert found.columns[0].weighted_fit.dissimilarity < 1e-9
    assert found.columns[0].weighted_fit.p > 0.999
    verdict = profile_verdict(found, SCHEMA, "en")
    assert verdict.sound
    assert "weights put that right" in plain_text(verdict.sentence)
    other = table.assign(respondent_weight=np.where(table["source_row"] % 2, 1.0, 2.0))
    verdict = profile_verdict(response_profile(frame_of(other), SCHEMA, population()), SCHEMA, "en")
    assert verdict.sound is False
    assert "do not put that right" in plain_text(verdict.sentence)


def test_customers_of_whom_nobody_answered_cannot_be_weighted_for() -> None:
    more = pd.concat([population(), pd.DataFrame([["baiyin", None, None, None, 250_000.0]], columns=population().columns)])
    found = response_profile(frame_of(responses()), SCHEMA, more)
    assert found.columns[0].short[0].value == "baiyin"
    assert "no weighting helps" in plain_text(profile_verdict(found, SCHEMA, "en").sentence)
    fewer = population()[lambda table: table["branch"] != "wuwei"]
    assert response_profile(frame_of(responses()), SCHEMA, fewer).columns[0].unknown_customers == ("wuwei",)


def test_attributes_the_customers_are_counted_by_are_profiled_too() -> None:
    attribute = next(column for column in SCHEMA.columns if column.role is Role.ATTRIBUTE and column.kind == "text")
    table = responses().assign(**{attribute.stored_as: np.where(responses()["source_row"] % 4 == 0, "male", "female")})
    sheet = population().assign(**{attribute.stored_as: None})
    sexes = pd.DataFrame({attribute.stored_as: ["male", "female"], "customers": [800_000.0, 355_000.0]})
    found = response_profile(frame_of(table), SCHEMA, pd.concat([sheet, sexes]).astype(object).where(lambda cell: cell.notna(), None))
    branch, sex = found.columns
    assert (branch.column, sex.column) == ("branch", attribute.stored_as)
    assert branch.rows == response_profile(frame_of(responses()), SCHEMA, population()).columns[0].rows
    assert {row.value: row.customers for row in sex.rows} == pytest.approx({"male": 800 / 1155, "female": 355 / 1155})
    assert [row.value for row in sex.short] == ["male"]
    sentence = plain_text(profile_verdict(found, SCHEMA, "en").sentence)
    assert "Male answered far below their share" in sentence


def test_open_questions_are_found_where_they_were_planted_and_tiny_branches_stay_hidden() -> None:
    found = estimate_missingness(frame_of(responses()), SCHEMA)
    assert [(e.keys["branch"], e.code) for e in found.standing_out()] == [(cases.OPEN_BRANCH, cases.OPEN_ITEM)]
    truth = responses()[ITEMS].isna()
    assert found.overall is not None
    assert found.overall.value == pytest.approx(truth.to_numpy().mean())
    assert {e.code: e.value for e in found.items} == pytest.approx(truth.mean().to_dict())
    hidden = {str(e.keys["branch"]) for e in found.cells if e.value is None}
    assert "jiayuguan" in hidden
    assert len(hidden) == 2  # the next smallest with it, else it would follow from the total
    assert all(e.p is None and e.low is None and e.verdict is None for e in found.cells if e.value is None)
    assert "Jiuquan, on 1 of 13 questions" in plain_text(missing_verdict(found, SCHEMA, "en").sentence)


def test_a_question_nobody_answered_was_not_asked() -> None:
    found = estimate_missingness(frame_of(responses().assign(C11=np.nan)), SCHEMA)
    assert found.not_asked == tuple(item.code for item in SCHEMA.items if item.code not in ITEMS or item.code == "C11")
    assert "C11" not in {e.code for e in found.items}


def test_hurry_straight_lines_and_copies_are_found_with_the_interviewer_who_made_them() -> None:
    speed, lines, copies = estimate_speeders(frame_of(responses()), SCHEMA), _lines(responses()), _copies(responses())
    assert [e.keys["interviewer"] for e in speed.standing_out("interviewer")] == [cases.HURRIED]
    assert speed.median == pytest.approx(responses()["duration"].median())
    assert speed.limit == pytest.approx(speed.median / 3)
    assert [e.keys["interviewer"] for e in lines.standing_out("interviewer")] == [cases.STRAIGHT]
    (worst,) = copies.standing_out("interviewer")
    assert worst.share.keys["interviewer"] == cases.COPIED
    assert worst.pairs == cases.COPIES * (cases.COPIES - 1) // 2 == copies.pairs
    assert worst.expected < 1
    assert len(copies.rows) == cases.COPIES
    assert {row.groups["interviewer"] for row in copies.rows} == {cases.COPIED}
    assert all(responses().set_index("source_row").loc[row.source_row, "respondent_id"] == row.respondent_id for row in copies.rows)
    told = [lines_verdict(lines, SCHEMA, "en"), speeders_verdict(speed, SCHEMA, "en"), duplicates_verdict(copies, SCHEMA, "en")]
    for verdict, words in zip(told, ("F09", "minutes", "66 pairs"), strict=True):
        assert verdict.sound is False
        assert words in plain_text(verdict.sentence)


def test_the_kind_interviewer_makes_the_variance() -> None:
    found = estimate_interviewer_effects(frame_of(responses()), SCHEMA)
    assert found.main is not None
    assert found.main.kind == WITHIN
    assert found.main.effects[-1].keys == {"interviewer": cases.KIND}
    assert found.main.effects[-1].verdict == "higher"
    assert found.main.share.verdict == "higher"
    assert found.main.share.low < found.main.share.value < found.main.share.high
    sizes = responses()["interviewer"].value_counts()
    expected = 1 + found.main.share.value * (float((sizes**2).sum()) / len(responses()) - 1)
    assert found.main.design_effect == pytest.approx(expected)
    assert "it matters who asked" in plain_text(effects_verdict(found, "en").sentence)
    calm = responses()[lambda table: table["interviewer"] != cases.KIND]
    without = estimate_interviewer_effects(frame_of(calm), SCHEMA).find(INTERVIEWERS)
    assert without is not None
    assert without.share.value < 0.05


def test_a_composite_follows_the_weights_of_the_tree() -> None:
    weights = leaf_weights(SCHEMA, SCHEMA.tree.items())
    assert sum(weights.values()) == pytest.approx(1)
    first, second = next(iter(weights)), list(weights)[-1]
    table = frame_of({first: [10.0, 10.0, np.nan], second: [1.0, np.nan, np.nan]})
    values = table.select(composite(SCHEMA, list(weights)).alias("y")).collect("pandas").to_native()["y"].tolist()
    expected = 100 * weights[first] / (weights[first] + weights[second])
    assert values[:2] == pytest.approx([expected, 100])
    assert pd.isna(values[2])


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_the_check_of_a_workbook_and_the_page_mean_the_same_straight_lines(data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(st.sampled_from([np.nan, 8.0, 9.0]), min_size=5, max_size=5), min_size=1, max_size=6))
    answers = np.array(rows)
    least = data.draw(st.integers(2, 5))
    items = straight_line_items(SCHEMA, ITEMS[:5])
    frame = frame_of({code: answers[:, place] for place, code in enumerate(items)})
    enough, flat = flat_expressions(items, least)
    found = frame.select(enough.alias("enough"), flat.alias("flat")).collect("pandas").to_native()
    by_hand = flat_answers([answers[:, place] for place in range(5)], least)
    assert found["flat"].tolist() == by_hand.flat.tolist()
    assert found["enough"].tolist() == (by_hand.answers >= least).tolist()


def _suspicious(table: pd.DataFrame) -> np.ndarray:
    """Straight lines, speeders and copies, by pandas."""
    answers = table[ITEMS]
    flat = (answers.notna().sum(axis=1) >= LEAST) & (answers.min(axis=1) == answers.max(axis=1))
    fast = table["duration"] < table["duration"].median() / 3
    same = answers.duplicated(keep=False) & (answers.notna().sum(axis=1) >= 10)
    return (flat | fast | same).to_numpy()


def test_the_index_without_suspicious_responses_is_the_index_of_the_others() -> None:
    table = responses().assign(respondent_weight=np.where(np.arange(1300) % 2, 1.0, 1.5))
    found = estimate_suspect_effect(frame_of(table), SCHEMA, straight_line_least=LEAST)
    assert found is not None
    marked = _suspicious(table)
    assert (found.marked, found.n) == (int(marked.sum()), 1300)

    weights = leaf_weights(SCHEMA, ITEMS)
    scores, w = (table[list(weights)].to_numpy() - 1) / 9 * 100, table["respondent_weight"].to_numpy()[:, None]
    there = ~np.isnan(scores)
    coefficients = indicator_coefficients(SCHEMA, list(weights), np.ones(len(weights)))
    a = coefficients[SCHEMA.tree.code]

    def parts(inside: np.ndarray) -> tuple[float, np.ndarray]:
        """The index by hand, and the influence of every respondent on it."""
        inside_weights = w * there * inside[:, None]
        total = inside_weights.sum(axis=0)
        means = np.nansum(inside_weights * np.nan_to_num(scores), axis=0) / total
        return float(a @ means), (inside_weights * (np.nan_to_num(scores) - means) / total) @ a

    (without, one), (everybody, two) = parts(~marked), parts(np.ones(1300, dtype=bool))
    assert (found.everybody.value, found.kept.value) == pytest.approx((everybody, without))
    assert found.difference.value == pytest.approx(without - everybody)
    assert found.difference.se == pytest.approx(np.sqrt(1300 / 1299 * ((one - two) ** 2).sum()))
    assert "too little to matter" in plain_text(suspects_sentence(found, SCHEMA, "en"))


def test_a_handful_of_suspicious_responses_shows_nothing_of_theirs() -> None:
    marked = _suspicious(responses())
    few = responses()[~marked | (np.cumsum(marked) <= 6)]
    found = estimate_suspect_effect(frame_of(few), SCHEMA, straight_line_least=LEAST)
    assert found is not None
    assert 0 < found.marked < 10
    assert (found.kept.value, found.difference.value, found.difference.low) == (None, None, None)
    assert "too few" in plain_text(suspects_sentence(found, SCHEMA, "en"))
    assert estimate_suspect_effect(frame_of(responses()[~marked]), SCHEMA, straight_line_least=LEAST) is None


def test_by_branch_and_where_branch_give_the_same_answer() -> None:
    everywhere = _lines(responses()).groups["branch"]
    for e in everywhere:
        alone = _lines(responses(), where={"branch": str(e.keys["branch"])})
        assert alone.total is not None
        assert alone.total.value == e.value
        assert (alone.total.reason is None) == (e.reason is None)
    copies = _copies(responses(), where={"branch": "jiayuguan"})
    assert copies.total is None
    assert (copies.rows, copies.groups) == ((), {})


def test_copies_of_hidden_branches_are_not_listed() -> None:
    table = responses().copy()
    rows = table.index[table["branch"] == "jiayuguan"]
    table.loc[rows, ITEMS] = table.loc[rows[0], ITEMS].to_numpy()
    found = _copies(table)
    assert found.pairs == 66 + 15
    assert len(found.rows) == cases.COPIES
    assert "jiayuguan" not in {row.groups["branch"] for row in found.rows}


def test_weights_decide_what_is_hidden_and_zero_weights_count_nowhere() -> None:
    weights = np.where(np.arange(1300) % 3, 1.0, 0.0)
    found = _lines(responses().assign(respondent_weight=weights))
    assert found.total is not None
    assert found.total.n == int(weights.sum())
    uneven = np.ones(1300)
    first = int(np.flatnonzero((responses()["branch"] == "tianshui").to_numpy())[0])
    uneven[first] = 5_000.0
    cells = count_cells(frame_of(responses().assign(respondent_weight=uneven)), {}, ["branch"])
    judged = {str(group.keys["branch"]): group for group in protected_counts(cells, ["branch"], {}, DEFAULT_THRESHOLDS)}
    assert judged["tianshui"].n == 150
    assert judged["tianshui"].n_eff < 2
    assert judged["tianshui"].reason is not None


def test_order_of_rows_and_names_of_branches_do_not_matter() -> None:
    turned = responses().sort_values("source_row", ascending=False)
    other = frame_of(turned.assign(branch=turned["branch"].map({branch: branch[::-1] for branch in cases.BRANCHES})))
    found = estimate_interviewer_effects(other, SCHEMA).find(WITHIN)
    usual = estimate_interviewer_effects(frame_of(responses()), SCHEMA).find(WITHIN)
    assert found is not None
    assert usual is not None
    assert found.share.value == pytest.approx(usual.share.value, rel=1e-6)
    copies = inspect_duplicates(other, SCHEMA, straight_line_least=LEAST)
    assert copies.pairs == 66
    assert [row.source_row for row in copies.rows] == [row.source_row for row in _copies(responses()).rows]


def test_a_wave_without_anything_says_why_in_a_sentence() -> None:
    bare = responses()[["branch", *ITEMS[:4]]].assign(branch="lanzhou").head(50)
    frame = frame_of(bare)
    verdicts = [
        profile_verdict(response_profile(frame, SCHEMA, None), SCHEMA, "en"),
        missing_verdict(estimate_missingness(frame, SCHEMA), SCHEMA, "en"),
        lines_verdict(estimate_straight_lines(frame, SCHEMA, least=LEAST), SCHEMA, "en"),
        speeders_verdict(estimate_speeders(frame, SCHEMA), SCHEMA, "en"),
        effects_verdict(estimate_interviewer_effects(frame, SCHEMA), "en"),
        duplicates_verdict(inspect_duplicates(frame, SCHEMA, straight_line_least=LEAST), SCHEMA, "en"),
    ]
    assert [verdict.sound for verdict in verdicts] == [None, True, None, None, None, None]
    assert all(plain_text(verdict.sentence).endswith(".") for verdict in verdicts)
    assert "1 of 6 checks; the others could not be made" in plain_text(quality_sentence(verdicts, "en"))


def test_nobody_at_all() -> None:
    nobody = frame_of(responses().head(3).assign(respondent_weight=0.0))
    assert response_profile(nobody, SCHEMA, population()).reason is not None
    assert estimate_missingness(nobody, SCHEMA).reason is not None
    assert lines_verdict(estimate_straight_lines(nobody, SCHEMA, least=LEAST), SCHEMA, "en").sound is None
    assert estimate_speeders(nobody, SCHEMA).reason is not None
    assert estimate_interviewer_effects(nobody, SCHEMA).reason is not None
    assert inspect_duplicates(nobody, SCHEMA, straight_line_least=LEAST).reason is not None


def test_rules_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    from settings import load_settings

    monkeypatch.setenv("MANYI_QUALITY__SPEEDER_SHARE", "0.9")
    rules = load_settings().quality
    assert rules == QualityRules(speeder_share=0.9)
    more, fewer = (estimate_speeders(frame_of(responses()), SCHEMA, rules=one) for one in (rules, QualityRules()))
    assert more.total.value > 5 * fewer.total.value
    strict = estimate_missingness(frame_of(responses()), SCHEMA, rules=QualityRules(difference_share=0.5))
    assert strict.standing_out() == []


def test_a_few_more_answers_left_open_are_a_note_and_many_a_concern() -> None:
    found = estimate_missingness(frame_of(responses()), SCHEMA)
    most = found.standing_out()[0].value or 0.0
    verdicts = [
        missing_verdict(estimate_missingness(frame_of(responses()), SCHEMA, rules=QualityRules(open_share=share)), SCHEMA, "en")
        for share in (most, np.nextafter(most, 1.0))
    ]
    assert [verdict.sound for verdict in verdicts] == [False, True]
    assert "Jiuquan, on 1 of 13 questions" in plain_text(verdicts[1].sentence)
    assert {part.tone for part in verdicts[1].sentence} == {"neutral"}


def test_a_few_more_copies_than_chance_gives_are_a_note_and_many_a_concern() -> None:
    found = _copies(responses())
    share = found.standing_out("interviewer")[0].share.value or 0.0
    verdicts = [
        duplicates_verdict(replace(found, difference_share=limit), SCHEMA, "en") for limit in (share, float(np.nextafter(share, 1.0)))
    ]
    assert [verdict.sound for verdict in verdicts] == [False, True]
