"""After the one click no page of the menu is empty: none says that a sheet, rules or questions are missing. And each prints whole."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from cli import app as commands
from load_samples import STORED_SAMPLES, load_samples
from reports.print.html_page import Sheet, html_page
from reports.print.pdf import pdf_of
from settings import Settings
from storage.store import Store
from tests.command_line.running import Run
from tests.pages.page_reader import frame, tables, turned_to, words
from tests.pages.printed import Printed, Reader, bare, open_and_print
from tests.places import ROOT

#: What the survey shown first consists of, but for its older waves.
SHOWN_FIRST = ("province_2026Q1_module.xlsx", "province_2026Q2_module.xlsx", "province_operations.xlsx")
#: Pages without figures of a selection, and the titles of what is worked with rather than read.
NOT_PRINTED = ("explain/methods/page.py", "measure/upload/page.py", "report/report/page.py")
NUMBER = re.compile(r"\d[\d.,]*")
NOT_OF_FIGURES = ("何时发生了什么", "情景推演")
PAGES = sorted(str(path.relative_to(ROOT / "pages")) for path in (ROOT / "pages").glob("*/*/page.py"))


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "data"
    store = Store(folder)
    list(load_samples(store, Settings(data=folder), "test", SHOWN_FIRST))
    store.close()
    return folder


def test_the_one_click_stores_what_fills_the_pages() -> None:
    assert set(SHOWN_FIRST) < set(STORED_SAMPLES)


@pytest.fixture(scope="module")
def opened(sample_folder: Path) -> Iterator[Callable[[str], tuple[AppTest, Printed]]]:
    """A page and what it prints, each opened once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MANYI_DATA", str(sample_folder))

        def opening(page: str) -> tuple[AppTest, Printed]:
            app = frame(lang="zh_CN")
            return app, open_and_print(app, page, patch)

        yield cache(opening)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_empty_and_each_prints_whole(page: str, opened: Callable[[str], tuple[AppTest, Printed]]) -> None:
    app, printed = opened(page)
    keys = _keys(app)
    assert [key for key in keys if "-card_missing_" in key] == []
    assert len(keys) > 1
    if page not in NOT_PRINTED:
        _compare(app, Reader(printed.html("zh_CN")))


def _compare(app: AppTest, paper: Reader) -> None:
    """Every row of a table, every sentence and every title of a chart is on paper."""
    below = [table for table in tables(app) if table.shape[1] > 1 and not table.map(_is_coloured).to_numpy().any()]
    shown = {tuple(str(cell).replace("\\", "") for cell in row) for table in below for row in table.to_numpy().tolist()}
    assert shown - {tuple(row) for row in paper.rows} == set()
    heads = [bare(part.value) for part in app.markdown if part.value.startswith(("# ", "## "))]
    titles = [bare(part.value) for part in app.markdown if part.value.startswith("### ")] if below else []
    assert [text for text in [*heads, *titles] if text not in paper.text and text not in NOT_OF_FIGURES] == []
    assert len(app.get("plotly_chart")) <= len(paper.pictures)


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["portrait", "landscape"])
def test_on_a4_every_figure_of_every_table_is_read(sheet: Sheet, opened: Callable[[str], tuple[AppTest, Printed]], tmp_path: Path) -> None:
    """All pages in one PDF: the numbers in its text are at least those in the rows of all tables, as often as there."""
    pages = [opened(page)[1].page("zh_CN") for page in PAGES if page not in NOT_PRINTED]
    html = html_page(replace(pages[0], pieces=tuple(piece for page in pages for piece in page.pieces)), sheet)
    (tmp_path / "all.pdf").write_bytes(pdf_of(html, "zh_CN"))
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "all.pdf", "-"], capture_output=True, text=True, check=True).stdout
    figures = Counter(number for row in Reader(html).rows for cell in row for number in NUMBER.findall(cell))
    assert figures.total() > 4000
    assert figures - Counter(NUMBER.findall(text)) == Counter()


def _is_coloured(cell: object) -> bool:
    return str(cell).startswith(":")


def test_time_limits_of_the_ministry_stand_beside_the_tickets(sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Published in 2009, in hours: reconnection and change of service 1 on average and at most 24, repair 24 and 48."""
    monkeypatch.setenv("MANYI_DATA", str(sample_folder))
    done = CliRunner().invoke(commands, ["estimate", "complaints", "--schema", "telecom_csi", "--json"])
    found = Run(done.exit_code, done.stdout, done.stderr)
    limits = {
        code: tuple(found.one(promise=code, code=f"promised_{which}_hours")["value"] for which in ("mean", "longest"))
        for code in ("reconnection", "change_of_service", "repair")
    }
    assert limits == {"reconnection": (1, 24), "change_of_service": (1, 24), "repair": (24, 48)}
    told = words(turned_to(frame(lang="zh_CN", view="handling"), "explain/complaints/page.py"))
    for code, (mean, longest) in limits.items():
        title = {"reconnection": "复机", "change_of_service": "业务变更", "repair": "修障"}[code]
        hours = found.one(promise=code, code="mean_hours")["value"]
        assert f"{title}：平均 {hours:.1f} 小时，承诺 {mean:g} 小时；" in told
        assert f"承诺最长 {longest:g} 小时" in told


def _keys(app: AppTest) -> list[str]:
    """The ids of all containers on the page; those that have a key end with it."""

    def below(block: Any) -> Iterator[str]:
        for child in getattr(block, "children", {}).values():
            yield str(getattr(child.proto, "id", "") or "") if getattr(child, "proto", None) is not None else ""
            yield from below(child)

    return [key for key in below(app._tree) if key]
