from __future__ import annotations

import itertools

import pytest

from charts.kit.palette import DARK, LIGHT, Palette, blend, see_through
from words.shown_text import plotly_text as plain


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, two: str) -> float:
    high, low = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_can_be_read_and_marks_can_be_seen(palette: Palette) -> None:
    """WCAG 2: 4.5 for text, 3 for large text and marks."""
    for ground in (palette.ground, palette.surface):
        assert _contrast(palette.ink, ground) >= 7
        assert _contrast(palette.muted, ground) >= 4.5
        assert min(_contrast(colour, ground) for colour in (palette.ours, palette.better, palette.worse)) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_no_two_meanings_share_a_colour(palette: Palette) -> None:
    meanings = [palette.ours, palette.competitor, palette.better, palette.worse, palette.unclear]
    assert all(one != two for one, two in itertools.combinations(meanings, 2))
    assert set(palette.lines) & {palette.competitor, palette.better, palette.worse} == set()
    assert palette.verdict(None) == palette.verdict("unclear") == palette.unclear


def test_mixing() -> None:
    assert blend("#FF0000", "#0000FF", 1) == "#FF0000"
    assert blend("#FF0000", "#0000FF", 0) == "#0000FF"
    assert see_through("#0B5C7A", 0.5) == "rgba(11,92,122,0.5)"


def test_plotly_gets_no_markup_and_no_formula() -> None:
    assert plain("<b>&amp;$x$") == "&lt;b&gt;&amp;amp;&#36;x&#36;"
