"""Which series of a newly drawn chart belongs to which of the user's: by what it was drawn for when it was last written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reports.refresh.chart_looks import Look


@dataclass(frozen=True, eq=False)
class Pair:
    """A series of the user's and the new one that takes its place; ``now`` is how it looks, ``role`` how it was written.

    Of one without a ``fresh`` counterpart there is nothing in the new wave; one without a ``role`` the user added himself.
    """

    series: Any
    now: Look
    role: Look | None
    fresh: Any = None


@dataclass(frozen=True)
class Pairs:
    """``there``: every series of the user's. ``added`` are new, ``removed`` those whose series of the earlier wave the user took out."""

    there: tuple[Pair, ...]
    added: tuple[Any, ...] = ()
    removed: tuple[Any, ...] = ()


def paired(theirs: Sequence[tuple[Any, Look]], fresh: Sequence[tuple[Any, Look]], written: Sequence[Look]) -> Pairs:
    """Every series of the user's with its counterpart, each new one once; without ``written`` looks they are taken to be as they are now.

    Names alone do not tell: series of one name differ by their colours, and a colour with a meaning is never another's.
    """
    known = tuple(written) or tuple(now for _series, now in theirs)
    roles = _matched([now for _series, now in theirs], known, _AS_WRITTEN) if written else list(range(len(theirs)))
    looks = [look for _series, look in fresh]
    found = _matched(known, looks, _rules(known, looks))
    pairs, left = list[Pair](), set(range(len(fresh)))
    for (series, now), role in zip(theirs, roles, strict=True):
        place = None if role is None else found[role]
        pairs.append(Pair(series, now, None if role is None else known[role], None if place is None else fresh[place][0]))
        left.discard(-1 if place is None else place)
    gone = {place for role, place in enumerate(found) if place is not None and role not in roles}
    return Pairs(
        tuple(pairs), tuple(fresh[place][0] for place in sorted(left - gone)), tuple(fresh[place][0] for place in sorted(left & gone))
    )


def reordered(theirs: Sequence[Pair], written: Sequence[Look]) -> bool:
    """Whether the user gave the series another order than they were written in."""
    places, taken = list[int](), set[int]()
    for pair in theirs:
        place = next((at for at, look in enumerate(written) if look == pair.role and at not in taken), None)
        if place is not None:
            taken.add(place)
            places.append(place)
    return places != sorted(places)


_Rule = Callable[[Look, Look], bool]


def _alike(one: Look, other: Look) -> bool:
    return (one.name, one.paint, one.side) == (other.name, other.paint, other.side)


def _alike_elsewhere(one: Look, other: Look) -> bool:
    return (one.name, one.paint) == (other.name, other.paint)


def _named_alike(one: Look, other: Look) -> bool:
    return one.name == other.name


def _drawn_alike(one: Look, other: Look) -> bool:
    return (one.paint, one.hidden) == (other.paint, other.hidden)


#: A user may have changed colours, or names.
_AS_WRITTEN: tuple[_Rule, ...] = (_alike, _alike_elsewhere, _named_alike, _drawn_alike)


def _rules(written: Sequence[Look], fresh: Sequence[Look]) -> tuple[_Rule, ...]:
    """A name tells a series in another colour where it stands once in both waves; a colour one whose name is that of its wave."""
    before, now = (Counter(look.name for look in looks) for looks in (written, fresh))

    def only_one(one: Look, other: Look) -> bool:
        return one.name == other.name and before[one.name] == now[one.name] == 1

    def renamed(one: Look, other: Look) -> bool:
        return _drawn_alike(one, other) and not now[one.name] and not before[other.name]

    return (_alike, _alike_elsewhere, only_one, renamed)


def _matched(ones: Sequence[Look], others: Sequence[Look], rules: Sequence[_Rule]) -> list[int | None]:
    """For each of the ones the place of its counterpart: the strictest rule first, and among equals in their order."""
    found: list[int | None] = [None] * len(ones)
    left = list(range(len(others)))
    for rule in rules:
        for place, one in enumerate(ones):
            if found[place] is None and (match := next((at for at in left if rule(one, others[at])), None)) is not None:
                found[place] = match
                left.remove(match)
    return found
