"""The user's own workbook comes back with marks, and nothing else changed."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from survey_schema.workbook.check.findings import Finding, Findings, Severity
from survey_schema.workbook.read.read_workbook import read_workbook
from survey_schema.workbook.worker.read_limits import ReadLimits
from survey_schema.workbook.write import annotated_workbook
from survey_schema.workbook.write.annotated_workbook import write_annotated_workbook
from survey_schema.workbook.write.findings_sheet import SEVERITY_COLOURS
from tests.stores.foreign_workbooks import VOICE_CUSTOMERS
from tests.stores.hostile_files import HEADER, gb18030_csv, good_workbook, macro_workbook, part, with_parts, workbook_bytes
from words.language import LANGUAGES, message

OUTSIDE, ADVICE = message("This is not an answer on the scale of this question."), message("Choose one of the listed values.")


def finding(code: str, severity: Severity, cell: str | None, value: str | None = None, sheet: str | None = "Sheet1") -> Finding:
    return Finding(code, severity, OUTSIDE, ADVICE, sheet, cell, None, value)


FINDINGS = Findings(
    (
        finding("out_of_scale", Severity.WARNING, "D2", "=cmd|' /c calc'!A0"),
        finding("missing_value", Severity.ERROR, "D2"),
        finding("empty_row", Severity.NOTE, "B3"),
        finding("missing_item", Severity.WARNING, None),
    ),
    {"out_of_scale": 312, "missing_value": 1, "empty_row": 1, "missing_item": 1},
)


def marked(source: Path | bytes, name: str = "答卷.xlsx", language: str = "en", findings: Findings = FINDINGS) -> openpyxl.Workbook:
    content = write_annotated_workbook(source, name, findings, language)
    return openpyxl.load_workbook(io.BytesIO(content))


def colour(cell: openpyxl.cell.Cell) -> str:
    return cell.fill.fgColor.rgb[2:]


def test_cells_are_coloured_by_the_worst_and_say_everything():
    sheet = marked(good_workbook())["Sheet1"]
    assert colour(sheet["D2"]) == SEVERITY_COLOURS[Severity.ERROR]
    assert sheet["D2"].comment.text.splitlines() == [f"{word}: {OUTSIDE.text('en')} {ADVICE.text('en')}" for word in ("Warning", "Error")]
    assert colour(sheet["B3"]) == SEVERITY_COLOURS[Severity.NOTE]
    assert sheet["C3"].fill.fill_type is None
    assert [cell.value for cell in sheet[1]] == list(HEADER)


def test_the_findings_sheet_lists_links_and_counts():
    book = marked(good_workbook())
    sheet = book.worksheets[0]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert book.active is sheet
    assert rows[0][0] == "1 errors, 313 warnings, 1 notes."
    assert rows[3] == ("Severity", "Sheet", "Cell", "Value found", "Kind", "Finding", "Advice")
    assert rows[4][:4] == ("Warning", "Sheet1", "D2", "=cmd|' /c calc'!A0")
    assert sheet["D5"].data_type == "s"
    assert rows[5][5] == "311 more of this kind are not listed."
    assert sheet["C5"].hyperlink.location == "'Sheet1'!D2"
    assert sheet["C9"].hyperlink is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_marking_a_marked_workbook_again_leaves_one_findings_sheet(language):
    once = write_annotated_workbook(good_workbook(), "a.xlsx", FINDINGS, language)
    fewer = Findings((finding("empty_row", Severity.NOTE, "B3"),), {"empty_row": 1})
    twice = marked(once, findings=fewer)
    assert len(twice.sheetnames) == 2
    assert twice["Sheet1"]["D2"].comment is None
    assert twice["Sheet1"]["D2"].fill.fill_type is None
    assert twice["Sheet1"]["B3"].comment is not None


def test_the_users_own_comments_formats_and_formulas_stay():
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes([HEADER, ["x", "=1+1", "c", 5]])))
    book["Sheet1"]["D2"].comment = openpyxl.comments.Comment("look here", "somebody")
    book["Sheet1"]["D2"].number_format = "0.00"
    book["Sheet1"].merge_cells("A3:C4")
    book["Sheet1"]["E2"].value = "=not a formula"
    book["Sheet1"]["E2"].data_type = "s"
    target = io.BytesIO()
    book.save(target)
    sheet = marked(target.getvalue())["Sheet1"]
    assert sheet["D2"].comment.text.startswith("look here\nWarning: ")
    assert sheet["D2"].number_format == "0.00"
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "f")
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=not a formula", "s")
    assert colour(sheet["A3"]) == SEVERITY_COLOURS[Severity.NOTE]  # the finding is at B3, inside the merged range


def test_macros_stay(tmp_path):
    content = write_annotated_workbook(macro_workbook(tmp_path), "宏.xlsm", FINDINGS, "zh_CN")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "xl/vbaProject.bin" in archive.namelist()


def test_text_becomes_a_workbook_whose_texts_are_no_formulas(tmp_path):
    path = tmp_path / "六月.csv"
    path.write_bytes("分公司,备注\n兰州,=1+1\n天水,@SUM(A1)\n".encode())
    book = marked(path, path.name, findings=Findings((finding("out_of_scale", Severity.ERROR, "B2", sheet="六月"),), {"out_of_scale": 1}))
    sheet = book["六月"]
    assert [(cell.value, cell.data_type) for cell in sheet["B"]] == [("备注", "s"), ("=1+1", "s"), ("@SUM(A1)", "s")]
    assert sheet["B2"].comment is not None
    assert book.worksheets[0]["A3"].value == "The cells of your file were copied into this new workbook."
    assert book.worksheets[0]["C6"].hyperlink.location == "'六月'!B2"


def test_a_sheet_name_excel_does_not_know(tmp_path):
    path = gb18030_csv(tmp_path)
    name = "a[b]:c" + "很长" * 20 + ".csv"
    found = Findings((finding("out_of_scale", Severity.ERROR, "B2", sheet=Path(name).stem),), {"out_of_scale": 1})
    book = marked(path, name, findings=found)
    assert book.sheetnames[1] == ("a_b__c" + "很长" * 20)[:31]
    assert book.worksheets[1]["B2"].comment is not None
    assert book.worksheets[0]["C6"].hyperlink.location == f"'{book.sheetnames[1]}'!B2"


def test_a_file_openpyxl_cannot_open_is_copied():
    broken = part(good_workbook(), "xl/styles.xml").replace(b'<color theme="1"/>', b'<color rgb="no colour"/>')
    book = marked(with_parts(good_workbook(), {"xl/styles.xml": broken}))
    sheet = book["Sheet1"]
    assert book.worksheets[0]["A3"].value == "The cells of your file were copied into this new workbook."
    assert [cell.value for cell in sheet[1]] == list(HEADER)
    assert sheet["D2"].comment is not None


def test_a_large_file_comes_back_as_its_affected_rows(monkeypatch):
    monkeypatch.setattr(annotated_workbook, "MOST_CELLS", 100)
    rows = [HEADER, *([f"r{number}", "兰州", "移动", 8, 7, 9, 10] for number in range(2, 60))]
    found = Findings((finding("out_of_scale", Severity.ERROR, "D40", "88"),), {"out_of_scale": 1})
    content = annotated_workbook.annotated_here(workbook_bytes(rows), "a.xlsx", found, "en", ReadLimits(), own_file=True)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Sheet1"]
    assert [row[:2] for row in sheet.iter_rows(values_only=True)] == [
        ("Row in your file", None),
        (1, "期次"),
        (2, "r2"),
        (3, "r3"),
        (40, "r40"),
    ]
    assert colour(sheet["E5"]) == SEVERITY_COLOURS[Severity.ERROR]
    assert book.worksheets[0]["A3"].value == "The file is large: only its first rows and the rows with findings are shown."


def test_the_marked_workbook_can_be_uploaded_again():
    content = write_annotated_workbook(good_workbook(), "a.xlsx", FINDINGS, "en")
    before, after = read_workbook(good_workbook(), "a.xlsx").sheets[0], read_workbook(content, "a.xlsx").sheets[1]
    assert [after.row(row) for row in range(after.height)] == [before.row(row) for row in range(before.height)]


def test_links_over_empty_cells_write_nothing_into_them():
    """A link over a whole row, and one on an answer that was left blank: neither becomes text."""
    sheet = part(with_parts(good_workbook(), {}), "xl/worksheets/sheet1.xml").decode()
    sheet = re.sub(r'<c r="E3"[^>]*><v>\d+</v></c>', "", sheet)
    links = '<hyperlinks><hyperlink ref="A1:XFD1" location="A1"/><hyperlink ref="E3" location="D4"/></hyperlinks><pageMargins'
    source = with_parts(good_workbook(), {"xl/worksheets/sheet1.xml": sheet.replace("<pageMargins", links, 1).encode()})
    before = read_workbook(source, "a.xlsx").sheets[0]
    content = write_annotated_workbook(source, "a.xlsx", FINDINGS, "en")
    after = next(sheet for sheet in read_workbook(content, "a.xlsx").sheets if sheet.name == before.name)
    assert [after.row(row) for row in range(after.height)] == [before.row(row) for row in range(before.height)]
    assert after.cell(2, 4) == ""


def test_answers_below_merged_cells_stay():
    """Some programs merge cells and keep what stood in them; it is read, so it must come back."""
    sheet = part(good_workbook(), "xl/worksheets/sheet1.xml").decode()
    merged = '</sheetData><mergeCells><mergeCell ref="A1:G1"/><mergeCell ref="D2:D4"/></mergeCells>'
    source = with_parts(good_workbook(), {"xl/worksheets/sheet1.xml": sheet.replace("</sheetData>", merged, 1).encode()})
    before = read_workbook(source, "a.xlsx").sheets[0]
    assert before.row(0) == HEADER
    content = write_annotated_workbook(source, "a.xlsx", FINDINGS, "en")
    after = next(sheet for sheet in read_workbook(content, "a.xlsx").sheets if sheet.name == before.name)
    assert [after.row(row) for row in range(after.height)] == [before.row(row) for row in range(before.height)]


def test_a_foreign_workbook_with_thousands_of_styled_empty_cells(foreign_workbook):
    content = write_annotated_workbook(foreign_workbook("voice"), "a.xlsx", FINDINGS, "zh_CN")
    sheets = read_workbook(content, "a.xlsx").sheets
    assert [sheet.name for sheet in sheets][1:] == ["Sheet1"]
    assert (sheets[1].height, sheets[1].width) == (VOICE_CUSTOMERS + 1, 38)
    assert OUTSIDE.text("zh_CN") in part(content, "xl/comments/comment1.xml").decode()
