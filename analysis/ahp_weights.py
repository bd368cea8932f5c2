"""Indicator weights from pairwise judgements: the analytic hierarchy process (AHP).

A[i, j] says how many times as important i is as j, A[j, i] = 1/A[i, j]. The weights are the principal eigenvector, scaled to sum 1. With
λmax the principal eigenvalue and k children, CI = (λmax − k)/(k − 1) and the consistency ratio CR = CI/RI with the mean CI of random
matrices RI (T. L. Saaty, *The Analytic Hierarchy Process*, 1980). One or two children are always consistent; CR of 0.10 or more is
refused with the triple of judgements that contradict each other most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.sums import Array
from analysis.weight_sets import WeightSet, bare_estimates
from survey_schema.indicator_weighting import Judgement
from survey_schema.language import Message, message
from survey_schema.models import LocalText, SurveySchema

#: A consistency ratio from here on is refused.
LIMIT = 0.10
#: Mean consistency index of random reciprocal matrices of 1, 2, 3 … 15 rows.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
METHOD = message(
    "Principal eigenvector of the pairwise judgements, scaled to sum 1; consistency ratio by Saaty's random index, refused from 0.10 on."
)


@dataclass(frozen=True)
class Triple:
    """Three children whose judgements are at odds: ``first`` over ``third`` was ``stated``, the other two judgements imply ``implied``."""

    first: str
    second: str
    third: str
    stated: float
    implied: float


@dataclass(frozen=True, eq=False)
class AhpWeights:
    """Weights by code; None while judgements are missing. ``reason`` says why the weights cannot be used: missing, or inconsistent.

    ``matrix`` is NaN where a pair is not compared yet. ``ratio`` is the consistency ratio; ``worst`` the triple most at odds.
    """

    codes: tuple[str, ...]
    matrix: Array
    weights: Mapping[str, float] | None = None
    lambda_max: float | None = None
    index: float | None = None
    ratio: float | None = None
    worst: Triple | None = None
    reason: Message | None = None


def judgement_matrix(codes: Sequence[str], judgements: Sequence[Judgement]) -> Array:
    """The reciprocal matrix of the judgements: 1 on the diagonal, NaN where a pair is not compared."""
    place = {code: row for row, code in enumerate(codes)}
    matrix = np.full((len(codes), len(codes)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for judgement in judgements:
        i, j = place[judgement.more], place[judgement.less]
        matrix[i, j], matrix[j, i] = judgement.times, 1 / judgement.times
    return matrix


def ahp_weights(codes: Sequence[str], judgements: Sequence[Judgement], titles: Mapping[str, LocalText]) -> AhpWeights:
    """Weights and consistency of one node's children; ``titles`` are for the sentences.

    A pair that is not compared, more than 15 children, or CR ≥ 0.10 give a ``reason``; an inconsistent matrix still shows its weights.
    """
    matrix = judgement_matrix(codes, judgements)
    empty = AhpWeights(tuple(codes), matrix)
    if len(codes) > len(RANDOM_INDEX):
        limit = message("Pairwise judgements are for at most {most} children; use fewer, or another method.", most=len(RANDOM_INDEX))
        return AhpWeights(empty.codes, matrix, reason=limit)
    missing = [(one, other) for i, one in enumerate(codes) for j, other in enumerate(codes) if i < j and np.isnan(matrix[i, j])]
    if missing:
        one, other = missing[0]
        told = message(
            "{count} pairs are not compared yet, such as {one} and {other}.", count=len(missing), one=titles[one], other=titles[other]
        )
        return AhpWeights(empty.codes, matrix, reason=told)
    values, vectors = np.linalg.eig(matrix)
    top = int(np.argmax(values.real))
    principal = np.abs(vectors[:, top].real)
    weights = dict(zip(codes, (principal / principal.sum()).tolist(), strict=True))
    size, lambda_max = len(codes), float(values[top].real)
    if size < 3:
        return AhpWeights(empty.codes, matrix, weights, lambda_max, 0.0, 0.0)
    index = max((lambda_max - size) / (size - 1), 0.0)
    ratio = index / RANDOM_INDEX[size - 1]
    worst = most_inconsistent(codes, matrix)
    reason = _contradiction(ratio, worst, titles) if ratio >= LIMIT else None
    return AhpWeights(empty.codes, matrix, weights, lambda_max, index, ratio, worst, reason)


def most_inconsistent(codes: Sequence[str], matrix: Array) -> Triple:
    """The three children whose judgements contradict each other most: the largest |log a_ij a_jk / a_ik|."""

    def odds(triple: tuple[int, int, int]) -> float:
        i, j, k = triple
        return float(abs(np.log(matrix[i, j] * matrix[j, k] / matrix[i, k])))

    i, j, k = max(combinations(range(len(codes)), 3), key=odds)
    return Triple(codes[i], codes[j], codes[k], float(matrix[i, k]), float(matrix[i, j] * matrix[j, k]))


def ahp_weight_set(schema: SurveySchema) -> WeightSet:
    """Weights of every node that has judgements in the schema; a node without keeps its weights, an inconsistent one refuses the set."""
    weights: dict[str, Mapping[str, float]] = {}
    kept: dict[str, Message] = {}
    ratios: dict[str, float] = {}
    for node in schema.tree.walk():
        codes = [child.code for child in node.children]
        if len(codes) > 1 and not node.judgements:
            kept[node.code] = message("No pairwise judgements are written down here; the weights of the survey are kept.")
            weights[node.code] = node.child_weights()
            continue
        found = ahp_weights(codes, node.judgements, child_titles(schema, node.code))
        if found.reason or found.weights is None:
            reason = message("{node}: {reason}", node=node.title, reason=found.reason)
            return WeightSet("ahp", {}, 0, 0.0, 0, METHOD, {}, reason)
        weights[node.code] = found.weights
        ratios |= {node.code: found.ratio or 0.0} if len(codes) > 1 else {}
    if not ratios:
        reason = message("No pairwise judgements are written down for this survey; compare the indicators on the page Indicators.")
        return WeightSet("ahp", {}, 0, 0.0, 0, METHOD, {}, reason)
    settings = {"consistency_ratios": ratios, "consistency_limit": LIMIT}
    return WeightSet("ahp", weights, 0, 0.0, 0, METHOD, kept, estimates=bare_estimates(weights), settings=settings)


def child_titles(schema: SurveySchema, node: str) -> dict[str, LocalText]:
    """Titles of a node's children by code."""
    found = next(each for each in schema.tree.walk() if each.code == node)
    titles = {item.code: item.title for item in schema.items} | {each.code: each.title for each in schema.tree.walk()}
    return {child.code: titles[child.code] for child in found.children}


def _contradiction(ratio: float, worst: Triple, titles: Mapping[str, LocalText]) -> Message:
    return message(
        "The judgements contradict each other: consistency ratio {ratio}, it must be below {limit}. Most at odds: {first}, {second} and "
        "{third}. Two of the judgements make {first} {implied} times as important as {third}, the third says {stated}.",
        ratio=f"{ratio:.3f}", limit=f"{LIMIT:.2f}", first=titles[worst.first], second=titles[worst.second],
        third=titles[worst.third], implied=_times(worst.implied), stated=_times(worst.stated),
    )  # fmt: skip


def _times(value: float) -> str:
    """A judgement as it is written: 3, or 1/3 for a third."""
    return f"{value:.3g}" if value >= 1 else f"1/{1 / value:.3g}"
