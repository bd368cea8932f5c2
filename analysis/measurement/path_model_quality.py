"""Quality of a path model's measurement: α, ρ_A, ρ_C, AVE and HTMT, and what they say in words.

Standardised α (Cronbach 1951, of the correlations the model rests on), ρ_A (Dijkstra and Henseler 2015), composite
reliability ρ_C (Jöreskog 1971), average variance extracted (Fornell and Larcker 1981), heterotrait–monotrait ratio
(Henseler, Ringle and Sarstedt 2015). They are defined for constructs of mode A with at least two items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from analysis.measurement.path_model_solution import Layout, Solution
from analysis.measurement.reliability import REDUNDANT_FROM, RELIABLE_FROM, alpha_of
from analysis.sums.cross_moments import Array
from survey_schema.path_models import PathModel
from words.language import Message, message

AVE_FROM = 0.50
HTMT_BELOW = 0.90


@dataclass(frozen=True)
class QualityLabels:
    """Which constructs have reliability figures and which pairs have an HTMT, in the order of the numbers."""

    constructs: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def quality_labels(layout: Layout) -> QualityLabels:
    """Constructs of mode A with two items or more; HTMT pairs of all constructs of mode A (one item counts as itself)."""
    measured = tuple(
        code for code, mode, block in zip(layout.constructs, layout.modes, layout.blocks, strict=True) if mode == "A" and len(block) > 1
    )
    reflective = [code for code, mode in zip(layout.constructs, layout.modes, strict=True) if mode == "A"]
    return QualityLabels(measured, tuple(combinations(reflective, 2)))


def reliability_figures(solution: Solution, correlations: Array, layout: Layout) -> dict[str, Array]:
    """``alpha``, ``rho_a``, ``rho_c``, ``ave``, ``root_ave`` (batch, constructs with figures) and ``htmt`` (batch, pairs)."""
    labels = quality_labels(layout)
    figures: dict[str, list[Array]] = {"alpha": [], "rho_a": [], "rho_c": [], "ave": [], "root_ave": []}
    for code in labels.constructs:
        k = layout.constructs.index(code)
        block = layout.blocks[k]
        weights, loadings = solution.weights[:, block, k], solution.loadings[:, block, k]
        inside = correlations[:, block[:, None], block]
        figures["alpha"].append(alpha_of(inside))
        figures["rho_a"].append(_rho_a(weights, inside))
        squares = (loadings**2).sum(axis=1)
        summed = loadings.sum(axis=1) ** 2
        figures["rho_c"].append(summed / (summed + len(block) - squares))
        figures["ave"].append(squares / len(block))
        figures["root_ave"].append(np.sqrt(squares / len(block)))
    stacked = {name: np.stack(parts, axis=-1) if parts else np.empty((len(correlations), 0)) for name, parts in figures.items()}
    return {**stacked, "htmt": _htmt(correlations, layout, labels.pairs)}


def _rho_a(weights: Array, inside: Array) -> Array:
    off = ~np.eye(weights.shape[1], dtype=bool)
    outer = weights[:, :, None] * weights[:, None, :]
    squared = (weights**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(squared**2 * (outer * inside * off).sum(axis=(1, 2)) / (outer * outer * off).sum(axis=(1, 2)))


def _htmt(correlations: Array, layout: Layout, pairs: Sequence[tuple[str, str]]) -> Array:
    size = np.abs(correlations)

    def within(block: npt.NDArray[np.intp]) -> Array:
        count = len(block)
        if count == 1:
            return np.ones(len(size))
        inside = size[:, block[:, None], block]
        return np.asarray((inside.sum(axis=(1, 2)) - count) / (count * (count - 1)))

    ratios = []
    for one, other in pairs:
        first, second = layout.blocks[layout.constructs.index(one)], layout.blocks[layout.constructs.index(other)]
        between = size[:, first[:, None], second].mean(axis=(1, 2))
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios.append(between / np.sqrt(np.multiply(within(first), within(second))))
    return np.stack(ratios, axis=-1) if ratios else np.empty((len(size), 0))


def construct_verdict(model: PathModel, code: str, figures: dict[str, float]) -> Message:
    """One plain sentence about a construct's measurement."""
    construct = next(construct for construct in model.constructs if construct.code == code)
    if len(construct.items) == 1:
        return message("Measured by a single question, so its reliability cannot be estimated.")
    if construct.mode == "B":
        return message("Formed by its questions (mode B), so reliability figures do not apply.")
    if not {"rho_c", "ave"} <= set(figures):
        return message("Its reliability cannot be computed from these answers.")
    if figures["rho_c"] < RELIABLE_FROM:
        return message("Its questions hang together weakly (composite reliability below {limit}).", limit=f"{RELIABLE_FROM:.2f}")
    if figures["ave"] < AVE_FROM:
        return message("Reliable, but its questions share less than half of their variance (AVE below {limit}).", limit=f"{AVE_FROM:.2f}")
    if figures["rho_c"] > REDUNDANT_FROM:
        return message("Its questions are nearly the same question (composite reliability above {limit}).", limit=f"{REDUNDANT_FROM:.2f}")
    return message("Measured reliably.")


def separation_verdict(ratio: float | None) -> Message:
    """One plain sentence about a pair of constructs."""
    if ratio is None:
        return message("Whether respondents tell the two apart cannot be computed from these answers.")
    if ratio < HTMT_BELOW:
        return message("Respondents tell the two apart.")
    return message("Respondents hardly tell the two apart (HTMT at or above {limit}).", limit=f"{HTMT_BELOW:.2f}")
