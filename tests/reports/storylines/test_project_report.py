"""The storyline of a QC project: its ten steps in order, native charts, the fishbone with its table, the numbers of the project."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation

from answers.kept import Kept
from projects.project import Project
from projects.sections import About, Step, Topic
from projects.words import STEP_TITLES
from reports.making.making import FORMATS, make_report
from reports.making.reader import Reader
from reports.project_facts import facts_of, reviewed
from reports.storylines.project_report import project_file, project_report
from settings import load_settings
from storage.store import Store
from tests.projects.sample_project import FACTS, mended_project, published_project
from tests.reports.file_rules import faults, own_faults
from tests.reports.storylines.scopes import MADE
from tests.stores import small_store
from words.errors import ManyiError


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("project")
    small_store.fill(folder)
    store = Store(folder)
    yield Reader(store, load_settings().rules, Kept(), "tester")
    store.close()


@pytest.fixture(scope="module")
def deck(reader: Reader) -> bytes:
    return project_file(published_project(), reader, "zh_CN", "pptx", now=MADE)


def test_the_steps_stand_in_their_order(deck: bytes) -> None:
    titles = [next((shape.text for shape in slide.shapes if shape.has_text_frame), "") for slide in Presentation(io.BytesIO(deck)).slides]
    words = {step: title.text("zh_CN") for step, title in STEP_TITLES.items()}
    places = [next((place for place, title in enumerate(titles) if title.startswith(words[step])), None) for step in Step]
    assert None not in places
    assert places == sorted(places, key=lambda place: place or 0)


def test_the_deck_has_native_charts_and_the_fishbone_as_a_picture_with_its_table(deck: bytes) -> None:
    shapes = [shape for slide in Presentation(io.BytesIO(deck)).slides for shape in slide.shapes]
    assert sum(shape.has_chart for shape in shapes) >= 12
    assert any(shape.shape_type is not None and shape.shape_type.name == "PICTURE" for shape in shapes)
    tables = [[cell.text for row in shape.table.rows for cell in row.cells] for shape in shapes if shape.has_table]
    assert all(any(cause.text in table for table in tables) for cause in published_project().causes.causes)


def test_charts_hold_the_counts_of_the_project(deck: bytes) -> None:
    charts = [shape.chart for slide in Presentation(io.BytesIO(deck)).slides for shape in slide.shapes if shape.has_chart]
    series = [[round(value, 6) for value in each.values if value is not None] for chart in charts for each in chart.series]
    for counts in ([13, 19], [19, 48], [20, 41], [52, 108], [24, 48], [12000, 18000, 26000]):
        assert any(sorted(each) == sorted(counts) for each in series), counts
    assert any(each[:1] == [pytest.approx(100 * 38 / 41, abs=1e-6)] for each in series)
    assert all(any(level in each for each in series) for level in (95.59, 98.03, 98.11))


def test_deck_and_document_are_sound(reader: Reader, deck: bytes) -> None:
    assert faults(deck) == []
    paper = project_file(published_project(), reader, "en", "docx", now=MADE)
    assert own_faults(paper) == []
    told = " ".join(each.text for each in Document(io.BytesIO(paper)).paragraphs)
    assert all(title.text("en") in told for title in STEP_TITLES.values())


def test_what_cannot_be_a_report_is_said(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(ManyiError, match=r"\.pptx"):
        project_file(published_project(), reader, "en", "odp")
    empty = Store(tmp_path)
    with pytest.raises(ManyiError, match="no survey"):
        project_file(published_project(), Reader(empty, load_settings().rules, Kept(), "tester"), "en", "pptx")
    empty.close()


def test_a_project_that_just_began_is_a_short_report(reader: Reader) -> None:
    project = Project(about=About(title="新课题"), topic=Topic(chosen="提高满意度"))
    made = make_report(project_report(project, reader, "zh_CN", MADE), reader, MADE)
    assert [each.paragraphs for each in made.items] == [("提高满意度",)]
    assert not any(each.problem for each in made.items)
    assert set(FORMATS) >= {"pptx", "docx", "html", "pdf"}


def test_nothing_in_the_report_of_the_sample_is_missing(reader: Reader) -> None:
    made = make_report(project_report(published_project(), reader, "en", MADE), reader, MADE)
    assert [each.problem for each in made.items if each.problem] == []


def test_the_tests_of_the_sample_say_what_its_review_is_told(reader: Reader) -> None:
    assert dict(facts_of(published_project(), reader).verdicts) == dict(FACTS.verdicts)
    assert [each.code for each in reviewed(published_project(), reader).findings] == ["arithmetic", "arithmetic"]
    assert reviewed(mended_project(), reader).findings == ()
