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
from words.lengths import is_short

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
#: Page → its sentences in English and Chinese.
_SAID: dict[str, list[tuple[str, str]]] = {}


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A store of each kind, made once."""
    return {name: make(tmp_path_factory.mktemp(name) / "data") for name, make in STORES.items()}


@pytest.mark.parametrize("look_at", LOOKS, ids=str)
def test_the_page_says_what_the_command_line_prints(look_at: Look, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    looked = look(look_at.page, folders[look_at.store], look_at.picked, look_at.address, monkeypatch)
    assert looked.answers, "the page asked nothing"
    _SAID.setdefault(look_at.page, []).append((looked.said, looked.in_chinese()))
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


def test_every_sentence_can_be_read_at_a_glance() -> None:
    """Of the pages looked at in this run: 30 words in English, in Chinese two lines of 40 characters."""
    long = [(page, told) for page, said in _SAID.items() for told in said if not is_short(told[0], "en") or not is_short(told[1], "zh_CN")]
    assert long == []


def test_every_topic_is_asked_on_some_page() -> None:
    assert sorted(set(TOPICS) - {topic for look_at in LOOKS for topic in look_at.topics}) == sorted(ELSEWHERE)
