"""Colours by meaning, mixed for a theme."""

from __future__ import annotations

from charts.kit.description.numbers import Hue, Tone
from charts.kit.palette import Palette, blend

#: Share of a bar's colour in its fill where a whisker of the full colour lies on it.
SOFT = 0.62


def hue_colour(hue: Hue, colours: Palette) -> str:
    """The colour of a hue, as ``#RRGGBB``."""
    if hue.startswith("line"):
        return colours.lines[int(hue[4:]) - 1]
    return str(getattr(colours, hue))


def tone_colour(tone: Tone, colours: Palette) -> str:
    """The colour of a tone, as ``#RRGGBB``."""
    colour = hue_colour(tone.hue, colours)
    if tone.between is not None:
        colour = blend(colour, hue_colour(tone.between, colours), tone.share)
    return colour if tone.strength >= 1 else blend(colour, colours.surface, tone.strength)


def text_colour(tone: Tone, colours: Palette, fill: str | None = None) -> str:
    """The colour of words in a tone, which can be read on a ``fill`` or on the ground of the page."""
    return colours.text(tone_colour(tone, colours), fill)
