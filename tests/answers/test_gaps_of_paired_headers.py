"""A workbook whose headers repeat is described by a schema alone; its weighted, stratified paired gaps are those of R survey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.places import REFERENCE
from tests.stores import paired_headers
from tests.stores.kind_sheets import check_sheets

SCHEMA = Path(paired_headers.__file__).with_name("paired_headers.yaml")
OUTPUT = pd.read_csv(REFERENCE / "gaps" / "output.csv").query("case == 'both'")
#: What R calls the figures, and what they are here.
CODES = {**{f"gap{i}": f"P{i}" for i in range(1, 5)}, "total": "total", "first": "first"}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return paired_headers.write(tmp_path_factory.mktemp("paired") / "answers.xlsx")


@pytest.mark.parametrize("domain", ["all", "jia", "yi"])
def test_paired_gaps_of_a_foreign_workbook_are_those_of_r(manyi: Callable[..., Any], workbook: Path, domain: str) -> None:
    where = () if domain == "all" else ("--where", f"branch={domain}")
    done = manyi("estimate", "gaps", workbook, "--schema", SCHEMA, "--gaps", "service", *where, "--json")
    assert done.code == 0, done.err
    found = {row["code"]: row for row in done.json["estimates"] if row["figure"] == "service_gap"}
    rows = OUTPUT[(OUTPUT["domain"] == domain) & OUTPUT["figure"].isin(CODES)]
    assert len(rows) == 6
    for row in rows.to_dict("records"):
        own = found[CODES[row["figure"]]]
        for name in ("value", "se", "df", "p"):
            if not pd.isna(row[name]):
                assert own[name] == pytest.approx(row[name], abs=1e-8), (row["figure"], name)
        if row["figure"].startswith("gap"):
            assert own["p_adjusted"] >= own["p"]


@pytest.mark.parametrize("words", [("gaps", "--by", "branch"), ("ipa", "--importance", "stated"), ("kano",)], ids=lambda words: words[0])
def test_every_block_gives_what_it_gives_under_plain_codes(
    manyi: Callable[..., Any], workbook: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    paired, coded = (
        manyi("estimate", words[0], path, "--schema", SCHEMA, *words[1:], "--json")
        for path in (workbook, paired_headers.coded(tmp_path / "coded.xlsx"))
    )
    assert paired.code == coded.code == 0, paired.err
    assert paired.json["estimates"] == coded.json["estimates"]
    assert any(row["value"] is not None for row in paired.json["estimates"])


def test_nothing_is_asked_and_every_column_of_every_block_is_told_apart() -> None:
    rows = paired_headers.blocks("pairs", "kano", "ipa")
    found = check_sheets({"전체": rows, "pairs 문항만": paired_headers.blocks("pairs")}, paired_headers.SURVEY)
    assert found.storable
    assert found.responses is not None
    table = found.responses.to_pandas()
    place = {code: 5 + index for index, code in enumerate(item.code for item in paired_headers.SURVEY.items)}
    for code, column in place.items():
        given = pd.to_numeric(pd.Series([row[column] for row in rows[1:]]), errors="coerce")
        assert table.sort_values("source_row")[code].to_numpy() == pytest.approx(given.to_numpy(), nan_ok=True), code


def test_a_block_alone_is_asked_about_and_never_taken_for_another() -> None:
    found = check_sheets({"kano 문항만": paired_headers.blocks("kano")}, paired_headers.SURVEY)
    assert not found.storable
    assert found.findings.totals["unsure_column"] == 8
