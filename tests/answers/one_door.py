"""What a page asks and draws, caught while it runs, and the same questions put to the command line."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from analysis.results.sentences import plain_text
from answers.provenance import OF_STORED_WAVES
from answers.question import command_line
from answers.records import record
from answers.sealing import code_of_answers
from answers.topic import Answered
from charts.kit.layout import Canvas, Chart
from cli import app as cli
from pages._shared.parts import show_answer
from pages._shared.session import asking
from pages._shared.session.shown_here import note_answer
from reports.print.printed_page import Phrase
from tests.pages.fresh import forget_everything
from tests.pages.page_reader import frame, turned_to
from words.check_codes import shown_code
from words.errors import ManyiError

#: Where pages put charts and tables that can be exported.
DRAWING = (
    "_shared.parts.show_chart", "_shared.parts.show_table", "_shared.parts.what_changed", "measure.data_quality.parts",
    "compare.tiers.win_back", "explain.comments.listed", "improve.recovery.still_to_contact",
)  # fmt: skip
#: Digits on which two doors may differ: the order in which sums are added up.
RELATIVE = 1e-9


class Looked:
    """One page as it was looked at: the answers it asked for, the charts and tables it drew, and the sentence it begins with."""

    def __init__(self) -> None:
        self.answers: list[Answered[Any, Any]] = []
        self.charts: list[tuple[Chart, Canvas]] = []
        self.said = ""

    def in_chinese(self) -> str:
        """The sentence in Chinese, where it is that of an answer; empty where the page words it itself."""
        for found in self.answers:
            if refusal(found) is None and plain_text(found.sentence("en")) == self.said:
                return plain_text(found.sentence("zh_CN"))
        return ""


def look(page: str, folder: Path, picked: Mapping[str, object], address: Mapping[str, str], patch: pytest.MonkeyPatch) -> Looked:
    """A page on a store, with what is picked on it and what its address says."""
    patch.setenv("MANYI_DATA", str(folder))
    forget_everything()
    looked, whole = Looked(), asking.note

    def caught(found: Answered[Any, Any]) -> Answered[Any, Any]:
        looked.answers.append(found)
        return whole(found)

    def heard(question: str, answer: Sequence[Phrase], of: Answered[Any, Any] | None = None) -> None:
        looked.said = "".join(phrase.text for phrase in answer).replace("\u00a0", " ")
        note_answer(question, answer, of)

    patch.setattr(asking, "note", caught)
    patch.setattr(show_answer, "note_answer", heard)
    for module in DRAWING:
        patch.setattr(f"pages.{module}.export_menu", lambda _title, on, _key, made, **_more: looked.charts.append((made(), on)))
    app: AppTest = frame(lang="en", **address)
    for key, value in picked.items():
        app.session_state[key] = value
    turned_to(app, page)
    return looked


def as_printed(found: Answered[Any, Any]) -> dict[str, Any]:
    """The page's own answer, written as ``--json`` writes it, with the code it would have if it were exported."""
    code = code_of_answers([found])
    written: dict[str, Any] = json.loads(json.dumps(record(found, "en")))
    return {**written, "seal": shown_code(code)} if code else written


def refusal(found: Answered[Any, Any]) -> str | None:
    """Why the page's answer has no figures, where it has none to print."""
    try:
        _ = found.figures
    except ManyiError as error:
        return error.message.text("en")
    return None


def refused_by_command_line(found: Answered[Any, Any]) -> str:
    """What the command line says in the place of figures."""
    done = CliRunner().invoke(cli, [*command_line(found.question), "--json", "--lang", "en"])
    assert done.exit_code == 2, done.stdout
    return done.stderr.strip()


def from_command_line(found: Answered[Any, Any]) -> dict[str, Any]:
    """What the command line prints for the question of a page."""
    words = [*command_line(found.question), "--json", "--lang", "en"]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, (words, done.stderr)
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


def of_no_store(printed: dict[str, Any]) -> dict[str, Any]:
    """A printed answer without what is known of stored waves only, to be set beside that of a workbook."""
    known = {name: value for name, value in printed["settings"].items() if name not in OF_STORED_WAVES}
    return {name: value for name, value in printed.items() if name != "seal"} | {"settings": known}


def differences(one: Any, other: Any, place: str = "", digits: float = RELATIVE) -> Iterator[str]:
    """Where two printed answers differ, by more than the last digits."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted({*one, *other}):
            yield from differences(one.get(name), other.get(name), f"{place}.{name}", digits)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differences(left, right, f"{place}[{number}]", digits)
    elif isinstance(one, int | float) and isinstance(other, int | float):
        if not math.isclose(one, other, rel_tol=digits, abs_tol=digits):
            yield f"{place}: {one} and {other}"
    elif one != other:
        yield f"{place}: {one} and {other}"


def figures_in(printed: Any) -> Iterator[float]:
    """Every number of a printed answer."""
    if isinstance(printed, dict):
        for value in printed.values():
            yield from figures_in(value)
    elif isinstance(printed, list):
        for value in printed:
            yield from figures_in(value)
    elif isinstance(printed, int | float) and not isinstance(printed, bool):
        yield float(printed)


def drawn_figures(chart: Chart) -> Iterator[tuple[str, float]]:
    """Every number in a chart's table, with its heading."""
    for heading in chart.table.columns:
        for value in chart.table[heading]:
            if isinstance(value, int | float) and not isinstance(value, bool) and not pd.isna(value):
                yield str(heading), float(value)
