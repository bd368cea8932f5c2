"""How long a sentence may be that is read at a glance."""

from __future__ import annotations

from words.language import Language

#: Words of an English sentence at the top of a page, and characters of a Chinese one: two lines.
MOST_WORDS, MOST_CHARACTERS = 30, 80


def is_short(text: str, language: Language) -> bool:
    """Whether a sentence can be read at a glance.

    >>> is_short("down 1.3 points", "en"), is_short("下降 1.3 分" * 12, "zh_CN")
    (True, False)
    """
    return len(text) <= MOST_CHARACTERS if language == "zh_CN" else len(text.split()) <= MOST_WORDS
