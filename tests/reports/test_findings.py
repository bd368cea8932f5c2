"""Findings: they claim what the answers' tests showed and nothing else, give nothing hidden away, and stand in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.inference.adjusted_tests import with_verdicts
from analysis.results.estimates import DEFAULT_THRESHOLDS, Estimate
from analysis.results.reasons import suppression_reason
from answers.compare import WITH_EARLIER
from answers.compared import CompareOptions
from answers.kept import Kept
from answers.question import Question, pairs
from answers.selection import ours_where
from answers.source import StoreSource
from answers.topic import Answered, Topic, answer
from reports.narrative.differences import CHANGE, REST, RIVAL, Sentences, difference_finding
from reports.narrative.find import findings
from reports.narrative.finding import Finding, claimed, leading, ranked
from settings import Settings
from storage.store import Store
from survey_schema.loading import load_schema, schema_hash
from survey_schema.models import SurveySchema
from tests.stores import hidden_branch, kpi_store, monthly_store
from words.language import LANGUAGES, message
from words.periods import WaveName

EVERY_KIND_OF_DIFFERENCE = (CHANGE, REST, RIVAL)
NAME, OTHER = message("Satisfaction index"), WaveName("2026Q1")
SURE = st.floats(0.0, 1.0)
POINTS = st.floats(-30, 30).filter(lambda value: value != 0)


class Asking:
    """Asks of one store, as a page or a report does."""

    def __init__(self, folder: Path, schema: SurveySchema, where: Mapping[str, str] | None = None) -> None:
        self.source = StoreSource(Store(folder), schema.name, schema_hash(schema), Settings().rules, Kept())
        self.where = ours_where(self.source, self.source.labels[-1]) | dict(where or {})

    def __call__(
        self, topic: Topic[Any, Any], options: Any = None, /, *, where: Mapping[str, str] | None = None, by: Sequence[str] = (),
        codes: Sequence[str] = (), waves: Sequence[str] | None = None, periods: Sequence[str] | None = None,
    ) -> Answered[Any, Any]:  # fmt: skip
        named = (self.source.labels[-1:] if waves is None else waves) if periods is None else periods
        selected = pairs(self.where if where is None else where)
        asked = Question(topic.name, self.source.survey, options or topic.options(), tuple(named), selected, tuple(by), tuple(codes))
        return answer(topic, asked, self.source)


@pytest.fixture(scope="module")
def monthly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("monthly") / "data"
    monthly_store.fill(folder)
    return folder


@pytest.fixture(scope="module")
def told(monthly: Path) -> tuple[Finding, ...]:
    return findings(Asking(monthly, load_schema("telecom_csi")))


def judged(p_values: Sequence[float], points: float, smallest: float = 0.0) -> Estimate:
    """The first of a family of differences, judged as the answers judge."""
    family = [Estimate({}, "csi", points, se=1.0, low=points - 2, high=points + 2, n=200, n_eff=180.0, p=p) for p in p_values]
    return with_verdicts(family, "holm", DEFAULT_THRESHOLDS, smallest)[0]


def said(estimate: Estimate, sentences: Sentences) -> Finding:
    return difference_finding("change", estimate, sentences, NAME, OTHER, share=1.0, thresholds=DEFAULT_THRESHOLDS)


@given(st.lists(SURE, min_size=1, max_size=20), POINTS, st.floats(0, 3), st.sampled_from(EVERY_KIND_OF_DIFFERENCE))
def test_a_sentence_claims_what_the_test_showed_and_nothing_else(
    p_values: list[float], points: float, smallest: float, sentences: Sentences
) -> None:
    estimate = judged(p_values, points, smallest)
    found = said(estimate, sentences)
    sure = len(p_values) * min(p_values) < DEFAULT_THRESHOLDS.alpha if p_values[0] == min(p_values) else None
    template = {"higher": sentences.higher, "lower": sentences.lower}.get(estimate.verdict or "")
    if sure is not None:  # Holm's first step, by hand
        assert found.claims == (sure and abs(points) >= smallest)
    assert found.claims == (template is not None)
    assert (found.weight > 0) == (found.claims and (estimate.p_adjusted or 0) < 1)
    if template is not None:
        assert found.sentence == replace(template, parameters=found.sentence.parameters)  # type: ignore[attr-defined]
        assert (found.tone == "better") == (points > 0)
    else:
        quiet = (sentences.chance.template, sentences.small.template)
        assert found.sentence.template in quiet  # type: ignore[attr-defined]
        assert found.tone == "unclear"


@given(POINTS, st.sampled_from(EVERY_KIND_OF_DIFFERENCE))
def test_what_is_hidden_has_no_number_and_claims_nothing(points: float, sentences: Sentences) -> None:
    whole = judged([0.0001], points)
    hidden = whole._replace(value=None, reason=suppression_reason(60.0, DEFAULT_THRESHOLDS))
    found = said(hidden, sentences)
    assert (found.value, found.low, found.high, found.n, found.claims, found.weight, found.importance) == (None, None, None, 0, False, 0, 0)
    assert set(found.sentence.parameters) == {"name", "other", "why"}  # type: ignore[attr-defined]


def test_a_difference_that_was_never_tested_is_not_claimed() -> None:
    untested = Estimate({}, "csi", 9.0, n=1)
    assert not said(untested, CHANGE).claims
    assert not claimed(untested._replace(verdict="higher")), "a verdict without an adjusted p comes from elsewhere"


def test_of_many_comparisons_of_nothing_hardly_one_family_claims_anything() -> None:
    chance = np.random.default_rng(15)
    families = chance.uniform(size=(1000, 14))
    wrong = sum(
        any(said(entry, REST).claims for entry in with_verdicts([_null(p) for p in family], "holm", DEFAULT_THRESHOLDS))
        for family in families
    )
    assert wrong <= 71, "5 % of 1000, and three standard errors"


def _null(p: float) -> Estimate:
    return Estimate({}, "csi", 0.5, low=-1.0, high=2.0, n=90, n_eff=80.0, p=float(p))


def test_planted_news_comes_first_and_says_what_the_records_say(told: tuple[Finding, ...], monthly: Path) -> None:
    assert told[0].kind == "level"
    unhappy = next(each for each in told if each.kind == "branch_change" and each.keys["branch"] == "lanzhou")
    assert (unhappy.claims, unhappy.tone, unhappy.against) == (True, "worse", "2026-05")
    asked = Asking(monthly, load_schema("telecom_csi"))
    records = asked(WITH_EARLIER, CompareOptions("previous"), by=("branch",), codes=("csi",)).figures.estimates
    of_branches = {each.keys["branch"]: each for each in told if each.kind == "branch_change"}
    for record in records:
        found = of_branches[record.keys["branch"]]
        assert (found.value, found.low, found.high, found.n) == (record.value, *record.ends, record.n)
        assert found.claims == (record.verdict in ("higher", "lower"))
    assert any(each.kind == "signals" and each.claims for each in told), "the last point lies beyond its limits"


def test_order_is_by_weight_and_what_claims_nothing_comes_last(told: tuple[Finding, ...]) -> None:
    claims = [each.claims for each in told]
    assert claims == sorted(claims, reverse=True)
    assert not all(claims)
    weights = [each.weight for each in told if each.claims]
    assert weights == sorted(weights, reverse=True)
    assert ranked(reversed(told)) == told
    first = leading(told, 6)
    assert len(first) == 6
    assert all(each.claims for each in first)
    assert max(sum(other.kind == each.kind for other in first) for each in first) <= 2


def test_sentences_of_both_languages_are_whole(told: tuple[Finding, ...]) -> None:
    for each in told:
        for language in LANGUAGES:
            text = each.sentence.text(language)
            assert text
            assert "{" not in text
    assert not [each for each in told if each.sentence.text("zh_CN") == each.sentence.text("en")]


def test_of_one_branch_only_that_branch_is_told(monthly: Path) -> None:
    found = findings(Asking(monthly, load_schema("telecom_csi"), {"branch": "lanzhou"}), ("level", "branch", "branches", "branch_change"))
    assert [(each.kind, each.keys.get("branch")) for each in found] == [("level", None), ("branch", "lanzhou")]
    assert found[1].tone == "worse"


def test_targets_that_are_missed_are_told(tmp_path: Path) -> None:
    kpi_store.fill(tmp_path / "data")
    (found,) = findings(Asking(tmp_path / "data", kpi_store.survey()), ("kpis",))
    assert (found.claims, found.tone) == (True, "worse")


def test_hidden_branches_are_told_of_without_a_figure_and_both_stores_say_the_same(tmp_path: Path) -> None:
    kinds = ("level", "branches", "branch", "branch_changes", "branch_change", "change")
    spoken = []
    for name, swapped in (("one", False), ("other", True)):
        hidden_branch.fill(tmp_path / name, swapped=swapped)
        found = findings(Asking(tmp_path / name, hidden_branch.survey()), kinds)  # type: ignore[arg-type]
        dark = [each for each in found if each.keys.get("branch") in (hidden_branch.TINY, hidden_branch.COMPLEMENT)]
        assert dark
        assert all((each.value, each.n, each.claims) == (None, 0, False) for each in dark)
        spoken.append([each.sentence.text("en") for each in found])
    assert spoken[0] == spoken[1]
