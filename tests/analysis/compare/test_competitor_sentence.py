"""The competitors page's sentence."""

from __future__ import annotations

from dataclasses import replace

from analysis.compare.compare_competitors import Duel, Duels
from analysis.compare.competitor_sentence import competitors_sentence, rivals
from analysis.results.estimates import Estimate
from analysis.results.provenance import Provenance
from analysis.results.sentences import plain_text
from survey_schema.loading import load_schema
from words.language import message


def _duel(code: str, gap: float | None, verdict: str | None, operator: str | None = "unicom", brand: str | None = None) -> Duel:
    reason = None if gap is not None else message("Nobody in this group answered.")
    side = Estimate({}, code, 70.0)
    return Duel(side, side, Estimate({"brand": brand, "operator": operator}, code, gap, verdict=verdict, reason=reason))


def _found(*duels: Duel) -> Duels:
    return Duels(duels, (), None, {}, Provenance(message("Nobody in this group answered.")))


def test_lead_lag_and_the_furthest_items() -> None:
    schema = load_schema("telecom_csi")
    top = schema.tree.code
    found = _found(
        _duel(top, 3.04, "higher"), _duel(top, -2.0, "lower", "telecom"), _duel("C31", -4.0, "lower"), _duel("C32", -1.5, "lower"),
        _duel("C21", 9.0, "unclear"), _duel("C22", 5.0, "higher"), _duel(top, 50.0, "higher", brand="gotone"),
    )  # fmt: skip
    segments = competitors_sentence(found, schema, "en")
    behind, ahead = schema.title_of("C31", "en"), schema.title_of("C22", "en")
    assert plain_text(segments) == (
        "We lead China Unicom by 3.0 points; we trail China Telecom by 2.0 points; "
        f"furthest behind China Unicom on {behind} (−4.0); furthest ahead of China Unicom on {ahead} (+5.0)."
    )
    assert [s.tone for s in segments if s.tone != "neutral"] == ["better", "worse", "worse", "better"]
    assert list(rivals(found)) == ["unicom", "telecom"]


def test_a_hidden_gap_is_not_told() -> None:
    schema = load_schema("telecom_csi")
    assert plain_text(competitors_sentence(_found(_duel(schema.tree.code, None, None)), schema, "en")) == (
        "There is no competitor with enough answers to compare with."
    )
    unclear = competitors_sentence(_found(_duel(schema.tree.code, 0.1, "unclear")), schema, "en")
    assert plain_text(unclear) == "We cannot be told apart from China Unicom."


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
