"""What is said of one branch: all indicators together, or the one that is looked at."""

from __future__ import annotations

from analysis.compare.profile_sentence import indicator_sentence
from analysis.results.estimates import Result
from analysis.results.sentences import plain_text
from tests.charts.made_results import estimate, result
from tests.stores.made_survey import small_survey

SCHEMA = small_survey()
CODE = SCHEMA.indicator_codes()[1]
NOTHING = result()


def _said(scores: Result, rest: Result = NOTHING, best: Result = NOTHING) -> str:
    return plain_text(indicator_sentence(scores, rest, best, SCHEMA, "en", "b1", CODE))


def test_an_indicator_is_told_with_the_rest_the_best_and_its_base() -> None:
    own = result(estimate(60.0, code=CODE, branch="b1"), estimate(90.0, code=CODE, branch="b2"))
    rest = result(estimate(-5.0, code=CODE, branch="b1", verdict="lower"))
    told = _said(own, rest, result(estimate(-30.0, code=CODE, branch="b1")))
    assert told == f"b1: {SCHEMA.title_of(CODE, 'en')} 60.0±1.0, 5.0 points below the rest; to the best −30.0±1.0; base 500."


def test_the_best_is_not_set_against_itself_and_what_is_hidden_says_why() -> None:
    own = result(estimate(90.0, code=CODE, branch="b1"))
    assert "; it is the best; base 500." in _said(own, best=result(estimate(0.0, code=CODE, branch="b1")))
    assert "5 answers, 10 needed" in _said(result(estimate(None, code=CODE, branch="b1")))
    assert "There are no answers" in _said(NOTHING)
