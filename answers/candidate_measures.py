"""Measures to choose from as a question holds them: a line of text each, the same on the command line, in a link and in what is kept.

``扩容;driver=P1;shift=5;reach=0.4;cost=200000`` and, where they are not as usual, ``units=1-3``, ``needs=…``, ``excludes=…`` (several
times for several) and ``branch=…``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from answers.selection import item_code, value_of
from survey_schema.columns import Role
from survey_schema.measure_candidates import Candidate
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message

_NUMBERS = ("shift", "reach", "cost")
_TEXTS = ("driver", "branch")
_LISTS = ("needs", "excludes")


def candidate_text(candidate: Candidate) -> str:
    """The line that says a candidate; :func:`candidate_from` reads it again."""
    parts = [_plain(candidate.name), f"driver={_plain(candidate.driver)}"]
    parts += [f"{name}={getattr(candidate, name):.12g}" for name in _NUMBERS]
    if (candidate.fewest, candidate.most) != (1, 1):
        parts.append(f"units={candidate.fewest}-{candidate.most}")
    parts += [f"{name}={_plain(other)}" for name in _LISTS for other in getattr(candidate, name)]
    parts += [f"branch={_plain(candidate.branch)}"] if candidate.branch is not None else []
    return ";".join(parts)


def candidate_from(text: str) -> Candidate:
    """The candidate a line says; raises ManyiError with the form where it says none."""
    name, *parts = (part.strip() for part in text.split(";"))
    single: dict[str, str] = {}
    several: dict[str, list[str]] = {each: [] for each in _LISTS}
    for part in filter(None, parts):
        key, sign, value = (each.strip() for each in part.partition("="))
        if not sign or not value or key not in (*_NUMBERS, *_TEXTS, *_LISTS, "units") or key in single:
            raise _no_candidate(text)
        if key in _LISTS:
            several[key].append(value)
        else:
            single[key] = value
    if not name or not {"driver", *_NUMBERS} <= single.keys():
        raise _no_candidate(text)
    fewest, sign, most = single.get("units", "1-1").partition("-")
    try:
        numbers = {each: float(single[each]) for each in _NUMBERS}
        units = (int(fewest), int(most) if sign else int(fewest))
    except ValueError:
        raise _no_candidate(text) from None
    if not all(map(math.isfinite, numbers.values())):
        raise _no_candidate(text)
    return Candidate(
        name, single["driver"], numbers["shift"], numbers["reach"], numbers["cost"], *units, tuple(several["needs"]),
        tuple(several["excludes"]), single.get("branch"),
    )  # fmt: skip


def in_codes(candidates: Sequence[Candidate], schema: SurveySchema) -> tuple[Candidate, ...]:
    """What they act on and their branches by code, where they are called by title; raises ManyiError for what is no item."""
    return tuple(
        replace(
            each,
            driver=item_code(each.driver, schema),
            branch=None if each.branch is None else value_of(str(Role.BRANCH), each.branch, schema),
        )
        for each in candidates
    )


def _plain(text: str) -> str:
    """Without the mark between the parts of a line."""
    return " ".join(text.replace(";", "；").split())


def _no_candidate(text: str) -> ManyiError:
    return ManyiError(
        message(
            "“{text}” is no measure; expected “name;driver=CODE;shift=POINTS;reach=0.4;cost=200000” and, where needed, units=1-3, needs=, "
            "excludes= and branch=.", text=text[:120],
        )
    )  # fmt: skip
