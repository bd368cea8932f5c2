"""People who score up to three operators side by side, as a workbook holds them: a column for each pair. Run: python make_input.py"""

from pathlib import Path

import numpy as np

PEOPLE, ITEMS, OPERATORS = 240, ("q1", "q2", "q3", "q4"), ("us", "rival", "third")
chance = np.random.default_rng(20260816)
mood = chance.normal(0, 1.2, PEOPLE)  # the same person is kind or strict to all
weight = np.round(np.exp(chance.normal(0, 0.4, PEOPLE)), 3)
branch = chance.choice(["east", "west"], PEOPLE)
scored = {"us": chance.random(PEOPLE) < 0.92, "rival": chance.random(PEOPLE) < 0.7, "third": chance.random(PEOPLE) < 0.3}
shift = {"us": 7.4, "rival": 7.0, "third": 6.2}
lines = ["person,weight,branch," + ",".join(f"{item}_{operator}" for operator in OPERATORS for item in ITEMS)]
for k in range(PEOPLE):
    cells = []
    for operator in OPERATORS:
        for place in range(len(ITEMS)):
            grade = int(np.clip(round(shift[operator] + mood[k] + chance.normal(0, 1.3) - 0.2 * place), 1, 10))
            cells.append(str(grade) if scored[operator][k] and chance.random() > 0.06 else "")
    lines.append(f"P{k + 1},{weight[k]},{branch[k]}," + ",".join(cells))
Path(__file__).with_name("input.csv").write_text("\n".join(lines) + "\n")
