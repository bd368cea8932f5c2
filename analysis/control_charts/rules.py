"""The eight tests for special causes, and how often chance alone breaks each of them.

Numbering, lengths and zones are those of Nelson (1984), *Journal of Quality Technology* 16:237-239, taken over by GB/T 4091 and, as pattern
tests, by GB/T 17989.2-2020 (ISO 7870-2). Zone C lies within one standard deviation of the centre line, B within two, A within three. A
rule marks the point that completes its pattern and every further one while the pattern lasts; in rules 5 and 6 that point is itself one
of those beyond the zone. Equal neighbours end a trend, a point on the centre line ends a run. A point that is missing ends every pattern:
what is not known is no evidence. Checked against pccpy, which follows Minitab.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from words.language import Message, message

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

RULES: Mapping[int, Message] = {
    1: message("Rule 1: one point beyond the control limits (outside zone A)"),
    2: message("Rule 2: nine points in a row on one side of the centre line"),
    3: message("Rule 3: six points in a row steadily rising or falling"),
    4: message("Rule 4: fourteen points in a row alternating up and down"),
    5: message("Rule 5: two of three points in a row beyond zone B on one side"),
    6: message("Rule 6: four of five points in a row beyond zone C on one side"),
    7: message("Rule 7: fifteen points in a row within zone C, on both sides of the centre line"),
    8: message("Rule 8: eight points in a row on both sides of the centre line, none within zone C"),
}
ALL_RULES = tuple(RULES)
#: How many points each rule looks at.
LENGTH: Mapping[int, int] = {1: 1, 2: 9, 3: 6, 4: 14, 5: 3, 6: 5, 7: 15, 8: 8}
#: Permutations of fourteen values that go up and down in turn, beginning with an up (Euler's zigzag number).
_ZIGZAG_14 = 199_360_981


def broken_rules(values: Array, z: Array, rules: tuple[int, ...] = ALL_RULES) -> dict[int, Flags]:
    """For each rule, which points complete its pattern.

    ``values`` as plotted, in time order; ``z`` their distance from the centre line in the standard deviation of their own point; NaN where
    one is missing.
    """
    with np.errstate(invalid="ignore"):
        step = np.sign(np.diff(values))  # NaN beside a missing point
    both = {rule: np.zeros(len(values), dtype=np.bool_) for rule in rules}
    for side in (1, -1):
        found = {
            1: side * z > 3,
            2: _run(side * z > 0, 9),
            3: _later(_run(side * step > 0, 5), 1, len(values)),
            5: _few(side * z > 2, z, 2, 3),
            6: _few(side * z > 1, z, 4, 5),
        }
        for rule in found.keys() & both.keys():
            both[rule] |= found[rule]
    turns = _later(_run(step[1:] * step[:-1] < 0, 12), 2, len(values))
    for rule, flags in ((4, turns), (7, _run(np.abs(z) < 1, 15)), (8, _run(np.abs(z) > 1, 8))):
        if rule in both:
            both[rule] |= flags
    return both


def false_alarm_share(rule: int) -> float:
    """Share of points that break a rule though only independent normal chance moves them, with enough points before and limits known.

    Limits from 24 points break 1.1 to 1.5 times as often on later points, and half to three quarters as often on the 24 themselves. Few
    cases make shares take few values: runs and trends are then rarer (equal neighbours), zones uneven.
    """
    beyond_1, beyond_2, beyond_3 = (math.erfc(k / math.sqrt(2)) / 2 for k in (1, 2, 3))
    four_or_three = 4 * beyond_1**3 * (1 - beyond_1) + beyond_1**4
    return {
        1: 2 * beyond_3,
        2: 2 * 0.5**9,
        3: 2 / math.factorial(6),
        4: 2 * _ZIGZAG_14 / math.factorial(14),
        5: 2 * beyond_2 * (1 - (1 - beyond_2) ** 2),
        6: 2 * beyond_1 * four_or_three,
        7: (1 - 2 * beyond_1) ** 15,
        8: (2 * beyond_1) ** 8,
    }[rule]


def _run(flags: Flags, length: int) -> Flags:
    """Whether the last ``length`` flags up to each place are all set."""
    return np.asarray(_last(flags, length) == length)


def _few(beyond: Flags, z: Array, needed: int, of: int) -> Flags:
    """Whether a point is beyond and at least ``needed`` of the last ``of``, none of them missing, are."""
    enough: Flags = _last(beyond, of) >= needed
    return np.asarray(enough & beyond & _run(~np.isnan(z), of))


def _last(flags: Flags, length: int) -> npt.NDArray[np.intp]:
    """How many of the last ``length`` flags are set; 0 where fewer stand before."""
    counts = np.zeros(len(flags), dtype=np.intp)
    if len(flags) >= length:
        sums = np.concatenate([[0], np.cumsum(flags)])
        counts[length - 1 :] = sums[length:] - sums[:-length]
    return counts


def _later(flags: Flags, by: int, points: int) -> Flags:
    """Flags of steps as flags of the points the steps lead to."""
    moved = np.zeros(points, dtype=np.bool_)
    moved[by:] = flags[: max(points - by, 0)]
    return moved
