"""The colours every page and picture shares; a colour means the same thing everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

Theme = Literal["light", "dark"]
#: Contrast of words with their ground (WCAG 2.2, level AA), and in how many steps a colour is changed until it has it.
LEAST_CONTRAST, _STEPS = 4.5, 20


@dataclass(frozen=True)
class Palette:
    """Colours by meaning, as ``#RRGGBB``.

    Better and worse differ in blue against red, which every common colour blindness keeps apart, and in lightness.
    ``lines`` tell lines without a meaning of their own apart; none of them is a colour that has one.
    """

    ours: str
    competitor: str
    better: str
    worse: str
    unclear: str
    ink: str
    muted: str
    line: str
    ground: str
    surface: str
    lines: tuple[str, ...]

    def verdict(self, verdict: str | None) -> str:
        """The colour of a comparison: higher or rise, lower or fall, anything else grey."""
        return {"higher": self.better, "lower": self.worse}.get(verdict or "", self.unclear)

    def text(self, colour: str, fill: str | None = None) -> str:
        """A colour for words in it on a ``fill``, or on the grounds of the page: itself where it can be read there."""
        return readable(colour, *((fill,) if fill else (self.surface, self.ground)))

    def operator(self, ours: bool) -> str:
        """The colour of us or of a competitor."""
        return self.ours if ours else self.competitor


LIGHT = Palette(
    ours="#0B5C7A",
    competitor="#C98A1B",
    better="#2C7FB8",
    worse="#C9485B",
    unclear="#A7B0B8",
    ink="#1C2833",
    muted="#66717C",
    line="#DFE4E8",
    ground="#F6F8F9",
    surface="#FFFFFF",
    lines=("#0B5C7A", "#6B4E9B", "#3A8F5C", "#8A6A4F", "#4D5B68", "#A7B0B8"),
)
DARK = Palette(
    ours="#58B6D8",
    competitor="#E2AC4E",
    better="#62AEE3",
    worse="#EE7D8D",
    unclear="#7B8792",
    ink="#E8EDF1",
    muted="#A3AEB8",
    line="#2E3B46",
    ground="#10181F",
    surface="#18222B",
    lines=("#58B6D8", "#B79BE3", "#74C796", "#C9A583", "#B6C2CC", "#7B8792"),
)


def palette_for(theme: Theme) -> Palette:
    """The palette of a theme."""
    return DARK if theme == "dark" else LIGHT


def blend(colour: str, other: str, share: float) -> str:
    """``colour`` mixed into ``other``: share 1 gives ``colour``, 0 gives ``other``.

    >>> blend("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{int(one * share + two * (1 - share) + 0.5):02X}" for one, two in pairs)


def see_through(colour: str, opacity: float) -> str:
    """The colour as ``rgba(...)`` with an opacity from 0 to 1."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{opacity:g})"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """How far two colours lie apart for the eye, from 1 to 21 (WCAG 2.2, *contrast ratio*).

    >>> round(contrast("#000000", "#FFFFFF"), 1)
    21.0
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@cache
def readable(colour: str, *grounds: str) -> str:
    """The colour, darker or lighter by just so much that words in it can be read on each of the grounds, which are much alike.

    >>> readable("#1C2833", "#FFFFFF"), readable("#FFFFFF", "#FFFFFF")
    ('#1C2833', '#737373')
    """
    end = max(("#000000", "#FFFFFF"), key=lambda end: min(contrast(end, ground) for ground in grounds))
    steps = (blend(end, colour, step / _STEPS) for step in range(_STEPS + 1))
    return next((mixed for mixed in steps if all(contrast(mixed, ground) >= LEAST_CONTRAST for ground in grounds)), end)


def _luminance(colour: str) -> float:
    shares = (channel / 255 for channel in _channels(colour))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
