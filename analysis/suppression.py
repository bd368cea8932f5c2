"""Which figures may be shown: decided on the effective base, before anything is tested.

Below ``Thresholds.hidden_below`` a figure is hidden: not shown, not tested, not exported. A hidden figure must not follow
from a shown total and its shown siblings either, and neither must the figure of all hidden siblings together, where their
bases are too small even so. So where one sibling is hidden alone, or the hidden ones do not reach the limit together, the
sibling with the next smallest base is hidden with them (complementary suppression; Willenborg and de Waal 2001, ch. 6).
Below ``Thresholds.marked_below`` a figure is shown and marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from analysis.results import Thresholds
from analysis.sums import WAVE, Array
from survey_schema.language import Message, message

Flags = npt.NDArray[np.bool_]


def hidden(n_eff: Array, keys: Sequence[Mapping[str, str | None]], thresholds: Thresholds, already: Flags | None = None) -> Flags:
    """Which of the groups with these effective bases and keys are hidden, complementary rule included; those ``already`` hidden stay so.

    Siblings are groups that differ in one key only; waves are no siblings, since no total over waves is shown.
    Groups without any respondent are hidden but need no protection.
    """
    flags: Flags = n_eff < thresholds.hidden_below
    if already is not None:
        flags |= already
    if not (flags & (n_eff > 0)).any():
        return flags
    dimensions = [name for name in (keys[0] if keys else {}) if name != WAVE]
    families: dict[tuple[object, ...], list[int]] = {}
    for index, key in enumerate(keys):
        for dimension in dimensions:
            others = tuple((name, value) for name, value in key.items() if name != dimension)
            families.setdefault((dimension, others), []).append(index)
    changed = True
    while changed:
        changed = False
        for family in families.values():
            secret = [index for index in family if flags[index] and n_eff[index] > 0]
            shown = [index for index in family if not flags[index]]
            if secret and shown and (len(secret) == 1 or n_eff[secret].sum() < thresholds.hidden_below):
                flags[min(shown, key=lambda index: (n_eff[index], index))] = True
                changed = True
    return flags


def hidden_reason(n_eff: float, thresholds: Thresholds) -> Message:
    """Why a figure is hidden."""
    if n_eff <= 0:
        return message("Nobody in this group answered.")
    if n_eff < thresholds.hidden_below:
        return message(
            "Not shown: the effective base is {found}, at least {needed} are needed.",
            found=f"{n_eff:.1f}",
            needed=f"{thresholds.hidden_below:g}",
        )
    return message("Not shown: together with the total it would reveal a neighbouring group with too few answers.")
