"""Every storyline's file is sound in both languages, holds the figures of the door, and says what is missing for what it lacks."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from analysis.gaps.sentence import GAP_NAMES
from analysis.results.sentences import plain_text
from answers.gaps import GAPS_TOPIC
from answers.index import INDEX
from answers.kept import Kept
from answers.pool.telling import telling_to
from answers.records import record
from answers.topic import Answered
from charts.kit.layout import Canvas
from reports.document import FigureItem, Scope
from reports.figures.figure_list import FIGURES
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from reports.storylines.names import STORYLINE_NAMES
from reports.storylines.storylines import STORYLINES, make_storyline, storyline_report
from settings import load_settings
from storage.store import Store
from survey_schema.columns import Role
from tests.reports.file_rules import faults, own_faults
from tests.reports.storylines.scopes import MADE
from tests.stores import complaint_store, gap_store, hidden_branch, kpi_store
from words.errors import ManyiError
from words.language import LANGUAGES, Language

#: Codes follow from the data, which differ.
SEAL = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


Opened: TypeAlias = tuple[Reader, Scope]


def opened(folder: Path) -> Opened:
    store = Store(folder)
    return Reader(store, load_settings().rules, Kept(), "tester"), Scope(store.surveys()[0])


@pytest.fixture(scope="module")
def small_reader(small_folder: Path) -> Opened:
    return opened(small_folder)


@pytest.fixture(scope="module")
def hidden_reader(hidden_folder: Path) -> Opened:
    return opened(hidden_folder)


@pytest.fixture(scope="module")
def hidden_decks(hidden_reader: Opened) -> tuple[bytes, list[tuple[int, int, str]]]:
    """The decks of all branches where one is below the minimum base, and what was told while they were made."""
    told: list[tuple[int, int, str]] = []
    with telling_to(lambda *step: told.append(step)):  # type: ignore[arg-type]
        made = make_storyline("branch", *hidden_reader, "en", "zip", now=MADE)
    return made, told


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Opened]]:
    """Small stores: complaints, KPIs, gaps, each without much else."""
    found = {}
    for name, fill in (("complaints", complaint_store.fill), ("kpis", kpi_store.fill), ("gaps", gap_store.fill)):
        folder = tmp_path_factory.mktemp(name)
        fill(folder)
        found[name] = opened(folder)
    yield found
    for reader, _scope in found.values():
        reader.store.close()


def test_the_names_for_help_are_those_of_the_storylines() -> None:
    assert (*STORYLINES, "qc") == STORYLINE_NAMES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["monthly", "competitor"])
def test_a_deck_is_sound(name: str, language: Language, small_reader: Opened) -> None:
    assert faults(make_storyline(name, *small_reader, language, "pptx", now=MADE)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gaps_are_sound(language: Language, stores: dict[str, Opened]) -> None:
    assert faults(make_storyline("gaps", *stores["gaps"], language, "pptx", now=MADE)) == []


def test_each_gap_and_each_competitor_has_a_headline_of_its_own(small_reader: Opened, stores: dict[str, Opened]) -> None:
    gaps = headlines("gaps", *stores["gaps"])
    assert gaps
    named = {kind: name.text("en") for kind, name in GAP_NAMES.items()} | {"service": ""}  # the one that customers tell in plain words
    assert all(headline.startswith(named[choices["kind"]]) for choices, headline in gaps)
    assert all("what customers expect" in headline for choices, headline in gaps if choices["kind"] == "service")
    schema = small_reader[0].ask(small_reader[1]).schema
    against = [(choices["rival"], headline) for choices, headline in headlines("competitor", *small_reader) if "rival" in choices]
    names = {rival: schema.value_title(Role.OPERATOR, rival, "en") for rival, _headline in against}
    assert len(names) > 1
    assert all([rival for rival, name in names.items() if name in headline] == [told] for told, headline in against)


def headlines(name: str, reader: Reader, scope: Scope) -> list[tuple[Any, str]]:
    """The choices of each figure with its headline."""
    made = make_report(storyline_report(name, reader.ask(scope), "tester", "en", MADE), reader, MADE)
    return [(each.item.choices, each.headline) for each in made.items if isinstance(each.item, FigureItem)]


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_other_files_of_a_storyline_are_sound(ending: str, hidden_reader: Opened) -> None:
    assert own_faults(make_storyline("monthly", *hidden_reader, "zh_CN", ending, now=MADE)) == []


@pytest.mark.parametrize("name", ["complaints", "kpis", "gaps"])
def test_small_stores_have_a_monthly_report_that_says_what_is_not_in_it(name: str, stores: dict[str, Opened]) -> None:
    reader, scope = stores[name]
    report = storyline_report("monthly", reader.ask(scope), "tester", "en", MADE)
    ids = [item.id for item in report.items]
    assert ids[0] == "first-page"
    shown = {"complaints": "complaint-pareto", "kpis": "kpi-means"}
    assert name not in shown or shown[name] in ids
    assert "not-there" in ids
    assert own_faults(make_storyline("monthly", reader, scope, "en", "pptx", now=MADE)) == []


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("complaints", ("complaint-rates", "complaint-pareto")),
        ("kpis", ("kpi-means", "kpi-two-indices")),
        ("gaps", ("gap-dimensions", "gap-services")),
    ],
)
def test_figures_of_sheets_are_drawn_from_their_stores(name: str, figures: tuple[str, ...], stores: dict[str, Opened]) -> None:
    reader, scope = stores[name]
    for code in figures:
        drawn = FIGURES[code].drawn(reader.ask(scope))
        assert not drawn.draw(Canvas(reader.ask(scope).schema, "en", width=968)).table.empty
        assert plain_text(drawn.sentence("en"))


def test_every_figure_of_every_slide_is_that_of_the_door(small_reader: Opened) -> None:
    """The figures of each item's table are those that ``--json`` prints of the answers behind it, and stand in the data of its slides."""
    reader, scope = small_reader
    ask = reader.ask(scope)
    made = make_report(storyline_report("monthly", ask, "tester", "en", MADE), reader, MADE)
    slides = Presentation(io.BytesIO(file_of(made, "pptx"))).slides
    checked = 0
    for item in made.items:
        if not isinstance(item.item, FigureItem) or item.leaving is None:
            continue
        answers = FIGURES[item.item.figure].drawn(ask, item.item.choices).answers
        printed = [record["value"] for answered in answers for record in json_records(answered)]
        columns = printed_columns(item.leaving.chart.table, [value for value in printed if isinstance(value, float)])
        cells = data_cells(slides, item.item.id)  # none of a table of colours, which has texts
        shown = [column for column in columns if not cells or all(among(value, cells) for value in column)]
        assert shown, item.item.id
        checked += len(shown[0])
    assert checked > 150


