"""Texts made comparable: headers, labels and names as people type them, without what does not tell them apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_COMPARED = 200
_NUMBERING = re.compile(
    r"^\s*\*?\s*(?:第\s*\d{1,3}\s*[题问]\s*[、.:)]?|[QqTt]\s*\d{1,3}(?:[-.]\d{1,2})*\s*[、.:)]|[QqTt]\d{1,3}(?:[-.]\d{1,2})*\s+"
    r"|\(\s*\d{1,3}\s*\)|\d{1,3}(?:[-.]\d{1,2})*\s*[、.:)](?!\d))\s*"
)
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_REMARK = re.compile(
    r"^(?:如|注|请|可|例|提示)|\d|题|必答|必填|选填|单选|多选|分$|^分|单位|元|%|required|optional|scale|points|choice",
    re.I,
)
_CORE = re.compile(
    r"^(?:请问|请)?(?:您)?(?:对于?|给|为)?(?P<core>.+?)的?(?:总体)?(?:满意度|满意程度|满意情况|评价|评分|打分|得分)(?:如何|是|评分|打分|得分|评价)?$"
    r"|^(?:howsatisfiedareyouwith|satisfactionwith)(?:the|our)?(?P<after>.+)$|^(?P<before>.+?)(?:satisfaction|rating|score)$"
)
_SHORTEST_CORE = 2
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[-–—~～.:/](?=\d)")
_SEPARATOR = "-"
_TAIL = re.compile(r"(?:—+|--+|\s-\s|_{2,})")


@lru_cache(maxsize=65536)
def normalised(text: str) -> str:
    """Full and half width alike, lower case, letters and digits only: ``' Ｎｅｔwork_Coverage：'`` → ``'networkcoverage'``.

    One mark stays: between two digits, because 1-1 is not 11.
    """
    folded = unicodedata.normalize("NFKC", text[: 4 * LONGEST_COMPARED]).casefold()
    folded = _BETWEEN_DIGITS.sub(_SEPARATOR, folded)
    separators = {found.start() for found in _BETWEEN_DIGITS.finditer(folded)}
    kept = "".join(character for place, character in enumerate(folded) if character.isalnum() or place in separators)
    return (kept or "".join(folded.split()))[:LONGEST_COMPARED]


def tidy(text: str) -> str:
    """A header as it is shown: one line, single spaces."""
    return " ".join(text.split())


def without_numbering(text: str) -> str:
    """A header without its leading question number (``7、``, ``Q3.``, ``(2)``); unchanged when nothing else is left."""
    rest = _NUMBERING.sub("", unicodedata.normalize("NFKC", text), count=1)
    return rest if normalised(rest) else text


@lru_cache(maxsize=16384)
def header_variants(text: str) -> tuple[str, ...]:
    """The ways one header may be meant, normalised, most literal first.

    The whole text; without its question number; without bracketed remarks on how to answer (``[单选题]``, ``（1-10分）``; but
    ``（期望）`` stays); and, for a matrix question ``question—row``, the row alone.
    """
    if text.isdigit():
        return (text,)
    bare = without_numbering(text)
    variants = [text, bare, _without_remarks(bare)]
    tail = _TAIL.split(bare)[-1]
    if tail != bare:
        variants += [tail, _without_remarks(tail)]
    return tuple(dict.fromkeys(found for found in map(normalised, variants) if found))


def _without_remarks(text: str) -> str:
    return _BRACKETED.sub(lambda found: "" if _REMARK.search(found[1]) else found[0], unicodedata.normalize("NFKC", text))


def rated_thing(text: str) -> str | None:
    """What a normalised header asks to be rated: ``对网络覆盖的满意程度`` → ``网络覆盖``; None when it is no such phrase."""
    found = _CORE.match(text)
    core = (found["core"] or found["after"] or found["before"]) if found else None
    return core if core and len(core) >= (2 * _SHORTEST_CORE if core.isascii() else _SHORTEST_CORE) else None
