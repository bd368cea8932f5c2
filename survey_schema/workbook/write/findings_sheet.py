"""The sheet in front of a marked-up workbook: every finding with a link to its cell, and how many there are in truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook as OpenWorkbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from survey_schema.workbook.check.finding_kinds import FINDING_KINDS
from survey_schema.workbook.check.findings import Finding, Findings, Severity
from words.language import LANGUAGES, Language, translator
from words.shown_text import xml_text

#: Cell colours; text stays dark on all of them, in print as well.
SEVERITY_COLOURS = {Severity.ERROR: "F4C7CC", Severity.WARNING: "F7E3B5", Severity.NOTE: "D3E3EC"}
WIDTHS = (10, 16, 10, 26, 24, 60, 60)
LONGEST_SHEET_NAME = 31
#: What a cell of Excel holds.
LONGEST_TEXT = 32_767


def severity_text(severity: Severity, language: Language) -> str:
    """The word for a severity."""
    _ = translator(language)
    return {Severity.ERROR: _("Error"), Severity.WARNING: _("Warning"), Severity.NOTE: _("Note")}[severity]


def severity_fill(severity: Severity) -> PatternFill:
    """The colour of a marked cell."""
    return PatternFill("solid", fgColor=SEVERITY_COLOURS[severity])


def write_text(cell: Cell, value: str) -> None:
    """Text as text: it never becomes a formula, whatever it starts with, and control characters are dropped."""
    cell.value = xml_text(value)[:LONGEST_TEXT] or None
    if cell.value is not None:
        cell.data_type = "s"


def add_findings_sheet(
    book: OpenWorkbook, findings: Findings, language: Language, remarks: Sequence[str], link_sheets: Mapping[str, str]
) -> None:
    """Put the findings sheet in front. ``link_sheets`` names, for each sheet of the findings, the sheet of the book to link to."""
    _ = translator(language)
    sheet = book.create_sheet(_free_name(book, _("Findings")), 0)
    head = [
        _("{errors} errors, {warnings} warnings, {notes} notes.").format(
            errors=findings.count(Severity.ERROR), warnings=findings.count(Severity.WARNING), notes=findings.count(Severity.NOTE)
        ),
        _meaning(language),
        *remarks,
    ]
    for row, text in enumerate(head, start=1):
        write_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = Font(bold=row == 1)
    titles = (_("Severity"), _("Sheet"), _("Cell"), _("Value found"), _("Kind"), _("Finding"), _("Advice"))
    top = len(head) + 2
    for column, (title, width) in enumerate(zip(titles, WIDTHS, strict=True), start=1):
        write_text(sheet.cell(top, column), title)
        sheet.cell(top, column).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(top, column).column_letter].width = width
    last = _write_rows(sheet, top + 1, findings, language, link_sheets)
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.auto_filter.ref = f"A{top}:G{max(last, top)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as the list needs, each as wide as the paper
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top}:{top}"
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def remove_findings_sheet(book: OpenWorkbook) -> None:
    """Take out the findings sheet of an earlier marking."""
    own = {_meaning(language) for language in LANGUAGES}
    for sheet in list(book.worksheets):
        if sheet.cell(2, 1).value in own and len(book.worksheets) > 1:
            book.remove(sheet)


def _meaning(language: Language) -> str:
    """What the severities mean; the second line of every findings sheet, by which an old one is known again."""
    _ = translator(language)
    return _("Error: the row or the file cannot be used. Warning: used as stated. Note: good to know.")


def _write_rows(sheet: Worksheet, row: int, findings: Findings, language: Language, link_sheets: Mapping[str, str]) -> int:
    """The list, kind by kind, each with what its list leaves out; returns the last row."""
    _ = translator(language)
    by_code: dict[str, list[Finding]] = {}
    for finding in findings.listed:
        by_code.setdefault(finding.code, []).append(finding)
    for code, listed in by_code.items():
        for finding in listed:
            _write_finding(sheet, row, finding, language, link_sheets.get(finding.sheet or ""))
            row += 1
        more = findings.totals.get(code, len(listed)) - len(listed)
        if more > 0:
            write_text(sheet.cell(row, 1), severity_text(listed[0].severity, language))
            sheet.cell(row, 1).fill = severity_fill(listed[0].severity)
            write_text(sheet.cell(row, 5), kind_text(code, language))
            write_text(sheet.cell(row, 6), _("{count} more of this kind are not listed.").format(count=more))
            row += 1
    return row - 1


def kind_text(code: str, language: Language) -> str:
    """What a kind of finding is called; its code when it has no name."""
    return FINDING_KINDS[code].title.text(language) if code in FINDING_KINDS else code


def _write_finding(sheet: Worksheet, row: int, finding: Finding, language: Language, link_sheet: str | None) -> None:
    texts = (
        severity_text(finding.severity, language), finding.sheet, finding.cell, finding.value, kind_text(finding.code, language),
        finding.message.text(language), finding.advice.text(language),
    )  # fmt: skip
    for column, text in enumerate(texts, start=1):
        write_text(sheet.cell(row, column), text or "")
        sheet.cell(row, column).alignment = Alignment(wrap_text=column > 3, vertical="top")
    sheet.cell(row, 1).fill = severity_fill(finding.severity)
    if link_sheet and finding.cell:
        target = sheet.cell(row, 3)
        quoted = link_sheet.replace("'", "''")
        target.hyperlink = Hyperlink(ref=target.coordinate, location=f"'{quoted}'!{finding.cell}")
        target.font = Font(color="0B5C7A", underline="single")


def _free_name(book: OpenWorkbook, wanted: str) -> str:
    taken = {name.lower() for name in book.sheetnames}
    names = [wanted, *(f"{wanted[: LONGEST_SHEET_NAME - 3]} {number}" for number in range(2, 100))]
    return next(name for name in names if name.lower() not in taken)