def json_records(answered: Answered[Any, Any]) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = record(answered, "en")["estimates"]  # type: ignore[assignment]
    return records


def printed_columns(table: pd.DataFrame, printed: list[float]) -> list[list[float]]:
    """The figures of each column of which every one is printed by the door."""
    columns = ([value for value in table[name] if isinstance(value, float) and math.isfinite(value)] for name in table.columns)
    return [column for column in columns if column and all(among(value, printed) for value in column)]


def among(value: float, others: list[float]) -> bool:
    return any(math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-9) for other in others)


def data_cells(slides: Any, item: str) -> list[float]:
    """All numbers of the workbooks and tables of an item's slides."""
    found: list[float] = []
    for slide in slides:
        for shape in slide.shapes:
            if shape.name.split(":")[:2] == ["manyi", item] and shape.has_chart:
                sheet = load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)).worksheets[0]
                found += [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, int | float)]
    return found


def test_a_branch_below_the_minimum_base_stands_in_the_list_only(
    hidden_reader: Opened, hidden_decks: tuple[bytes, list[tuple[int, int, str]]]
) -> None:
    (reader, scope), (made, told) = hidden_reader, hidden_decks
    schema = reader.ask(scope).schema
    names = {code: schema.value_title(Role.BRANCH, code, "en") for code in hidden_branch.BRANCHES}
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        files = set(package.namelist())
        listed = package.read("List.txt").decode("utf-8-sig")
        decks = {name: package.read(name) for name in files if name.endswith(".pptx")}
    shown = [code for code in names if index_of(reader, scope, code) is not None]
    assert hidden_branch.TINY not in shown
    assert files == {"List.txt", *(f"{names[code]}.pptx" for code in shown)}
    assert all(names[code] in listed for code in names)
    assert [step[:2] for step in told] == [(place, len(names)) for place in range(1, len(names) + 1)]
    assert [fault for deck in decks.values() for fault in own_faults(deck)] == []
    assert decks


