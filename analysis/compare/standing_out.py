"""Who differs from the rest on most indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.results.estimates import Result


@dataclass(frozen=True)
class StandsOut:
    """A group (its value of the dimension) and on how many indicators it certainly differs in one direction."""

    group: str
    count: int


def standing_out(
    values: Result, against_rest: Result, groups: Sequence[str], codes: Sequence[str], dimension: str = "branch"
) -> Mapping[str, StandsOut]:
    """By verdict (``higher``, ``lower``) the group with most indicators of ``codes`` on that side of the rest; nobody, no entry.

    ``values`` are the groups' own figures: what is hidden there does not count. Of equal groups the first of ``groups`` is named.
    """
    shown = {(e.keys.get(dimension), e.code) for e in values.estimates if e.value is not None}
    verdicts = {(e.keys.get(dimension), e.code): e.verdict for e in against_rest.estimates}
    found = {}
    for verdict in ("higher", "lower"):
        counted = Counter(group for group in groups for code in codes if (group, code) in shown and verdicts.get((group, code)) == verdict)
        if counted:
            found[verdict] = StandsOut(*counted.most_common(1)[0])
    return found
