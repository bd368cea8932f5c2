"""How long a sentence may be that is read at a glance."""

from __future__ import annotations

from unicodedata import east_asian_width

from words.language import Language

#: Words of an English sentence at the top of a page, and characters of a Chinese one: two lines.
MOST_WORDS, MOST_CHARACTERS = 30, 80
#: What a Chinese font sets in a whole square: its own characters, and of those that both scripts use quotation marks and the like.
_WHOLE_SQUARE, _BOTH_FROM = frozenset("WFA"), "\u2000"


def characters(text: str) -> float:
    """How many Chinese characters a text is as wide as: letters, digits and spaces of Latin script take half the place of one.

    >>> characters("满意度 76.8")
    5.5
    """
    return sum(1.0 if each >= _BOTH_FROM and east_asian_width(each) in _WHOLE_SQUARE else 0.5 for each in text)


def is_short(text: str, language: Language) -> bool:
    """Whether a sentence can be read at a glance.

    >>> is_short("down 1.3 points", "en"), is_short("下降 1.3 分" * 16, "zh_CN")
    (True, False)
    """
    return characters(text) <= MOST_CHARACTERS if language == "zh_CN" else len(text.split()) <= MOST_WORDS
