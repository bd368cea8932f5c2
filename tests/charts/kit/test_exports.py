from __future__ import annotations

import io
import struct

import openpyxl
import pytest

from analysis.results.estimates import Result
from charts.compare.league_dots import league_dots
from charts.kit import export_picture
from charts.kit.export_picture import browser_path, has_chinese_font, picture
from charts.kit.layout import Canvas, Chart, figure_for
from tests.charts.made_results import estimate, result
from tests.reports.exported import data_workbook
from words.errors import ManyiError
from words.shown_text import spreadsheet_text as harmless

pytestmark = pytest.mark.slow

needs_browser = pytest.mark.skipif(browser_path() is None, reason="no Chrome or Chromium is installed")


@pytest.fixture
def chart(league: Result, on: Canvas) -> Chart:
    return league_dots(league, on, total=estimate(76.5))


@needs_browser
def test_png_and_svg(chart: Chart, on: Canvas, schema) -> None:
    png = picture(chart, on, "png", width=800, scale=1.5)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", png[16:20])[0] == 1200
    svg = picture(chart, on, "svg").decode()
    assert svg.startswith("<svg")
    assert "and its 90% interval" in svg
    assert "Jinchang" not in svg
    assert "<a href" not in svg


@needs_browser
@pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font is installed")
def test_chinese_text_is_in_the_picture(league: Result, schema) -> None:
    on = Canvas(schema, "zh_CN", "dark")
    assert "定西" in picture(league_dots(league, on), on, "svg").decode()


def test_without_a_browser_the_user_is_told(chart: Chart, on: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_picture, "_running", None)
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    with pytest.raises(ManyiError, match="none was found"):
        picture(chart, on)


def test_without_a_chinese_font_the_user_is_told(chart: Chart, schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_picture, "has_chinese_font", lambda: False)
    with pytest.raises(ManyiError, match="Chinese font"):
        picture(chart, Canvas(schema, "zh_CN"))


def test_a_browser_that_does_not_work_is_a_sentence(chart: Chart, on: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_picture, "_running", None)
    monkeypatch.setattr(export_picture, "PATIENCE", 15.0)
    monkeypatch.setenv("BROWSER_PATH", "/bin/false")
    with pytest.raises(ManyiError, match="could not be drawn"):
        picture(chart, on)
    assert export_picture._running is None


def test_workbook_holds_the_figures_and_a_native_chart(chart: Chart, on: Canvas) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data_workbook(chart, on)))
    sheet = book.active
    assert [cell.value for cell in sheet[4]] == list(chart.table.columns)
    assert [sheet.cell(row, 3).value for row in (5, 6, 7)] == [82.0, 76.0, 70.0]
    assert sheet.cell(7, 10).value == 420
    assert len(sheet._charts) == 1
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$4"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_never_becomes_a_formula(text: str, schema) -> None:
    assert harmless(text) == f"'{text}"
    on = Canvas(schema, "en")
    table = league_dots(result(estimate(70.0, branch=text), estimate(71.0, branch="lanzhou")), on).table
    book = data_workbook(Chart(text, text, "", figure_for(on, 100), table.rename(columns={"Rank": text})), on)
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert not any(str(cell.value).startswith("=") for cell in cells)


def test_missing_figures_are_empty_cells(on: Canvas) -> None:
    table = league_dots(result(estimate(70.0, branch="lanzhou"), estimate(69.0, branch="dingxi", p_adjusted=0.5)), on).table
    sheet = openpyxl.load_workbook(io.BytesIO(data_workbook(Chart("t", "c", "", figure_for(on, 100), table), on))).active
    column = list(table.columns).index("Adjusted p") + 1
    assert [sheet.cell(5, column).value, sheet.cell(6, column).value] == [None, 0.5]
    assert sheet.cell(6, column).number_format == '[<0.001]"< 0.001";0.000'  # a p value is never shown as 0.000
    base = list(table.columns).index("Effective base") + 1
    assert sheet.cell(6, base).number_format == "#,##0"
