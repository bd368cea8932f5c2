"""End causes and how each is tested, as they are written: ``NAME=KIND:NUMBERS``, read into what the analysis tests."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.root_causes.before_after import Mean, TrialMeans, TrialShares
from analysis.root_causes.case_shares import CaseShare
from analysis.root_causes.cause_test import Evidence
from analysis.root_causes.correlation import Correlation
from analysis.root_causes.stratified import Strata
from words.errors import ManyiError, shown_value, unknown
from words.language import Message, message

#: What a cause can be tested by, as it is written, with an example of its numbers.
TYPED: Mapping[str, str] = {
    "share": "38/41",
    "stratified": "110/3000,50/3000",
    "correlation": "1.2/30,1.5/34,1.1/28,1.9/41",
    "before_after": "41/900,12/880",
    "trial_means": "70/20/300,74/19/280,5",
}
#: What a cause can be tested by in the store, with an example.
LIVE: Mapping[str, str] = {
    "complaints": "position=junior|trainee",
    "unsatisfied": "brand=gotone",
    "driver": "Q5",
    "kpi": "answer_rate",
}
#: Characters of one cause, its numbers included.
_MOST_CHARACTERS = 4000


@dataclass(frozen=True)
class WrittenCause:
    """A cause's name, how it is tested, and by what."""

    name: str
    kind: str
    told: str

    @property
    def live(self) -> bool:
        """Whether its figures are those of the store."""
        return self.kind in LIVE


def written_causes(texts: tuple[str, ...]) -> tuple[WrittenCause, ...]:
    """The causes as written; raises ManyiError for one that is not of the form, or named twice."""
    found = tuple(map(_written, texts))
    names = [each.name for each in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ManyiError(message("The cause “{name}” is named twice; each has one test.", name=shown_value(twice)))
    return found


def _written(text: str) -> WrittenCause:
    places = [(at, kind) for kind in (*TYPED, *LIVE) if (at := text.find(f"={kind}:")) > 0]
    if not places or len(text) > _MOST_CHARACTERS:
        kinds = ", ".join(f"{kind}:{example}" for kind, example in {**TYPED, **LIVE}.items())
        raise ManyiError(message("“{text}” is not of the form CAUSE=KIND:…; the kinds: {kinds}.", text=shown_value(text), kinds=kinds))
    at, kind = min(places)
    return WrittenCause(text[:at].strip(), kind, text[at + len(kind) + 2 :].strip())


def evidence_of(cause: WrittenCause) -> Evidence:
    """What a cause with typed numbers is tested by; raises ManyiError for numbers that are none or cannot be."""
    if cause.live:
        raise ManyiError(message("“{cause}” is tested by figures of the store, not by numbers.", cause=shown_value(cause.name)))
    groups = [[_number(part, cause) for part in group.split("/")] for group in cause.told.split(",")]
    try:
        return _READERS[cause.kind](groups)
    except (TypeError, ValueError) as error:
        raise _refusal(cause) from error
    except ManyiError as error:
        why: Message = error.message
        raise ManyiError(message("{cause}: {why}", cause=shown_value(cause.name), why=why)) from error


def _strata(groups: list[list[float]]) -> Strata:
    (problem_with, base_with), (problem_without, base_without) = groups
    return Strata(problem_with, base_with, problem_without, base_without)


def _trial(groups: list[list[float]]) -> TrialShares:
    (before, base_before), (after, base_after) = groups
    return TrialShares(before, base_before, after, base_after)


def _cases(groups: list[list[float]]) -> CaseShare:
    ((seen, cases),) = groups
    return CaseShare(seen, cases)


def _pairs(groups: list[list[float]]) -> Correlation:
    return Correlation.of([(cause, problem) for cause, problem in groups])


def _means(groups: list[list[float]]) -> TrialMeans:
    before, after, (to_gain,) = groups
    return TrialMeans(Mean(*before), Mean(*after), to_gain)


_READERS: Mapping[str, Callable[[list[list[float]]], Evidence]] = {
    "share": _cases, "stratified": _strata, "correlation": _pairs, "before_after": _trial, "trial_means": _means,
}  # fmt: skip


#: Kind of test → how it is written, and the plain values it is written from; the first whose values are there.
_PARTS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "share": (("share", ("seen", "cases")),),
    "stratified": (("stratified", ("with_cause", "without_cause")),),
    "correlation": (("correlation", ("pairs",)),),
    "regression": (),
    "before_after": (("before_after", ("before", "after")), ("trial_means", ("mean_before", "mean_after", "to_gain"))),
}


def _number(text: str, cause: WrittenCause) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise _refusal(cause) from error
    if not math.isfinite(number):
        raise _refusal(cause)
    return number


def _refusal(cause: WrittenCause) -> ManyiError:
    found, example = f"{cause.kind}:{cause.told}", f"{cause.kind}:{TYPED[cause.kind]}"
    told = message(
        "The numbers of “{cause}” cannot be read: {found}; expected such as {example}.",
        cause=shown_value(cause.name), found=shown_value(found), example=example,
    )  # fmt: skip
    return ManyiError(told)


def written_test(cause: str, kind: str, choices: Mapping[str, Any]) -> str | None:
    """A test in plain values as an option says it; None where its numbers are not all there.

    ``share``: ``seen`` and ``cases``; ``stratified``: ``with_cause`` and ``without_cause``, each (problem, base); ``correlation``:
    ``pairs``; ``before_after``: ``before`` and ``after``, each (problem, base), or ``mean_before`` and ``mean_after``, each (mean,
    deviation, number), with ``to_gain``. Of the store: ``of`` complaints or unsatisfied, with ``column`` and ``value``; ``driver``
    or ``kpi``, a code. Raises ManyiError for a kind that does not exist.
    """
    if kind not in _PARTS:
        raise unknown(message("kind of test"), kind, tuple(_PARTS))
    if choices.get("of") in LIVE and choices.get("column") and choices.get("value"):
        return f"{cause}={choices['of']}:{choices['column']}={choices['value']}"
    if code := next((name for name in ("driver", "kpi") if choices.get(name)), None):
        return f"{cause}={code}:{choices[code]}"
    for written, names in _PARTS[kind]:
        if all(name in choices for name in names):
            groups = [choices[name] for name in names]
            if written == "share":
                groups = [groups]
            elif written == "correlation":
                (groups,) = groups
            numbers = [each if isinstance(each, list | tuple) else [each] for each in groups]
            if all(isinstance(number, int | float) for group in numbers for number in group):
                return f"{cause}={written}:" + ",".join("/".join(f"{number:.15g}" for number in group) for group in numbers)
    return None
