"""Comparable or not at all: the one place where the sides of a comparison are brought to the same questions.

An index of fewer questions is another quantity. So two sides (waves, branches, operators, a branch and the rest) are compared on the
questions **both** were asked: an item that nobody of a side answered is left out of both, and the indicator weights are spread over what
is left, level by level as in the index itself. Where the common questions carry less than half of an indicator's weight nothing is
compared.
A group that was not asked what others were has no rank, letter or verdict beside them, unless all are brought to their common questions.
Source: ``docs/methods.md``, section 4.

Not asked is not the same as a base too small: an item with some answers was asked, also where it is hidden. But an indicator on fewer
questions is a further equation for them, so it is hidden where one of these questions is. And an indicator with a question of which the
base is too small to be shown has a score, but is compared with nothing: one stray answer would carry the whole weight of its question, and
no variance would tell of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from analysis.results.estimates import Questions, Thresholds
from analysis.results.reasons import suppression_reason
from analysis.sums.domains import Domains
from analysis.sums.indicator_coefficients import indicator_coefficients, item_weights
from analysis.sums.tallies import Array
from survey_schema.models import SurveySchema
from words.language import Message, message

#: Common questions that carry less than this share of an indicator's weight compare nothing.
LEAST_SHARE = 0.5
_ROUNDING = 1e-9
#: Why a question of the group with these keys is hidden; None where it may be shown.
Hidden = Callable[[Mapping[str, str | None], str], Message | None]


class Figure(NamedTuple):
    """One figure to estimate: ``parts`` (coefficients on the item means of each set), its base, or the reason it cannot be.

    ``questions`` are those it is made of where they are not all of its indicator; ``note`` says why it stands beside no other.
    """

    keys: Mapping[str, str | None]
    code: str
    parts: Mapping[int, Array]
    n: int
    n_eff: float
    reason: Message | None = None
    questions: Questions | None = None
    note: Message | None = None


class Asking:
    """Which questions, and how much of the weight, the indicators of a survey's tree have below them."""

    def __init__(self, schema: SurveySchema) -> None:
        self._below = {
            node.code: {item: weight for item, weight in item_weights(node).items() if weight > 0} for node in schema.tree.walk()
        }

    def all_of(self, code: str) -> frozenset[str]:
        """The items below an indicator that carry weight; none for an item."""
        return frozenset(self._below.get(code, ()))

    def asked(self, code: str, items: Collection[str]) -> Questions | None:
        """What is asked of an indicator when these items are; None when all of it is, and for an item."""
        below = self._below.get(code, {})
        found = frozenset(item for item in below if item in items)
        return None if len(found) == len(below) else Questions(found, len(below))

    def share(self, code: str, items: Collection[str]) -> float:
        """The share (0-1) of an indicator's weight that these items carry."""
        return sum(weight for item, weight in self._below.get(code, {}).items() if item in items)

    def too_little(self, code: str, questions: Questions | None) -> Message | None:
        """The reason why so few questions compare nothing; None where they do."""
        if questions is None:
            return None
        share = self.share(code, questions.asked)
        if share >= LEAST_SHARE - _ROUNDING:
            return None
        return message(
            "Not comparable: the common questions ({asked} of {of}) carry {share} % of the weight, at least {least} % are needed.",
            asked=len(questions.asked),
            of=questions.of,
            share=f"{100 * share:.0f}",
            least=f"{100 * LEAST_SHARE:g}",
        )


