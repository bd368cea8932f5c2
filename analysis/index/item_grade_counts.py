"""One pass over the responses an item: how many gave which grade, and the variance of a grade's share.

The share of a grade is p = Σwt/Σwd with ``t`` 1 for who gave it and ``d`` 1 for who answered. Its influence on respondent k is
``u_k = w_k (t_k − p·d_k)/Σwd`` inside the group and 0 outside, and its variance that of ``analysis.inference.linearise``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.sums.linearised_variance import LinearisedVariance
from analysis.sums.raked_design import part_keys
from analysis.sums.raked_waves import CLASS, RakedWave
from analysis.sums.tallies import CLUSTER, STRATUM, WAVE, WEIGHT, Array

_GRADE = "given_grade"


@dataclass(frozen=True, eq=False)
class ItemGrades:
    """One item: C cells (group × stratum × cluster), those of respondents who are units of their own first; J grades.

    ``keys`` the group of each cell; ``stratum`` (C) row of ``units``, the sampling units of each stratum in the whole wave; ``cluster``
    (C) number of its cluster, −1 without; ``wave`` (C) its wave, and ``parts`` (C) its part of a raked one; ``n`` (C) respondents who
    answered; ``given``, ``given_squares`` (C, J) Σwt and Σw²t; ``weight``, ``weight_squares`` (C) Σwd and Σw²d.
    """

    keys: pd.DataFrame
    stratum: npt.NDArray[np.intp]
    cluster: npt.NDArray[np.intp]
    units: Array
    n: Array
    given: Array
    given_squares: Array
    weight: Array
    weight_squares: Array
    wave: Sequence[str] = ()
    parts: Sequence[tuple[str | None, str | None, str | None]] = ()

    def shares(self, members: npt.NDArray[np.bool_], raked: Mapping[str, RakedWave] | None = None) -> tuple[Array, Array]:
        """Share of each grade among the cells ``members``, and its variance (J each); there must be an answer.

        ``raked`` are the raked waves among them; their variance is that of the residuals from the margins.
        """
        given, weight, cluster = self.given[members], self.weight[members], self.cluster[members]
        own = cluster < 0
        total, grades = weight.sum(), given.shape[1]
        share = given.sum(axis=0) / total
        gamma = np.column_stack([np.eye(grades), -share]) / total  # the influence on [t d], the same in every cell
        second = np.zeros((int(own.sum()), grades + 1, grades + 1))
        squares, place = self.given_squares[members][own], np.arange(grades)
        second[:, place, place] = second[:, place, grades] = second[:, grades, place] = squares
        second[:, grades, grades] = self.weight_squares[members][own]
        first = np.column_stack([given, weight])
        influence = np.broadcast_to(gamma[:, None, :], (grades, len(weight), grades + 1))
        linear = np.column_stack([squares, self.weight_squares[members][own]])
        made = LinearisedVariance(influence, second, first, self.stratum[members], cluster, self.units, linear)
        return share, self._variance(made, np.flatnonzero(members), raked or {})

    def _variance(self, influence: LinearisedVariance, cells: npt.NDArray[np.intp], raked: Mapping[str, RakedWave]) -> Array:
        waves = np.array([self.wave[cell] for cell in cells])
        variance = np.zeros(len(influence.gamma))
        for wave in np.unique(waves):
            own = np.flatnonzero(waves == wave)
            part = influence.only(own)
            if wave in raked:
                place = [raked[wave].place[self.parts[cell]] for cell in cells[own]]
                variance += raked[wave].variance(part, np.array(place, dtype=np.intp))
            else:
                variance += part.variance()
        return variance

    def freedom(self, members: npt.NDArray[np.bool_]) -> int:
        """Degrees of freedom of those shares: sampling units among the cells less their strata, as ``linearise.degrees_of_freedom``."""
        stratum, cluster = self.stratum[members], self.cluster[members]
        alone = round(float(self.n[members][cluster < 0].sum()))
        return alone + len(np.unique(cluster[cluster >= 0])) - len(np.unique(stratum))


def item_grade_counts(frame: nw.LazyFrame[Any], by: Sequence[str], grades: dict[str, tuple[float, ...]]) -> dict[str, ItemGrades]:
    """The grades of each item by group; items nobody answered are left out. Respondents without a weight count nowhere.

    ``grades`` are the steps of each item's scale; an answer between them counts for the base and for no grade.
    """
    classes = [name for name in (CLASS,) if name in frame.collect_schema().names()]
    columns = list(dict.fromkeys([*by, WAVE, STRATUM, *classes, CLUSTER]))
    rows = frame.filter(nw.col(WEIGHT) > 0).select(*columns, *(nw.col(code).cast(nw.Float64) for code in grades), nw.col(WEIGHT).alias("w"))
    units = _units(rows)
    found = {}
    for code in grades:
        answered = rows.filter(~nw.col(code).is_null()).select(*columns, nw.col(code).alias(_GRADE), "w")
        sums = answered.group_by(*columns, _GRADE).agg(
            nw.len().alias("n"), nw.col("w").sum().alias("sum"), (nw.col("w") * nw.col("w")).sum().alias("squares")
        )
        table = sums.collect("pandas").to_native()
        if len(table):
            found[code] = _item(table, columns, by, units, grades[code])
    return found


def _units(rows: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Sampling units of each stratum in the whole wave: respondents without a cluster, and clusters."""
    counted = rows.group_by(WAVE, STRATUM, CLUSTER).agg(nw.len().alias("n")).collect("pandas").to_native()
    counted["units"] = np.where(counted[CLUSTER].isna(), counted["n"], 1)
    return counted.groupby([WAVE, STRATUM], dropna=False)["units"].sum().reset_index()


