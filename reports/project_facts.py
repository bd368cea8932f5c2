"""What the store says of a QC project, for its review: verdicts of its tests, measures carried out, figures whose data changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.root_causes.cause_test import CauseRules
from analysis.root_causes.verdicts import RootCauses, judge_causes
from answers.measures import MEASURES, MeasureOptions
from projects.evidence import LiveFigure
from projects.evidence_of import evidence_of
from projects.plain_choices import cause_choices
from projects.project import Project
from projects.review.finding import CarriedOut, Facts, Verdict
from projects.review.review_project import Reviewed, review_project
from projects.sections import About, Causes, Step
from reports.figures.projects import asked_tests
from reports.figures.scoped_ask import ScopedAsk
from reports.making.reader import Reader
from reports.project_figures import looked_at, own_ask
from words.errors import ManyiError
from words.language import Language, Message


def reviewed(project: Project, reader: Reader) -> Reviewed:
    """The project before the jury, with what the store says today."""
    return review_project(project, facts_of(project, reader))


def review_record(found: Reviewed, language: Language) -> dict[str, Any]:
    """The review as ``--json`` prints it."""
    findings = [
        {"step": str(each.step), "code": each.code, "level": each.level, "told": each.told.text(language), "mend": each.mend.text(language)}
        for each in found.findings
    ]
    return {"findings": findings, "holds": [str(step) for step in found.holds]}


def facts_of(project: Project, reader: Reader) -> Facts:
    """Verdicts by the rules of the store; data that were replaced, completed or taken out since a figure was taken."""
    return Facts(_verdicts(project, reader), carried_out(project, reader), tuple(_changed(project, reader)))


def _verdicts(project: Project, reader: Reader) -> dict[str, Verdict]:
    return {each.cause: each.verdict for each in judged(project.causes, reader, project.about).causes}


def judged(tree: Causes, reader: Reader, about: About) -> RootCauses:
    """The tested end causes with verdicts and influence; a test whose numbers cannot be read or are not in the store is left out."""
    choices, ask = cause_choices(tree), own_ask(about, reader)
    tests = [told for told in choices["tests"] if _can_be_asked(ask, told)]
    if not tests:
        return judge_causes({}, CauseRules(thresholds=reader.rules.thresholds))
    return asked_tests(ask, {**choices, "tests": tests}).result


def _can_be_asked(ask: ScopedAsk, told: str) -> bool:
    try:
        asked_tests(ask, {"tests": [told]})
    except ManyiError:
        return False
    return True


def carried_out(project: Project, reader: Reader) -> tuple[CarriedOut, ...]:
    """The measures of the store that name the project, as they stand today; none where the store has none of it."""
    try:
        found = own_ask(project.about, reader)(MEASURES, MeasureOptions(project=project.about.title), where={}, periods=()).result
    except ManyiError:
        return ()
    return tuple(
        CarriedOut(
            each.measure, overdue=each.state(found.board.on) == "overdue", done=each.state(found.board.on) == "done",
            open_issues=max((each.found or 0.0) - (each.closed or 0.0), 0.0),
        )
        for each in found.board.measures
    )  # fmt: skip


def _changed(project: Project, reader: Reader) -> Iterator[tuple[Step, str | Message]]:
    for section, each in evidence_of(project):
        if isinstance(each, LiveFigure) and each.as_of is not None:
            looked = looked_at(project.about, each, reader)
            if looked.found.state in ("changed", "gone"):
                title = each.caption or (looked.figure.title if looked.figure else each.figure)
                yield Step(section) if section in set(Step) else Step.TOPIC, title
