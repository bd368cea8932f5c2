"""The wave workbook: its index adds up in a spreadsheet, its figures are those of the answers, and what may not be shown is nowhere."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from load_samples import load_samples
from reports.figures.scoped_ask import ScopedAsk
from reports.storylines.index_sheets import tree_rows
from reports.storylines.wave_workbook import asked_tables, wave_workbook
from settings import Settings
from storage.store import Store
from survey_schema.columns import Role
from tests.reports.file_rules import faults
from tests.reports.storylines.scopes import MADE, scope
from tests.stores import hidden_branch
from words.language import LANGUAGES, Language

RECALCULATED = Path(__file__).parents[2] / "reference" / "index_workbook" / "output.json"
FIRST = 5


def opened(file: bytes, *, values: bool) -> Book:
    return load_workbook(io.BytesIO(file), data_only=values)


@pytest.fixture(scope="module")
def brands(tmp_path_factory: pytest.TempPathFactory) -> ScopedAsk:
    """The published comparison of brands: an index of two aspects, 0.7 and 0.3."""
    folder = tmp_path_factory.mktemp("brands")
    store = Store(folder)
    list(load_samples(store, Settings(data=folder), "test", ["brand_comparison.xlsx"]))
    store.close()
    return scope(folder)


@pytest.fixture(scope="module")
def made(small: ScopedAsk) -> bytes:
    return wave_workbook(small, "zh_CN", MADE, lambda _answers: "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_sound(brands: ScopedAsk, language: Language) -> None:
    assert faults(wave_workbook(brands, language, MADE, lambda _answers: "")) == []


def test_a_spreadsheet_computes_the_index_we_print(brands: ScopedAsk) -> None:
    """Recalculated by LibreOffice from the same formulas without our values: see ``tests/reference/index_workbook``."""
    file = wave_workbook(brands, "en", MADE, lambda _answers: "")
    formulas, values = opened(file, values=False), opened(file, values=True)
    theirs = json.loads(RECALCULATED.read_text())["cells"]
    ours = {
        f"{sheet.title}!{cell.coordinate}": values[sheet.title][cell.coordinate].value
        for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    }  # fmt: skip
    assert len(ours) > 30
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_every_indicator_with_its_parts_shown_is_a_formula(made: bytes, small: ScopedAsk) -> None:
    rows = tree_rows(small.schema)
    sheet = opened(made, values=False).worksheets[1]
    kinds = {sheet.cell(FIRST + place, 1).value: sheet.cell(FIRST + place, 4).data_type for place in range(len(rows))}
    assert kinds == {row.code: "f" if row.parts else "n" for row in rows}


def test_the_sheets_hold_the_figures_of_their_answers(made: bytes, small: ScopedAsk) -> None:
    book = opened(made, values=True)
    asked = {each.table.name: each.answered for each in asked_tables(small, "zh_CN") if each.answered and each.table.form == "figures"}
    assert len(asked) > 10
    for name, answered in asked.items():
        sheet = book[name]
        header = [cell.value for cell in sheet[4]]
        place = header.index("数值")
        rows, estimates = range(FIRST, sheet.max_row + 1), answered.figures.estimates
        assert [sheet.cell(row, place - 1).value for row in rows] == [estimate.code for estimate in estimates], name
        shown = [(sheet.cell(row, place + 1).value, estimate.value) for row, estimate in zip(rows, estimates, strict=True)]
        assert all((cell is None) == (value is None) for cell, value in shown), name
        known = [pair for pair in shown if pair[1] is not None]
        assert [cell for cell, _value in known] == pytest.approx([value for _cell, value in known], rel=1e-14), name  # of sixteen digits


def test_a_hidden_branch_is_an_empty_cell_and_nowhere_else(hidden: ScopedAsk) -> None:
    file = wave_workbook(hidden, "en", MADE, lambda _answers: "")
    sheet = opened(file, values=True)["Index by Branch"]
    groups = [cell.value for cell in sheet[4]]
    told = {group: [sheet.cell(row, place + 1).value for row in range(FIRST, sheet.max_row + 1)] for place, group in enumerate(groups)}
    baiyin, lanzhou = (hidden.schema.value_title(Role.BRANCH, code, "en") for code in (hidden_branch.TINY, "lanzhou"))
    assert set(told[baiyin]) == {None}
    assert None not in told[lanzhou]


def test_two_stores_that_differ_in_what_is_hidden_make_the_same_workbook(hidden: ScopedAsk, tmp_path: Path) -> None:
    hidden_branch.fill(tmp_path, swapped=True)
    one, other = (hidden_branch.workbook_cells(wave_workbook(each, "en", MADE, lambda _answers: "")) for each in (hidden, scope(tmp_path)))
    assert hidden_branch.differences(one, other) == []


def test_what_is_not_there_says_what_would_bring_it(made: bytes) -> None:
    sheet = opened(made, values=True).worksheets[0]
    told = {row[0]: row[1:] for row in sheet.iter_rows(min_row=FIRST, values_only=True)}
    assert told["指数"][0] == "是"
    assert told["投诉"][0] == "否"
    assert "投诉" in str(told["投诉"][1])
