"""Columns of tables in documents and slides: as wide as what stands in them, and no figure in two lines."""

from __future__ import annotations

import pytest

from reports.office.tables import TextTable

HEADERS = ("Indicator", "Lanzhou", "Lower end", "Upper end", "Base", "Tianshui", "Difference", "Adjusted p", "Verdict", "Effective base")
ROW = ("Bill enquiry convenience", "76.52", "74.61", "78.43", "1,208", "−0.52", "−1.30", "< 0.001", "cannot be told apart", "1,103.4")
TABLE = TextTable(HEADERS, (ROW, ("Network", *ROW[1:])), frozenset({1, 2, 3, 4, 5, 6, 7, 9}))
#: A wide letter and the room around a text, in points.
LETTER, AROUND = 0.6, 11


@pytest.mark.parametrize("width", [380, 450, 700])
def test_no_figure_and_no_usual_word_is_broken(width: float) -> None:
    size, shares = TABLE.fitted(width, 9)
    assert sum(shares) == pytest.approx(1)
    assert 4.5 <= size <= 9
    for place, share in enumerate(shares):
        room = share * width - AROUND
        words = [ROW[place]] if place in TABLE.figures else ROW[place].split()
        assert max(map(len, words)) * LETTER * size <= room


def test_with_room_for_all_letters_have_their_size_and_no_text_is_in_two_lines() -> None:
    size, shares = TABLE.fitted(900, 9)
    assert size == 9
    assert all(len(text) * LETTER * size <= share * 900 - AROUND for text, share in zip(ROW, shares, strict=True))


def test_chinese_is_broken_anywhere() -> None:
    size, shares = TextTable(("指标", "说明"), (("网络", "这是一段很长很长很长很长的说明"), ("网络", "短")), frozenset()).fitted(120, 10)
    assert size == 10
    assert shares[1] > 2 * shares[0]
