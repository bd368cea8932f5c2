"""Which means and indices of the tallies may be shown, judged on all groups of the dimensions involved, not just on those asked for.

Whether a group is suppressed must not depend on how it is asked for: "by branch" and "where branch = X" give the same answer.
So every dimension that is grouped by or narrowed down to is opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from analysis.disclosure.base_table import BaseTable
from analysis.disclosure.suppression import Dimensions, suppress
from analysis.results.estimates import Thresholds
from analysis.results.reasons import suppression_reason
from analysis.sums.domains import Domains, domains
from analysis.sums.tallies import WAVE, Tallies
from survey_schema.models import SurveySchema
from words.language import Message

Group = frozenset[tuple[str, str | None]]


@dataclass(frozen=True)
class Suppression:
    """Reasons why figures are suppressed, by group and indicator; ``fixed`` are the values narrowed down to."""

    reasons: Mapping[tuple[Group, str], Message]
    fixed: Mapping[str, str]

    def reason(self, keys: Mapping[str, str | None], code: str) -> Message | None:
        """Why this figure is suppressed; None when it may be shown."""
        return self.reasons.get((self.group(keys), code))

    def group(self, keys: Mapping[str, str | None]) -> Group:
        """The group with these keys within what is narrowed down to."""
        return frozenset({**self.fixed, **keys}.items())


def find_suppression(
    tallies: Tallies, schema: SurveySchema, by: Sequence[str], where: Mapping[str, str | Sequence[str]], thresholds: Thresholds
) -> Suppression:
    """Judges every indicator and item in every group of ``by`` and of the dimensions in ``where``.

    ``tallies`` are not narrowed down yet. Waves are never siblings, so a wave in ``where`` only limits the work.
    """
    fixed = {name: value for name, value in where.items() if isinstance(value, str)}
    return Suppression(_reasons_once(tallies, schema, [*by, *fixed], where.get(WAVE), thresholds), fixed)


def protected_domains(
    tallies: Tallies,
    schema: SurveySchema,
    by: Sequence[str],
    where: Mapping[str, str | Sequence[str]] | None,
    thresholds: Thresholds,
    *,
    unnamed: bool = False,
) -> tuple[Domains, Suppression]:
    """The groups of ``by`` within a selection, and which of their figures may be shown: how every comparison of groups begins.

    Responses without a value of ``by`` count in totals and are no group of their own, so they have no rank, no test and no place in the
    rest; they are looked at when it is judged what may be shown, since total less groups gives them away. With ``unnamed`` they stay,
    where parts must add up to a whole.
    """
    selected = tallies.where(where or {})
    named = selected if unnamed else selected.named(by)
    over = domains(named, by)
    if where or named is not selected:
        return over, find_suppression(tallies, schema, by, where or {}, thresholds)
    return over, Suppression(_reasons(_judged(tallies, schema, by, thresholds, over), thresholds), {})


def base_table(over: Domains, schema: SurveySchema) -> BaseTable:
    """The bases of every indicator and item in these groups."""
    bases = np.concatenate([over.node_n_eff, over.n_eff], axis=1)
    nothing = np.zeros(bases.shape, dtype=bool)
    return BaseTable(over.keys, over.tallies.nodes, over.tallies.items, bases, over.weights, nothing, schema)


def _judged(
    tallies: Tallies, schema: SurveySchema, opened: Collection[str], thresholds: Thresholds, over: Domains | None = None
) -> BaseTable:
    """The table of these dimensions; ``over`` are its groups where they are known already."""
    tallies.require_columns(opened)

    def table_of(dimensions: Dimensions) -> BaseTable:
        return base_table(over if over and dimensions == tuple(opened) else domains(tallies, dimensions), schema)

    return suppress(table_of, [name for name in tallies.by if name in opened], thresholds)  # in one order, whatever the order asked for


def _reasons_once(
    tallies: Tallies, schema: SurveySchema, opened: Sequence[str], waves: str | Sequence[str] | None, thresholds: Thresholds
) -> Mapping[tuple[Group, str], Message]:
    """The reasons in these dimensions and waves, judged once for all values that are narrowed down to: one branch after the other."""
    labels = waves if waves is None or isinstance(waves, str) else tuple(waves)
    key = (id(schema), frozenset(opened), labels, thresholds)
    kept: tuple[SurveySchema, Mapping[tuple[Group, str], Message]] | None = tallies.judged.get(key)
    if kept is None:
        chosen = tallies if labels is None else tallies.where({WAVE: labels})
        found = _reasons(_judged(chosen, schema, opened, thresholds), thresholds)
        kept = tallies.judged[key] = (schema, found)  # a schema that is kept keeps its id
    return kept[1]


def _reasons(table: BaseTable, thresholds: Thresholds) -> Mapping[tuple[Group, str], Message]:
    return _Reasons(table, thresholds) if table.suppressed.any() else {}


class _Reasons(Mapping[tuple[Group, str], Message]):
    """The reasons of a judged table by group and figure, made when they are asked for: large tables hide tens of thousands of figures."""

    def __init__(self, table: BaseTable, thresholds: Thresholds) -> None:
        self._table, self._thresholds = table, thresholds
        self._groups: dict[Group, int] = {frozenset(keys.items()): g for g, keys in enumerate(table.keys)}
        self._columns = {code: column for column, code in enumerate(table.figures)}

    def __getitem__(self, key: tuple[Group, str]) -> Message:
        place = self._groups[key[0]], self._columns[key[1]]
        if not self._table.suppressed[place]:
            raise KeyError(key)
        return suppression_reason(float(self._table.bases[place]), self._thresholds)

    def __iter__(self) -> Iterator[tuple[Group, str]]:
        return (key for key in product(self._groups, self._columns) if key in self)

    def __len__(self) -> int:
        return int(self._table.suppressed.sum())
