"""Colours and words of Kano's classes, the same in every chart of them."""

from __future__ import annotations

from analysis.kano.estimate_kano import KanoFeature
from analysis.kano.evaluation_table import KanoClass
from analysis.kano.sentence import class_name
from charts.kit.description.numbers import Hue, Tone
from charts.kit.layout import Canvas
from charts.kit.tones import SOFT

#: Classes are kinds, none better than another: lines' colours, which have no meaning, ours for what works both ways, grey for neither.
_HUES: dict[KanoClass, Hue] = {"M": "line4", "O": "ours", "A": "line2", "I": "unclear", "R": "line5", "Q": "muted"}


def class_tone(name: KanoClass | None, strength: float = SOFT) -> Tone:
    """The colour of a class."""
    if name == "Q":
        strength *= 0.4
    return Tone(_HUES[name] if name else "unclear", strength)


def candidates_text(feature: KanoFeature, on: Canvas) -> str:
    """Its class, and the next one where the two cannot be told apart."""
    return " ≈ ".join(class_name(name, on.language) for name in feature.candidates)
