"""The wave of the weighable store with weights in force that were raked to its customers by branch."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from storage.store import Store
from tests.stores import weighable_store
from tests.stores.weighable_store import BRANCHES, CUSTOMERS


def fill(folder: Path) -> None:
    """Weights of 1.5 in the branches with three times as many customers, 0.5 in the others."""
    weighable_store.fill(folder, CUSTOMERS)
    store = Store(folder)
    (wave,) = store.waves()
    branches = store.responses(wave.wave_id)["branch"].to_pylist()
    weights = np.array([1.5 if CUSTOMERS[name] > 2000 else 0.5 for name in branches])
    shares = {name: CUSTOMERS[name] / sum(CUSTOMERS.values()) for name in BRANCHES}
    recipe = {"targets": [{"columns": ["branch"], "shares": shares}]}
    store.weightings.save(wave.wave_id, "by branch", weights, recipe=recipe, report={}, by="test")
    store.close()
