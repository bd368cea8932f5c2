"""Screen and command line ask the same questions and give the same answers, figure by figure."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path

import pytest

from answers.topic_list import TOPICS
from tests.answers.look_stores import STORES
from tests.answers.looks import LOOKS, Look
from tests.answers.one_door import (
    as_printed,
    differences,
    drawn_figures,
    figures_in,
    from_command_line,
    look,
    refusal,
    refused_by_command_line,
)  # fmt: skip

#: Numbers of a chart's table that say how something is drawn or counted, not what was found: by heading.
NOT_FIGURES = {
    "Weight": "the survey's own indicator weights",
    "Place": "the order of drawing",
    "Questions": "how many questions a set has",
    "Factor": "the number of a factor in their order",
    "Fitted value": "a dot of one respondent",
    "Residual": "a dot of one respondent",
    "Normal quantile": "a dot of one respondent",
    "Standardised residual": "a dot of one respondent",
    "Row in the workbook": "where a response stands; a text in records",
    "Weight from": "where a bar of the histogram begins",
    "Weight up to": "where it ends",
    "Spread of the weights: Respondents": "how high it is drawn",
}
#: Topics that pages ask through something else, which has tests of its own that hold page and command line together.
ELSEWHERE = {"cause-test": "the end causes of a QC project"}
_ASKED: set[str] = set()
#: Words in English and characters in Chinese that the sentence of a page has at most.
WORDS, CHARACTERS = 30, 80
#: Pages with longer ones, and how long: they may not become longer, and leave the table when they hold.
TOO_LONG: dict[str, tuple[int, int]] = {
    "measure/control_charts/page.py": (50, 117),
    "measure/indicators/page.py": (45, 136),
    "measure/data_quality/page.py": (33, 80),
    "explain/planner/page.py": (32, 80),
    "explain/drivers/page.py": (35, 88),
    "compare/branches/page.py": (30, 98),
}
_SAID: dict[str, list[tuple[int, int]]] = {}


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A store of each kind, made once."""
    return {name: make(tmp_path_factory.mktemp(name) / "data") for name, make in STORES.items()}


@pytest.mark.parametrize("look_at", LOOKS, ids=str)
def test_the_page_says_what_the_command_line_prints(look_at: Look, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    looked = look(look_at.page, folders[look_at.store], look_at.picked, look_at.address, monkeypatch)
    assert looked.answers, "the page asked nothing"
    _SAID.setdefault(look_at.page, []).append((len(looked.said.split()), len(looked.in_chinese())))
    known: list[float] = []
    for found in {found.question: found for found in looked.answers}.values():
        _ASKED.add(found.question.topic)
        if why := refusal(found):
            assert refused_by_command_line(found) == why
            continue
        printed = from_command_line(found)
        assert list(differences(as_printed(found), printed)) == [], found.question.text()
        known += figures_in(printed)
    known = sorted(abs(figure) for figure in known)
    strange = [
        f"{chart.title}: {heading} {value}"
        for chart, _canvas in looked.charts
        for heading, value in drawn_figures(chart)
        if NOT_FIGURES.keys().isdisjoint((heading, f"{chart.title}: {heading}")) and not _among(abs(value), known)
    ]
    assert strange == [], "drawn, and in no answer"


def _among(value: float, known: list[float]) -> bool:
    """Whether a figure, or a hundredth of it (shares are drawn in per cent), is one of those known."""
    for wanted in (value, value / 100):
        place = bisect_left(known, wanted)
        near = known[max(place - 1, 0) : place + 1]
        if any(abs(figure - wanted) <= 1e-9 * max(1.0, abs(wanted)) for figure in near):
            return True
    return False


def test_no_sentence_is_longer_than_two_lines() -> None:
    """Of the pages looked at in this run."""
    longest = {page: tuple(map(max, zip(*said, strict=True))) for page, said in _SAID.items()}
    over = {page: (words, signs) for page, (words, signs) in longest.items() if words > WORDS or signs > CHARACTERS}
    assert {
        page: far for page, far in over.items() if any(one > most for one, most in zip(far, TOO_LONG.get(page, (0, 0)), strict=True))
    } == {}
    whole = {page for page, said in _SAID.items() if len(said) == sum(each.page == page for each in LOOKS)}
    assert sorted((set(TOO_LONG) & whole) - set(over)) == [], "these hold now, and leave the table"


def test_every_topic_is_asked_on_some_page() -> None:
    assert sorted(set(TOPICS) - {topic for look_at in LOOKS for topic in look_at.topics}) == sorted(ELSEWHERE)
