"""Answers in words and what they are worth: what is spoken of × how strongly × whether it is denied, language by language.

Nothing but the order among the words of one block is used: the grades are ranks. A word that is not wholly understood is not guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Family = Literal["satisfied", "agree", "important", "good", "likely", "any"]


@dataclass(frozen=True)
class Worth:
    """What a word speaks of, and how much of it: from −3 (not at all) over 0 (neutral) to 3 (entirely)."""

    family: Family
    strength: float


_NEUTRAL = frozenset({
    "一般", "一般般", "中立", "普通", "无所谓", "中等", "尚可", "还行", "说不准", "不好说", "不确定",
    "既不同意也不反对", "既不满意也不不满意", "一般满意",
    "neutral", "undecided", "average", "ok", "okay", "neither", "neithernor", "soso", "moderate", "noopinioneitherway", "fair",
    "teilsteils", "teils/teils", "mittel", "weder noch", "wedernoch", "unentschieden", "durchschnittlich",
    "neutre", "moyen", "neutro", "indiferente", "regular", "indifférent",
})  # fmt: skip
_NEITHER = re.compile(r"^(?:neither .+ nor .+|weder .+ noch .+|ni .+ ni .+)$")
_ZH = re.compile(
    r"^(?P<no1>完全不|非常不|很不|十分不|极不|极其不|强烈不|根本不|一点也不|一点都不|不太|不大|不怎么|比较不|较不|有点不|有些不|不)?"
    r"(?P<how>完全|非常|很|十分|极其|极|特别|强烈|最|比较|较为|较|基本上|基本|有点|有些|稍微|部分)?"
    r"(?P<what>满意|同意|认同|赞同|赞成|符合|重要|可能|愿意|推荐|好|正向|正面|积极|反对|负向|负面|消极|差|坏)$"
)
_ZH_FAMILY: dict[str, tuple[Family, int]] = {
    "满意": ("satisfied", 1), "同意": ("agree", 1), "认同": ("agree", 1), "赞同": ("agree", 1), "赞成": ("agree", 1), "符合": ("agree", 1),
    "重要": ("important", 1), "可能": ("likely", 1), "愿意": ("likely", 1), "推荐": ("likely", 1), "好": ("good", 1), "正向": ("good", 1),
    "正面": ("good", 1), "积极": ("good", 1), "反对": ("agree", -1), "负向": ("good", -1), "负面": ("good", -1), "消极": ("good", -1),
    "差": ("good", -1), "坏": ("good", -1),
}  # fmt: skip
_ZH_MILD = frozenset({"比较", "较为", "较", "基本上", "基本", "有点", "有些", "稍微", "部分"})
_ZH_MILD_NOT = frozenset({"不太", "不大", "不怎么", "比较不", "较不", "有点不", "有些不"})

#: Word → what it speaks of and its worth by itself; found as whole words in Latin letters.
_STEMS: tuple[tuple[str, Family, float], ...] = (
    ("dissatisfied|unsatisfied|unhappy|unzufrieden|insatisfait[e]?|m[ée]content[e]?|insatisfech[oa]", "satisfied", -2),
    ("satisfied|happy|zufrieden|satisfait[e]?|content[e]?|satisfech[oa]", "satisfied", 2),
    ("disagree|desacuerdo|ablehnung", "agree", -2),
    ("agree|zu|d'accord|de acuerdo|zustimmung", "agree", 2),
    ("unimportant|unwichtig|sans importance", "important", -2),
    ("important[e]?|wichtig", "important", 2),
    ("unlikely|unwahrscheinlich|improbable", "likely", -2),
    ("likely|wahrscheinlich|probable", "likely", 2),
    ("terrible|awful", "good", -3), ("excellent|outstanding|ausgezeichnet|hervorragend|excelente", "good", 3),
    ("poor|bad|schlecht|mauvais[e]?|mal[oa]?", "good", -2),
    ("good|gut|bon|bonne|buen[oa]?|bien", "good", 2),
)  # fmt: skip
_STRONG = re.compile(
    r"\b(?:very|extremely|strongly|completely|totally|entirely|highly|fully|definitely|sehr|äußerst|voll(?: und ganz)?|völlig"
    r"|très|tout à fait|extrêmement|muy|totalmente|completamente)\b"
)
_MILD = re.compile(
    r"\b(?:somewhat|slightly|fairly|rather|mostly|quite|moderately|a little|eher|ziemlich|plutôt|assez|algo|bastante|parcialmente)\b"
)
_NOT_AT_ALL = re.compile(r"\b(?:not at all|überhaupt nicht|gar nicht|pas du tout|en absoluto|nada)\b")
_NOT = re.compile(r"\b(?:not|no|nicht|pas|peu|nunca|not very|not so|not really)\b")
_FILLING = re.compile(r"\b(?:ich|stimme|i|am|is|it|the|with|le|la|en|de|un|une|muy)\b")
_LEADING = re.compile(r"^[(\[【]? ?(?:\d{1,2}|[A-Za-z]) ?[.、:)：．\]】=—–-]{1,3} ?")
_TRAILING = re.compile(r" ?[(（\[] ?\d{1,2} ?(?:分|points?)? ?[)）\]]$")
_LONGEST = 60


def worth(text: str) -> Worth | None:
    """What a label is worth; None where any part of it is not understood.

    >>> worth("非常满意"), worth("4.Very Dissatisfied").strength, worth("stimme eher nicht zu").strength, worth("移动")
    (Worth(family='satisfied', strength=3), -3, -1, None)
    """
    if len(text) > _LONGEST:
        return None
    plain = bare_label(text)
    squeezed = plain.replace(" ", "")
    if plain in _NEUTRAL or squeezed in _NEUTRAL or _NEITHER.match(plain):
        return Worth("any", 0)
    return _chinese(squeezed) or _latin(plain)


def bare_label(text: str) -> str:
    """A label without the number or letter of its option: ``1.很满意``, ``A、很满意``, ``很满意（5分）`` → ``很满意``.

    >>> bare_label("5 - Very  good"), bare_label("很满意（5分）")
    ('very good', '很满意')
    """
    folded = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    folded = " ".join(folded.split())
    return _TRAILING.sub("", _LEADING.sub("", folded, count=1)).rstrip(".。!！* ") or folded


def _chinese(text: str) -> Worth | None:
    found = _ZH.match(text)
    if not found:
        return None
    family, sign = _ZH_FAMILY[found["what"]]
    no, how = found["no1"], found["how"]
    if no is None:
        return Worth(family, sign * (1 if how in _ZH_MILD else 3 if how else 2))
    if how:  # 不很满意 and the like say less than 不满意
        return Worth(family, -sign) if no == "不" else None
    return Worth(family, -sign * (1 if no in _ZH_MILD_NOT else 2 if no == "不" else 3))


def _latin(text: str) -> Worth | None:
    for pattern, family, base in _STEMS:
        found = re.search(rf"(?<![\w'])(?:{pattern})(?!\w)", text)
        if not found:
            continue
        rest = (text[: found.start()] + " " + text[found.end() :]).strip()
        rest, at_all = _taken(_NOT_AT_ALL, rest)
        rest, strong = _taken(_STRONG, rest)
        rest, mild = _taken(_MILD, rest)
        rest, denied = _taken(_NOT, rest)
        rest, _ = _taken(_FILLING, rest)
        if rest.strip(" ,/"):
            return None
        sign = 1 if base > 0 else -1
        size = abs(base) if abs(base) == 3 else 3 if strong else 1 if mild else 2
        if at_all:
            return Worth(family, -3 * sign)
        if denied:
            return Worth(family, -sign * (1 if strong or mild else 2))
        return Worth(family, sign * size)
    return None


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, bool]:
    rest = pattern.sub(" ", text)
    return rest, rest != text


def family_of(labels: Collection[str]) -> Family | None:
    """The one family all labels belong to; None where a label is unknown, or they speak of different things."""
    worths = [worth(label) for label in labels]
    families = {each.family for each in worths if each is not None and each.family != "any"}
    return families.pop() if all(worths) and len(families) == 1 else None
