"""The review before the jury: slips of the publication, nothing on the mended project, and every fault put into it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from projects.project import Project
from projects.project_file import project_text, sections_in
from projects.review.finding import CarriedOut, Facts, Verdict
from projects.review.review_project import RULES, review_project
from projects.sections import Level, Step
from tests.projects.sample_project import FACTS, mended_project, published_project
from words.errors import ManyiError


def changed(project: Project, place: str, value: Any) -> Project:
    """The project with another value at a place such as ``target.baseline.value`` or ``state.evidence.0.rows.1.counts``."""

    def put(part: Any, path: list[str]) -> Any:
        if not path:
            return value
        if isinstance(part, tuple):
            at = int(path[0])
            return tuple(put(each, path[1:]) if place == at else each for place, each in enumerate(part))
        return part.model_copy(update={path[0]: put(getattr(part, path[0]), path[1:])})

    found: Project = put(project, place.split("."))
    return found


def without(place: str, number: int) -> Callable[[Project], Project]:
    def taken(project: Project) -> Project:
        part: Any = project
        for name in place.split("."):
            part = part[int(name)] if isinstance(part, tuple) else getattr(part, name)
        return changed(project, place, tuple(each for at, each in enumerate(part) if at != number))

    return taken


def at(place: str, value: Any) -> Callable[[Project], Project]:
    return lambda project: changed(project, place, value)


#: What is done to the mended project → the rule that must find it.
MUTATIONS: dict[str, tuple[Callable[[Project], Project], str]] = {
    "a step without days": (without("plan.activities", 3), "plan_incomplete"),
    "a step that ends before it begins": (at("plan.activities.6.actual_to", "2010-07-01"), "plan_backwards"),
    "effect before causes": (at("plan.activities.7.planned_from", "2010-07-02"), "plan_order"),
    "no reason for the topic": (at("topic.required", ""), "topic_without_reason"),
    "a topic without data": (at("topic.evidence", ()), "topic_without_data"),
    "a current state by opinion": (at("state.evidence", ()), "state_without_data"),
    "one layer only": (lambda project: without("state.evidence", 1)(without("state.evidence", 1)(project)), "state_one_layer"),
    "no main problem": (at("state.main_problem", ""), "state_without_main_problem"),
    "a total that is not its rows": (at("state.evidence.0.stated_total", 161.0), "arithmetic"),
    "shares of another base": (at("state.evidence.1.stated_base", 241), "arithmetic"),
    "a share that does not follow": (at("state.evidence.2.rows.0.stated_share", "71"), "arithmetic"),
    "counts typed wrongly": (at("effect.evidence.0.rows.1.counts", (18.0, 61.0, 13.0)), "arithmetic"),
    "a target without a number": (at("target.value", None), "target_not_measurable"),
    "a target without a baseline": (at("target.baseline.value", None), "target_without_baseline"),
    "a target without a day": (at("target.due", ""), "target_without_day"),
    "a target by wish": (at("target.feasibility", ()), "target_without_reason"),
    "a target below the baseline": (at("target.value", 95.0), "target_no_better"),
    "a target of 102 %": (at("target.value", 102.0), "target_beyond_scale"),
    "a baseline of other cases": (at("target.baseline.cases", 3486.0), "baseline_slip"),
    "no problem at the head": (at("causes.problem", ""), "causes_without_problem"),
    "a cause that hangs nowhere": (at("causes.causes.2.parent", "nobody"), "causes_broken"),
    "causes in a circle": (at("causes.causes.1.parent", "training"), "causes_broken"),
    "a cause not asked any further": (at("causes.causes.11.parent", None), "causes_shallow"),
    "a root cause by vote": (at("causes.causes.2.claimed_by", "vote"), "cause_by_vote"),
    "a root cause against its test": (at("causes.causes.11.claimed", "confirmed"), "cause_claim"),
    "an end cause without a test": (at("causes.causes.5.test", None), "cause_untested"),
    "a root cause left alone": (without("countermeasures.measures", 1), "cause_without_measure"),
    "a measure against what is no root cause": (at("countermeasures.measures.0.cause", "noise"), "measure_without_root_cause"),
    "a measure against nothing": (at("countermeasures.measures.0.cause", "x"), "measure_without_cause"),
    "a measure nobody does": (at("countermeasures.measures.2.who", ()), "measure_incomplete"),
    "a measure due before it starts": (at("countermeasures.measures.2.due", "2010-07-01"), "measure_backwards"),
    "over the budget": (at("countermeasures.budget", 50000.0), "over_budget"),
    "no level after": (at("effect.after.value", None), "effect_missing"),
    "an effect without a figure": (at("effect.evidence", ()), "effect_without_data"),
    "an effect of other customers": (at("effect.after.of", "被回访的动感地带客户"), "effect_other_base"),
    "an effect of the same period": (at("effect.after.period", "2010Q2"), "effect_not_later"),
    "an effect of other cases": (at("effect.after.base", 3469.0), "effect_slip"),
    "a target missed": (at("target.value", 98.5), "target_missed"),
    "an effect within chance": (
        lambda project: at("effect.after", Level(value=98.03, low=95.9, high=99.0, of="被回访的全球通客户", period="2010Q4"))(project),
        "effect_uncertain",
    ),
    "other things counted after": (
        lambda project: at("effect.evidence.0.rows.0.name", "甲")(at("effect.evidence.0.rows.1.name", "乙")(project)), "effect_other_rows",
    ),
    "a benefit for nothing": (at("effect.benefit", 120000.0), "benefit_without_cost"),
    "no standard": (at("standards.standards", ()), "no_standard"),
    "a standard without a clause": (at("standards.standards.0.clause", ""), "standard_incomplete"),
    "a standard of nothing": (at("standards.standards.0.measure", "m9"), "standard_of_nothing"),
    "nothing after the project": (at("standards.held", ()), "not_held"),
    "a level that fell back": (at("standards.held.0.value", 97.0), "fell_back"),
    "a sheet of other cases after": (at("effect.evidence.0.rows.0.counts", (70.0, 8.0, 7.0)), "sheet_of_other_cases"),
    "a test of other cases": (
        at("causes.causes.5.test.choices", {"with_cause": [132, 1430], "without_cause": [68, 2198]}), "test_of_other_cases",
    ),
    "a test copied": (at("causes.causes.5.test.choices", {"with_cause": [110, 1512], "without_cause": [50, 2116]}), "test_copied"),
    "an effect while measures ran": (at("effect.after.period", "2010Q3"), "effect_too_early"),
    "a target due before its baseline": (at("target.due", "2010-03-01"), "target_due_before"),
    "a measure before the test": (at("countermeasures.measures.0.start", "2010-07-01"), "measure_before_test"),
    "a standard before its measure": (at("standards.standards.0.since", "2010-07-01"), "standard_before_measure"),
    "nothing learnt": (at("review.learnt", ""), "review_incomplete"),
}  # fmt: skip


def codes(project: Project, facts: Facts = FACTS) -> list[str]:
    return [finding.code for finding in review_project(project, facts).findings]


def test_the_slips_of_the_publication_are_found_with_the_right_numbers() -> None:
    found = review_project(published_project(), FACTS)
    assert [(each.code, each.step, each.level) for each in found.findings] == [("arithmetic", Step.STATE, "wrong")] * 2
    told = " ".join(each.told.text("en") for each in found.findings)
    for number in ("160", "161", "92.68", "241", "38, 2, 1 of 41"):
        assert number in told
    assert set(found.holds) == set(Step) - {Step.STATE}


def test_nothing_is_found_on_the_mended_project() -> None:
    found = review_project(mended_project(), FACTS)
    assert found.findings == ()
    assert found.holds == tuple(Step)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_fault_is_found_by_its_rule(name: str) -> None:
    change, code = MUTATIONS[name]
    mutated = change(mended_project())
    assert mutated != mended_project()
    assert code in codes(mutated)


def test_another_way_than_better_is_judged_too() -> None:
    lower = changed(changed(mended_project(), "target.higher_is_better", False), "target.unit", "per 10,000")
    assert {"target_no_better", "effect_uncertain"} <= set(codes(lower))


@pytest.mark.parametrize(
    ("verdict", "code"), [("not_enough_data", "cause_undecided"), (None, "cause_untested"), ("not_confirmed", "measure_without_root_cause")]
)
def test_what_tests_say_counts(verdict: Verdict | None, code: str) -> None:
    verdicts = {name: each for name, each in FACTS.verdicts.items() if name != "shifts"}
    assert code in codes(mended_project(), replace(FACTS, verdicts=verdicts if verdict is None else {**verdicts, "shifts": verdict}))


def test_what_is_carried_out_counts() -> None:
    late = replace(FACTS, carried_out=(CarriedOut("排班", overdue=True), CarriedOut("话术", done=True, open_issues=3)))
    assert codes(mended_project(), late) == ["measure_overdue", "issues_open"]
    assert codes(changed(mended_project(), "carrying_out.text", ""), replace(FACTS, carried_out=())) == ["not_carried_out"]


def test_data_that_changed_are_said() -> None:
    assert codes(mended_project(), replace(FACTS, data_changed=((Step.EFFECT, "满意率"),))) == ["data_changed"]


def test_an_empty_project_lacks_everything_and_is_wrong_in_nothing() -> None:
    empty = Project.model_validate({"about": {"title": "空"}})
    found = review_project(empty, Facts())
    assert found.holds == ()
    assert {each.level for each in found.findings} == {"missing"}


def test_every_rule_is_tested() -> None:
    found = {code for _change, code in MUTATIONS.values()} | {
        "no_root_cause", "no_measure", "cause_undecided", "causes_too_few", "not_carried_out", "measure_overdue", "issues_open",
        "data_changed",
    }  # fmt: skip
    said = {finding.code for rule in RULES for finding in rule(Project.model_validate({"about": {"title": ""}}), Facts())}
    assert said <= found


def test_a_file_of_a_project_is_read_as_it_was_written() -> None:
    project = published_project()
    assert sections_in(project_text(project)) == tuple(part for part in project.sections.values() if part != type(part).model_construct())


@pytest.mark.parametrize(
    ("text", "place"),
    [("- a", "about"), ("about: {title: a}\nmood: 1", "mood"), ("about: {title: a}\ntarget: {value: 很高}", "target.value"), ("{", "YAML")],
)
def test_what_is_no_project_is_refused_with_the_place(text: str, place: str) -> None:
    with pytest.raises(ManyiError, match=place):
        sections_in(text)


@pytest.mark.parametrize(("value", "slips"), [(95.59, False), (95.6, False), (96.0, False), (95.0, False), (95.58, False), (95.4, True)])
def test_a_level_may_be_written_with_fewer_decimals(value: float, slips: bool) -> None:
    assert ("baseline_slip" in codes(changed(mended_project(), "target.baseline.value", value))) is slips


@pytest.mark.parametrize("text", ["about: {title: a}\ntarget: {value: .nan}", "about: {title: a}\ncountermeasures: {budget: .inf}"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ManyiError):
        sections_in(text)
