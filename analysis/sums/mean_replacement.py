"""Cross-moments with missing answers replaced by the question's mean, beside leaving respondents out.

Each question stands in the sums twice: its answer (0 where there is none) and whether it was answered. From these the moments of the
completed table follow exactly: with m the weighted mean of those who answered, a missing answer is m. Because the sums add up and the
means are taken afterwards, every replicate group that is left out, every group and everybody else has its own means, so that intervals
know that the means are estimates. As ``mean_replacement`` of R and Python ``seminr``, with weights. Respondents who answered none of the
questions are left out. Replacing flattens spread and correlations; it is for few missing answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import narwhals as nw
import numpy as np

from analysis.sums.cross_moments import Array, CrossMoments, GroupMoments, moments_of
from analysis.sums.moments_plan import moments_plan, score_variables
from survey_schema.models import SurveySchema

#: What is done about missing answers: the respondent is left out, or the answer is the question's mean.
Missing = Literal["listwise", "mean"]
_ANSWERED = "?"


@dataclass(frozen=True)
class MeanReplacedMoments(GroupMoments):
    """Moments after mean replacement. ``parts`` hold answers and marks of being answered; ``missing_cells`` answers are replaced.

    ``dropped`` respondents answered none of the questions.
    """

    @property
    def variables(self) -> tuple[str, ...]:
        """The questions, in order."""
        return self.parts.variables[: len(self.parts.variables) // 2]

    @cached_property
    def total(self) -> CrossMoments:
        """The moments of the whole group."""
        return mean_replaced(self._sums())

    @property
    def left_out(self) -> CrossMoments:
        """For each replicate group the moments of everybody else, with their own means."""
        return mean_replaced(self._rest())

    def _merge(self, other: GroupMoments, parts: CrossMoments, sign: int) -> GroupMoments:
        merged = super()._merge(other, parts, sign)
        return MeanReplacedMoments(
            {}, parts, merged.dropped, merged.answered, missing_cells=merged.missing_cells, reraked=merged.reraked, margins=merged.margins,
            replicates=merged.replicates,
        )  # fmt: skip

    def select(self, variables: Sequence[str]) -> MeanReplacedMoments:
        """The same respondents, fewer variables or another order."""
        both = [*variables, *(code + _ANSWERED for code in variables)]
        return self._selected(both, variables)


def mean_replaced(sums: CrossMoments) -> CrossMoments:
    """The moments of the completed table from sums over answers and marks; every array may have leading axes."""
    count = len(sums.variables) // 2
    weight = sums.weight[..., None]
    answers, marks = sums.sums[..., :count], sums.sums[..., count:]
    with np.errstate(divide="ignore", invalid="ignore"):
        means = answers / marks
    # Σ w·answer_i over those who did not answer j; and Σ w over those who answered neither.
    beside = answers[..., :, None] - sums.products[..., :count, count:]
    neither = (weight - marks)[..., :, None] - marks[..., None, :] + sums.products[..., count:, count:]
    filled = means[..., None, :] * beside
    products = sums.products[..., :count, :count] + filled + np.swapaxes(filled, -1, -2)
    products = products + means[..., :, None] * means[..., None, :] * neither
    return replace(sums, variables=sums.variables[:count], sums=answers + means * (weight - marks), products=products)


def moments_with_answer_marks(scores: Array, weights: Array, items: Sequence[str]) -> CrossMoments:
    """Sums over answers and marks of rows with missing answers (NaN), with a leading axis of one."""
    both = np.concatenate([np.nan_to_num(scores), np.isfinite(scores).astype(np.float64)], axis=1)
    weighted = both * weights[:, None]
    return CrossMoments(
        (*items, *(code + _ANSWERED for code in items)),
        np.array([float(len(scores))]),
        np.array([weights.sum()]),
        np.array([(weights**2).sum()]),
        weighted.sum(axis=0)[None],
        (weighted.T @ both)[None],
    )


def mean_replaced_moments(
    frame: nw.LazyFrame[Any],
    schema: SurveySchema,
    variables: Sequence[str],
    group_by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
) -> tuple[GroupMoments, ...]:
    """:func:`cross_moments` after mean replacement within each group."""
    answers = score_variables(schema, variables)
    marks = (replace(variable, name=variable.name + _ANSWERED, is_="answered") for variable in answers)
    found = []
    for group in moments_of(frame, moments_plan((*answers, *marks), group_by, anything=True), where):
        answered = {code: group.answered[code] for code in variables}
        missing = group.n * len(variables) - sum(answered.values())
        found.append(
            MeanReplacedMoments(
                group.keys,
                group.parts,
                group.dropped,
                answered,
                missing_cells=missing,
                reraked=group.reraked,
                margins=group.margins,
                replicates=group.replicates,
            )
        )
    return tuple(found)
