"""The wave workbook: all tables of a wave in one file, with where each comes from and what is missing for the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.results.provenance import Fact
from answers.pool.telling import tell
from answers.provenance import fact_text
from answers.topic import Answered
from reports.figures.scoped_ask import ScopedAsk
from reports.office.plan import Cell
from reports.office.sheets import SheetColumn, TableSheet, Workbook
from reports.origins import origin_of
from reports.storylines.figure_sheets import figure_sheet, told_by
from reports.storylines.index_sheets import index_by_group_sheet, index_sheet
from reports.storylines.wave_tables import WaveTable, wave_tables
from words.errors import ManyiError
from words.language import Language, message
from words.periods import wave_text

#: Facts of an answer that stand in a column of the sheet of methods.
_FACTS = ("selection", "waves")
Sealing = Callable[[Sequence[Answered[Any, Any]]], str]


@dataclass(frozen=True)
class AskedTable:
    """A table with its answer, or with the sentence why there is none."""

    table: WaveTable
    answered: Answered[Any, Any] | None
    why_not: str = ""


def asked_tables(ask: ScopedAsk, language: Language) -> tuple[AskedTable, ...]:
    """Every table of the wave, asked for."""
    found: list[AskedTable] = []
    tables = tuple(wave_tables(ask, language))
    for table in tables:
        try:
            answered = table.ask(ask)
            shown = any(estimate.value is not None for estimate in answered.figures.estimates)
            found.append(AskedTable(table, answered) if shown else AskedTable(table, None, _nothing(answered, language)))
        except ManyiError as error:
            found.append(AskedTable(table, None, error.text(language)))
        tell(len(found), len(tables), table.name)
    return tuple(found)


def wave_workbook(ask: ScopedAsk, language: Language, made: datetime, seal: Sealing) -> bytes:
    """The file. ``seal`` keeps the seal of all answers and gives its code.

    Raises ManyiError where the wave has no index for the selection.
    """
    tables = asked_tables(ask, language)
    answers = tuple(each.answered for each in tables if each.answered is not None)
    book = Workbook(origin_of(answers, ask.schema, language, made, seal(answers)))
    book.table(_contents(ask, tables, language))
    for each in tables:
        if each.answered is not None:
            book.table(_sheet(each.table, each.answered, ask, language))
    book.table(_methods(tables, language))
    return book.saved()


def _nothing(answered: Answered[Any, Any], language: Language) -> str:
    return told_by(answered, language) or message("There are no figures.").text(language)


def _told(answered: Answered[Any, Any], language: Language) -> str:
    return told_by(answered, language) or message("{count} figures.", count=len(answered.figures.estimates)).text(language)


def _sheet(table: WaveTable, answered: Answered[Any, Any], ask: ScopedAsk, language: Language) -> TableSheet:
    title = f"{table.name} · {wave_text(ask.wave, language)}"
    if table.form == "index":
        return index_sheet(table.name, title, answered, language)
    if table.form == "groups":
        return index_by_group_sheet(table.name, title, answered, table.column, ask.values[table.column], language)
    return figure_sheet(table.name, title, answered, language)


def _contents(ask: ScopedAsk, tables: Sequence[AskedTable], language: Language) -> TableSheet:
    """The first sheet: what each sheet says, and of what is not there, why, and which sheet of a workbook brings it."""
    title = f"{ask.schema.title.text(language)} · {wave_text(ask.wave, language)}"
    said = [each.why_not if each.answered is None else _told(each.answered, language) for each in tables]
    there = [message("yes") if each.answered is not None else message("no") for each in tables]
    columns = (
        _texts(message("Sheet").text(language), [each.table.name for each in tables]),
        _texts(message("There").text(language), [each.text(language) for each in there]),
        _texts(message("What it says, or why it is not there").text(language), said),
    )
    caption = message("All tables of the wave. Figures are at full precision; a figure that may not be shown is an empty cell.")
    return TableSheet(message("Contents").text(language), title, caption.text(language), columns, widths={0: 30, 1: 8, 2: 110})


def _methods(tables: Sequence[AskedTable], language: Language) -> TableSheet:
    """How each sheet came about."""
    there = [(each.table.name, each.answered) for each in tables if each.answered is not None]
    facts = [_facts(answered, language) for _name, answered in there]
    columns = (
        _texts(message("Sheet").text(language), [name for name, _answered in there]),
        _texts(message("Selection").text(language), [_fact(answered, "selection", language) for _name, answered in there]),
        _texts(message("Wave").text(language), [_fact(answered, "waves", language) for _name, answered in there]),
        _texts(message("Method").text(language), [answered.provenance.method.text(language) for _name, answered in there]),
        _texts(message("Settings in force").text(language), facts),
        _texts(message("Question").text(language), [answered.question.text() for _name, answered in there]),
    )
    name = message("Methods").text(language)
    return TableSheet(name, name, "", columns, widths={0: 26, 1: 22, 2: 22, 3: 60, 4: 60, 5: 60})


def _facts(answered: Answered[Any, Any], language: Language) -> str:
    facts = [fact for fact in answered.provenance.shown if fact.code not in _FACTS]
    return "\n".join(f"{_titled(fact, language)}: {fact_text(fact, language)}" for fact in facts)


def _titled(fact: Fact, language: Language) -> str:
    return fact.title.text(language) if fact.title else fact.code


def _fact(answered: Answered[Any, Any], code: str, language: Language) -> str:
    return next((fact_text(fact, language) for fact in answered.provenance.facts if fact.code == code), "")


def _texts(header: str, values: Sequence[Cell]) -> SheetColumn:
    return SheetColumn(header, tuple(values), right=False)
