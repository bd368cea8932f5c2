"""When one customer was contacted too often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd


def too_many(contacts: pd.DataFrame, most: int, days: int) -> npt.NDArray[np.bool_]:
    """Which contacts (columns ``person`` and ``day``) come on top of ``most`` others within ``days`` days, the day itself included."""
    ordered = contacts.sort_values(["person", "day"], kind="stable")
    earlier = ordered.groupby("person")["day"].shift(most)
    late = (ordered["day"] - earlier).dt.days < days
    found: npt.NDArray[np.bool_] = late.reindex(contacts.index).fillna(False).to_numpy(dtype=bool)
    return found
