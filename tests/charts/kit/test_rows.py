"""Names beside a plot: whole where they fit, in two lines where they do not, cut only beyond that."""

from __future__ import annotations

import pytest

from charts.kit.layout import Canvas
from charts.kit.rows import TextColumn, in_two_lines, rows_figure, text_width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tariff", ["Tariff"]),
        ("China Mobile / China Telecom", ["China Mobile /", "China Telecom"]),
        ("China Mobile / China Unicom", ["China Mobile /", "China Unicom"]),
        ("产品和服务可靠性与稳定性", ["产品和服务可靠性", "与稳定性"]),
        ("Incomprehensibilities", ["Incomprehensib", "ilities"]),
    ],
)
def test_a_name_that_does_not_fit_takes_two_lines(text: str, lines: list[str]) -> None:
    assert in_two_lines(text, 90) == lines


def test_a_name_longer_than_two_lines_ends_in_an_ellipsis() -> None:
    first, second = in_two_lines("Top-up and payment convenience in rural districts", 90)
    assert second.endswith("…")
    assert max(text_width(line, 11) for line in (first, second)) <= 90


def test_names_of_two_lines_are_smaller_and_harmless(on: Canvas) -> None:
    names = ["Short", "<b>China Mobile</b> / China Telecom"]
    drawn = rows_figure(2, [TextColumn("", names, 98, strong=True)], [], on).layout["annotations"]
    assert [text["font"]["size"] for text in drawn] == [13, 11]
    assert drawn[1]["text"].count("<br>") == 1
    assert "&lt;b&gt;" in drawn[1]["text"]
