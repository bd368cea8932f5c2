"""Findings on tested differences: a change since an earlier wave, a branch against the rest, ours against a competitor.

What may be said follows from the answer's verdict alone: certain and large enough to matter, certain and too small, not to be told from
chance, or hidden, which is said with its reason and without a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.compare.compare_competitors import Duels
from analysis.compare.compare_waves import WaveChanges
from analysis.results.estimates import Estimate, Thresholds
from analysis.results.gaps import Gaps
from analysis.results.sentences import Tone
from analysis.sums.indicator_coefficients import item_weights
from reports.narrative.figures_in_words import Group, Indicator, Number, basis
from reports.narrative.finding import Finding, Kind, Sayable, claimed, significance_of
from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from words.language import Message, message
from words.periods import WaveName

Side = Literal["higher", "lower", "chance", "small", "none"]


@dataclass(frozen=True)
class Sentences:
    """What is said of one kind of difference; each has {name}, {other} and {why}, all but ``none`` also {points}."""

    higher: Message
    lower: Message
    chance: Message
    small: Message
    none: Message

    def of(self, side: Side) -> Message:
        """One of them."""
        found: Message = getattr(self, side)
        return found


CHANGE = Sentences(
    message("{name} is up {points} points since {other} ({why})."),
    message("{name} is down {points} points since {other} ({why})."),
    message("{name} shows no change since {other} that could be told from chance ({points} points; {why})."),
    message("{name} has changed since {other} by too little to matter ({points} points; {why})."),
    message("Of {name} no change since {other} can be told: {why}"),
)
REST = Sentences(
    message("{name} lies {points} points above {other} ({why})."),
    message("{name} lies {points} points below {other} ({why})."),
    message("{name} cannot be told from {other} ({points} points; {why})."),
    message("{name} differs from {other} by too little to matter ({points} points; {why})."),
    message("{name} cannot be compared with {other}: {why}"),
)
RIVAL = Sentences(
    message("On {name} we lead {other} by {points} points ({why})."),
    message("On {name} we trail {other} by {points} points ({why})."),
    message("On {name} we cannot be told from {other} ({points} points; {why})."),
    message("On {name} we differ from {other} by too little to matter ({points} points; {why})."),
    message("On {name} we cannot be compared with {other}: {why}"),
)
THE_REST, THE_COMPETITION = message("the rest"), message("the competition")
_TONES: Mapping[Side, Tone] = {"higher": "better", "lower": "worse"}


def side_of(difference: Estimate, thresholds: Thresholds) -> Side:
    """What may be said of a difference."""
    if difference.value is None:
        return "none"
    if claimed(difference):
        return "higher" if difference.verdict == "higher" else "lower"
    certain = difference.p_adjusted is not None and difference.p_adjusted < thresholds.alpha
    return "small" if certain else "chance"


def difference_finding(
    kind: Kind, difference: Estimate, sentences: Sentences, name: Sayable, other: Sayable, *, share: float, thresholds: Thresholds,
    against: str | None = None,
) -> Finding:  # fmt: skip
    """One difference. ``share`` is the part of the overall index it is about: a question's weight, a branch's part of the answers."""
    side = side_of(difference, thresholds)
    value = difference.value or 0.0
    given: dict[str, object] = {"name": name, "other": other}
    if side == "none":
        given["why"] = difference.reason or message("there are no answers.")
    else:
        given |= {"points": Number(abs(value)) if side in _TONES else Number(value, signed=True), "why": basis(difference)}
    hidden = difference.value is None
    return Finding(
        kind=kind, code=difference.code, sentence=replace(sentences.of(side), parameters=given), importance=share * abs(value),
        significance=significance_of(difference), claims=side in _TONES, keys=difference.keys, value=difference.value,
        low=None if hidden else difference.ends[0], high=None if hidden else difference.ends[1], n=0 if hidden else difference.n,
        verdict=difference.verdict, against=against, tone=_TONES.get(side, "unclear"),
    )  # fmt: skip


def shares_of_the_index(schema: SurveySchema) -> dict[str, float]:
    """The part every indicator and question has in the overall index: a question its weight, an indicator those of its questions."""
    weights = item_weights(schema.tree)
    nodes = {node.code: sum(weights[item] for item in node.items()) for node in schema.tree.walk()}
    return {**weights, **nodes}


def changes(found: WaveChanges, schema: SurveySchema, thresholds: Thresholds) -> Iterator[Finding]:
    """What changed in the latest wave: the index, its indicators and questions; by group where the answer is."""
    step = found.last
    if step is None:
        return
    shares, groups = shares_of_the_index(schema), _shares_of_groups(step.differences.estimates)
    for entry in step.differences.estimates:
        named = [(column, value) for column, value in entry.keys.items() if column != Role.WAVE and value is not None]
        name: Sayable = Indicator(schema, entry.code)
        for column, value in named:
            name = message("{what} of {group}", what=name, group=Group(schema, column, value))
        share = shares.get(entry.code, 0.0) * (groups(entry) if named else 1.0)
        kind: Kind = "branch_change" if named else "change"
        yield difference_finding(
            kind, entry, CHANGE, name, WaveName(step.before), share=share, thresholds=thresholds, against=step.before
        )  # fmt: skip


def against_the_rest(found: Gaps, schema: SurveySchema, column: str, thresholds: Thresholds) -> Iterator[Finding]:
    """Each group against all the others."""
    shares, groups = shares_of_the_index(schema), _shares_of_groups(found.estimates)
    for entry in found.estimates:
        value = entry.keys.get(column)
        if value is None:
            continue
        name = message("{what} of {group}", what=Indicator(schema, entry.code), group=Group(schema, column, value))
        share = shares.get(entry.code, 0.0) * groups(entry)
        yield difference_finding("branch", entry, REST, name, THE_REST, share=share, thresholds=thresholds, against="rest")


def against_competitors(found: Duels, schema: SurveySchema, thresholds: Thresholds) -> Iterator[Finding]:
    """Ours against each competitor over all brands, and by our customers' brands together where the composite is there."""
    shares = shares_of_the_index(schema)
    for duel in (*found.composite, *found.duels):
        gap = duel.gap
        if gap.keys.get("brand") is not None:
            continue
        rival = gap.keys.get("operator")
        other: Sayable = Group(schema, Role.OPERATOR, rival) if rival else THE_COMPETITION
        yield difference_finding(
            "competitor", gap, RIVAL, Indicator(schema, gap.code), other, share=shares.get(gap.code, 0.0), thresholds=thresholds,
            against=rival,
        )  # fmt: skip


def _shares_of_groups(estimates: Sequence[Estimate]) -> Callable[[Estimate], float]:
    """The part a group has of all answers among the groups compared, by code."""
    totals: Counter[str] = Counter()
    for entry in estimates:
        totals[entry.code] += entry.n
    return lambda entry: entry.n / totals[entry.code] if totals[entry.code] else 0.0
