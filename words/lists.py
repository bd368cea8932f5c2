"""Lists in a sentence, joined as the language does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from words.language import Language
from words.periods import wave_text


class Named(Protocol):
    """What has a name in either language."""

    def text(self, language: Language) -> str:
        """The name."""


@dataclass(frozen=True)
class WaveName:
    """A wave by its label, as it is shown."""

    label: str

    def text(self, language: Language) -> str:
        """The period in words; a label that names none as it is."""
        return wave_text(self.label, language)


@dataclass(frozen=True)
class Listing:
    """Several names as one parameter of a message."""

    parts: tuple[Named, ...]

    def text(self, language: Language) -> str:
        """All of them, joined."""
        return joined((part.text(language) for part in self.parts), language)


def joined(names: Iterable[str], language: Language) -> str:
    """Names joined as the language does it."""
    return ("、" if language == "zh_CN" else ", ").join(names)
