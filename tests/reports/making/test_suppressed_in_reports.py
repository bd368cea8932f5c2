"""Reports of two stores that differ only in what must stay hidden are the same, in tables, texts, charts and sheets."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from answers.kept import Kept
from reports.document import FigureItem, Report, Scope
from reports.figures.figure_list import FIGURES
from reports.making.made import MadeReport
from reports.making.making import file_of, make_report
from reports.making.reader import Reader
from settings import load_settings
from storage.store import Store
from tests.stores.hidden_branch import COMPLEMENT, differences, fill, survey

#: KPIs of a hidden branch are no answers of customers; drivers take long and are compared on their page.
LEFT_OUT = {"kpis", "ipa", "drivers"}


def report(where: tuple[tuple[str, str], ...] | None) -> Report:
    scope = Scope(survey().name, where=where)
    return Report("r", "en", tuple(FigureItem(code, code, scope) for code, figure in FIGURES.items() if not LEFT_OUT & {*figure.topics}))


def said(made: MadeReport) -> list[str]:
    """Every text and cell that leaves, without what says when and by which seal."""
    told = [f"{item.headline} {item.problem} {item.leaving.chart.caption if item.leaving else ''}" for item in made.items]
    told += [f"{item.leaving.chart.alt_text} {item.leaving.native.plans!r}" for item in made.items if item.leaving]
    book = load_workbook(io.BytesIO(file_of(made, "xlsx")))
    sheets = [sheet for sheet in book.worksheets[1:-1] if sheet.title != "Chart data"]
    return told + ["\n".join(str(row) for row in sheet.iter_rows(min_row=4, values_only=True)) for sheet in sheets]


@pytest.mark.parametrize("where", [None, (("branch", COMPLEMENT),)], ids=["all", "complement"])
def test_nothing_of_a_hidden_branch_leaves(where: tuple[tuple[str, str], ...] | None, tmp_path: Path) -> None:
    texts = []
    for name in ("plain", "swapped"):
        fill(tmp_path / name, swapped=name == "swapped")
        store = Store(tmp_path / name)
        made = make_report(report(where), Reader(store, load_settings().rules, Kept(), "tester"))
        texts.append(said(made))
        store.close()
    assert len("".join(texts[0])) > 1000
    assert differences(*texts) == []
