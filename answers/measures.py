"""Improvement measures: what is overdue, how much is done, which issues are closed, and what the targets did meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.measures.board import measure_board
from analysis.measures.measure import Measure
from analysis.measures.sentence import board_sentence, latest_overdue
from analysis.results.sentences import Segment
from answers.measure_effects import changes_since
from answers.measure_figures import MEASURE_WORDS, Measures, measure_figures, measure_provenance
from answers.measure_rows import measure_rows
from answers.question import Question, option
from answers.source import Source, nothing_of
from answers.topic import Asked, Chapter, Topic
from survey_schema.data_kinds.description import WHOLE
from survey_schema.data_kinds.kpis import KPIS
from survey_schema.data_kinds.measures import MEASURES as KIND
from words.errors import ManyiError, shown_value, unknown
from words.language import Language, Message, message

#: What measures are narrowed by; an owner is one of several.
GROUPS = ("project", "branch", "owner")


@dataclass(frozen=True)
class MeasureOptions:
    """``on``: the day measures are looked at, today unless named; ``project``: those of one project.

    ``without_changes`` leaves out what the targets did, which takes answers of other kinds.
    """

    on: str | None = option("--on", message("The day by which is judged what is overdue; today unless named."), metavar="DATE")
    project: str | None = option("--project", message("Only the measures of this project."), metavar="NAME")
    without_changes: bool = option("--without-changes", message("Leave out what the targets did since."), default=False)


Asking = Question[MeasureOptions]


def _settled(question: Asking, source: Source) -> Asking:
    """The day written out, and a project in its one place, so that the same question is the same value on another day.

    Raises ManyiError for what is no day, and for a project, branch or owner that no measure names.
    """
    if not source.deliveries(KIND.code):
        raise nothing_of(KIND.code)
    options, where = question.options, question.selection
    try:
        on = date.fromisoformat(options.on) if options.on else date.today()
    except ValueError:
        raise ManyiError(message("--on is a day such as 2026-05-15; found {found}.", found=shown_value(options.on))) from None
    if options.project is not None and where.setdefault("project", options.project) != options.project:
        raise ManyiError(message("--project and --where name different projects; name one."))
    every = [each.measure for each in measure_rows(source)]
    for name, value in where.items():
        known = sorted({named for each in every for named in _named(each, name) if named is not None})
        if value not in known and name != "branch":  # a branch without a measure is a branch all the same
            raise unknown(message("value of {column}", column=name), value, known, place=KIND.title)
    return replace(question.with_where(where), waves=(WHOLE,), options=replace(options, on=on.isoformat(), project=None))


def _named(each: Measure, column: str) -> tuple[str | None, ...]:
    return {"project": (each.project,), "branch": (each.branch,), "owner": each.owners}[column]


def _compute(asked: Asked[MeasureOptions]) -> Measures:
    """Measures of all branches are measures of each of them."""
    on = date.fromisoformat(str(asked.options.on))
    chosen = [
        each.measure
        for each in measure_rows(asked.source)
        if all(
            value in _named(each.measure, name) or (name == "branch" and each.measure.branch is None)
            for name, value in asked.question.where
        )
    ]
    board = measure_board(chosen, on)
    return Measures(board, () if asked.options.without_changes else changes_since(asked, board.measures, on))


def _sentence(_asked: Asked[MeasureOptions], found: Measures, language: Language) -> Sequence[Segment]:
    return board_sentence(found.board, language)


def _remarks(_asked: Asked[MeasureOptions], found: Measures, _language: Language) -> Sequence[Message]:
    told = []
    if first := latest_overdue(found.board):
        told.append(message("Overdue longest: {measure}, due {day}.", measure=first[0], day=first[1].isoformat()))
    if any(each.change.value is not None for each in found.changes):
        told.append(
            message(
                "A change since a measure began is no effect of it: other things happened too. The effect check compares with branches "
                "left untouched."
            )
        )
    return told


MEASURES = Topic(
    name="measures",
    options=MeasureOptions,
    compute=_compute,
    figures=measure_figures,
    provenance=measure_provenance,
    sentence=_sentence,
    remarks=_remarks,
    settle=_settled,
    reads=lambda _question, labels: tuple(labels),
    waves="deliveries",
    ours=False,
    takes=frozenset({"where"}),
    kinds=(KIND.code, KPIS.code, "complaints", "complaint_counts"),
    groups=GROUPS,
    figure_words=MEASURE_WORDS,
    chapters=(
        Chapter(
            "measures.measure",
            message("Improvement measures"),
            message(
                "A measure is done on the day that is stated, and without one where all that is planned is done. It is overdue on a day "
                "when it is not done and was due before that day; it has not begun where it starts later, or where no start is stated and "
                "nothing is done. The day is part of the question, so the same question has the same answer later; quantities are as "
                "stored now. Shares are of what is planned, of all there is to do, and of the issues found. Quantities are added up unit "
                "by unit."
            ),
        ),
        Chapter(
            "measures.change_since",
            message("What changed since a measure began"),
            message(
                "The target in the last period that ended before the measure began, beside the latest one after it, in the branch of the "
                "measure. Scores differ in points with the interval of two independent waves, KPIs in their unit without an interval, "
                "complaints in per cent with the exact interval of a ratio of two counts; months count once they are over. This is no "
                "effect: what would have been without the measure is not known from it."
            ),
            r"\Delta = y_{\text{latest}} - y_{\text{before}}, \qquad "
            r"\Delta_{\text{complaints}} = 100\left(\frac{c_{\text{latest}}}{c_{\text{before}}} - 1\right)",
        ),
    ),
)
TOPICS = {MEASURES.name: MEASURES}
