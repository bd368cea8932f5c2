"""The overview: what the sentence says stands in its cards, what changed comes before the map, and the map leads to the branches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.page_reader import words
from tests.pages.printed import bare
from words.lengths import is_short

COLOURED = re.compile(r":(?:red|blue)\[((?:\\.|[^\]\\])*)\]")


@pytest.mark.parametrize(("code", "language", "both"), [("en", "en", " and "), ("zh", "zh_CN", "和")])
def test_what_the_sentence_says_in_colour_stands_below_it(open_app: Callable[..., AppTest], code: str, language: Any, both: str) -> None:
    app = open_app(lang=code).run()
    (sentence,) = [part.value for part in app.markdown if part.value.startswith("## ")]
    assert is_short(bare(sentence), language)
    change, causes, lead = map(bare, COLOURED.findall(sentence))
    cards = [bare(line) for part in app.markdown if "\n" in part.value for line in COLOURED.findall(part.value)]
    for clause, sign in ((change, "▼"), (lead, "▲")):
        number = next(iter(re.findall(r"\d+\.\d", clause)))
        assert [line for line in cards if line.startswith(f"{sign} {number} ") and "p" in line], clause
    (names,) = [[bare(name) for name in table.value.iloc[:, 0]] for table in app.table if table.value.map(_is_coloured).to_numpy().any()]
    assert set(causes.split(both)) <= set(names)


def test_what_changed_and_who_answered_come_before_the_map(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en").run()
    order = [key for key in _keys(app._tree) if key.rpartition("-")[2] in ("card_changes", "card_heatmap")]
    assert [key.rpartition("-")[2] for key in order] == ["card_changes", "card_heatmap"]
    assert [caption for caption in app.caption if "who answered" in caption.value]


@pytest.mark.parametrize(("view", "charts"), [("glance", 2), ("ranking", 1), ("shares", 1), ("grades", 1)])
def test_only_the_open_view_is_shown(open_app: Callable[..., AppTest], view: str, charts: int) -> None:
    app = open_app(lang="en", view=view).run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == charts


def test_two_boxes_lead_to_a_branch_as_a_click_does(open_app: Callable[..., AppTest]) -> None:
    app = open_app(lang="en").run()
    app.selectbox(key="map_branch").set_value("tianshui")
    app.selectbox(key="map_code").set_value("C21").run()
    app.button(key="open_map").click().run()
    assert not app.exception
    state = app.session_state
    assert (state["branches_view"], state["profile_branch"], state["profile_code"]) == ("one", "tianshui", "C21")
    assert "Which branch is better" in words(app)
    code, title = "C21", "Network coverage"
    assert app.selectbox(key="profile_code").value == code
    assert f"Tianshui: {title} " in words(app)


def _is_coloured(cell: object) -> bool:
    return str(cell).startswith(":")


def _keys(block: Any) -> Iterator[str]:
    """The ids of all containers in their order."""
    for child in getattr(block, "children", {}).values():
        yield str(getattr(getattr(child, "proto", None), "id", "") or "")
        yield from _keys(child)
