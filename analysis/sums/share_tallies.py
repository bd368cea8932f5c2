"""Sums of a share in the place of the scores, so that whatever is made of scores (intervals, changes, gaps, leagues) can be made of shares.

Of each respondent who answered an item, x is 1 where the answer counts and 0 where not; for the net promoter score it is +1 for promoters,
−1 for detractors and 0 in between, so the score is one linear figure with its own influence, not the difference of two intervals. The mean
of x in points is the share in per cent, or the net promoter score on −100…100. Strata, clusters and respondent weights are in it as in
every mean. Missing answers count nowhere. Source: ``docs/methods.md``, sections 1 and 4; Reichheld (2003); checked against R ``survey``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from analysis.sums.tallies import Array, Tallies
from survey_schema.answer_shares import Mark, Share

#: The three kinds of respondents a net promoter score tells apart.
Promotion = Literal["promoters", "passives", "detractors"]
#: Marks added up (+1) and subtracted (−1) for a share.
_MADE_OF: dict[Share, dict[Mark, float]] = {
    "satisfied": {"satisfied": 1.0},
    "dissatisfied": {"dissatisfied": 1.0},
    "top_box": {"top_box": 1.0},
    "nps": {"promoter": 1.0, "detractor": -1.0},
}


def items_with(tallies: Tallies, share: Share) -> tuple[str, ...]:
    """The items that have this share."""
    needed = [mark for mark in _MADE_OF[share] if mark != "satisfied"]
    return tuple(item for item in tallies.items if all((item, mark) in tallies.marks for mark in needed))


def share_tallies(tallies: Tallies, share: Share, points: float = 100.0) -> Tallies:
    """The same tallies with ``points`` × x in the place of the score z; only the items of :func:`items_with` have a meaning in it.

    Nothing over several items can be made of them: the joint moments of shares are not kept.
    """
    sums, squares, cross = np.zeros((3, len(tallies.rows), len(tallies.items)))
    absolute = np.zeros_like(sums)
    for mark, sign in _MADE_OF[share].items():
        first, second = _of_mark(tallies, mark)
        sums, cross = sums + sign * first, cross + sign * second
        absolute, squares = absolute + first, squares + second
    return _in_place_of_scores(tallies, points, sums, absolute, cross, squares)


def promotion_tallies(tallies: Tallies, kind: Promotion) -> Tallies:
    """The same with the share of promoters, passives or detractors in per cent; what is neither promoter nor detractor is passive."""
    (promoting, promoting_squares), (detracting, detracting_squares) = (_of_mark(tallies, mark) for mark in ("promoter", "detractor"))
    first, second = {
        "promoters": (promoting, promoting_squares),
        "passives": (tallies.first[:, 1] - promoting - detracting, tallies.weight_squares - promoting_squares - detracting_squares),
        "detractors": (detracting, detracting_squares),
    }[kind]
    return _in_place_of_scores(tallies, 100.0, first, first, second, second)


def _in_place_of_scores(tallies: Tallies, points: float, sums: Array, absolute: Array, cross: Array, squares: Array) -> Tallies:
    """Tallies whose score is ``points`` × x, from Σwx, Σwx², Σw²x and Σw²x² of every item (C, k) for x of −1, 0 and 1."""
    k = len(tallies.items)
    alone, place = slice(0, tallies.unclustered), np.arange(k)
    second = np.zeros_like(tallies.second)
    second[:, place, place] = points**2 * squares[alone]
    second[:, place, k + place] = second[:, k + place, place] = points * cross[alone]
    second[:, k + place, k + place] = tallies.weight_squares[alone]
    return replace(
        tallies,
        together=frozenset(),
        first=np.stack([points * sums, tallies.first[:, 1], tallies.first[:, 2]], axis=1),
        squares=points**2 * absolute,
        second=second,
        powers=np.stack([points**3 * cross[alone], points**4 * squares[alone]], axis=1),
    )


def _of_mark(tallies: Tallies, mark: Mark) -> tuple[Array, Array]:
    """Σwx and Σw²x of each item (C, k); 0 where the item has no such mark."""
    if mark == "satisfied":
        return tallies.first[:, 2], tallies.satisfied_squares
    found = np.zeros((2, len(tallies.rows), len(tallies.items)))
    for place, (item, name) in enumerate(tallies.marks):
        if name == mark:
            found[:, :, tallies.items.index(item)] = tallies.marked[:, place].T
    return found[0], found[1]
