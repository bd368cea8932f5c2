"""The measurement file: what the standards ask of a measurement of customer satisfaction, each clause with its evidence or without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answers.pool.telling import tell
from charts.kit.layout import Canvas
from reports.chart_files import Leaving, add_drawing
from reports.figures.figure_list import FIGURES
from reports.figures.scoped_ask import ScopedAsk
from reports.making.items import PAPER
from reports.office.documents import Paper
from reports.office.tables import TextTable
from reports.origins import origin_of
from reports.sealed import sealed_as
from reports.storylines.figure_tables import plain_table
from reports.storylines.measurement_clauses import CLAUSES, Clause
from reports.storylines.measurement_evidence import Evidence
from words.errors import ManyiError
from words.language import Language, Message, message, translator
from words.periods import wave_text

GB, ISO = "GB/T 19038—2009", "ISO 10004:2018"


@dataclass(frozen=True)
class Shown:
    """A clause with its evidence, or with the sentence that says there is none."""

    clause: Clause
    evidence: Evidence | None
    why_not: str = ""


def shown_clauses(ask: ScopedAsk, language: Language) -> tuple[Shown, ...]:
    """Every clause, asked."""
    found: list[Shown] = []
    for clause in CLAUSES:
        try:
            found.append(Shown(clause, clause.evidence(ask, language)))
        except ManyiError as error:
            found.append(Shown(clause, None, error.text(language)))
        tell(len(found), len(CLAUSES), clause.title)
    return tuple(found)


def measurement_file(ask: ScopedAsk, language: Language, made: datetime, by: str) -> bytes:
    """The document. ``by`` is whose name stands with the seals."""
    _ = translator(language)
    shown = shown_clauses(ask, language)
    paper = Paper(language)
    title = _("Measurement file: {survey}").format(survey=ask.schema.title.text(language))
    paper.cover(title, (wave_text(ask.wave, language), f"{GB} · {ISO}", made.strftime("%Y-%m-%d")))
    paper.heading(_("Clauses and evidence"))
    paper.text(_("Each clause is answered from the data of this wave. Where the data have nothing to show, the clause says so."))
    paper.table(_overview(shown, language))
    for number, each in enumerate(shown, start=1):
        paper.heading(f"{number} {each.clause.title.text(language)}", 2)
        paper.text(_clauses(each.clause), 9, muted=True)
        if each.evidence is None:
            paper.text(_("No evidence. {why}").format(why=each.why_not))
        else:
            _write(paper, each.clause, each.evidence, ask, language, made, by)
    return paper.saved()


def _write(paper: Paper, clause: Clause, evidence: Evidence, ask: ScopedAsk, language: Language, made: datetime, by: str) -> None:
    for told in evidence.told:
        paper.text(told)
    if clause.figure:
        _figure(paper, clause.figure, ask, language, made, by)
    for table in evidence.tables:
        paper.table(table)
        paper.text(" ", 4)
    if evidence.partly is not None:
        paper.text(translator(language)("No evidence. {why}").format(why=evidence.partly.text(language)))
    if evidence.answers:
        paper.origin(origin_of(evidence.answers, ask.schema, language, made, sealed_as(evidence.answers, by)))


def _figure(paper: Paper, code: str, ask: ScopedAsk, language: Language, made: datetime, by: str) -> None:
    """The figure of a clause, where the wave has what it shows."""
    try:
        drawn = FIGURES[code].drawn(ask)
    except ManyiError:
        return
    on = Canvas(ask.schema, language, width=PAPER)
    origin = origin_of(drawn.answers, ask.schema, language, made, sealed_as(drawn.answers, by))
    add_drawing(paper, Leaving(drawn.draw(on), on, origin, code))


def _overview(shown: Sequence[Shown], language: Language) -> TextTable:
    _ = translator(language)
    rows = [
        (str(number), each.clause.title.text(language), each.clause.gb or "—", each.clause.iso or "—", _state(each).text(language))
        for number, each in enumerate(shown, start=1)
    ]
    return plain_table((_("No."), _("What it is about"), GB, ISO, _("Evidence")), rows)


def _state(shown: Shown) -> Message:
    if shown.evidence is None:
        return message("none")
    return message("there") if shown.evidence.partly is None else message("in part")


def _clauses(clause: Clause) -> str:
    return "; ".join(f"{name} {places}" for name, places in ((GB, clause.gb), (ISO, clause.iso)) if places)
