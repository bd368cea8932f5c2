"""Respondent weights that make the sample's margins those of the population: raking and cell weighting, with trimming.

The starting weight (the given one, or 1) is multiplied by a factor for each target's category, so that the weighted shares are the
targets', and brought to mean 1 (Deming & Stephan 1940; Kalton & Flores-Cervantes 2003). With one target over joint cells that is cell
weighting (post-stratification). Trimming with ratio r: no weight exceeds r × the mean, a weight is min(start × factors, r), and the
factors are those with which the targets hold all the same. Source: ``docs/methods.md``, section 3; checked against R ``survey``.

Missing data: respondents without a positive given weight get none and count nowhere. A missing value in a column of a target is
refused, since nobody knows which share the respondent stands for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.respondent_weights.weighting_report import Classes, WeightingReport, report
from analysis.respondent_weights.weighting_targets import ColumnsName, Target, refuse_unmatched
from analysis.results.estimates import DEFAULT_THRESHOLDS, Thresholds
from analysis.sums.customers import Category
from analysis.sums.raking import Margin, Raked, rake
from analysis.sums.tallies import WEIGHT
from survey_schema.models import SurveySchema
from words.errors import ManyiError
from words.language import message

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
#: What stands between the parts of a combination: a control character (unit separator) that nobody types.
_BETWEEN = "\x1f"
_MOST_BRANCHES = 100
Start = Literal["given", "unit"]
Method = Literal["raking", "cells"]


@dataclass(frozen=True)
class WeightingRecipe:
    """How weights are made. ``trim`` is the largest weight as a multiple of the mean weight, None for no trimming.

    Raises ManyiError for no target, ``cells`` with more than one, the same columns twice, or a ``trim`` of 1 or less.
    """

    targets: tuple[Target, ...]
    start: Start = "given"
    method: Method = "raking"
    trim: float | None = None

    def __post_init__(self) -> None:
        if not self.targets:
            raise ManyiError(message("Name at least one margin, such as branch."))
        if self.method == "cells" and len(self.targets) > 1:
            raise ManyiError(message("Cell weighting has one target over joint cells; several margins are raked."))
        if len({frozenset(target.columns) for target in self.targets}) < len(self.targets):
            raise ManyiError(message("A margin is named twice."))
        if self.trim is not None and not 1 < self.trim < float("inf"):
            raise ManyiError(message("The trimming ratio is {found}; expected a number above 1.", found=f"{self.trim:g}"))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of all targets."""
        return tuple(dict.fromkeys(name for target in self.targets for name in target.columns))


@dataclass(frozen=True, eq=False)
class RespondentWeighting:
    """Weights as a formula: min(start × ``scale`` × the factor of each target's category, trimming ratio); and the report."""

    recipe: WeightingRecipe
    scale: float
    factors: tuple[Mapping[Category, float], ...]
    report: WeightingReport

    def expression(self) -> nw.Expr:
        """The new weight over a lazy frame with the columns of the recipe and ``respondent_weight``; 0 without a given weight."""
        given = nw.col(WEIGHT).cast(nw.Float64)
        value = (given if self.recipe.start == "given" else nw.lit(1.0)) * self.scale
        for target, factors in zip(self.recipe.targets, self.factors, strict=True):
            value = value * _factor(target.columns, factors)
        if self.recipe.trim is not None:
            value = nw.min_horizontal(value, nw.lit(float(self.recipe.trim)))
        return nw.when(given > 0).then(value).otherwise(nw.lit(0.0))

    def weights_of(self, responses: Any) -> Array:
        """The new weight of each row of a table or frame in memory, mean 1 over respondents with a weight; in the table's order."""
        columns = self.recipe.columns
        frame = _with_weight(nw.from_native(responses, eager_only=True))
        table = frame.select(*(nw.col(name).cast(nw.String).fill_null("") for name in columns), nw.col(WEIGHT).cast(nw.Float64)).to_arrow()
        given = np.nan_to_num(table[WEIGHT].to_numpy())
        value = (given if self.recipe.start == "given" else np.ones(len(given))) * self.scale
        numbered = {name: _numbered(table[name]) for name in columns}
        for target, factors in zip(self.recipe.targets, self.factors, strict=True):
            code, categories = _combined([numbered[name] for name in target.columns])
            value = value * np.array([factors.get(category, 0.0) for category in categories])[code]
        if self.recipe.trim is not None:
            value = np.minimum(value, self.recipe.trim)
        return np.where(given > 0, value, 0.0)


