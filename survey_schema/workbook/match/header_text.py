"""Texts made comparable: headers, labels and names as people type them, without what does not tell them apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Longer texts are compared for likeness by their beginning; whether two are equal is always asked of the whole text.
LONGEST_COMPARED = 200
#: No question is longer; what stands beyond is not looked at.
LONGEST_TEXT = 4_000
_LONGEST_REMEMBERED = 500
_MINUS = "-–—−"
_NUMBERING = re.compile(
    r"^\s*+\*?\s*+(?:第\s*+\d{1,3}\s*[题问]\s*[、.:)]?|[QqTt]\s*\d{1,3}(?:[-.]\d{1,2})*\s*[、.:)]|[QqTt]\d{1,3}(?:[-.]\d{1,2})*\s+"
    r"|\(\s*\d{1,3}\s*\)|\d{1,3}(?:[-.]\d{1,2})*\s*[、.:)](?!\d))\s*"
)
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_REMARK = re.compile(
    r"^(?:如|注|请|可|例|提示)|\d\D+\d|\d[=:]|^\d+(?:分|级|点|项)|题|必答|必填|选填|单选|多选|分$|^分|单位|元|%|required|optional|scale|points|choice",
    re.I,
)
_CORE = re.compile(
    r"^(?:请问|请)?(?:您)?(?:对于?|给|为)?(?P<core>.+?)的?(?:总体)?(?:满意度|满意程度|满意情况|评价|评分|打分|得分)(?:如何|是|评分|打分|得分|评价)?$"
    r"|^(?:howsatisfiedareyouwith|satisfactionwith)(?:the|our)?(?P<after>.+)$|^(?P<before>.+?)(?:satisfaction|rating|score)$"
)
_SHORTEST_CORE = 2
_TAIL = re.compile(r"(?:—+|--+|\s-\s|_{2,})")


def normalised(text: str) -> str:
    """Full and half width alike, lower case, letters and digits only: ``' Ｎｅｔwork_Coverage：'`` → ``'networkcoverage'``.

    Two marks stay, because they tell headers apart: a mark between two digits (1-1 is not 11, Q4#2_1 not Q42_1) and the minus of a
    number (Q2_-1 is not Q2_1).
    """
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _normalised(text[:LONGEST_TEXT])


@lru_cache(maxsize=65536)
def _remembered(text: str) -> str:
    return _normalised(text)


def _normalised(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept: list[str] = []
    gap = ""
    for character in folded:
        if not character.isalnum():
            gap += character
            continue
        if character.isdigit() and gap:
            kept.append(_sign(gap, after_digit=bool(kept) and kept[-1].isdigit(), first=not kept))
        gap = ""
        kept.append(character)
    return "".join(kept) or "".join(folded.split())


def _sign(gap: str, *, after_digit: bool, first: bool) -> str:
    """What stays of the marks in front of a digit."""
    minus = gap[-1] in _MINUS and (len(gap.strip()) > 1 or (gap[0].isspace() and not after_digit) or first)
    if after_digit:
        return "--" if minus else "-"
    return "-" if minus else ""


def tidy(text: str) -> str:
    """A header as it is shown: one line, single spaces."""
    return " ".join(text.split())


def beginning(text: str) -> str:
    """As much of a text as is looked through for a name."""
    return text[:LONGEST_COMPARED]


def both_ends(text: str) -> str:
    """As much of a text as is compared for likeness: questions of a form differ in their last words."""
    return text if len(text) <= 2 * LONGEST_COMPARED else text[:LONGEST_COMPARED] + text[-LONGEST_COMPARED:]


def without_numbering(text: str) -> str:
    """A header without its leading question number (``7、``, ``Q3.``, ``(2)``); unchanged when nothing else is left."""
    rest = _NUMBERING.sub("", unicodedata.normalize("NFKC", text), count=1)
    return rest if normalised(rest) else text


def header_variants(text: str) -> tuple[str, ...]:
    """The ways one header may be meant, normalised, most literal first.

    The whole text; without its question number; without bracketed remarks on how to answer (``[单选题]``, ``（1-10分）``; but
    ``（期望）`` stays); and, for a matrix question ``question—row``, the row alone.
    """
    text = tidy(text[:LONGEST_TEXT])
    return _variants(text) if len(text) <= _LONGEST_REMEMBERED else _variants.__wrapped__(text)


@lru_cache(maxsize=16384)
def _variants(text: str) -> tuple[str, ...]:
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
