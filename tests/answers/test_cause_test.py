"""End causes asked at the door: what is written is read, refused with a sentence, and comes back as records with verdict and influence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answers.cause_test import CAUSE_TEST, CauseTestOptions
from answers.cause_words import evidence_of, written_causes, written_test
from answers.kept import Kept
from answers.question import Question
from answers.source import StoreSource
from answers.topic import Answered, answer
from settings import load_settings
from storage.store import Store
from tests.stores import small_store
from words.errors import ManyiError

TICKETS = ("服务态度=share:38/41", "业务能力=share:2/41", "效率=share:1/41")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> StoreSource:
    folder = tmp_path_factory.mktemp("store")
    small_store.fill(folder)
    store = Store(folder)
    return StoreSource(store, "telecom_csi", store.waves()[-1].schema_hash, load_settings().rules, Kept())


def asked(source: StoreSource, *causes: str, least: float | None = None) -> Answered[CauseTestOptions, object]:
    return answer(CAUSE_TEST, Question("cause-test", "telecom_csi", CauseTestOptions(causes, least)), source)


def test_records_have_influence_and_verdict(source: StoreSource) -> None:
    found = asked(source, *TICKETS).figures.estimates
    influence = {row.keys["end_cause"]: row for row in found if row.keys["figure"] == "influence"}
    assert [round(row.value or 0, 2) for row in influence.values()] == [92.68, 4.88, 2.44]
    assert [row.verdict for row in influence.values()] == ["confirmed", "not_enough_data", "not_enough_data"]
    assert {row.n for row in influence.values()} == {41}
    needed = {row.keys["end_cause"]: row.value for row in found if row.keys["figure"] == "cases_needed"}
    assert set(needed) == {"业务能力", "效率"}


def test_the_least_influence_is_part_of_the_question(source: StoreSource) -> None:
    strict, mild = (asked(source, "a=stratified:110/3000,50/3000", least=least).figures for least in (30.0, 10.0))
    assert [result.estimates[0].verdict for result in (strict, mild)] == ["not_enough_data", "confirmed"]
    assert strict.provenance.values["least_influence"] == 30.0


@pytest.mark.parametrize(
    ("causes", "told"),
    [
        ((), "Name the end causes"),
        (("a share 38",), "CAUSE=KIND"),
        (("a=vote:7",), "CAUSE=KIND"),
        (("a=share:38",), "cannot be read"),
        (("a=share:x/41",), "cannot be read"),
        (("a=share:nan/41",), "cannot be read"),
        (("a=share:42/41",), "42 of 41"),
        (("a=stratified:5/10",), "cannot be read"),
        (("a=trial_means:1/2/3,4/5/6,0",), "to be gained"),
        (("a=share:1/4", "a=share:2/4"), "named twice"),
        (("a" * 5000 + "=share:1/4",), "CAUSE=KIND"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(source: StoreSource, causes: tuple[str, ...], told: str) -> None:
    with pytest.raises(ManyiError, match=told):
        asked(source, *causes)


def test_tests_in_plain_values_are_written_and_read_again() -> None:
    plain = {
        "share": {"seen": 38, "cases": 41},
        "stratified": {"with_cause": [110, 1512], "without_cause": [50, 2116]},
        "correlation": {"pairs": [[1.5, -2], [2, 3.25], [3, 4], [4, 4]]},
        "before_after": {"before": [41, 900], "after": [12, 880]},
    }
    written = tuple(str(written_test(f"c{kind}", kind, choices)) for kind, choices in plain.items())
    assert written == (
        "cshare=share:38/41", "cstratified=stratified:110/1512,50/2116", "ccorrelation=correlation:1.5/-2,2/3.25,3/4,4/4",
        "cbefore_after=before_after:41/900,12/880",
    )  # fmt: skip
    assert [evidence_of(cause).cases for cause in written_causes(written)] == [41, 160, 4, 53]
    means = written_test("m", "before_after", {"mean_before": [70, 20, 300], "mean_after": [74, 19, 280], "to_gain": 5})
    assert means == "m=trial_means:70/20/300,74/19/280,5"
    assert written_test("s", "share", {"seen": 38}) is None
    assert written_test("s", "share", {"seen": "38", "cases": 41}) is None
    with pytest.raises(ManyiError, match="no kind of test vote"):
        written_test("s", "vote", {})


def test_a_name_may_hold_any_sign() -> None:
    (cause,) = written_causes(("a=b: c/d=share:1/4",))
    assert (cause.name, cause.kind, cause.told) == ("a=b: c/d", "share", "1/4")


def test_the_usual_least_influence_is_a_setting_that_the_question_writes_out(source: StoreSource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_LEAST_INFLUENCE", "30")
    strict = replace(source, rules=load_settings().rules)
    found = asked(strict, "a=stratified:110/3000,50/3000")
    assert (found.question.options.least, found.figures.estimates[0].verdict) == (30.0, "not_enough_data")
    assert asked(source, "a=stratified:110/3000,50/3000").question.options.least == 10.0
    for wrong in ("0", "101", "x"):
        monkeypatch.setenv("MANYI_LEAST_INFLUENCE", wrong)
        with pytest.raises(ManyiError, match="MANYI_LEAST_INFLUENCE"):
            load_settings()
