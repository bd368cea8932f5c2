"""The two languages of the product: message catalogues, deferred messages, numbers as a reader expects them.

The catalogues are gettext ``.po`` files under ``locale/``; they are compiled in memory, so nothing has
to be built before the application starts. Message ids are the English sentences.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["zh_CN", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "zh_CN"
CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: Language) -> gettext.GNUTranslations:
    """The compiled catalogue of one language."""
    compiled = io.BytesIO()
    with (CATALOGUES / language / "LC_MESSAGES" / "manyi.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translator(language: Language) -> Callable[[str], str]:
    """``_`` for one language: English sentence in, sentence in that language out."""
    return catalogue(language).gettext


def language_from(tag: str | None) -> Language:
    """The language for a browser or URL tag such as ``zh-CN`` or ``en-US``; Chinese when there is none."""
    if not tag or tag.lower().startswith("zh"):
        return DEFAULT_LANGUAGE
    return "en"


def number_text(value: float, decimals: int, language: Language, *, signed: bool = False) -> str:
    """A number rounded for display, with the grouping of the language; ``signed`` writes + and a true minus.

    Both languages part thousands by commas and decimals by a point, as a test asks Babel, which takes a hundred times as long.
    """
    if not abs(value) < 1e15:  # no figure of a survey
        return f"{value:.2g}".replace("-", "−")
    rounded = round(value, decimals) + 0.0
    text = f"{rounded:,.{decimals}f}".replace("-", "−")
    return "+" + text if signed and rounded > 0 else text


def percent_sign(language: Language) -> str:
    """What follows a figure in per cent; Chinese sets no space before the sign."""
    return "%" if language == "zh_CN" else " %"


def p_number_text(p: float, language: Language) -> str:
    """The number of a p value as reports print it: three decimals, and what is smaller said so."""
    return f"< {number_text(0.001, 3, language)}" if p < 0.001 else number_text(p, 3, language)


@dataclass(frozen=True)
class Message:
    """A sentence that is translated when it is shown: the English template and what goes into its braces.

    A parameter may itself be a Message (translated too). Write it with :func:`message`, which the
    catalogue extraction knows.
    """

    template: str
    parameters: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """The sentence in one language."""
        values = {name: value.text(language) if hasattr(value, "text") else value for name, value in self.parameters.items()}
        return translator(language)(self.template).format(**values)


def message(template: str, **parameters: object) -> Message:
    """A deferred sentence; ``template`` is a literal, so that it is found by the catalogue extraction."""
    return Message(template, parameters)
