"""Figures of a QC project's own content: the causes of its problem, which of them are confirmed, and its activity plan.

Their choices are the project's rows in plain values: ``problem`` a text, ``causes`` rows of id, text and the id of the cause above (None: a
main cause), ``tests`` the tests of end causes as ``ID=KIND:…`` (:mod:`answers.cause_words`), ``least`` the least influence in per cent,
``of_complaints`` which complaints are the problem (``COLUMN=VALUE``).
Of the plan: ``rows`` of a name and ISO days (planned from and to, actual from and to; empty: none), ``today`` the day it is looked at,
``title`` and ``header`` of the names.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from analysis.measures.planned_activity import PlannedActivity
from analysis.results.sentences import Segment
from analysis.root_causes.cause_tree import CauseTree, cause_tree
from analysis.root_causes.sentence import root_causes_sentence
from analysis.root_causes.verdicts import RootCauses
from answers.cause_test import CAUSE_TEST, CauseTestOptions
from answers.topic import Answered
from charts.causes.fishbone import fishbone
from charts.causes.influence_rows import influence_rows
from charts.causes.tree_chart import cause_tree_chart
from charts.projects.activity_plan import activity_plan
from reports.figures.figure import Choices, Drawn, Figure, nothing_to_draw
from reports.figures.scoped_ask import ScopedAsk
from words.errors import ManyiError, shown_value
from words.language import Language, message

PLAN = frozenset({"title", "header", "rows", "today"})
CAUSES = frozenset({"problem", "causes", "tests", "least", "of_complaints"})
Tested = Answered[CauseTestOptions, RootCauses]


def fish(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The fishbone, end causes marked by their verdicts."""
    tree, tested = _tree(ask, choices)
    return Drawn(partial(fishbone, tree), tested, partial(_sentence, tree, tested))


def branches(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The same causes as a tree from the problem to the end causes."""
    tree, tested = _tree(ask, choices)
    return Drawn(partial(cause_tree_chart, tree), tested, partial(_sentence, tree, tested))


def tests(ask: ScopedAsk, choices: Choices) -> Drawn:
    """The influence of every tested end cause."""
    asked = asked_tests(ask, choices)
    names = {name: text for name, text, _parent in choices.get("causes", ())}
    told = partial(root_causes_sentence, asked.result, names=names)
    problem = str(choices.get("problem", ""))
    return Drawn(partial(influence_rows, asked.result, problem=problem, names=names), (asked,), told)


def plan(_ask: ScopedAsk, choices: Choices) -> Drawn:
    """The activity plan, as of the day told, else of today; raises ManyiError where no activity has a day, and for text that is no day."""
    rows = [_activity(*row) for row in choices.get("rows", ())]
    if not any(each.planned_from or each.planned_to or each.actual_from for each in rows):
        raise nothing_to_draw(message("No activity has a day yet."))
    today = _day(choices.get("today")) or datetime.now().date()
    title, header = str(choices.get("title", "")), str(choices.get("header", ""))
    return Drawn(partial(activity_plan, rows, today=today, title=title, name_header=header), ())


def _activity(name: object, *days: object) -> PlannedActivity:
    return PlannedActivity(str(name), *map(_day, days))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError as error:
        raise ManyiError(message("{text} is no day; expected one such as 2026-05-31.", text=shown_value(text))) from error


def asked_tests(ask: ScopedAsk, choices: Choices) -> Tested:
    """The verdicts on the end causes; raises ManyiError where none is tested."""
    options = CauseTestOptions(tuple(choices.get("tests", ())), choices.get("least"), choices.get("of_complaints"))
    if not options.causes:
        raise nothing_to_draw(message("No end cause has been tested yet."))
    if options.live == {"complaints"}:  # which have columns of their own
        return ask(CAUSE_TEST, options, where=ask.of_branch(), periods=ask.wave_with("complaints"))
    return ask(CAUSE_TEST, options)


def _tree(ask: ScopedAsk, choices: Choices) -> tuple[CauseTree, tuple[Tested, ...]]:
    tree = cause_tree(str(choices.get("problem", "")), [tuple(row) for row in choices.get("causes", ())])
    if not tree.causes:
        raise nothing_to_draw(message("No cause has been named yet."))
    if not choices.get("tests"):
        return tree, ()
    asked = asked_tests(ask, choices)
    return tree.judged(asked.result), (asked,)


def _sentence(tree: CauseTree, tested: tuple[Tested, ...], language: Language) -> list[Segment]:
    names = {cause.id: cause.text for cause in tree.causes}
    return root_causes_sentence(tested[0].result, language, names) if tested else []


FISHBONE = Figure("cause-fishbone", message("Cause-and-effect diagram"), ("cause-test",), fish, CAUSES)
TESTS = Figure("cause-tests", message("End causes by their influence on the problem"), ("cause-test",), tests, CAUSES)
ACTIVITIES = Figure("project-plan", message("Activity plan"), (), plan, PLAN)
TREE = Figure("cause-tree", message("Cause tree"), ("cause-test",), branches, CAUSES)
FIGURES = (FISHBONE, TREE, TESTS, ACTIVITIES)
