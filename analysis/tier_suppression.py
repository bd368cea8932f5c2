"""Layers whose figures would follow from the total and their neighbours are hidden with the small ones.

``estimate_tiers`` hides cells below the smallest effective base one by one; a single hidden cell between shown ones could be
worked out from a shown total. The complementary rule of ``suppression`` closes that.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.results import Estimate, Thresholds
from analysis.suppression import hidden, hidden_reason
from analysis.tiers import TierCell, Tiers


def protect_cells(found: Tiers, thresholds: Thresholds) -> Tiers:
    """The same layers; where exactly one is hidden, the one with the next smallest base is hidden too.

    All layers are siblings of one another: totals of rows or columns of the grid are shown nowhere, the total of all is.
    """
    if not found.cells:
        return found
    bases = np.array([cell.satisfaction.n_eff for cell in found.cells])
    flags = hidden(bases, [{"layer": str(place)} for place in range(len(found.cells))], thresholds)
    cells = tuple(_hide(cell, thresholds) if flag else cell for cell, flag in zip(found.cells, flags, strict=True))
    return replace(found, cells=cells)


def _hide(cell: TierCell, thresholds: Thresholds) -> TierCell:
    return replace(cell, satisfaction=_without(cell.satisfaction, thresholds), unhappy_percent=_without(cell.unhappy_percent, thresholds))


def _without(e: Estimate, thresholds: Thresholds) -> Estimate:
    if e.value is None:
        return e
    reason = hidden_reason(e.n_eff, thresholds)
    return replace(e, value=None, se=None, low=None, high=None, df=None, marked=False, reason=reason)
