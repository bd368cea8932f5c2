"""AHP weights by AHPy 2.1 and entropy weights by pymcdm 1.4.0; run: python reference.py > output.json (neither is a dependency).

`drinks` and its weights are the published example of T. L. Saaty, Decision making with the analytic hierarchy process,
Int. J. Services Sciences 1 (2008), as AHPy's manual prints it.
"""

import importlib.metadata
import itertools
import json

import ahpy
import numpy as np
from pymcdm.weights import entropy_weights

drinks = {
    ("coffee", "wine"): 9, ("coffee", "tea"): 5, ("coffee", "beer"): 2, ("coffee", "soda"): 1, ("coffee", "milk"): 1,
    ("coffee", "water"): 1 / 2, ("wine", "tea"): 1 / 3, ("wine", "beer"): 1 / 9, ("wine", "soda"): 1 / 9, ("wine", "milk"): 1 / 9,
    ("wine", "water"): 1 / 9, ("tea", "beer"): 1 / 3, ("tea", "soda"): 1 / 4, ("tea", "milk"): 1 / 3, ("tea", "water"): 1 / 9,
    ("beer", "soda"): 1 / 2, ("beer", "milk"): 1, ("beer", "water"): 1 / 3, ("soda", "milk"): 2, ("soda", "water"): 1 / 2,
    ("milk", "water"): 1 / 3,
}  # fmt: skip


def ahp(pairs):
    compare = ahpy.Compare("x", pairs, precision=12, random_index="saaty")
    return {
        "pairs": [[*names, value] for names, value in pairs.items()],
        "weights": compare.target_weights,
        "cr": compare.consistency_ratio,
    }


random = np.random.default_rng(20240601)
cases = {"drinks": ahp(drinks), "two": ahp({("a", "b"): 5}), "three": ahp({("a", "b"): 3, ("a", "c"): 5, ("b", "c"): 2})}
for size in (4, 6, 9):
    names = [f"c{i}" for i in range(size)]
    cases[f"random_{size}"] = ahp(
        {pair: float(random.choice([1 / 7, 1 / 5, 1 / 3, 1, 3, 5, 7])) for pair in itertools.combinations(names, 2)}
    )
matrices = [random.uniform(40, 95, (8, 4)), random.uniform(1, 100, (3, 5)), random.uniform(70, 72, (14, 6))]
entropy = [{"matrix": m.tolist(), "weights": entropy_weights(m).tolist()} for m in matrices]
versions = {name: importlib.metadata.version(name) for name in ("ahpy", "pymcdm", "numpy")}
print(json.dumps({"versions": versions, "ahp": cases, "entropy": entropy}, indent=1))
