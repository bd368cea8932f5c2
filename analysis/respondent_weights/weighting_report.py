"""What a weighting did: margins before and after, how unequal the weights are, and what they cost in precision.

``deff_w = n Σw² / (Σw)²`` (Kish 1965), ``n_eff = n / deff_w``, efficiency = n_eff / n. Everything follows from classes of respondents
that share their categories and their weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.respondent_weights.weighting_targets import CategoryName, ColumnsName, Target
from analysis.results.estimates import Thresholds
from analysis.sums.customers import Category
from analysis.sums.domains import kish
from analysis.sums.raking import MOST_ROUNDS, Raked
from survey_schema.models import SurveySchema
from words.language import Message, message

Array = npt.NDArray[np.float64]
Level = Literal["good", "warned", "stopped"]


@dataclass(frozen=True)
class MarginRow:
    """One category of one target. ``before`` is its share under the given weights, ``after`` under the new ones; shares 0-1.

    ``n`` respondents, ``n_eff`` their effective number under the new weights.
    """

    columns: tuple[str, ...]
    category: Category
    n: int
    before: float
    target: float
    after: float
    n_eff: float


@dataclass(frozen=True)
class WeightSpread:
    """How unequal weights of mean 1 are. ``n`` respondents with a weight; ``deff`` and ``n_eff`` after Kish."""

    n: int
    minimum: float
    median: float
    maximum: float
    deff: float
    n_eff: float

    @property
    def varies(self) -> bool:
        """Whether there are different weights at all."""
        return self.minimum < self.maximum

    @property
    def efficiency(self) -> float:
        """n_eff / n, 0-1."""
        return self.n_eff / self.n


@dataclass(frozen=True)
class WeightingReport:
    """What to show of a weighting.

    ``given`` and ``made`` describe the weights before and after; ``without`` respondents had no positive weight and keep none.
    ``trimmed`` respondents are held at ``cap`` (times the mean weight). ``difference`` is the largest one left between a margin's
    share and its target. ``level``: warned or stopped where the efficiency is below the thresholds. ``reason`` says why the weights
    must not be used, where the targets were not met.
    """

    margins: tuple[MarginRow, ...]
    given: WeightSpread
    made: WeightSpread
    without: int
    cap: float | None
    trimmed: int
    rounds: int
    difference: float
    level: Level
    reason: Message | None = None

    def unweighted_share(self, row: MarginRow) -> float:
        """The share of the responses of a margin that a category has (0-1), each counting as 1."""
        return row.n / sum(other.n for other in self.margins if other.columns == row.columns)

    @property
    def converged(self) -> bool:
        """Whether all targets are met within the tolerance."""
        return self.reason is None


@dataclass(frozen=True, eq=False)
class Classes:
    """Respondents of the same categories and weight: ``given`` weight (C) of each of the ``counts`` (C) respondents, and for every
    target the categories that occur with the number of each class's category."""

    counts: Array
    given: Array
    categories: tuple[tuple[Category, ...], ...]
    codes: tuple[npt.NDArray[np.intp], ...]
    without: int


def spread_of(weights: Array, counts: Array) -> WeightSpread:
    """Describes weights (C) of ``counts`` (C) respondents each, brought to mean 1."""
    n, total = float(counts.sum()), float(weights @ counts)
    scaled = weights * n / total
    order = np.argsort(scaled, kind="stable")
    reached = np.cumsum(counts[order])
    middle = [scaled[order[np.searchsorted(reached, place)]] for place in (np.floor((n + 1) / 2), np.ceil((n + 1) / 2))]
    deff = n * float(weights**2 @ counts) / total**2
    return WeightSpread(round(n), float(scaled.min()), float(np.mean(middle)), float(scaled.max()), deff, n / deff)


def report(
    classes: Classes, targets: Sequence[Target], raked: Raked, cap: float | None, thresholds: Thresholds, schema: SurveySchema | None
) -> WeightingReport:
    """The report of a raking with one set."""
    weights = raked.weights[0]
    rows = [row for place, target in enumerate(targets) for row in _rows(classes, place, target, weights)]
    made = spread_of(weights, classes.counts)
    return WeightingReport(
        margins=tuple(rows), given=spread_of(classes.given, classes.counts), made=made, without=classes.without, cap=cap,
        trimmed=0 if cap is None else round(float(classes.counts[weights >= cap * (1 - 1e-12)].sum())), rounds=raked.rounds,
        difference=float(raked.difference[0]), level=level(made.efficiency, thresholds),
        reason=None if raked.converged[0] else _unmet(rows, raked, cap, schema),
    )  # fmt: skip


def level(efficiency: float, thresholds: Thresholds) -> Level:
    """Whether the weights cost too much precision."""
    if efficiency < thresholds.efficiency_stopped_below:
        return "stopped"
    return "warned" if efficiency < thresholds.efficiency_warned_below else "good"


def _rows(classes: Classes, place: int, target: Target, weights: Array) -> list[MarginRow]:
    code, size = classes.codes[place], len(classes.categories[place])

    def shares(values: Array) -> Array:
        totals = np.bincount(code, values, minlength=size)
        return np.asarray(totals / totals.sum())

    number: Mapping[Category, int] = {category: j for j, category in enumerate(classes.categories[place])}
    n = np.bincount(code, classes.counts, minlength=size)
    before, after = shares(classes.given * classes.counts), shares(weights * classes.counts)
    n_eff = kish(*(np.asarray(np.bincount(code, weights**power * classes.counts, minlength=size), np.float64) for power in (1, 2)))
    return [
        MarginRow(target.columns, category, round(float(n[j])), float(before[j]), share, float(after[j]), float(n_eff[j]))
        for category, share in target.shares.items()
        if (j := number.get(category)) is not None
    ]


def _unmet(rows: Sequence[MarginRow], raked: Raked, cap: float | None, schema: SurveySchema | None) -> Message:
    n = {row.columns: 0 for row in rows}
    for row in rows:
        n[row.columns] += row.n

    def named(row: MarginRow) -> dict[str, object]:
        return {"category": CategoryName(row.columns, row.category, schema), "columns": ColumnsName(row.columns, schema)}

    out_of_reach = [row for row in rows if cap is not None and cap * row.n / n[row.columns] < row.target]
    if cap is not None and out_of_reach:
        row = max(out_of_reach, key=lambda row: row.target * n[row.columns] / row.n)
        return message(
            "{category} ({columns}) cannot reach its target with weights of at most {cap} × the mean: its {n} respondents would need "
            "{needed} each. Allow larger weights, or merge it with another category.",
            **named(row), cap=f"{cap:g}", n=row.n, needed=f"{row.target * n[row.columns] / row.n:.1f}",
        )  # fmt: skip
    row = max(rows, key=lambda row: float(np.nan_to_num(abs(row.after - row.target), nan=1.0)))
    details = {**named(row), "points": f"{100 * abs(row.after - row.target):.2g}", "rounds": MOST_ROUNDS}
    if cap is not None:
        return message(
            "The targets and weights of at most {cap} × the mean cannot both be had: after {rounds} rounds {category} ({columns}) is still "
            "{points} percentage points from its target. Allow larger weights, or merge small categories.",
            cap=f"{cap:g}", **details,
        )  # fmt: skip
    return message(
        "The targets are not met after {rounds} rounds: {category} ({columns}) is still {points} percentage points from its target. "
        "The targets contradict each other, or combinations they need have no respondents.",
        **details,
    )
