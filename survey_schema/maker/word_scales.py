"""Scales answered in words: which labels make one, and which grade each label is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from survey_schema.maker.answer_words import Family, bare_label, family_of, worth

FEWEST_LABELS, MOST_LABELS = 3, 11
_NUMBERED = re.compile(r"^(?P<word>[^\W\d]+) ?(?P<number>\d{1,2})$")


@dataclass(frozen=True)
class WordScale:
    """Grades of labels, the best one highest. ``certain``: every word is known, none ties, and the middle is there.

    ``unknown``: words without a grade.
    """

    family: Family
    grades: Mapping[str, int]
    certain: bool
    unknown: tuple[str, ...] = ()

    @property
    def top(self) -> int:
        """The number of grades."""
        return max(self.grades.values(), default=1)

    @property
    def best_first(self) -> tuple[str, ...]:
        """The labels, the best one first; unknown ones last."""
        return (*sorted(self.grades, key=lambda label: (-self.grades[label], label)), *self.unknown)


def word_scale(labels: Collection[str]) -> WordScale | None:
    """The scale some labels make; None where fewer than half of them are known or they speak of different things.

    The grade is the rank among all labels. Writings of one word (``A.满意``, ``满意``) are one grade; two words of one strength are not
    told apart and make the scale uncertain.

    >>> word_scale(["很满意", "满意", "一般", "不满意", "很不满意"]).grades["满意"]
    4
    >>> word_scale(["Yes", "No", "Maybe"]) is None, word_scale(["Good", "Poor", "Fair", "Lousy"]).unknown
    (True, ('Lousy',))
    """
    if (numbered := _numbered(labels)) is not None:
        return numbered
    known = {label: found.strength for label in labels if (found := worth(label)) is not None}
    unknown = tuple(sorted(set(labels) - set(known)))
    family = family_of(known)
    if family is None or 2 * len(known) < len(set(labels)) or len(known) < 2:
        return None
    words: dict[float, set[str]] = {}
    for label, strength in known.items():
        words.setdefault(strength, set()).add(bare_label(label))
    ties = any(len(found) > 1 for found in words.values())
    ranks = {strength: place for place, strength in enumerate(sorted(words), 1)}
    above, below = sum(strength > 0 for strength in ranks), sum(strength < 0 for strength in ranks)
    middle = (0 in ranks and above == below) or (0 not in ranks and above == below + 1 and 1 in ranks)
    certain = not unknown and not ties and middle and len(ranks) >= FEWEST_LABELS
    return WordScale(family, {label: ranks[strength] for label, strength in known.items()}, certain, unknown)


def _numbered(labels: Collection[str]) -> WordScale | None:
    """Labels that are one word with numbers counting up (``Answer 1`` … ``Answer 8``): an order, but nothing says which end is best."""
    found = [_NUMBERED.match(label) for label in labels]
    if len(found) < FEWEST_LABELS or not all(found) or len({each["word"].casefold() for each in found if each}) != 1:
        return None
    grades = {each[0]: int(each["number"]) for each in found if each}
    top = max(grades.values())
    return WordScale("any", grades, False) if sorted(grades.values()) == list(range(1, top + 1)) else None


def turned(scale: WordScale) -> WordScale:
    """The same labels in the opposite order."""
    return WordScale(scale.family, {label: scale.top + 1 - grade for label, grade in scale.grades.items()}, True, scale.unknown)


def with_middle(scale: WordScale) -> WordScale | None:
    """The same labels with a middle grade nobody chose; None where there is a middle or the labels stand on one side only."""
    strengths = {label: found.strength for label in scale.grades if (found := worth(label)) is not None}
    if not strengths or 0 in strengths.values() or not min(strengths.values()) < 0 < max(strengths.values()):
        return None
    below = max(scale.grades[label] for label, strength in strengths.items() if strength < 0)
    return WordScale(scale.family, {label: grade + (grade > below) for label, grade in scale.grades.items()}, True, scale.unknown)
