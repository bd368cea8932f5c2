"""Which figures may be shown, judged on all groups of the dimensions involved, not just on the ones asked for.

Whether a group is hidden must not depend on how it is asked for: "by branch" and "where branch = X" give the same answer.
So every dimension that is grouped by or narrowed down to is opened, siblings are compared, and then the indicator tree
is protected in each group: where exactly one child of a shown indicator is hidden, a sibling item is hidden with it, or
else the indicator itself, since parent, weights and the other children would give the hidden one back. What several
groups, items and margins would give back together is found by ``analysis.disclosure.audit``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.disclosure.audit import Table, follow_from_indicators, follow_from_totals, given_away_by_totals
from analysis.disclosure.optimal_suppression import linked
from analysis.disclosure.reasons import suppression_reason
from analysis.disclosure.secondary_suppression import MOST_EXACT, hidden, sibling_families
from analysis.results.estimates import Thresholds
from analysis.sums.cell_sums import Flags
from analysis.sums.domains import Domains, domains
from analysis.sums.tallies import WAVE, Tallies
from survey_schema.indicator_tree import Indicator
from survey_schema.models import SurveySchema
from words.language import Message

#: How often another set of hidden groups is looked for before further ones are simply added.
_MOST_CUTS = 12

Group = frozenset[tuple[str, str | None]]


@dataclass(frozen=True)
class Suppression:
    """Reasons why figures are hidden, by group and indicator; ``fixed`` are the values narrowed down to."""

    reasons: Mapping[tuple[Group, str], Message]
    fixed: Mapping[str, str]

    def reason(self, keys: Mapping[str, str | None], code: str) -> Message | None:
        """Why this figure is hidden; None when it may be shown."""
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
    waves = tallies.where({WAVE: where[WAVE]} if WAVE in where else {})
    return _reasons(_judged(waves, schema, [*by, *fixed], thresholds), thresholds, fixed)


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
    return over, _reasons(_judged(tallies, schema, by, thresholds, over), thresholds, {})


def _judged(tallies: Tallies, schema: SurveySchema, opened: Collection[str], thresholds: Thresholds, over: Domains | None = None) -> Table:
    """The table of these dimensions, judged; the tables of fewer dimensions stand beside it and are judged before.

    ``over`` are the groups of ``opened`` where they are known already.
    """
    tallies.require_columns(opened)
    judged: dict[tuple[str, ...], Table] = {}

    def judge(dimensions: tuple[str, ...]) -> Table:
        if dimensions not in judged:
            groups = over if over and dimensions == tuple(opened) else domains(tallies, dimensions)
            judged[dimensions] = _judge(groups, schema, thresholds, lambda: [judge(fewer) for fewer in _fewer(dimensions)])
        return judged[dimensions]

    return judge(tuple(name for name in tallies.by if name in opened))  # in one order, whatever the order asked for


def _fewer(dimensions: Sequence[str]) -> list[tuple[str, ...]]:
    """All narrower choices of dimensions; the wave stays, since no total over waves is shown."""
    free = [name for name in dimensions if name != WAVE]
    return [
        tuple(name for name in dimensions if name == WAVE or name in kept) for size in range(len(free)) for kept in combinations(free, size)
    ]


def _judge(over: Domains, schema: SurveySchema, thresholds: Thresholds, margins: Callable[[], list[Table]]) -> Table:
    """Hides what is too small, and what would give it away."""
    nothing = np.zeros((len(over), len(over.tallies.nodes) + len(over.tallies.items)), dtype=bool)
    table = _protected(Table(over, nothing), schema, thresholds)
    if not table.too_small(thresholds).any():
        return table
    beside = margins()
    unsafe: dict[int, list[frozenset[int]]] = {}
    for _attempt in range(
        _MOST_CUTS if len(over) <= MOST_EXACT else 0
    ):  # another set of the least base, as long as it is a search worth its time
        given_away = given_away_by_totals(table, beside, schema, thresholds)
        if not given_away:
            break
        families = sibling_families(over.keys)
        for column in sorted({column for _group, column in given_away}):
            parts = linked(table.bases[:, column], families)
            for part in sorted({int(parts[group]) for group, other in given_away if other == column}):
                unsafe.setdefault(column, []).append(frozenset(np.flatnonzero(table.hidden[:, column] & (parts == part)).tolist()))
        table = _protected(Table(over, nothing), schema, thresholds, unsafe)
    while further := follow_from_totals(table, beside, schema, thresholds):
        table = _protected(table.hiding(further), schema, thresholds)
    follow, ways = follow_from_indicators(table, beside, schema, thresholds)
    while ways:
        tried = _protected(table.hiding(ways.pop(0)), schema, thresholds)
        left, others = follow_from_indicators(tried, beside, schema, thresholds)
        if left < follow and tried.hidden[:, : tried.nodes].sum() == table.hidden[:, : table.nodes].sum():  # helps and costs no indicator
            table, follow, ways = tried, left, others
    return table


def _protected(
    table: Table, schema: SurveySchema, thresholds: Thresholds, unsafe: Mapping[int, Sequence[frozenset[int]]] | None = None
) -> Table:
    """Hides small bases, then siblings and tree until neither asks for more: what the one hides may stand alone in the other.

    ``unsafe`` names by column the sets of hidden groups that totals and siblings have given away.
    """
    flags, known = table.hidden, -1
    while flags.sum() > known:
        known = flags.sum()
        flags = hidden(table.bases, table.over.keys, thresholds, flags, unsafe)
        _protect_tree(schema.tree, flags, table)
    return Table(table.over, flags)


def _protect_tree(node: Indicator, flags: Flags, table: Table) -> None:
    """Hides what would give away the only hidden child of a node, in every group (G, j + k); children before their parent, in place."""
    for child in node.children:
        if isinstance(child, Indicator):
            _protect_tree(child, flags, table)
    place = {code: c for c, code in enumerate((*table.over.tallies.nodes, *table.over.tallies.items))}
    columns = [place[child.code] for child in node.children if child.code in place]
    alone = (flags[:, columns] & (table.bases[:, columns] > 0)).sum(axis=1) == 1
    items = [place[child.code] for child in node.children if child.code in place and not isinstance(child, Indicator)]
    for g in np.flatnonzero(alone & ~flags[:, place[node.code]]):
        shown = [c for c in items if not flags[g, c]]
        flags[g, min(shown, key=lambda c: table.bases[g, c]) if shown else place[node.code]] = True


def _reasons(table: Table, thresholds: Thresholds, fixed: Mapping[str, str]) -> Suppression:
    codes = (*table.over.tallies.nodes, *table.over.tallies.items)
    groups: list[Group] = [frozenset(keys.items()) for keys in table.over.keys]
    places = np.argwhere(table.hidden).tolist()
    return Suppression({(groups[g], codes[c]): suppression_reason(float(table.bases[g, c]), thresholds) for g, c in places}, fixed)
