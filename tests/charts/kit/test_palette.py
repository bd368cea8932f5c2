from __future__ import annotations

import itertools
import tomllib
from dataclasses import fields

import pytest

from charts.kit.description.numbers import INK, MUTED, Hue, Tone
from charts.kit.palette import DARK, LEAST_CONTRAST, LIGHT, Palette, Theme, blend, contrast, palette_for, see_through
from charts.kit.tones import text_colour, tone_colour
from tests.places import ROOT
from words.shown_text import plotly_text as plain


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_can_be_read_and_marks_can_be_seen(palette: Palette) -> None:
    """WCAG 2: 4.5 for text, 3 for large text and marks."""
    for ground in (palette.ground, palette.surface):
        assert contrast(palette.ink, ground) >= 7
        assert contrast(palette.muted, ground) >= 4.5
        assert min(contrast(colour, ground) for colour in (palette.ours, palette.better, palette.worse)) >= 3


def test_contrast_is_that_of_published_pairs() -> None:
    """Black, #767676 and #777777 on white, the usual examples of WCAG 2: 21, 4.54 and 4.48."""
    assert [round(contrast(colour, "#FFFFFF"), 2) for colour in ("#000000", "#767676", "#777777")] == [21.0, 4.54, 4.48]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_words_in_every_colour_can_be_read_on_the_page(palette: Palette) -> None:
    single = [value for each in fields(palette) if isinstance(value := getattr(palette, each.name), str)]
    coloured = [colour for colour in (*single, *palette.lines) if colour not in (palette.line, palette.ground, palette.surface)]
    for colour, ground in itertools.product(coloured, (palette.ground, palette.surface)):
        assert contrast(palette.text(colour), ground) >= LEAST_CONTRAST
    assert palette.text(palette.ink) == palette.ink


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("hue", ["ours", "competitor", "better", "worse", "unclear"])
def test_words_can_be_read_on_every_fill(palette: Palette, hue: Hue) -> None:
    for tenth, ink in itertools.product(range(11), (INK, MUTED)):
        fill = tone_colour(Tone(hue, tenth / 10), palette)
        assert contrast(text_colour(ink, palette, fill), fill) >= LEAST_CONTRAST


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_words_of_the_theme_can_be_read_on_all_its_grounds(name: Theme) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][name]
    grounds = [part[key] for part in (theme, theme["sidebar"]) for key in ("backgroundColor", "secondaryBackgroundColor")]
    inks = {key: colour for key, colour in theme.items() if key.endswith("TextColor") or key in ("textColor", "linkColor")}
    assert len(inks) == 6
    assert {key for key, colour in inks.items() for ground in grounds if contrast(colour, ground) < LEAST_CONTRAST} == set()
    assert contrast(theme["primaryColor"], palette_for(name).surface) >= LEAST_CONTRAST


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
