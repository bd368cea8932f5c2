"""The other blocks of a workbook whose headers repeat: a schema alone brings the map, and Kano's classes are those of R survey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.places import REFERENCE
from tests.stores import paired_headers

SCHEMA = Path(paired_headers.__file__).with_name("paired_headers.yaml")
OUTPUT = pd.read_csv(REFERENCE / "kano" / "output.csv").query("case == 'both'")
CLASSES = "MOAIRQ"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return paired_headers.write(tmp_path_factory.mktemp("paired") / "answers.xlsx", "kano")


@pytest.mark.parametrize("domain", ["all", "jia"])
def test_weighted_stratified_classes_of_a_foreign_workbook_are_those_of_r(manyi: Callable[..., Any], workbook: Path, domain: str) -> None:
    where = () if domain == "all" else ("--where", f"branch={domain}")
    done = manyi("estimate", "kano", workbook, "--schema", SCHEMA, *where, "--json")
    assert done.code == 0, done.err
    found = {(row["code"], row["class"] or row["figure"]): row for row in done.json["estimates"]}
    rows = OUTPUT[OUTPUT["domain"] == domain]
    assert len(rows) == 40
    for row in rows.to_dict("records"):
        figure = "strength" if row["figure"].startswith("strength") else row["figure"]
        own = found[f"K{row['feature']}", figure]
        assert (own["value"], own["se"]) == pytest.approx((row["value"], row["se"]), abs=1e-8), (row["feature"], figure)
        if figure == "strength":
            classes = done.json["settings"]["classes"][f"K{row['feature']}"]
            assert classes[0] == row["figure"][-2]
            assert own["p"] == pytest.approx(row["p"], abs=1e-8)


def test_the_block_of_importance_and_performance_gives_a_map(manyi: Callable[..., Any], tmp_path: Path) -> None:
    """Both axes are the weighted means of the columns of the third block of the people given to R for gaps."""
    book = paired_headers.write(tmp_path / "answers.xlsx")
    done = manyi("estimate", "ipa", book, "--schema", SCHEMA, "--json", "--lang", "en")
    assert done.code == 0, done.err
    data = pd.read_csv(REFERENCE / "gaps" / "input.csv")
    found = {(row["figure"], row["code"]): row["value"] for row in done.json["estimates"]}
    for place in range(1, 5):
        for figure, column in (("importance", f"i{place}"), ("performance", f"p{place}")):
            there = data[column].notna()
            mean = np.average(data.loc[there, column], weights=data.loc[there, "weight"])
            assert found[figure, f"Q{place}"] == pytest.approx((mean - 1) / 6 * 100, abs=1e-9), (figure, place)
    assert sorted(row["rank"] for row in done.json["estimates"] if row["figure"] == "priority") == [1, 2, 3, 4]
    assert done.json["settings"]["importance"] == "stated"
    assert done.json["settings"]["answer"].startswith(("First improve", "No question"))
