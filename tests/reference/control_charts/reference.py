"""Control charts of pccpy (MIT) for the published sets and a made one with all eight patterns.

Needs pccpy, for development only. Run in this folder: python reference.py > output.csv
Columns: case, panel, place, value, centre, low, high, sigma of the point, broken rules. Writes the made set to made.csv.
"""

import csv
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pccpy
from pccpy.rules import apply_tests

HERE = Path(__file__).parent
ALL = (1, 2, 3, 4, 5, 6, 7, 8)


def read(name, phase=None):
    with (HERE / "published.csv").open() as source:
        rows = [row for row in csv.DictReader(source) if row["set"] == name and (phase is None or row["phase"] == phase)]
    return [np.array([float(row[column]) if row[column] else np.nan for row in rows]) for column in ("count", "base", "value")]


def made():
    """120 values in which every one of the eight rules is broken, and counts of the same shape on bases of 2,000 to 6,000."""
    rng = np.random.default_rng(7)
    x = rng.normal(0, 1, 120)
    x[10] = 6.5
    x[20:30] = 0.4 + np.abs(x[20:30])
    x[35:43] = np.linspace(-2, 2.4, 8)
    x[45:61] = np.where(np.arange(16) % 2, 1.3, -1.1) + rng.normal(0, 0.05, 16)
    x[64:67] = [2.6, 0.2, 2.7]
    x[70:75] = [-1.6, -1.9, 0.3, -1.4, -1.7]
    x[80:97] = rng.uniform(-0.5, 0.5, 17)
    x[100:109] = np.where(rng.random(9) > 0.5, 1.9, -1.9)
    bases = rng.integers(2000, 6000, 120)
    return 50 + 3 * x, np.round(bases * (0.2 + 0.015 * x)).astype(int), bases


def rows():
    oj, dyed = read("orange juice"), read("dyed cloth")
    before = read("orange juice", "before")
    kept = np.array([place not in (14, 22) for place in range(len(before[0]))])
    x, counts, bases = made()
    stages = ["before"] * 30 + ["after"] * 24
    yield "orange juice before", pccpy.p_chart(before[0], before[1])
    yield "orange juice without 15 and 23", pccpy.p_chart(before[0][kept], before[1][kept])
    yield "orange juice in two phases", pccpy.p_chart(oj[0], oj[1], stages=stages)
    yield "orange juice laney", pccpy.laney_p_chart(oj[0], oj[1], stages=stages)
    yield "dyed cloth", pccpy.u_chart(dyed[0], dyed[1])
    yield "dyed cloth laney", pccpy.laney_u_chart(dyed[0], dyed[1])
    yield "personal computers", pccpy.u_chart(*read("personal computers")[:2])
    yield "viscosity", pccpy.imr_chart(read("viscosity")[2])
    yield "flow rate", pccpy.imr_chart(read("flow rate")[2])
    yield "made values", pccpy.imr_chart(x)
    yield "made counts", pccpy.p_chart(counts, bases)
    yield "made counts laney", pccpy.laney_p_chart(counts, bases)
    yield "made rates laney", pccpy.laney_u_chart(counts, bases)


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["case", "panel", "place", "value", "centre", "low", "high", "sigma", "rules"])
    for case, chart in rows():
        for panel in chart.panels:
            rules = ALL if panel.name != "MR" else (1,)
            edges = np.flatnonzero(np.r_[True, panel.stage[1:] != panel.stage[:-1], True]) if len(panel.stage) else []
            broken = {}
            for start, end in pairwise(edges):
                part = slice(start, end)
                found = apply_tests(panel.values[part], panel.center[part], panel.sigma[part], rules)
                for rule, places in found.items():
                    for place in places:
                        broken.setdefault(start + place, []).append(rule)
            for place, value in enumerate(panel.values):
                figures = [
                    f"{number:.15g}" for number in (value, panel.center[place], panel.lcl[place], panel.ucl[place], panel.sigma[place])
                ]
                out.writerow([case, panel.name, place, *figures, " ".join(map(str, sorted(broken.get(place, []))))])
    made_rows = zip(*made(), strict=True)
    with (HERE / "made.csv").open("w") as target:
        target.write("value,count,base\n" + "".join(f"{x:.17g},{c},{b}\n" for x, c, b in made_rows))


if __name__ == "__main__":
    main()
