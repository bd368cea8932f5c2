"""A workbook with headers as other programs leave them: pairs ``1-1``, ``1-2``, in three blocks that repeat them, and foreign columns.

The first block holds the expectations and perceptions that were given to R (``tests/reference/gaps/input.csv``), the second functional and
dysfunctional answers, of which one pair is headed alike by mistake, the third importance and performance. ``paired_headers.yaml`` beside
this file is all that is said about it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from survey_schema.loading import load_schema
from tests.places import REFERENCE
from tests.stores.kind_sheets import Rows, write_sheets

SURVEY = load_schema(str(Path(__file__).with_name("paired_headers.yaml")))
#: The pair whose second header was typed like its first.
SLIP = 3
_PEOPLE = ("타임스탬프", "지역을 선택해주세요.", "가중치", "층", "집락")


def blocks(*wanted: str) -> Rows:
    """The sheet with some of the blocks ``pairs``, ``kano``, ``ipa``."""
    with (REFERENCE / "gaps" / "input.csv").open(encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    chance = np.random.default_rng(20260801)
    header: list[object] = [*_PEOPLE]
    rows: Rows = [["2026-05-12 10:00", row["branch"], float(row["weight"]), row["stratum"], row["cluster"]] for row in people]
    for block in wanted:
        for place in range(1, 5):
            header += [f"{place}-1", f"{place}-1" if block == "kano" and place == SLIP else f"{place}-2"]
            for row, person in zip(rows, people, strict=True):
                asked = {"pairs": (f"e{place}", f"p{place}"), "ipa": (f"i{place}", f"p{place}")}
                if block == "kano":
                    row += [int(chance.integers(1, 3)), int(chance.integers(3, 6))]
                else:
                    row += ["" if person[code] == "" else float(person[code]) for code in asked[block]]
    return [header, *rows]


def write(path: Path) -> Path:
    """The workbook: the whole in its first sheet, each block alone in others, as the original of such a file may have it."""
    alone = {block: blocks(block) for block in ("pairs", "kano", "ipa")}
    return write_sheets(path, {"전체": blocks("pairs", "kano", "ipa"), **{f"{block} 문항만": rows for block, rows in alone.items()}})
