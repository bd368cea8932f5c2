"""Which figures may be shown: decided on the effective base, before anything is tested.

Below ``Thresholds.hidden_below`` a figure is hidden: not shown, not tested, not exported. A hidden figure must not follow
from a shown total and its shown siblings either, and neither must the figure of all hidden siblings together, where their
bases are too small even so. So where one sibling is hidden alone, or the hidden ones do not reach the limit together, others are hidden
with them (complementary suppression; Willenborg and de Waal 2001, ch. 6): in one dimension the sibling with the next smallest base, in
several the set of cells that hides the fewest respondents, see :mod:`analysis.disclosure.optimal_suppression`.
Below ``Thresholds.marked_below`` a figure is shown and marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse

from analysis.disclosure.optimal_suppression import optimal_suppression
from analysis.results.estimates import Thresholds
from analysis.sums.batch_rows import Flags
from analysis.sums.tallies import WAVE, Array

Keys = Sequence[Mapping[str, str | None]]
Numbers = Any
#: Groups of a table up to which every figure is searched on its own for the set that hides the fewest respondents.
MOST_EXACT = 300


def suppressed_cells(
    n_eff: Array,
    keys: Keys,
    thresholds: Thresholds,
    already: Flags | None = None,
    unsafe: Mapping[int, Sequence[frozenset[int]]] | None = None,
) -> Flags:
    """Which of the groups with these effective bases (G, or G × figures) and keys are hidden, complementary rule included.

    Those ``already`` hidden stay so. Groups without any respondent are hidden but need no protection. ``unsafe`` names by figure sets of
    hidden groups that have turned out not to protect. Each figure hides as few respondents as it can; where the set of the first figure
    (the index) protects another one that has the same small groups, that one has it too, for what is hidden of a group in one figure
    would otherwise have to be hidden in a second place to keep it from following through the indicator tree.
    """
    bases: Array = n_eff.reshape(len(n_eff), n_eff[:1].size)
    flags: Flags = bases < thresholds.hidden_below
    if already is not None:
        flags |= already.reshape(flags.shape)
    if not (flags & (bases > 0)).any():
        return flags.reshape(n_eff.shape)
    families = sibling_families(keys)
    if sum(name != WAVE for name in keys[0]) > 1:
        _hide_fewest(bases, flags, families, thresholds, unsafe or {})
    while (asking := _families_in_need(bases, flags, families, thresholds)).any():
        for figure, number in np.argwhere(asking.T).tolist():
            family = families[number]
            base, secret = bases[family, figure], flags[family, figure] & (bases[family, figure] > 0)
            shown = np.flatnonzero(~flags[family, figure])
            if _in_need(secret.sum(), len(shown), base[secret].sum(), thresholds):
                flags[family[shown[base[shown].argmin()]], figure] = True
    return flags.reshape(n_eff.shape)


def _hide_fewest(
    bases: Array, flags: Flags, families: Sequence[Sequence[int]], thresholds: Thresholds, unsafe: Mapping[int, Sequence[frozenset[int]]]
) -> None:
    """Hides the complement of least base of every figure that needs one, in place; where none is found the rule above goes on alone.

    In a table of very many groups one search is made, and the other figures begin with what it found.
    """
    asking: Flags = np.any(_families_in_need(bases, flags, families, thresholds), axis=0)
    solved: list[tuple[Flags, Flags]] = []  # what was hidden of a figure before and after
    for figure in [place for place in range(bases.shape[1]) if asking[place] or place in unsafe]:
        base, before, own = bases[:, figure], flags[:, figure].copy(), unsafe.get(figure, ())
        if solved and len(base) > MOST_EXACT:
            flags[:, figure] |= solved[0][1]
            continue
        known = [after for others, after in solved if not own and (others == before).all()]
        after: Flags | None = next(
            (each for each in known if not _families_in_need(base[:, None], each[:, None], families, thresholds).any()), None
        )
        after = optimal_suppression(base, before, families, thresholds.hidden_below, own) if after is None else after
        if after is not None:
            solved.append((before, after))
            flags[:, figure] = after


def _families_in_need(bases: Array, flags: Flags, families: Sequence[Sequence[int]], thresholds: Thresholds) -> Flags:
    """Which families need one more hidden sibling, figure by figure (families, figures)."""
    lengths = [len(family) for family in families]
    members = np.fromiter((index for family in families for index in family), dtype=np.intp, count=sum(lengths))
    belongs = sparse.csr_array((np.ones(len(members)), members, np.cumsum([0, *lengths])), shape=(len(families), len(bases)))
    secret = flags & (bases > 0)
    return np.asarray(_in_need(belongs @ secret, belongs @ ~flags, belongs @ (bases * secret), thresholds))


def _in_need(secret: Numbers, shown: Numbers, together: Numbers, thresholds: Thresholds) -> Numbers:
    """Whether so many hidden siblings with so much base ``together`` need another of those ``shown`` with them."""
    return (secret > 0) & (shown > 0) & ((secret == 1) | (together < thresholds.hidden_below))


def sibling_families(keys: Keys) -> list[list[int]]:
    """Groups that differ in one key only, of which a total is shown; waves are no siblings, since no total over waves is."""
    families: dict[tuple[object, ...], list[int]] = {}
    for dimension in (name for name in (keys[0] if keys else {}) if name != WAVE):
        for index, key in enumerate(keys):
            others = tuple((name, value) for name, value in key.items() if name != dimension)
            families.setdefault((dimension, others), []).append(index)
    return list(families.values())
