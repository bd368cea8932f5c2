"""A QC project as a workbook: a sheet a section with what is written, and a sheet for every check sheet and live figure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from projects.check_sheets import summed
from projects.evidence import CheckSheet, LiveFigure
from projects.evidence_of import evidence_of
from projects.plain_rows import evidence_title, rows_of
from projects.project import SECTIONS, Project
from projects.words import SECTION_TITLES
from reports.making.reader import Reader
from reports.office.origin import Origin
from reports.office.sheets import SheetColumn, TableSheet, Workbook
from reports.project_figures import looked_at
from words.language import Language, translator

_WIDTHS = {0: 28.0, 1: 90.0}


def project_workbook(project: Project, reader: Reader, language: Language, now: datetime) -> bytes:
    """The file."""
    _ = translator(language)
    facts = ((_("Project"), project.about.title), (_("Version"), str(project.version)), (_("Survey"), project.about.survey))
    book = Workbook(Origin(project.project_id or project.about.title, tuple(fact for fact in facts if fact[1]), (), now, language))
    for name in SECTIONS:
        book.table(_section(name, project, language))
        for section, each in evidence_of(project):
            if section == name:
                book.table(_sheet(each, language) if isinstance(each, CheckSheet) else _figure(each, project, reader, language))
    return book.saved()


def _section(name: str, project: Project, language: Language) -> TableSheet:
    _, title = translator(language), SECTION_TITLES[name].text(language)
    rows = list(rows_of(project.sections[name], language)) or [(_("Nothing is written yet."), "")]
    columns = (
        SheetColumn(_("Entry"), tuple(row[0] for row in rows), right=False),
        SheetColumn(_("Text"), tuple(row[1] for row in rows), right=False),
    )
    return TableSheet(title, title, project.about.title, columns, widths=_WIDTHS)


def _sheet(sheet: CheckSheet, language: Language) -> TableSheet:
    """Counts with sums and shares; what is stated otherwise in the note."""
    _, found = translator(language), summed(sheet)
    names = (*(row.name for row in found.rows), _("Altogether"))
    counts = [
        SheetColumn(name, (*(row.counts[place] for row in found.rows), found.column_totals[place]), "0.##########")
        for place, name in enumerate(sheet.columns)
    ]
    whole = None if found.total is None else 1.0
    totals = (
        SheetColumn(_("Altogether"), (*(row.total for row in found.rows), found.total), "0.##########"),
        SheetColumn(_("Share"), (*(row.share for row in found.rows), whole), "0.00%"),
        SheetColumn(_("Running share"), (*(row.running for row in found.rows), None), "0.00%"),
    )
    columns = (SheetColumn(sheet.title, names, right=False), *counts, *(totals if sheet.columns_add_up else ()))
    note = " ".join(slip.told.text(language) for slip in found.slips)
    return TableSheet(sheet.title, evidence_title(sheet), " · ".join(filter(None, (sheet.unit, sheet.source))), columns, note=note)


def _figure(live: LiveFigure, project: Project, reader: Reader, language: Language) -> TableSheet:
    """What a figure says now and what it said when it was taken in, with the figures of now, else of then."""
    _ = translator(language)
    looked = looked_at(project.about, live, reader)
    found, shown = looked.found, looked.found.now or looked.found.then
    title = live.caption or (looked.figure.title.text(language) if looked.figure else live.figure)
    records = shown.records if shown else ()
    keys = list(dict.fromkeys(key for record in records for key, value in record.items() if _is_plain(value)))
    columns = tuple(SheetColumn(key, tuple(_cell(record.get(key)) for record in records), "0.##########") for key in keys)
    said = found.then.sentence.get(language, "") if found.then else ""
    then = _("As of {at}: {sentence}").format(at=found.then.at, sentence=said) if found.then else ""
    caption = found.sentence(language) if found.now else ""
    note = " ".join(filter(None, (found.why.text(language) if found.why else "", then if found.state in ("changed", "gone") else "")))
    return TableSheet(title, title, caption, columns or (SheetColumn(_("Entry"), (), right=False),), note=note)


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float) and value != ""


def _cell(value: Any) -> Any:
    return value if _is_plain(value) and not isinstance(value, bool) else None if value is None else str(value)
