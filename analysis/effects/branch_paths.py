"""Figures of branches over waves, and what each branch changed by: the material of an effect check.

A branch counts where it has a figure with a standard error in **every** wave asked for: a branch without one of them would bring that
wave's ups and downs into the comparison. Who is left out is named. The change of a branch is the mean of its waves after minus the mean
of its waves before, waves counting alike; waves are independent samples, so variances add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.results.estimates import Estimate

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class BranchPaths:
    """Branches (B) by waves (W): ``values`` and ``errors`` (standard errors) in points, ``counts`` respondents, ``bases`` effective ones.

    ``treated`` (B) says where something was done. ``left_out`` are branches without a figure in some wave.
    """

    branches: tuple[str, ...]
    waves: tuple[str, ...]
    values: Array
    errors: Array
    counts: Array
    bases: Array
    treated: npt.NDArray[np.bool_]
    left_out: tuple[str, ...]

    def change(self, before: Sequence[str], after: Sequence[str]) -> BranchChanges:
        """What every branch changed by from the waves ``before`` to those ``after``."""
        place = {wave: number for number, wave in enumerate(self.waves)}
        weights = np.zeros(len(self.waves))
        for waves, sign in ((before, -1.0), (after, 1.0)):
            weights[[place[wave] for wave in waves]] = sign / len(waves)
        used = weights != 0
        errors = np.sqrt(self.errors**2 @ weights**2)
        counts, bases = (each[:, used].sum(axis=1) for each in (self.counts, self.bases))
        return BranchChanges(self.branches, self.values @ weights, errors, counts, bases, self.treated)


@dataclass(frozen=True, eq=False)
class BranchChanges:
    """The change of every branch (B) with the standard error its samples give it."""

    branches: tuple[str, ...]
    values: Array
    errors: Array
    counts: Array
    bases: Array
    treated: npt.NDArray[np.bool_]


def branch_paths(
    figures: Iterable[Estimate], waves: Sequence[str], treated: Iterable[str], *, branch: str = "branch", wave: str = "wave"
) -> BranchPaths:
    """The figures of branches in ``waves``; ``treated`` are the branches where something was done. Hidden figures count as missing."""
    there: dict[str, dict[str, Estimate]] = {}
    for each in figures:
        name, when = each.keys.get(branch), each.keys.get(wave)
        if name is not None and when is not None:
            cells = there.setdefault(name, {})
            if each.value is not None and each.se is not None:
                cells[when] = each
    whole = [name for name, cells in there.items() if all(when in cells for when in waves)]
    rows = [[there[name][when] for when in waves] for name in whole]
    shape, done = (len(whole), len(waves)), set(treated)

    def array(field: str) -> Array:
        return np.array([[getattr(each, field) for each in row] for row in rows], dtype=np.float64).reshape(shape)

    left_out = tuple(name for name in there if name not in whole)
    is_treated = np.array([name in done for name in whole], dtype=np.bool_)
    return BranchPaths(tuple(whole), tuple(waves), array("value"), array("se"), array("n"), array("n_eff"), is_treated, left_out)