def index_of(reader: Reader, scope: Scope, branch: str) -> float | None:
    ask = reader.ask(scope)
    found = ask(INDEX, where={**ask.where, "branch": branch}).result.find(ask.schema.tree.code)
    return None if found is None else found.value


def test_two_stores_that_differ_in_what_is_hidden_make_the_same_decks(
    hidden_decks: tuple[bytes, list[tuple[int, int, str]]], tmp_path: Path
) -> None:
    hidden_branch.fill(tmp_path, swapped=True)
    one, other = texts(hidden_decks[0]), texts(make_storyline("branch", *opened(tmp_path), "en", "zip", now=MADE))
    assert hidden_branch.differences(one, other) == []


def texts(package: bytes) -> list[str]:
    """All that the files of a zip say and hold, seals apart."""
    found = []
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        for name in sorted(files.namelist()):
            found.append(name)
            if name.endswith(".pptx"):
                found += slide_texts(files.read(name))
            else:
                found.append(files.read(name).decode())
    return found


def slide_texts(deck: bytes) -> list[str]:
    found: list[str] = []
    for slide in Presentation(io.BytesIO(deck)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                found += hidden_branch.workbook_cells(shape.chart.part.chart_workbook.xlsx_part.blob)
            elif shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            elif shape.has_text_frame:
                found.append(shape.text_frame.text)
    return [SEAL.sub("#", text) for text in found]


def test_a_storyline_without_its_data_says_what_brings_them(small_reader: Opened, stores: dict[str, Opened]) -> None:
    reader, scope = small_reader
    assert reader.ask(scope)(GAPS_TOPIC).result.known == ()
    with pytest.raises(ManyiError, match="sheets that did not come"):
        make_storyline("gaps", reader, scope, "en", "pptx")
    with pytest.raises(ManyiError, match="operator column"):
        make_storyline("competitor", *stores["kpis"], "en", "pptx")


@pytest.mark.parametrize(
    ("name", "ending"), [("workbook", "pptx"), ("measurement", "xlsx"), ("monthly", "zip"), ("branch", "pptx"), ("x", "pptx")]
)
def test_what_cannot_be_made_is_refused_in_a_sentence(name: str, ending: str, small_reader: Opened) -> None:
    with pytest.raises(ManyiError):
        make_storyline(name, *small_reader, "en", ending)


def test_one_branch_is_a_file_of_its_own(small_reader: Opened) -> None:
    reader, scope = small_reader
    ask = reader.ask(scope)
    branch = ask.values[Role.BRANCH][0]
    chosen = Scope(scope.survey, ask.wave, (("branch", branch), *ask.where.items()))
    deck = Presentation(io.BytesIO(make_storyline("branch", reader, chosen, "en", "pptx", now=MADE)))
    index = replace(ask, where=dict(chosen.where or ()))(INDEX).result.find(ask.schema.tree.code)
    assert index is not None
    assert f"{index.value:.1f}" in deck.slides[1].shapes.title.text