def _item(part: pd.DataFrame, columns: list[str], by: Sequence[str], units: pd.DataFrame, grades: tuple[float, ...]) -> ItemGrades:
    cell = part.groupby(columns, dropna=False, sort=True).ngroup().to_numpy()
    first = np.unique(cell, return_index=True)[1]
    alone_first = np.argsort(part[CLUSTER].iloc[first].notna().to_numpy(), kind="stable")
    cell = np.argsort(alone_first)[cell]
    keys = part[columns].iloc[first[alone_first]].reset_index(drop=True)
    steps = np.array(grades)
    grade = np.abs(part[_GRADE].to_numpy()[:, None] - steps).argmin(axis=1)
    on_step = np.abs(part[_GRADE].to_numpy() - steps[grade]) < 1e-9

    def spread(name: str) -> Array:
        found = np.zeros((len(keys), len(steps)))
        np.add.at(found, (cell[on_step], grade[on_step]), part[name].to_numpy(dtype=np.float64)[on_step])
        return found

    def total(name: str) -> Array:
        return np.bincount(cell, part[name].to_numpy(dtype=np.float64), minlength=len(keys)).astype(np.float64)

    strata = {name: place for place, name in enumerate(_strata(units))}
    stratum = np.array([strata[name] for name in _strata(keys)], dtype=np.intp)
    cluster = keys.assign(stratum=stratum).groupby(["stratum", CLUSTER], dropna=False).ngroup().to_numpy()
    return ItemGrades(
        keys[list(by)], stratum, np.where(keys[CLUSTER].isna(), -1, cluster), units["units"].to_numpy(dtype=np.float64),
        total("n"), spread("sum"), spread("squares"), total("sum"), total("squares"), tuple(keys[WAVE].astype(str)),
        tuple(part_keys(keys)) if CLASS in keys else (),
    )  # fmt: skip


def _strata(table: pd.DataFrame) -> list[tuple[str, str | None]]:
    """Wave and stratum of each row; no stratum is one of its own."""
    named = table[STRATUM].astype(object).where(table[STRATUM].notna(), None)
    return list(zip(table[WAVE].astype(str), named, strict=True))
