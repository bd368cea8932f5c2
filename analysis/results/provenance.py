"""How a result came about: its method, the limits in force, what weights were raked to, and facts with their names.

Each analysis says what it knows; ``answers`` adds what only it knows (selection, waves, survey). What code reads is a field of the
result; facts are for people and for whoever reads ``--json``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from words.language import Language, Message, message
from words.lists import Listed
from words.periods import WaveName

if TYPE_CHECKING:  # results hold their provenance, and it the thresholds beside them
    from analysis.results.estimates import Thresholds

Adjustment = Literal["holm", "fdr_bh"]
ADJUSTMENT_NAMES: Mapping[Adjustment, str] = {"holm": "Holm", "fdr_bh": "Benjamini–Hochberg"}
#: Wave → the columns its weights were raked to.
WaveMargins = Mapping[str, Sequence[str]]


@runtime_checkable
class InWords(Protocol):
    """What is said in a language: a message, a list of names."""

    def text(self, language: Language) -> str:
        """The words in one language."""


@dataclass(frozen=True)
class Fact:
    """One thing to know about a result. ``code`` is its key in ``--json`` and ``value`` what stands there, in plain values.

    ``title`` is what a reader calls it; None: it is for programs only. ``words`` say the value where it is a code.
    """

    code: str
    value: object
    title: Message | None = None
    words: InWords | str | None = None


@dataclass(frozen=True)
class Provenance:
    """Where a result comes from.

    ``thresholds`` None: nothing was judged by them. ``residual_margins``: what the weights of each wave were raked to, where intervals are
    those of the residuals from these margins; ``reraked_margins``: where weights were raked again without each replicate group.
    """

    method: Message
    thresholds: Thresholds | None = None
    adjustment: Adjustment | None = None
    residual_margins: WaveMargins = field(default_factory=dict)
    reraked_margins: WaveMargins = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()

    def plus(self, *facts: Fact, adjustment: Adjustment | None = None) -> Provenance:
        """The same with more facts; one of a code that is there takes its place."""
        new = {fact.code: fact for fact in (*self.facts, *facts)}
        return replace(self, facts=tuple(new.values()), adjustment=adjustment or self.adjustment)

    def without(self, *codes: str) -> Provenance:
        """The same without some facts."""
        return replace(self, facts=tuple(fact for fact in self.facts if fact.code not in codes))

    def joined(self, *others: Provenance, method: Message | None = None) -> Provenance:
        """Of a result made of several: the first, with what the others know beside it."""
        found = self
        for other in others:
            found = replace(
                found.plus(*other.facts),
                thresholds=found.thresholds or other.thresholds,
                adjustment=found.adjustment or other.adjustment,
                residual_margins={**found.residual_margins, **other.residual_margins},
                reraked_margins={**found.reraked_margins, **other.reraked_margins},
            )
        return replace(found, method=method or self.method)

    def of_the_same_weights(self, method: Message) -> Provenance:
        """Of what follows from this result by another method: the same limits and weights, none of its facts."""
        return Provenance(method, self.thresholds, None, self.residual_margins, self.reraked_margins)

    @property
    def limits(self) -> Thresholds:
        """The thresholds of a result that was judged by some."""
        if self.thresholds is None:
            raise TypeError("nothing was judged by thresholds here")
        return self.thresholds

    @property
    def all_facts(self) -> tuple[Fact, ...]:
        """The facts, those of limits, adjustment and raking before them."""
        limits = _limits(self.thresholds) if self.thresholds else ()
        adjusted = (adjustment_fact(self.adjustment),) if self.adjustment else ()
        raked = (Fact(code, dict(raked), title) for code, raked, title in self._margins() if raked)
        return (*limits, *adjusted, *raked, *self.facts)

    @property
    def values(self) -> dict[str, object]:
        """Code → value of every fact, as ``--json`` prints them."""
        return {fact.code: fact.value for fact in self.all_facts}

    @property
    def shown(self) -> tuple[Fact, ...]:
        """The facts that are for readers."""
        return tuple(fact for fact in self.all_facts if fact.title is not None and fact.value is not None)

    def raking_sentences(self, title: Callable[[str], str]) -> tuple[Message, ...]:
        """What weights were raked to, columns by their ``title``, and how the intervals know it; nothing where they were not."""
        residual = [
            message(
                "Weights of {waves} raked to {margins}; intervals are those of the residuals from these margins (calibrated "
                "linearisation).",
                waves=waves, margins=margins,
            )
            for waves, margins in _same_margins(self.residual_margins, title)
        ]  # fmt: skip
        again = [
            message(
                "Weights of {waves} raked to {margins}; intervals by replicate groups are of weights raked again to these margins without "
                "each group.",
                waves=waves, margins=margins,
            )
            for waves, margins in _same_margins(self.reraked_margins, title)
        ]  # fmt: skip
        return (*residual, *again)

    def _margins(self) -> tuple[tuple[str, WaveMargins, Message], ...]:
        residual = message("Weights raked to; intervals are those of the residuals from these margins (calibrated linearisation)")
        again = message("Weights raked to; intervals are of weights raked again to these margins without each replicate group")
        return ("raked_margins", self.residual_margins, residual), ("reraked_margins", self.reraked_margins, again)


def _limits(thresholds: Thresholds) -> tuple[Fact, ...]:
    hidden: tuple[Message, Message | None] = message("Hidden below an effective base of"), None
    if not thresholds.hidden_below > 0:
        hidden = message("Hidden for a small base"), message("nothing; small bases are marked")
    return (
        Fact("confidence", thresholds.confidence, message("Confidence level")),
        Fact("alpha", thresholds.alpha, message("Significance level")),
        Fact("marked_below", thresholds.marked_below, message("Marked below an effective base of")),
        Fact("hidden_below", thresholds.hidden_below, *hidden),
    )


def adjustment_fact(adjustment: Adjustment) -> Fact:
    """How p values of a family are adjusted."""
    return Fact("adjustment", adjustment, message("Adjustment for many tests"), ADJUSTMENT_NAMES[adjustment])


def _same_margins(raked: WaveMargins, title: Callable[[str], str]) -> list[tuple[Listed, Listed]]:
    """Waves with the margins they share."""
    waves: dict[tuple[str, ...], list[str]] = {}
    for label, columns in raked.items():
        waves.setdefault(tuple(map(str, columns)), []).append(label)
    return [(Listed([WaveName(label) for label in labels]), Listed([title(each) for each in columns])) for columns, labels in waves.items()]


#: Respondents with an answer to all questions only.
LISTWISE = Fact("listwise", True, message("Complete answers only"))


def base_facts(n: int, n_eff: float) -> tuple[Fact, Fact]:
    """The respondents an analysis stands on."""
    return Fact("base", n, message("Base")), Fact("effective_base", n_eff, message("Effective base"))


def plain_facts(values: Mapping[str, object]) -> tuple[Fact, ...]:
    """Facts for programs only."""
    return tuple(Fact(code, value) for code, value in values.items())
