"""The sentences that many refusals share: what is not there, what is, what may have been meant."""

from __future__ import annotations

import pytest

from words.errors import nearest, no_responses, unknown
from words.language import message

WAVES = ("2025H1", "2025H2")


def test_what_is_not_there_what_is_and_what_may_be_meant() -> None:
    error = unknown(message("wave"), "2025H3", WAVES)
    assert str(error) == "There is no wave 2025H3. There are: 2025H1, 2025H2. Did you mean 2025H2?"
    assert error.text("zh_CN") == "没有名为“2025H3”的期次。现有：2025H1、2025H2。您要找的是“2025H2”吗？"


def test_nothing_near_and_nothing_at_all() -> None:
    assert str(unknown(message("wave"), "spring", WAVES)) == "There is no wave spring. There are: 2025H1, 2025H2."
    assert str(unknown(message("wave"), "spring", ())) == "There is no wave spring. There are none yet."


def test_where_it_was_looked_for() -> None:
    assert str(unknown(message("wave"), "x", ["a"], place="telecom_csi")) == "There is no wave x in telecom_csi. There are: a."
    assert "这批答卷中没有" in unknown(message("column"), "x", ["a"], place=message("these responses")).text("zh_CN")


def test_groups_without_responses() -> None:
    assert str(no_responses("lanzou", ["lanzhou", "tianshui"])).endswith("There are: lanzhou, tianshui. Did you mean lanzhou?")


def test_a_long_list_is_cut_and_what_is_near_is_said_all_the_same() -> None:
    said = str(unknown(message("column"), "column_19x", [f"column_{number}" for number in range(24)]))
    assert "column_11 and 12 more. Did you mean column_19?" in said
    assert "column_12" not in said


def test_what_was_given_is_repeated_as_one_short_line() -> None:
    said = str(unknown(message("sheet"), "a\n\x1b[2Jb" + "x" * 500, ["{0}", "c\rd"]))
    assert said.isprintable()
    assert len(said) < 150
    assert "There are: {0}, c d." in said


@pytest.mark.parametrize(
    ("given", "near"),
    [("LANZHOU", "lanzhou"), ("lanzhuo", "lanzhou"), ("tianshu", "tianshui"), ("atlantis", None), ("", None), ("兰州市", "兰州")],
)
def test_the_nearest_name(given: str, near: str | None) -> None:
    assert nearest(given, ["lanzhou", "tianshui", "兰州"]) == near
