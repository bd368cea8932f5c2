"""From a foreign workbook to its first index in a real browser: at most eight clicks, no YAML, and the index of the raw file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from storage.store import Store
from tests.browser.rig import Server, settled
from tests.stores.foreign_workbooks import AGREEMENT

MOST_CLICKS = 8


@dataclass
class Hand:
    """Clicks on a page, and counts them."""

    page: Page
    clicks: int = 0

    def click(self, target: Locator) -> None:
        """One click, and waits until the page is done with it."""
        target.click()
        self.clicks += 1
        self.page.wait_for_timeout(200)
        settled(self.page)

    def say(self, question: str, choice: int) -> None:
        """Takes a choice of a question."""
        self.click(self.page.locator(f".st-key-question_{question} [role=radiogroup] label").nth(choice))

    def tick(self, group: int) -> None:
        """Takes a group of questions into the index."""
        self.click(self.page.locator("[class*=st-key-tick_] label").nth(group))


def _voice(raw: pd.DataFrame) -> float:
    return float((raw.iloc[:, 2:5] - 1).to_numpy().mean() / 9 * 100)


def _pairs(raw: pd.DataFrame) -> float:
    return float((raw.iloc[:, 4:47:2] - 1).to_numpy().mean() / 6 * 100)


def _text(raw: pd.DataFrame) -> float:
    return float(raw.iloc[:, 3:6].map(AGREEMENT.index).to_numpy().mean() / 4 * 100)


@pytest.mark.parametrize(
    ("name", "choices", "group", "index", "people"),
    [
        ("voice", {"best_1_10": 0, "ends_1_10": 0}, 0, _voice, 1200),
        ("paired_questions", {"best_1_7": 0, "pairs_1": 0, "pairs_2": 2, "pairs_3": 1}, 1, _pairs, 200),
        ("text_export", {}, 0, _text, 400),
    ],
    ids=["voice", "pairs", "words"],
)
def test_from_drop_to_the_first_index(
    empty_server: Server,
    page: Page,
    foreign_workbook: Callable[[str], Path],
    name: str,
    choices: dict[str, int],
    group: int,
    index: Callable[[pd.DataFrame], float],
    people: int,
) -> None:
    path, hand = foreign_workbook(name), Hand(page)
    page.goto(f"{empty_server.url}/upload?part=make&lang=en")
    settled(page)
    page.locator(".st-key-drop_area input[type=file]").set_input_files(path)
    expect(page.locator(".st-key-card_make_tree")).to_be_visible()
    settled(page)
    expect(page.locator("[role=radiogroup] input:checked")).to_have_count(0)
    for question, choice in choices.items():
        hand.say(question, choice)
    answer = page.locator(".st-key-answer h2")
    expect(answer).to_contain_text("no index yet")
    hand.tick(group)
    first = f"Satisfaction index {index(pd.read_excel(path, engine='openpyxl')):.1f}"
    expect(answer).to_contain_text(first)
    hand.click(page.locator(".st-key-store button"))
    expect(page.locator(".st-key-stored")).to_contain_text("responses are stored")
    expect(answer).to_contain_text(first)
    assert hand.clicks <= MOST_CLICKS
    store = Store(empty_server.data_folder)
    assert [wave.n for wave in store.waves()] == [people]
    store.close()
