"""A report is asked anew from the store: its files are sound, hold the figures of the door, and say where they come from."""

from __future__ import annotations

import io
import math
from dataclasses import replace

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from reports.document import Cover, FigureItem, Report, Scope, Texts, WordsItem
from reports.figures.figure_list import FIGURES
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from storage.records import Scope as Rows
from tests.reports.file_rules import faults, own_faults
from words.language import Language

SURVEY = "telecom_csi"
#: Formats that are packages of parts.
OFFICE = ("pptx", "docx", "xlsx")
HOSTILE = "=1+1\x0b\x00 <b>&😀 [1]" + "满意" * 1000


#: One of every form: dots, bars, lines, a plane, a table of colours.
SOME = ("branch-league", "competitor-indicators", "trend", "importance-map", "branch-heat-map")


def whole(language: Language = "zh_CN") -> Report:
    return Report("all", language, tuple(FigureItem(code, code, Scope(SURVEY)) for code in SOME), Cover("客户满意度", "2026", "省公司"))


@pytest.mark.parametrize("kind", OFFICE)
def test_a_report_of_every_figure_is_sound(kind: str, reader: Reader) -> None:
    made = make_report(whole(), reader)
    assert [item.problem for item in made.items] == [""] * len(SOME)
    assert faults(file_of(made, kind)) == []


@pytest.mark.parametrize("kind", OFFICE)
def test_hostile_words_are_texts(kind: str, reader: Reader) -> None:
    hostile = Texts(HOSTILE, HOSTILE)
    items = (FigureItem("a", "indicator-ranking", Scope(SURVEY), texts=hostile), WordsItem("b", (HOSTILE,), hostile))
    report = Report(HOSTILE, "en", items, Cover(HOSTILE, HOSTILE, "=2+2", "", HOSTILE))
    assert own_faults(file_of(make_report(report, reader), kind)) == []


def test_a_slide_holds_the_figures_of_the_answer_and_its_seal(reader: Reader) -> None:
    made = make_report(Report("r", "en", (FigureItem("one", "indicator-ranking", Scope(SURVEY)),)), reader)
    (item,) = made.items
    drawn = FIGURES["indicator-ranking"].drawn(reader.ask(Scope(SURVEY)))
    wanted = {e.value for e in drawn.answers[0].result.estimates if e.code in reader.ask(Scope(SURVEY)).schema.tree.items()}
    deck = Presentation(io.BytesIO(file_of(made, "pptx")))
    assert len(deck.slides) == 2
    (shape,) = [shape for shape in deck.slides[1].shapes if shape.has_chart]
    assert shape.name == "manyi:one"
    shown = load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)).worksheets[0]
    cells = [cell for row in shown.iter_rows(values_only=True) for cell in row if isinstance(cell, float)]
    assert all(any(math.isclose(cell, value, rel_tol=1e-12) for cell in cells) for value in wanted if value is not None)
    assert item.leaving is not None
    assert item.leaving.origin.seal
    text = " ".join(shape.text_frame.text for shape in deck.slides[1].shapes if shape.has_text_frame)
    assert item.leaving.origin.seal in text
    assert item.headline in text


def test_own_words_stand_and_emptied_ones_are_the_pre_written(reader: Reader) -> None:
    item = FigureItem("one", "branch-league", Scope(SURVEY), texts=Texts("My words", "My caption"))
    mine, usual = (make_report(Report("r", "en", (each,)), reader).items[0] for each in (item, replace(item, texts=Texts())))
    assert mine.leaving is not None
    assert usual.leaving is not None
    assert (mine.headline, mine.leaving.chart.caption) == ("My words", "My caption")
    assert (usual.headline, usual.leaving.chart.caption) == (mine.written.headline, mine.written.caption)
    assert usual.headline


def test_what_cannot_be_asked_keeps_its_place_and_says_why(reader: Reader) -> None:
    items = (
        FigureItem("a", "branch-league", Scope("nothing")),
        FigureItem("b", "no-such-figure", Scope(SURVEY)),
        FigureItem("c", "branch-league", Scope(SURVEY, "1999Q1")),
        FigureItem("d", "branch-league", Scope(SURVEY)),
    )
    made = make_report(Report("r", "zh_CN", items), reader)
    assert [bool(item.problem) for item in made.items] == [True, True, True, False]
    paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(file_of(made, "docx"))).paragraphs]
    assert all(item.problem in paragraphs for item in made.problems)
    assert len(Presentation(io.BytesIO(file_of(made, "pptx"))).slides) == 5


def test_a_report_is_of_the_rows_its_reader_may_see(reader: Reader) -> None:
    branch = reader.ask(Scope(SURVEY)).values["branch"][0]
    narrowed = replace(reader, rows=Rows({"branch": frozenset({branch})}))
    league, ranking = make_report(
        Report("r", "en", (FigureItem("a", "branch-league", Scope(SURVEY)), FigureItem("b", "indicator-ranking", Scope(SURVEY)))), narrowed
    ).items
    assert league.problem
    everybody = make_report(Report("r", "en", (FigureItem("b", "indicator-ranking", Scope(SURVEY)),)), reader).items[0]
    assert ranking.leaving is not None
    assert everybody.leaving is not None
    assert not ranking.leaving.chart.table.equals(everybody.leaving.chart.table)


def test_a_figure_refuses_a_choice_it_does_not_know(reader: Reader) -> None:
    with pytest.raises(ValueError, match="colour"):
        FIGURES["trend"].drawn(reader.ask(Scope(SURVEY)), {"colour": "red"})
