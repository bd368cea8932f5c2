"""Pairwise judgements of an indicator's children: the weights they give, their consistency, and whether the written weights are theirs.

A[i, j] says how many times as important i is as j, A[j, i] = 1/A[i, j]. The weights are the principal eigenvector, scaled to sum 1. With
λmax the principal eigenvalue and k children, CI = (λmax − k)/(k − 1) and the consistency ratio CR = CI/RI with the mean CI of random
matrices RI (T. L. Saaty, *The Analytic Hierarchy Process*, 1980). One or two children are always consistent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from survey_schema.indicator_tree import Indicator
from survey_schema.indicator_weighting import Judgement
from survey_schema.models import SurveySchema
from survey_schema.schema_parts import LocalText
from words.language import Message, message
from words.lists import Listed

Array = npt.NDArray[np.float64]
#: A consistency ratio from here on is refused.
LIMIT = 0.10
#: Mean consistency index of random reciprocal matrices of 1, 2, 3 … 15 rows.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
#: Written weights may be this far from those of the judgements: people write two decimals and let the last weight make up the sum.
ROUNDING = 0.015


@dataclass(frozen=True)
class Triple:
    """Three children whose judgements are at odds: ``first`` over ``third`` was ``stated``, the other two judgements imply ``implied``."""

    first: str
    second: str
    third: str
    stated: float
    implied: float


def judgement_matrix(codes: Sequence[str], judgements: Sequence[Judgement]) -> Array:
    """The reciprocal matrix of the judgements: 1 on the diagonal, NaN where a pair is not compared."""
    place = {code: row for row, code in enumerate(codes)}
    matrix = np.full((len(codes), len(codes)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for judgement in judgements:
        i, j = place[judgement.more], place[judgement.less]
        matrix[i, j], matrix[j, i] = judgement.times, 1 / judgement.times
    return matrix


def principal_weights(matrix: Array) -> tuple[Array, float]:
    """The principal eigenvector of a complete matrix, scaled to sum 1, and its eigenvalue λmax."""
    values, vectors = np.linalg.eig(matrix)
    top = int(np.argmax(values.real))
    principal = np.abs(vectors[:, top].real)
    weights: Array = principal / principal.sum()
    return weights, float(values[top].real)


def consistency(matrix: Array, lambda_max: float) -> tuple[float, float]:
    """Consistency index and ratio; both 0 for one or two children. At most 15 children."""
    size = len(matrix)
    if size < 3:
        return 0.0, 0.0
    index = max((lambda_max - size) / (size - 1), 0.0)
    return index, index / RANDOM_INDEX[size - 1]


def most_inconsistent(codes: Sequence[str], matrix: Array) -> Triple:
    """The three children whose judgements contradict each other most: the largest |log a_ij a_jk / a_ik|."""

    def odds(triple: tuple[int, int, int]) -> float:
        i, j, k = triple
        return float(abs(np.log(matrix[i, j] * matrix[j, k] / matrix[i, k])))

    i, j, k = max(combinations(range(len(codes)), 3), key=odds)
    return Triple(codes[i], codes[j], codes[k], float(matrix[i, k]), float(matrix[i, j] * matrix[j, k]))


def contradiction(ratio: float, worst: Triple, titles: Mapping[str, LocalText]) -> Message:
    """The sentence that refuses judgements with a ratio of the limit or more."""
    return message(
        "The judgements contradict each other: consistency ratio {ratio}, it must be below {limit}. Most at odds: {first}, {second} and "
        "{third}. Two of the judgements make {first} {implied} times as important as {third}, the third says {stated}.",
        ratio=f"{ratio:.3f}", limit=f"{LIMIT:.2f}", first=titles[worst.first], second=titles[worst.second],
        third=titles[worst.third], implied=_times(worst.implied), stated=_times(worst.stated),
    )  # fmt: skip


def too_many_children() -> Message:
    """The sentence that refuses more children than there are random indices for."""
    return message("Pairwise judgements are for at most {most} children; use fewer, or another method.", most=len(RANDOM_INDEX))


def mistaken_judgements(schema: SurveySchema) -> list[tuple[tuple[str | int, ...], Message]]:
    """What is wrong with the judgements of a survey, with its place: too inconsistent, or the written weights are not theirs.

    Not part of the models themselves: a wave stored with such weights before they were refused must still open.
    """
    titles = {item.code: item.title for item in schema.items} | {node.code: node.title for node in schema.tree.walk()}
    return [
        ((*place, entry), problem)
        for node, place in _nodes(schema.tree, ("tree",))
        if node.judgements
        for entry, problem in _mistakes(node, titles)
    ]


def _nodes(node: Indicator, place: tuple[str | int, ...]) -> list[tuple[Indicator, tuple[str | int, ...]]]:
    below = [
        found
        for position, child in enumerate(node.children)
        if isinstance(child, Indicator)
        for found in _nodes(child, (*place, "children", position))
    ]
    return [(node, place), *below]


def _mistakes(node: Indicator, titles: Mapping[str, LocalText]) -> list[tuple[str, Message]]:
    codes, written = [child.code for child in node.children], node.child_weights()
    if len(codes) > len(RANDOM_INDEX):
        return [("judgements", too_many_children())]
    matrix = judgement_matrix(codes, node.judgements)
    weights, lambda_max = principal_weights(matrix)
    _index, ratio = consistency(matrix, lambda_max)
    if ratio >= LIMIT:
        return [("judgements", contradiction(ratio, most_inconsistent(codes, matrix), titles))]
    if all(abs(weight - written[code]) <= ROUNDING for code, weight in zip(codes, weights, strict=True)):
        return []
    given, made = (_shares(codes, shares) for shares in ([written[code] for code in codes], weights.tolist()))
    problem = message(
        "the written weights contradict the judgements: the judgements of {node} give {made}, the weights say {given}. Write those "
        "weights, or weighting: given without judgements.", node=node.title, made=made, given=given,
    )  # fmt: skip
    return [("judgements", problem)]


def _times(value: float) -> str:
    """A judgement as it is written: 3, or 1/3 for a third."""
    return f"{value:.3g}" if value >= 1 else f"1/{1 / value:.3g}"


def _shares(codes: Sequence[str], shares: Sequence[float]) -> Listed:
    return Listed([f"{code} {share:.3f}" for code, share in zip(codes, shares, strict=True)])
