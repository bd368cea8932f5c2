"""A workbook with headers as other programs leave them: pairs ``1-1``, ``1-2``, in three blocks that repeat them, and foreign columns.

The first block holds the expectations and perceptions that were given to R (``tests/reference/gaps/input.csv``), the second functional and
dysfunctional answers, of which one pair is headed alike by mistake, the third importance and performance. Of the ``people`` of
``tests/reference/kano/input.csv`` the second block is the one that was given to R. ``paired_headers.yaml`` beside this file is all that is
said about it.
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
#: Block → what the reference calls the odd and the even column of a pair.
_ASKED = {"pairs": ("e", "p"), "kano": ("f", "d"), "ipa": ("i", "p")}
_PEOPLE = ("타임스탬프", "지역을 선택해주세요.", "가중치", "층", "집락")


def blocks(*wanted: str, people: str = "gaps") -> Rows:
    """The sheet with some of the blocks ``pairs``, ``kano``, ``ipa``; what was not given to R of these people is made up."""
    with (REFERENCE / people / "input.csv").open(encoding="utf-8") as file:
        given = list(csv.DictReader(file))
    chance = np.random.default_rng(20260801)
    header: list[object] = [*_PEOPLE]
    rows: Rows = [["2026-05-12 10:00", row["branch"], float(row["weight"]), row["stratum"], row["cluster"]] for row in given]
    for block in wanted:
        for place in range(1, 5):
            header += [f"{place}-1", f"{place}-1" if block == "kano" and place == SLIP else f"{place}-2"]
            odd, even = _ASKED[block]
            for row, person in zip(rows, given, strict=True):
                low, high = (1, 6) if block == "kano" else (1, 8)
                made = [int(each) for each in chance.integers(low, high, 2)]
                row += [_cell(person.get(f"{side}{place}", answer)) for side, answer in zip((odd, even), made, strict=True)]
    return [header, *rows]


def _cell(answer: str | int) -> object:
    return "" if answer == "" else float(answer)


def coded(path: Path, people: str = "gaps") -> Path:
    """The same answers under the codes of the schema, which nobody can mistake."""
    rows = blocks(*_ASKED, people=people)
    first = len(rows[0]) - len(SURVEY.items)
    return write_sheets(path, {"coded": [[*rows[0][:first], *(item.code for item in SURVEY.items)], *rows[1:]]})


def write(path: Path, people: str = "gaps") -> Path:
    """The workbook: the whole in its first sheet, each block alone in others, as the original of such a file may have it."""
    whole = blocks(*_ASKED, people=people)
    return write_sheets(path, {"전체": whole, **{f"{block} 문항만": blocks(block, people=people) for block in _ASKED}})