class Comparable:
    """Brings figures over the same domains to common questions; every comparison of indicators goes through here.

    ``hidden`` tell which questions may not be shown, as ``Suppression.reason`` does.
    """

    def __init__(self, over: Domains, schema: SurveySchema, thresholds: Thresholds, *hidden: Hidden) -> None:
        self._over, self._schema, self._thresholds, self._hidden = over, schema, thresholds, hidden
        self.asking = Asking(schema)
        self._spread: dict[frozenset[str], dict[str, Array]] = {}
        few = (over.n_eff > 0) & (over.n_eff < thresholds.hidden_below)
        self._few = {g: few[g] for g in np.flatnonzero(few.any(axis=1)).tolist()}

    def level(self, figures: Sequence[Figure], only: Collection[str] | None = None) -> list[Figure]:
        """Figures of one indicator on the questions that all of them were asked, and of ``only`` these where given.

        Figures that have a reason already are no sides and stay as they are. All get a reason where too little is common.
        """
        sides = [figure for figure in figures if figure.reason is None]
        if not sides:
            return list(figures)
        code, first = sides[0].code, sides[0].questions
        alike = all(figure.questions is first or figure.questions == first for figure in sides)
        if alike and only is None:
            common = first
        else:
            asked = frozenset.intersection(*(self._asked(figure) for figure in sides))
            common = self.asking.asked(code, asked if only is None else asked & frozenset(only))
        if common is None:
            return list(figures)
        reason = self.asking.too_little(code, common)
        return [figure if figure.reason else self._on(figure, common, reason) for figure in figures]

    def pair(self, one: Figure, other: Figure, only: Collection[str] | None = None) -> tuple[Figure, Figure]:
        """Two sides on the questions both were asked."""
        first, second = self.level((one, other), only)
        if first.reason or second.reason:
            return first, second
        reason = self.too_few_answers(first, second)
        return (first, second) if reason is None else (first._replace(reason=reason), second._replace(reason=reason))

    def common(self, figures: Sequence[Figure]) -> frozenset[str] | None:
        """The questions all shown figures of one indicator were asked; None where none is shown."""
        sides = [self._asked(figure) for figure in figures if figure.reason is None]
        return frozenset.intersection(*sides) if sides else None

    def beside(self, figures: Sequence[Figure], families: Sequence[Hashable]) -> list[Figure]:
        """Figures that stand beside each other in their family, with a note where one may not be ranked or judged among the others.

        A family is None for figures that are never set beside others.
        """
        if not self._few and all(figure.questions is None for figure in figures):
            return list(figures)
        shaky = {place: note for place, figure in enumerate(figures) if (note := self.too_few_answers(figure)) is not None}
        told: dict[int, Message] = {}
        members: dict[Hashable, list[int]] = {}
        for place, (figure, family) in enumerate(zip(figures, families, strict=True)):
            if family is not None and figure.reason is None and place not in shaky:
                members.setdefault((family, figure.code), []).append(place)
        for places in members.values():
            told |= self._notes(places, [figures[place] for place in places])
        told |= shaky
        return [figure._replace(note=told[place]) if place in told else figure for place, figure in enumerate(figures)]

    def too_few_answers(self, *figures: Figure) -> Message | None:
        """Why these figures stand beside no other: questions of theirs that too few answered to be shown; None where there are none."""
        items = self._over.tallies.items
        few: set[str] = set()
        for figure in figures:
            if figure.reason is None and self.asking.all_of(figure.code):
                for g, coefficients in figure.parts.items():
                    if g in self._few:
                        few |= {items[place] for place in np.flatnonzero(self._few[g] & (coefficients != 0))}
        if not few:
            return None
        asked = frozenset.intersection(*(self._asked(figure) for figure in figures))
        return message(
            "Not comparable: {count} of the {of} questions have too few answers (at least {needed} are needed), with {share} % of the "
            "weight; no rank, letter or verdict.",
            count=len(few),
            of=len(asked),
            needed=f"{self._thresholds.hidden_below:g}",
            share=f"{100 * self.asking.share(figures[0].code, few) / self.asking.share(figures[0].code, asked):.0f}",
        )

    def _notes(self, places: Sequence[int], figures: Sequence[Figure]) -> dict[int, Message]:
        asked = [self._asked(figure) for figure in figures]
        anywhere = frozenset.union(*asked)
        too_little = self.asking.too_little(figures[0].code, self.asking.asked(figures[0].code, anywhere))
        notes = {
            place: message(
                "Not comparable: not asked {missing} of the {count} questions that others were asked; no rank, letter or verdict.",
                missing=len(anywhere) - len(own),
                count=len(anywhere),
            )
            for place, own in zip(places, asked, strict=True)
            if own != anywhere
        }
        if too_little is not None:
            return dict.fromkeys(places, too_little)
        alone = [place for place in places if place not in notes]
        if notes and len(alone) == 1:  # first among one
            notes[alone[0]] = message("Not comparable: no other group was asked the same {count} questions.", count=len(anywhere))
        return notes

    def _asked(self, figure: Figure) -> frozenset[str]:
        return self.asking.all_of(figure.code) if figure.questions is None else figure.questions.asked

    def _on(self, figure: Figure, common: Questions, reason: Message | None) -> Figure:
        """One side on the common questions. Its base is that of the question most answered, never more than the indicator's own."""
        if reason is not None:
            return figure._replace(reason=reason, questions=common)
        if figure.questions == common:
            return figure
        items = self._over.tallies.items
        ((g, _own),) = figure.parts.items()
        places = [place for place, item in enumerate(items) if item in common.asked]
        most = max(places, key=lambda place: self._over.answered[g, place])
        n_eff = min(figure.n_eff, float(self._over.n_eff[g, most]))
        if n_eff < self._thresholds.hidden_below:
            reason = suppression_reason(n_eff, self._thresholds)
        elif any(self._secret(figure, g, place) for place in places):
            reason = message("Not shown: on fewer questions it would reveal a question with too few answers.")
        n = min(figure.n, round(float(self._over.answered[g, most])))
        return figure._replace(
            parts={g: self._coefficients(common.asked)[figure.code]}, n=n, n_eff=n_eff, reason=reason, questions=common, note=None
        )

    def _secret(self, figure: Figure, g: int, place: int) -> bool:
        item = self._over.tallies.items[place]
        small = self._over.n_eff[g, place] < self._thresholds.hidden_below
        return bool(small) or any(hidden(figure.keys, item) is not None for hidden in self._hidden)

    def _coefficients(self, asked: frozenset[str]) -> Mapping[str, Array]:
        if asked not in self._spread:
            flags: Array = np.array([float(item in asked) for item in self._over.tallies.items])
            self._spread[asked] = indicator_coefficients(self._schema, self._over.tallies.items, flags)
        return self._spread[asked]
