"""A verdict follows from test and influence, in both directions; how many cases would tell; the sentence and the tree."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analysis.inference.adjusted_tests import holm
from analysis.results.estimates import Estimate
from analysis.results.sentences import plain_text
from analysis.root_causes.case_shares import CaseShare
from analysis.root_causes.cause_test import CauseRules, Evidence
from analysis.root_causes.cause_tree import cause_tree
from analysis.root_causes.correlation import Correlation
from analysis.root_causes.known_estimates import KnownEstimates
from analysis.root_causes.sentence import root_causes_sentence
from analysis.root_causes.stratified import Strata
from analysis.root_causes.verdicts import judge_causes
from tests.places import REFERENCE

RULES = CauseRules()
#: The complaint tickets of the published project by their cause, of their own base.
TICKETS: dict[str, Evidence] = {"attitude": CaseShare(38, 41), "competence": CaseShare(2, 41), "other": CaseShare(1, 41)}


def test_of_41_tickets_one_cause_is_confirmed_and_none_can_be_ruled_out() -> None:
    found = {each.cause: each for each in judge_causes(TICKETS, RULES).causes}
    assert {name: each.verdict for name, each in found.items()} == {
        "attitude": "confirmed", "competence": "not_enough_data", "other": "not_enough_data",
    }  # fmt: skip
    assert [round(each.test.influence.value or 0, 1) for each in found.values()] == [92.7, 4.9, 2.4]


def test_with_as_many_cases_as_were_said_to_be_needed_the_verdict_is_there() -> None:
    for name, evidence in TICKETS.items():
        judged = {each.cause: each for each in judge_causes(TICKETS, RULES).causes}[name]
        if judged.needed is None:
            continue
        enough = dict(TICKETS, **{name: evidence.times(judged.needed / evidence.cases)})
        few = dict(TICKETS, **{name: evidence.times((judged.needed - 2) / evidence.cases)})
        verdicts = [{each.cause: each.verdict for each in judge_causes(case, RULES).causes}[name] for case in (enough, few)]
        assert verdicts == ["not_confirmed", "not_enough_data"]


def test_no_number_of_cases_tells_where_the_estimate_is_the_least_influence() -> None:
    (found,) = judge_causes({"edge": CaseShare(10, 100)}, RULES).causes
    assert (found.verdict, found.needed) == ("not_enough_data", None)


def test_a_test_that_does_not_reject_confirms_nothing_however_large_the_influence() -> None:
    (found,) = judge_causes({"few": Strata(3, 10, 1, 10)}, RULES).causes
    assert found.verdict == "not_enough_data"
    assert (found.test.influence.value or 0) > 40
    assert (found.needed or 0) > 4


def test_many_causes_make_the_test_stricter() -> None:
    """A correlation that is significant by itself is not among ten."""
    one = Correlation(0.78, 8)
    rules = CauseRules(least_influence=0.5)
    others = {f"n{n}": Correlation(0.1 * (n % 3), 8) for n in range(9)}
    alone, among = judge_causes({"a": one}, rules).causes[0], judge_causes({"a": one, **others}, rules).causes[0]
    assert (alone.verdict, among.verdict) == ("confirmed", "not_enough_data")
    assert among.test.effect.p_adjusted == pytest.approx(10 * (alone.test.effect.p or 0))


def test_holm_agrees_with_r() -> None:
    theirs = json.loads((REFERENCE / "root_causes" / "reference.json").read_text())["holm"]
    assert holm(np.array([0.001, 0.04, 0.03, 0.2])).tolist() == pytest.approx(theirs)


def test_a_cause_without_a_figure_is_not_enough_data_and_not_part_of_the_family() -> None:
    found = judge_causes({"none": Strata(0, 10, 0, 10), "attitude": CaseShare(38, 41)}, RULES)
    none, attitude = found.causes
    assert (none.verdict, none.needed) == ("not_enough_data", None)
    assert attitude.test.effect.p_adjusted == attitude.test.effect.p


def test_verdicts_below_the_edge_are_wrong_as_seldom_as_said() -> None:
    """A cause of 10 % of the cases, the least influence itself, is confirmed in about 2.5 % of sheets at most."""
    chance = np.random.default_rng(4)
    seen = chance.binomial(200, 0.1, 1500)
    verdicts = [judge_causes({"a": CaseShare(float(each), 200)}, RULES).causes[0].verdict for each in np.unique(seen)]
    share = dict(zip(np.unique(seen).tolist(), verdicts, strict=True))
    assert np.mean([share[each] == "confirmed" for each in seen.tolist()]) < 0.035


def test_known_estimates_keep_their_figures_and_narrow_with_more_answers() -> None:
    slope = Estimate({}, "Q5", 0.4, 0.1, 0.2, 0.6, n=400, n_eff=380.0, p=0.0001)
    part = Estimate({}, "Q5", 22.0, None, 9.0, 36.0, n=400, n_eff=380.0)
    (found,) = judge_causes({"Q5": KnownEstimates(slope, part)}, RULES).causes
    assert (found.verdict, found.test.influence.value, found.test.influence.low) == ("not_enough_data", 22.0, 9.0)
    assert found.needed == pytest.approx(380 * (13 / 12) ** 2, abs=2)  # the lower arm of 13 has to be 12
    (gone,) = judge_causes({"Q5": KnownEstimates(slope._replace(value=None), part)}, RULES).causes
    assert gone.test.reason is not None


def test_the_sentence_names_verdicts_with_their_influence() -> None:
    told = plain_text(root_causes_sentence(judge_causes(TICKETS, RULES), "en", {"attitude": "Rude answers"}))
    assert told == (
        "1 of 3 tested end causes confirmed: Rude answers (92.7 %, 80.6 to 97.5); not enough data: competence (4.9 %, 1.3 to 16.1), other "
        "(2.4 %, 0.4 to 12.6)."
    )


def test_a_tree_loses_nothing_a_group_wrote() -> None:
    rows = [("a", "A", None), ("b", "B", "a"), ("c", "C", "nowhere"), ("d", "D", "e"), ("e", "E", "d"), ("f", "F", "f"), ("g", "G", "e")]
    tree = cause_tree("P", rows)
    assert [cause.id for cause, _level in tree.all] == ["a", "b", "c", "d", "e", "g", "f"]
    assert [cause.id for cause in tree.main] == ["a", "c", "d", "f"]
    assert [cause.id for cause in tree.ends] == ["b", "c", "g", "f"]
    with pytest.raises(ValueError, match="same id"):
        cause_tree("P", [("a", "A", None), ("a", "B", None)])


def test_a_tree_knows_the_verdicts_of_its_ends() -> None:
    tree = cause_tree("P", [("attitude", "A", None), ("x", "X", "attitude")]).judged(judge_causes(TICKETS, RULES))
    assert tree.main[0].verdict == "confirmed"
    assert tree.ends[0].verdict is None
