"""The parts every chart is described with: figures, how they are written, colours by meaning, reference lines, the ends of an axis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from analysis.results.estimates import Estimate
from words.language import Language

#: What a colour means; ``surface`` is that of the card itself. ``line1`` … ``line6`` tell lines without a meaning of their own apart.
Hue = Literal[
    "ours", "competitor", "better", "worse", "unclear", "ink", "muted", "surface", "line1", "line2", "line3", "line4", "line5", "line6"
]  # fmt: skip
#: What a drawn series is, whatever its colour: the figure itself, a second one to compare it with, a rival's, one of the marks it is
#: measured against, a segment of a whole, the running sum, or what was found remarkable.
Role = Literal["value", "comparison", "rival", "reference", "best", "target", "part", "cumulative", "limit", "signal"]


@dataclass(frozen=True)
class Number:
    """One figure in the unit of its column. ``value`` is None when it may not or cannot be shown, and ``why`` says the reason.

    ``low`` and ``high`` are the ends of its interval, both or none; ``small`` marks a small base; ``note`` is said on hovering.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    small: bool = False
    why: str = ""
    note: str = ""

    @property
    def half(self) -> float | None:
        """Half the width of the interval; None without one."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


#: What can stand in a cell: a figure with its interval, a bare number, a word, or nothing.
Cell = Number | float | int | str | None


@dataclass(frozen=True)
class Form:
    """How a figure is written: decimals, with a sign always or not, in per cent or not, with ``±`` half its interval or not."""

    decimals: int = 1
    signed: bool = False
    percent: bool = False
    margin: bool = True


#: A figure with one decimal and its margin.
PLAIN = Form()


@dataclass(frozen=True)
class Tone:
    """A colour by meaning.

    ``strength`` below 1 mixes it into the ground; ``between`` is a second hue, of which ``hue`` takes ``share``.
    """

    hue: Hue = "ours"
    strength: float = 1.0
    between: Hue | None = None
    share: float = 1.0


OURS, MUTED, INK, UNCLEAR, BETTER, WORSE = (
    Tone("ours"), Tone("muted"), Tone("ink"), Tone("unclear"), Tone("better"), Tone("worse"),
)  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """A line through the chart at ``at``, with its name: all together, the target, zero, a limit.

    ``named`` writes the name at the end of a line through rows, where several such lines have to be told apart; ``told`` is written in
    the place of a short name where there is room for it.
    """

    at: float
    name: str
    dashed: bool = True
    named: bool = False
    told: str = ""


@dataclass(frozen=True)
class Axis:
    """An axis of figures: its name, its ends (None: made to hold everything drawn), values it must hold, and whether it has numbers."""

    name: str = ""
    ends: tuple[float, float] | None = None
    holds: tuple[float, ...] = ()
    numbered: bool = False


#: An axis that holds what is drawn, without and with numbers on it.
FREE, NUMBERED = Axis(), Axis(numbered=True)


def number_of(estimate: Estimate | None, language: Language, *, times: float = 1.0) -> Number | None:
    """An estimate as a figure of a chart, ``times`` 100 for proportions shown in per cent; None stays None."""
    if estimate is None:
        return None
    value, low, high = (None if part is None else times * part for part in (estimate.value, *estimate.ends))
    if value is None or low is None or high is None:
        low = high = None
    why = estimate.reason.text(language) if estimate.reason is not None else ""
    note = estimate.questions.told.text(language) if estimate.questions is not None else ""
    return Number(value, low, high, estimate.marked, why, note)


def numbers_of(estimates: Iterable[Estimate | None], language: Language, *, times: float = 1.0) -> tuple[Number | None, ...]:
    """The figures of a column."""
    return tuple(number_of(estimate, language, times=times) for estimate in estimates)


def verdict_tone(verdict: str | None) -> Tone:
    """The colour of a comparison: higher or rise, lower or fall, anything else grey."""
    return {"higher": BETTER, "lower": WORSE}.get(verdict or "", UNCLEAR)


def ink_tone(verdict: str | None) -> Tone:
    """The colour of words on a comparison: as its mark, but readable where nothing is clear."""
    return {"higher": BETTER, "lower": WORSE}.get(verdict or "", MUTED)