def weigh(
    responses: Any, recipe: WeightingRecipe, *, schema: SurveySchema | None = None, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> RespondentWeighting:
    """Makes weights for the responses of one wave.

    ``responses`` is a table or frame (pyarrow, pandas, Narwhals, lazy or not) with the columns of the targets and
    ``respondent_weight`` (1 where there is no such column). ``schema`` only lends names to refusals. Targets that cannot be met
    leave a reason in the report. Raises ManyiError for a column or value that is missing, a target without respondents, respondents
    without a target, or no respondents at all.
    """
    frame = _with_weight(nw.from_native(responses))
    present = frame.collect_schema().names()
    for name in recipe.columns:
        if name not in present:
            raise ManyiError(message("The responses have no column {column} to weight by.", column=ColumnsName((name,), schema)))
    classes = _classes(_counted(frame, recipe.columns), recipe, schema)
    margins = [
        Margin(code, np.array([target.shares[category] for category in categories]))
        for target, categories, code in zip(recipe.targets, classes.categories, classes.codes, strict=True)
    ]
    start = classes.given if recipe.start == "given" else np.ones_like(classes.given)
    raked = rake(start[None], classes.counts, margins, recipe.trim) if recipe.trim else _rake_cells(start, classes.counts, margins)
    return RespondentWeighting(
        recipe, float(classes.counts.sum() / (start @ classes.counts)), _factors(classes, raked),
        report(classes, recipe.targets, raked, recipe.trim, thresholds, schema),
    )  # fmt: skip


def _rake_cells(start: Array, counts: Array, margins: Sequence[Margin]) -> Raked:
    """Rakes without a bound: respondents of the same categories move together, so their mean starting weight will do."""
    cell = np.zeros(len(start), dtype=np.intp)
    for margin in margins:
        _found, cell = np.unique(cell * len(margin.shares) + margin.category, return_inverse=True)
    _found, first = np.unique(cell, return_index=True)
    size = np.asarray(np.bincount(cell, counts), dtype=np.float64)
    mean = np.bincount(cell, start * counts) / size
    raked = rake(mean[None], size, [Margin(margin.category[first], margin.shares) for margin in margins])
    return replace(raked, weights=start[None] * (raked.weights / mean)[:, cell])


def _with_weight(frame: Any) -> Any:
    return frame if WEIGHT in frame.collect_schema().names() else frame.with_columns(nw.lit(1.0).alias(WEIGHT))


def _counted(frame: Any, columns: Sequence[str]) -> pa.Table:
    """Respondents counted by categories and given weight; those without a weight have a weight of 0."""
    weight = nw.col(WEIGHT).cast(nw.Float64).fill_null(0.0)
    given = nw.when(weight > 0).then(weight).otherwise(nw.lit(0.0)).alias("given")
    chosen = frame.select(*(nw.col(name).cast(nw.String) for name in columns), given)
    grouped = chosen.group_by(*columns, "given").agg(nw.len().alias("n"))
    table: pa.Table = grouped.collect("pyarrow").to_native() if isinstance(grouped, nw.LazyFrame) else grouped.to_arrow()
    return table


def _classes(table: pa.Table, recipe: WeightingRecipe, schema: SurveySchema | None) -> Classes:
    given, n = (table[name].to_numpy().astype(np.float64) for name in ("given", "n"))
    weighted = given > 0
    if not weighted.any():
        raise ManyiError(message("There are no respondents with a weight, so there is nothing to weight."))
    given, counts, chosen = given[weighted], n[weighted], table.filter(pa.array(weighted))
    of_column = {}
    for name in recipe.columns:
        missing = round(counts[chosen[name].is_null().to_numpy()].sum())
        if missing:
            raise ManyiError(
                message(
                    "{count} respondents have no value in {column}. Weights need one from everybody: complete the column, or leave this "
                    "margin out.", count=missing, column=ColumnsName((name,), schema),
                )
            )  # fmt: skip
        of_column[name] = _numbered(chosen[name])
    order = np.lexsort((given, *(codes for codes, _values in of_column.values())))  # sums must not depend on the order of rows
    categories, codes = [], []
    for target in recipe.targets:
        code, named = _combined([of_column[name] for name in target.columns])
        refuse_unmatched(target, named, schema)
        categories.append(named)
        codes.append(code[order])
    return Classes(counts[order], given[order], tuple(categories), tuple(codes), round(n[~weighted].sum()))


def _numbered(column: pa.ChunkedArray) -> tuple[Integers, list[str]]:
    """Text as numbers in the order of the text, and the texts."""
    encoded = column.combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    place = np.empty(len(values), dtype=np.intp)
    place[np.argsort(np.array(values, dtype=object), kind="stable")] = np.arange(len(values))
    return place[encoded.indices.to_numpy(zero_copy_only=False)], sorted(values)


def _combined(columns: Sequence[tuple[Integers, list[str]]]) -> tuple[Integers, tuple[Category, ...]]:
    """The combinations of some numbered columns that occur: their number for each class, and their values."""
    sizes = [len(values) for _codes, values in columns]
    found, code = np.unique(np.ravel_multi_index([codes for codes, _values in columns], sizes), return_inverse=True)
    places = zip(*np.unravel_index(found, sizes), strict=True)
    return code, tuple(tuple(values[at] for at, (_codes, values) in zip(place, columns, strict=True)) for place in places)


def _factors(classes: Classes, raked: Raked) -> tuple[Mapping[Category, float], ...]:
    return tuple(
        {category: float(value) for category, value in zip(named, factors[0], strict=True)}
        for named, factors in zip(classes.categories, raked.factors, strict=True)
    )


def _factor(columns: Sequence[str], factors: Mapping[Category, float]) -> nw.Expr:
    """The factor of a row's category, 0 where it has none: by branches, which the engine computes fastest, or by look-up where there
    are so many that planning them would take longer."""
    values = [nw.col(name).cast(nw.String) for name in columns]
    if len(factors) <= _MOST_BRANCHES:
        return _branches(values, factors)
    key = nw.concat_str(values, separator=_BETWEEN) if len(values) > 1 else values[0]
    names = [_BETWEEN.join(category) for category in factors]
    return key.replace_strict(names, list(factors.values()), default=0.0, return_dtype=nw.Float64)


def _branches(values: Sequence[nw.Expr], factors: Mapping[Category, float]) -> nw.Expr:
    """Column by column, its values halved again and again, so that a row meets few comparisons."""
    below: dict[str, dict[Category, float]] = {}
    for category, value in factors.items():
        below.setdefault(category[0], {})[category[1:]] = value

    def among(names: Sequence[str]) -> nw.Expr:
        if len(names) > 1:
            middle = len(names) // 2
            return nw.when(values[0] < names[middle]).then(among(names[:middle])).otherwise(among(names[middle:]))
        rest = below[names[0]]
        found = _branches(values[1:], rest) if len(values) > 1 else nw.lit(rest[()])
        return nw.when(values[0] == names[0]).then(found).otherwise(nw.lit(0.0))

    return among(sorted(below))
