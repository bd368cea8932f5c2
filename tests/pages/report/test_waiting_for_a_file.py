"""A file that another process makes: the page shows how far it is, leaves it on *Cancel*, and hands it out when it is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from answers.pool.job import Job, Progress
from answers.pool.pool import Pool, Ticket
from pages.report.report import show_job
from tests.pages.page_reader import open_page
from words.language import message

PAGE = "report/report/page.py"


class Slow:
    """A pool that is asked and does nothing; the files it was asked for."""

    def __init__(self) -> None:
        self.pool = Pool(1)
        self.pool.close()
        self.tickets: list[Ticket[Any]] = []

    def ask(self, job: Job[Any]) -> Ticket[Any]:
        self.tickets.append(self.pool.ask(job))
        return self.tickets[-1]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    made = Slow()
    monkeypatch.setattr(show_job, "pool", lambda: made)
    monkeypatch.setattr(show_job, "_AT_FIRST", 0.0)
    return made


def bar(app: AppTest) -> list[str]:
    return [each.proto.text for each in app.get("progress")]


def test_how_far_it_is_is_shown_and_cancelled(slow: Slow, filled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled_folder))
    app = open_page(PAGE, lang="en")
    app.button(key="storyline_make").click().run()
    (ticket,) = slow.tickets
    assert len(bar(app)) == 1
    ticket._running.progress = Progress(2, 13, message("Trend"))
    app.run()
    assert "2 of 13 · Trend" in bar(app)[0]
    app.button(key="storyline_asked_cancel").click().run()
    assert ticket.done
    assert bar(app) == []
    assert not app.error
    assert not app.exception


def test_it_is_handed_out_when_it_is_done(slow: Slow, filled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled_folder))
    app = open_page(PAGE, lang="en")
    app.button(key="storyline_make").click().run()
    slow.tickets[0]._running.future.set_result(b"deck")
    app.run()
    assert bar(app) == []
    assert app.get("download_button")
