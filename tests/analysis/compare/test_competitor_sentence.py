"""The competitors page's sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.compare.compare_competitors import Duel, Duels
from analysis.compare.competitor_sentence import Telling, competitors_sentence, rivals, telling
from analysis.results.estimates import Estimate
from analysis.results.provenance import Provenance
from analysis.results.sentences import plain_text
from survey_schema.loading import builtin_names, load_schema
from words.language import message


def _duel(code: str, gap: float | None, verdict: str | None, operator: str | None = "unicom", brand: str | None = None) -> Duel:
    reason = None if gap is not None else message("Nobody in this group answered.")
    ours, theirs = Estimate({}, code, 70.0, n=400), Estimate({}, code, 70.0, n=300)
    ends = {} if gap is None else {"low": gap - 1.0, "high": gap + 1.0}
    return Duel(ours, theirs, Estimate({"brand": brand, "operator": operator}, code, gap, verdict=verdict, reason=reason, **ends))


def _found(*duels: Duel) -> Duels:
    return Duels(duels, (), None, {}, Provenance(message("Nobody in this group answered.")))


def test_three_clauses_the_strongest_competitor_the_furthest_lag_and_the_furthest_lead() -> None:
    schema = load_schema("telecom_csi")
    top = schema.tree.code
    found = _found(
        _duel(top, 3.04, "higher"), _duel(top, -2.0, "lower", "telecom"), _duel("C31", -4.0, "lower"), _duel("C32", -1.5, "lower"),
        _duel("C21", 9.0, "unclear"), _duel("C22", 5.0, "higher", "telecom"), _duel(top, 50.0, "higher", brand="gotone"),
    )  # fmt: skip
    segments = competitors_sentence(found, schema, "en")
    behind, ahead = schema.title_of("C31", "en"), schema.title_of("C22", "en")
    assert plain_text(segments) == (
        "We trail China Telecom by 2.0 points (±1.0, 700 respondents); "
        f"furthest behind China Unicom: {behind} (−4.0±1.0); furthest ahead of China Telecom: {ahead} (+5.0±1.0)."
    )
    assert [s.tone for s in segments if s.tone != "neutral"] == ["worse", "worse", "better"]
    assert list(rivals(found)) == ["unicom", "telecom"]


@pytest.mark.parametrize("name", [name for name in builtin_names() if len(load_schema(name).choices("operator")) > 1])
def test_the_sentence_stays_short_whatever_the_items_are_called(name: str) -> None:
    schema = load_schema(name)
    items, theirs = schema.tree.items(), [each.code for each in schema.choices("operator") if each.code != schema.our_operator][:2]
    longest = {language: max(items, key=lambda code: len(schema.title_of(code, language))) for language in ("en", "zh_CN")}
    for language, code in longest.items():
        other = next(each for each in items if each != code)
        rivals_told = [_duel(schema.tree.code, -13.4, "lower", theirs[-1]), _duel(code, -14.2, "lower", theirs[0])]
        told = plain_text(competitors_sentence(_found(*rivals_told, _duel(other, 10.6, "higher", theirs[-1])), schema, language))
        assert len(told) <= 80 if language == "zh_CN" else len(told.split()) <= 30, told


def test_the_red_clause_points_at_its_competitor_and_indicator_else_the_blue_one() -> None:
    schema = load_schema("telecom_csi")
    top = schema.tree.code
    ahead, behind = _duel("C22", 5.0, "higher"), _duel("C31", -4.0, "lower", "telecom")
    assert telling(_found(_duel(top, 3.0, "higher"), ahead, behind), schema) == Telling("telecom", "C31")
    assert telling(_found(_duel(top, 3.0, "higher"), ahead), schema) == Telling("unicom", "C22")
    assert telling(_found(_duel(top, 3.0, "unclear")), schema) == Telling("unicom", top)
    assert telling(_found(), schema) is None


def test_a_hidden_gap_is_not_told() -> None:
    schema = load_schema("telecom_csi")
    assert plain_text(competitors_sentence(_found(_duel(schema.tree.code, None, None)), schema, "en")) == (
        "There is no competitor with enough answers to compare with."
    )
    unclear = competitors_sentence(_found(_duel(schema.tree.code, 0.1, "unclear")), schema, "en")
    assert plain_text(unclear) == "We cannot be told apart from China Unicom: +0.1 points (±1.0, 700 respondents)."
    small = competitors_sentence(_found(_duel(schema.tree.code, 0.6, "small")), schema, "en")
    assert "differ from China Unicom for certain, but by little: +0.6 points" in plain_text(small)


def test_the_base_of_the_composite_is_ours_and_all_of_theirs() -> None:
    schema = load_schema("telecom_csi")
    top = schema.tree.code
    found = _found(_duel(top, 3.0, "higher"), _duel(top, 2.0, "higher", "telecom"), _duel(top, 1.0, "higher", brand="gotone"))
    told = plain_text(competitors_sentence(replace(found, composite=(_duel(top, 2.4, "higher", None),)), schema, "en"))
    assert told == "We lead the competition by 2.4 points (±1.0, 1,000 respondents)."


def test_a_headline_names_the_composite_else_the_strongest_competitor_else_why_none() -> None:
    found = _found(
        _duel("a", 3.0, "higher"),
        _duel("a", -2.0, "lower", "telecom"),
        _duel("a", -9.0, "lower", brand="gotone"),
        _duel("b", -5.0, "lower"),
    )
    assert found.main_gap("a").keys["operator"] == "telecom"
    assert found.main_gap("c") is None
    composite = replace(found, composite=(_duel("a", 1.0, "unclear", None),))
    assert (composite.main_gap("a").value, composite.main_gap("b").value) == (1.0, -5.0)
    apart = _duel("a", None, None)
    apart = replace(
        apart, gap=apart.gap._replace(reason=message("Not comparable: no other group was asked the same {count} questions.", count=1))
    )
    assert _found(_duel("a", None, None), apart).main_gap("a") == apart.gap
    assert _found(_duel("a", None, None)).main_gap("a") is None
