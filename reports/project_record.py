"""A QC project with everything that follows from it as plain values: sums and slips of its check sheets, its figures then and now."""

from __future__ import annotations

from typing import Any

from answers.records import record
from projects.check_sheets import summed
from projects.evidence import AsOfThen, CheckSheet, LiveFigure
from projects.evidence_of import evidence_of
from projects.project import Project
from projects.project_file import plain_project
from reports.figures.measures import asked_measures
from reports.making.reader import Reader
from reports.project_facts import judged
from reports.project_figures import looked_at, own_ask
from words.errors import ManyiError
from words.language import Language


def project_record(project: Project, reader: Reader, language: Language, section: str | None = None) -> dict[str, Any]:
    """The project, or one of its sections, as ``--json`` prints it; figures and shares (proportions) at full precision."""
    told = [(name, each) for name, each in evidence_of(project) if section in (None, name)]
    sections = {name: each for name, each in plain_project(project).items() if section in (None, name)}
    causes = cause_records(project, reader, language) if section in (None, "causes") else []
    measures = measure_records(project, reader, language) if section in (None, "carrying_out") else []
    return {
        "project": project.project_id,
        "title": project.about.title,
        "version": project.version,
        "sections": sections,
        "check_sheets": [sheet_record(name, each, language) for name, each in told if isinstance(each, CheckSheet)],
        "causes": causes,
        "measures": measures,
        "figures": [_figure(name, each, project, reader, language) for name, each in told if isinstance(each, LiveFigure)],
    }


def cause_records(project: Project, reader: Reader, language: Language) -> list[dict[str, Any]]:
    """Every end cause with the verdict that follows from its test and its influence on the problem in per cent; None: not tested yet."""
    found = {each.cause: each for each in judged(project.causes, reader, project.about).causes}
    records = []
    for cause in project.causes.end_causes:
        tested = found.get(cause.id)
        told: dict[str, Any] = {"cause": cause.id, "text": cause.text, "verdict": tested.verdict if tested else None}
        influence = tested.test.influence if tested else None
        told |= {name: getattr(influence, name, None) for name in ("value", "low", "high", "n")}
        told["reason"] = influence.reason.text(language) if influence is not None and influence.reason is not None else None
        records.append(told)
    return records


def measure_records(project: Project, reader: Reader, language: Language) -> list[dict[str, Any]]:
    """The measures of the store that name the project, as ``estimate measures --project`` prints them; none where there are none."""
    try:
        asked = asked_measures(own_ask(project.about, reader), {"project": project.about.title})
    except ManyiError:
        return []
    records = record(asked, language)["estimates"]
    assert isinstance(records, list)
    return records


def sheet_record(section: str, sheet: CheckSheet, language: Language) -> dict[str, Any]:
    """A check sheet with its sums, and what is stated otherwise."""
    found = summed(sheet)
    rows = [{"name": row.name, "counts": row.counts, "total": row.total, "share": row.share, "running": row.running} for row in found.rows]
    slips = [{"row": slip.row, "stated": slip.stated, "told": slip.told.text(language)} for slip in found.slips]
    return {
        "section": section, "id": sheet.id, "title": sheet.title, "columns": sheet.columns, "rows": rows,
        "column_totals": found.column_totals, "total": found.total, "slips": slips,
    }  # fmt: skip


def _figure(section: str, live: LiveFigure, project: Project, reader: Reader, language: Language) -> dict[str, Any]:
    looked = looked_at(project.about, live, reader)
    found, scope = looked.found, looked.scope
    return {
        "section": section, "id": live.id, "figure": live.figure, "choices": live.choices, "wave": scope.wave,
        "where": None if scope.where is None else dict(scope.where), "state": found.state,
        "why": found.why.text(language) if found.why else None, "then": _taken(found.then, language), "now": _taken(found.now, language),
    }  # fmt: skip


def _taken(taken: AsOfThen | None, language: Language) -> dict[str, Any] | None:
    if taken is None:
        return None
    return {"at": taken.at, "sentence": taken.sentence.get(language, ""), "records": taken.records, "data": taken.content}
