"""The storyline *qc*: a QC project's ten steps in their order, each with its words and figures, as a report that can be edited afterwards.

Figures of the store are asked anew; one whose data are gone leaves what it said when it was taken. What the project holds itself (check
sheets, levels, causes, countermeasures, the plan) is drawn by figures of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from projects.evidence import CheckSheet, Evidence, LiveFigure
from projects.plain_choices import cause_choices, column_choices, cost_choices, level_choices, pareto_choices, plan_choices
from projects.project import Project
from projects.sections import Countermeasure, Step
from projects.words import STEP_TITLES
from reports.document import Cover, FigureItem, Item, Report, Scope, Texts, WordsItem
from reports.making.making import FORMATS, file_of, make_report
from reports.making.reader import Reader
from reports.project_facts import carried_out
from reports.project_figures import looked_at
from words.errors import ManyiError
from words.language import Language, Message, message, number_text
from words.lists import Listed, listed


@dataclass(frozen=True)
class _Telling:
    """The project on its way into a report: words in one language, figures within the scopes they can be asked in."""

    project: Project
    reader: Reader
    language: Language
    survey: str

    def head(self, step: Step, what: str = "") -> str:
        """What stands on top of a page: the step, and what of it."""
        title = STEP_TITLES[step].text(self.language)
        colon = "：" if self.language == "zh_CN" else ": "
        return f"{title}{colon}{what}" if what else title

    def words(self, step: Step, *texts: str, what: str = "") -> Iterator[Item]:
        """A page of words, where there are any."""
        if said := tuple(text for text in texts if text):
            yield WordsItem(f"{step}{what and '-'}{what}", said, Texts(self.head(step)))

    def own(self, step: Step, code: str, choices: Mapping[str, Any], what: str, item_id: str) -> FigureItem:
        """A figure of what the project holds itself."""
        return FigureItem(item_id, code, Scope(self.survey), choices, Texts(self.head(step, what)))

    def evidence(self, step: Step, *found: Evidence | None) -> Iterator[Item]:
        """The figures of a step."""
        for each in found:
            if isinstance(each, CheckSheet):
                yield from self._sheet(step, each)
            elif each is not None:
                yield self._live(step, each)

    def _sheet(self, step: Step, sheet: CheckSheet) -> Iterator[Item]:
        """Most first, and where it has several columns those too; a sheet without counts has nothing to show yet."""
        what = sheet.caption or sheet.title
        if any(count is not None for row in sheet.rows for count in row.counts):
            if len(sheet.columns) > 1:
                yield self.own(step, "project-sheet-columns", column_choices(sheet), what, f"{step}-{sheet.id}-columns")
            if len(sheet.rows) > 1 and sheet.columns_add_up:
                yield self.own(step, "project-sheet-pareto", pareto_choices(sheet), what, f"{step}-{sheet.id}-pareto")

    def _live(self, step: Step, live: LiveFigure) -> Item:
        looked, item_id = looked_at(self.project.about, live, self.reader), f"{step}-{live.id}"
        if looked.drawn is not None:
            return FigureItem(item_id, live.figure, looked.scope, live.choices, Texts(live.caption and self.head(step, live.caption)))
        then = looked.found.then
        said = [then.sentence.get(self.language, ""), message("As it was on {day}.", day=then.at[:10]).text(self.language)] if then else []
        why = looked.found.why.text(self.language) if looked.found.why else ""
        return WordsItem(item_id, tuple(each for each in (*said, why) if each), Texts(self.head(step, live.caption)))


def project_report(project: Project, reader: Reader, language: Language, made: datetime) -> Report:
    """The report of a project. Raises ManyiError where the store holds no survey at all, since charts are named by one."""
    surveys = reader.store.surveys()
    if not surveys:
        raise ManyiError(message("The store holds no survey yet. Store a workbook or the sample data first."))
    survey = project.about.survey if project.about.survey in surveys else surveys[0]
    tell = _Telling(project, reader, language, survey)
    items = (*_beginning(tell), *_planning(tell), *_causes(tell), *_doing(tell), *_effect(tell))
    about = project.about
    lines = listed([member.name for member in project.team.members], language)
    return Report(about.title, language, items, Cover(about.title, about.group, author=lines, date=f"{made:%Y-%m-%d}"), "qc")


def project_file(project: Project, reader: Reader, language: Language, ending: str, *, now: datetime | None = None) -> bytes:
    """The report as a file; raises ManyiError like :func:`project_report`, and for an ending it has none of."""
    if ending not in FORMATS:
        known = Listed([f".{each}" for each in FORMATS])
        raise ManyiError(message("The report of a project ends in {known}; found .{ending}.", known=known, ending=ending))
    made = now or datetime.now()
    return file_of(make_report(project_report(project, reader, language, made), reader, made), ending)


def _beginning(tell: _Telling) -> Iterator[Item]:
    project, language = tell.project, tell.language
    titles = {str(step): title.text(language) for step, title in STEP_TITLES.items()}
    if plan_choices(project.plan, titles)["rows"]:
        title = message("Activity plan").text(language)
        yield FigureItem("plan", "project-plan", Scope(tell.survey), plan_choices(project.plan, titles), Texts(title))
    topic = project.topic
    yield from tell.words(Step.TOPIC, topic.required, topic.found, topic.chosen)
    yield from tell.evidence(Step.TOPIC, project.about.origin.evidence, *topic.evidence)


def _planning(tell: _Telling) -> Iterator[Item]:
    state, target = tell.project.state, tell.project.target
    problem = message("The main problem: {problem}.", problem=state.main_problem).text(tell.language) if state.main_problem else ""
    yield from tell.words(Step.STATE, state.text, problem)
    yield from tell.evidence(Step.STATE, *state.evidence)
    yield from tell.words(Step.TARGET, target.text, *(reason.text for reason in target.feasibility))
    if target.baseline.value is not None:
        yield tell.own(Step.TARGET, "project-levels", level_choices(target), target.quantity, "target-levels")
    yield from tell.evidence(Step.TARGET, *(reason.evidence for reason in target.feasibility))


def _causes(tell: _Telling) -> Iterator[Item]:
    tree = tell.project.causes
    choices = cause_choices(tree)
    if tree.causes:
        yield tell.own(Step.CAUSES, "cause-fishbone", {**choices, "tests": []}, tree.problem, "causes-fishbone")
    if choices["tests"]:
        yield tell.own(Step.ROOT_CAUSES, "cause-tests", choices, "", "root-causes-tests")
        yield tell.own(Step.ROOT_CAUSES, "cause-fishbone", choices, tree.problem, "root-causes-fishbone")
    colon = "：" if tell.language == "zh_CN" else ": "
    told = [f"{cause.text}{colon}{cause.test.text}" for cause in tree.end_causes if cause.test and cause.test.text]
    yield from tell.words(Step.ROOT_CAUSES, *told)
    yield from tell.evidence(Step.ROOT_CAUSES, *(cause.test.evidence for cause in tree.end_causes if cause.test))


def _doing(tell: _Telling) -> Iterator[Item]:
    project, table = tell.project, tell.project.countermeasures
    chosen = [each for each in table.measures if each.chosen]
    yield from tell.words(Step.COUNTERMEASURES, table.text, *(_line(place, each, tell) for place, each in enumerate(chosen, start=1)))
    if any(each.cost is not None for each in table.measures):
        yield tell.own(Step.COUNTERMEASURES, "project-costs", cost_choices(table), "", "countermeasures-costs")
    yield from tell.words(Step.CARRYING_OUT, project.carrying_out.text)
    if carried_out(project, tell.reader):
        yield tell.own(Step.CARRYING_OUT, "measures-done", {"project": project.about.title}, "", "carrying-out-measures")
    yield from tell.evidence(Step.CARRYING_OUT, *project.carrying_out.evidence)


def _line(place: int, each: Countermeasure, tell: _Telling) -> str:
    """One line of the countermeasure table in a sentence: what, against which cause, goal, how, who, where, when."""
    causes = {cause.id: cause.text for cause in tell.project.causes.causes}
    parts: list[tuple[Message, str]] = [
        (message("why"), causes.get(each.cause, "")), (message("goal"), each.goal), (message("how"), each.how),
        (message("who"), listed(each.who, tell.language)), (message("where"), each.where),
        (message("by when"), each.due), (message("cost"), "" if each.cost is None else number_text(each.cost, 0, tell.language)),
    ]  # fmt: skip
    colon, stop = ("：", "；") if tell.language == "zh_CN" else (": ", "; ")
    return f"{place}. {each.what}{colon}" + stop.join(f"{name.text(tell.language)} {text}" for name, text in parts if text)


def _effect(tell: _Telling) -> Iterator[Item]:
    project = tell.project
    effect, standards, review = project.effect, project.standards, project.review
    yield from tell.words(Step.EFFECT, effect.text)
    if effect.after.value is not None:
        choices = level_choices(project.target, effect.after, standards.held)
        yield tell.own(Step.EFFECT, "project-levels", choices, project.target.quantity, "effect-levels")
    yield from tell.evidence(Step.EFFECT, *effect.evidence)
    documents = [" · ".join(part for part in (each.document, each.clause, each.since) if part) for each in standards.standards]
    yield from tell.words(Step.STANDARDS, standards.text, *documents)
    yield from tell.words(Step.REVIEW, review.learnt, review.left, review.next_topic)
