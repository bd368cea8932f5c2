"""What another process makes is what this one makes, byte by byte but for the clock of the packing; and what is told meanwhile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

import pytest

from answers.kept import Kept
from answers.pool.job import Job
from answers.pool.pool import Pool
from answers.pool.telling import telling_to
from charts.kit.export_picture import browser_path
from reports.document import FigureItem, Report, Scope
from reports.jobs import chart_file, chart_picture, paper_html, refreshed_deck, report_file, storyline_file
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from reports.office.origin import Origin
from reports.print.printed_page import Phrase, Sentence
from reports.print.unset_page import ChartPiece, UnsetPage
from reports.refresh.refresh import refreshed
from reports.storylines.storylines import make_storyline
from settings import load_settings
from storage.store import Store
from tests.stores import small_store
from words.language import Message

NOW = datetime(2026, 7, 1, 9, 30)
SCOPE = Scope("telecom_csi", "2026Q1")
ONE_BRANCH = Scope("telecom_csi", "2026Q1", (("branch", "tianshui"), ("operator", "mobile")))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    folder = tmp_path_factory.mktemp("jobs")
    small_store.fill(folder)
    return Reader(Store(folder), load_settings().rules, Kept(), "test")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(1)
    yield made
    made.close()


def unpacked(content: bytes) -> object:
    """A file by its parts, and parts that are files by theirs: the parts of Office files say when they were packed."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: unpacked(package.read(name)) for name in package.namelist()}


def report(*figures: str) -> Report:
    return Report("Quarter", "en", tuple(FigureItem(figure, figure, SCOPE) for figure in figures))


@pytest.mark.parametrize("kind", ["pptx", "docx", "xlsx"])
def test_a_report_is_the_same(kind: str, reader: Reader, pool: Pool) -> None:
    wanted = report("branch-league", "trend")
    ticket = pool.ask(Job(report_file, (reader.named, wanted, kind, NOW)))
    assert unpacked(ticket.result()) == unpacked(file_of(make_report(wanted, reader, NOW), kind))
    assert ticket.progress is not None
    assert (ticket.progress.done, ticket.progress.of) == (2, 2)


@pytest.mark.parametrize(("name", "ending"), [("competitor", "docx"), ("branch", "zip")])
def test_a_storyline_is_the_same(name: str, ending: str, reader: Reader, pool: Pool) -> None:
    made = pool.ask(Job(storyline_file, (reader.named, name, ONE_BRANCH, "en", ending, NOW))).result()
    assert unpacked(made) == unpacked(make_storyline(name, reader, ONE_BRANCH, "en", ending, now=NOW))


def test_a_refreshed_presentation_is_the_same(reader: Reader, pool: Pool) -> None:
    deck = file_of(make_report(report("branch-league"), reader, NOW), "pptx")
    there = pool.ask(Job(refreshed_deck, (reader.named, deck, "2026Q2"))).result()
    assert there.lines == refreshed(deck, reader, "2026Q2").lines


def test_a_chart_is_the_same_in_every_file(reader: Reader, pool: Pool) -> None:
    (made,) = make_report(report("branch-league"), reader, NOW).items
    assert made.leaving is not None
    leaving = made.leaving.portable()
    for kind in ("xlsx", "pptx", "docx"):
        there = pool.ask(Job(chart_file, (leaving, kind), "quick")).result()
        assert unpacked(there) == unpacked(chart_file(made.leaving, kind))
    chart, on = made.leaving.chart, made.leaving.on
    origin = Origin("", (), (), NOW, "en")
    page = UnsetPage("Branches", origin, "en", (Sentence((Phrase("first"),)), ChartPiece(chart, on, "source", drawn=False)))
    ported = UnsetPage("Branches", origin, "en", (page.pieces[0], ChartPiece(chart, on, "source", drawn=False).portable()))
    assert pool.ask(Job(paper_html, (ported,), "quick")).result() == paper_html(page)


@pytest.mark.skipif(browser_path() is None, reason="no browser draws pictures here")
def test_a_picture_is_the_same(reader: Reader, pool: Pool) -> None:
    (made,) = make_report(report("trend"), reader, NOW).items
    assert made.leaving is not None
    chart, on = ChartPiece(made.leaving.chart, made.leaving.on).portable().chart, made.leaving.on
    assert pool.ask(Job(chart_picture, (chart, on, "png"), "quick")).result() == chart_picture(made.leaving.chart, on, "png")


def test_decks_of_branches_are_told_one_by_one_and_not_their_slides(reader: Reader) -> None:
    told: list[tuple[int, int, str | Message]] = []
    with telling_to(lambda *step: told.append(step)):
        make_storyline("branch", reader, ONE_BRANCH, "en", "zip", now=NOW)
    assert [step[:2] for step in told] == [(1, 1)]
