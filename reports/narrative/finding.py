"""A finding: one thing the answers say, with its figures, what was tested, how much it matters, and its sentence.

A finding claims a difference only where the answer's own verdict does, which is made from p values adjusted for all that was compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, get_args

from analysis.results.estimates import Estimate
from analysis.results.sentences import Tone
from words.language import Language

Kind = Literal[
    "level", "branches", "branch_changes", "competitors", "change", "branch", "branch_change", "competitor", "priority", "drivers", "gaps",
    "complaints", "complaint_causes", "signals", "complaint_signals", "inspections", "standards", "kpis",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)


class Sayable(Protocol):
    """A sentence before its language is known: a :class:`words.language.Message`, or what an answer says of itself."""

    def text(self, language: Language) -> str:
        """The sentence in one language."""


@dataclass(frozen=True)
class Finding:
    """``code`` and ``keys`` say what it is about, ``value`` (``low`` to ``high``, of ``n``) how large, ``verdict`` what was decided.

    ``value`` is None where the figure is hidden or was not there; then the sentence has no number either. ``against`` is what was compared
    with: the earlier wave, the competitor, the rest. ``claims``: whether something is said that chance alone does not explain, or, of
    counts, that is simply so. ``importance`` is in points of the overall index that are at stake, ``significance`` 1 − p, adjusted, of what
    is claimed and 0 of what is not.
    """

    kind: Kind
    code: str
    sentence: Sayable
    importance: float
    significance: float
    claims: bool
    keys: Mapping[str, str | None] = field(default_factory=dict)
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    verdict: str | None = None
    against: str | None = None
    tone: Tone = "neutral"

    @property
    def weight(self) -> float:
        """What findings are ranked by."""
        return self.importance * self.significance


def claimed(estimate: Estimate) -> bool:
    """Whether an answer calls a difference one: it was tested among all that were, and is large enough to matter."""
    return estimate.value is not None and estimate.p_adjusted is not None and estimate.verdict in ("higher", "lower")


def significance_of(estimate: Estimate) -> float:
    """1 − p, adjusted, of what is claimed; else nothing."""
    return 1 - (estimate.p_adjusted or 0.0) if claimed(estimate) else 0.0


def ranked(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Most telling first: what claims something by importance × significance, then what does not by importance; the same order always."""

    def place(each: Finding) -> tuple[object, ...]:
        groups = tuple(sorted((name, str(value)) for name, value in each.keys.items()))
        return (not each.claims, -each.weight, -each.importance, KINDS.index(each.kind), each.code, groups)

    return tuple(sorted(found, key=place))


def leading(found: Iterable[Finding], most: int, of_a_kind: int = 2) -> tuple[Finding, ...]:
    """The first findings that claim something, at most so many of one kind: what fits on a page for people with little time."""
    taken: Counter[Kind] = Counter()
    chosen: list[Finding] = []
    for each in ranked(found):
        if each.claims and taken[each.kind] < of_a_kind and len(chosen) < most:
            taken[each.kind] += 1
            chosen.append(each)
    return tuple(chosen)
