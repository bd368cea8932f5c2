"""Workbooks on the command line: read, matched and checked once, and what was found printed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from command_line.kinds_found import kind_records, print_kinds
from command_line.output import console, print_table
from command_line.unknown_found import print_unknown, unknown_record
from settings import Settings
from storage.store import Store
from survey_schema.loading import MAXIMUM_BYTES, SUFFIXES, builtin_names, refuse_mistaken_judgements
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.uploaded_schema import schema_at
from survey_schema.workbook.check.check_workbook import KnownContext
from survey_schema.workbook.check.finding_kinds import FINDING_KINDS
from survey_schema.workbook.check.findings import Finding, Severity
from survey_schema.workbook.check.verdict import verdict_of
from survey_schema.workbook.inspect_workbook import Inspection, inspect_file
from survey_schema.workbook.match.matching import ColumnMatch, Matching
from survey_schema.workbook.repair.new_choices import with_new_choices
from survey_schema.workbook.repair.repair_file import repairs_from, repairs_record
from survey_schema.workbook.repair.repairs import Repair
from words.errors import ManyiError, unknown
from words.language import Message, message, translator

_SHOWN_PER_KIND = 5


@dataclass(frozen=True)
class SheetOptions:
    """Which sheets are read: the one ``named``, or ``all`` that hold responses as one, their names being the column ``names_as``."""

    named: str | None = None
    all: bool = False
    names_as: str | None = None


@dataclass(frozen=True)
class WorkbookOptions:
    """What the command line says about a workbook.

    ``wave`` names the wave of responses that name none, whatever their date says; ``wave_of_all`` names it only where no response has a
    wave or a date. ``told``: what is said about doubtful values (:mod:`survey_schema.workbook.check.value_answers`). ``repairs``: the file
    that says what unknown names and words mean. ``every_row``: ``wave`` is that of all rows.
    """

    path: Path
    schema: str
    mapping: Sequence[str] = ()
    wave: str | None = None
    sheet: SheetOptions = SheetOptions()
    wave_of_all: str | None = None
    told: Sequence[str] = ()
    repairs: Path | None = None
    every_row: bool = False


@dataclass(frozen=True)
class CheckedFile:
    """A workbook on the command line: its survey, what its columns are, what was found, and what was said about its values.

    ``repairs`` are those of the file named; ``added`` the choices they add to the survey, which nothing has stored yet;
    ``base`` is the survey without them.
    """

    schema: SurveySchema
    matching: Matching
    checked: CheckedWorkbook
    told: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    added: tuple[tuple[str, str], ...] = ()
    base: SurveySchema | None = None


def check_from(options: WorkbookOptions, settings: Settings, store: Store | None = None, schema: SurveySchema | None = None) -> CheckedFile:
    """Read, match and check, with what the store knows: files stored before, names seen before, columns assigned before.

    Without a store ids are opaque under a key of this run only. ``schema``: the survey, where it is known already. Raises
    :class:`ManyiError` when the workbook or the schema cannot be read.
    """
    base = schema or (schema_named(options.schema, store) if store else known_schema(options.schema, settings))
    schema = base
    refuse_mistaken_judgements(schema)
    if options.path.is_dir():
        raise ManyiError(message("{path} is a folder; name a file.", path=str(options.path)))
    if options.every_row and options.wave is None:
        raise ManyiError(message("--wave-of-all needs the wave: name it with --wave."))
    repairs = repairs_of(options.repairs, schema)
    widened = with_new_choices(schema, repairs)
    schema = widened.schema
    inspection = Inspection(
        schema,
        mapping=dict(_pair(text) for text in options.mapping),
        profiles=store.profiles.of(schema.name) if store else {},
        sheet=options.sheet.named,
        all_sheets=options.sheet.all,
        sheet_as=options.sheet.names_as,
        wave=options.wave,
        wave_of_all=options.wave_of_all,
        known=store.known_context(schema) if store else KnownContext(id_key=secrets.token_bytes(32)),
        match=settings.match,
        check=settings.check,
        told=tuple(options.told),
        repairs=repairs,
        remembered=store.repairs.holding(schema.name) if store else (),
        every_row=options.every_row,
    )
    found = inspect_file(options.path, inspection, limits=settings.read)
    return CheckedFile(schema, found.matching, found.checked, found.told, repairs, widened.added, base)


def repairs_of(path: Path | None, schema: SurveySchema) -> tuple[Repair, ...]:
    """The repairs in a file, for a survey; none where no file is named."""
    if path is None:
        return ()
    try:
        with path.open("rb") as file:
            content = file.read(MAXIMUM_BYTES + 1)
    except (OSError, ValueError):
        raise ManyiError(message("The file of repairs {path} cannot be read. Check the path.", path=str(path))) from None
    return repairs_from(content, path.name, schema)


def told_from(grades: Sequence[str] | None, dates: str | None) -> tuple[str, ...]:
    """What ``--grade`` and ``--dates`` say, as :mod:`survey_schema.workbook.check.value_answers` reads it."""
    return (*(grades or ()), *([f"dates={dates}"] if dates else []))


def store_there(settings: Settings) -> Store | None:
    """The store, where there is one already; looking at a workbook makes none."""
    return settings.open_store() if settings.catalog or settings.data.exists() else None


def known_schema(name: str, settings: Settings) -> SurveySchema:
    """The schema of that name or file; the store is asked only for a name that is neither."""
    if name in builtin_names() or Path(name).suffix.lower() in SUFFIXES:
        return schema_at(name)
    return schema_named(name, store_there(settings))


def schema_named(name: str, store: Store | None) -> SurveySchema:
    """The schema of that name or file, or the newer version of it the store keeps.

    A survey of one's own goes by its name once a wave or a version of it was stored.
    """
    if store is None:
        return schema_at(name)
    if name not in builtin_names() and (known := store.schemas.known(name)) is not None:
        return known
    if name not in builtin_names() and Path(name).suffix.lower() not in SUFFIXES:
        own = [*store.surveys(), *(saved.survey for saved in store.schemas.saved())]
        found = unknown(message("survey"), name, list(dict.fromkeys([*builtin_names(), *own]))).message
        raise ManyiError(message("{found} Or give the path of a .yaml file.", found=found))
    return store.schemas.in_use(schema_at(name))


def _pair(text: str) -> tuple[str, str]:
    header, sign, code = text.rpartition("=")
    if not sign or not header.strip():
        raise ManyiError(message("--map {text} is not of the form HEADER=CODE.", text=text))
    return header.strip(), code.strip()


def print_findings(file: CheckedFile) -> None:
    """Findings by kind, the first few of each, then what was cleaned and what is to be confirmed."""
    checked, language = file.checked, console.language
    _ = translator(language)
    by_kind: dict[str, list[Finding]] = {}
    for finding in checked.findings.listed:
        by_kind.setdefault(finding.code, []).append(finding)
    for code, listed in by_kind.items():
        total = checked.findings.totals[code]
        console.print(f"[{severity_word(listed[0].severity).text(language)}] {FINDING_KINDS[code].title.text(language)}: {total}")
        for finding in listed[:_SHOWN_PER_KIND]:
            console.print(f"  {_place(finding)}{finding.text(language)}")
        if total > _SHOWN_PER_KIND:
            console.print("  " + _("… and {count} more").format(count=total - min(len(listed), _SHOWN_PER_KIND)))
    print_unknown(file)
    for question in file.matching.questions:
        for letter in (question.letter, *question.rivals):
            name = letter if question.rivals else question.header
            console.print(message('To use column {letter}, add --map "{header}={code}".', letter=letter, header=name, code=question.target))
    if checked.log:
        console.print()
        print_table([_("What was done"), _("Count")], [[step.message.text(language), str(step.count)] for step in checked.log], 1)
    console.print()
    print_kinds(checked)
    if (losses := verdict_of(checked).losses()) is not None:
        console.print(losses)
    console.print(_summary(checked))
    if file.schema.version > 1:
        console.print(message("Checked against version {version} of {survey}.", version=file.schema.version, survey=file.schema.name))


def left_out(checked: CheckedWorkbook) -> Message | None:
    """How many responses of a workbook are not used; None when all are. Empty rows, examples, totals and remarks are no responses."""
    verdict = verdict_of(checked)
    if verdict.used == verdict.responses:
        return None
    numbers = {"left": verdict.responses - verdict.used, "rows": verdict.responses, "name": checked.source_name}
    return message("{left} of {rows} responses of {name} are left out; check says why.", **numbers)


def refuse_open_questions(file: CheckedFile) -> None:
    """Raises :class:`ManyiError` where figures would rest on a guess: which column is meant, which rows are responses.

    Figures of a file with few of the survey's questions are right for those it has.
    """
    verdict = verdict_of(file.checked)
    questions = [finding for finding in verdict.questions if finding.code != "few_questions"]
    if questions:
        first = " ".join(finding.text(console.language) for finding in questions[:_SHOWN_PER_KIND])
        raise ManyiError(
            message(
                "{name} leaves {count} questions open: {first} Answer them with --map or correct the workbook; --accept-losses computes "
                "from it as it stands.",
                name=file.checked.source_name, count=verdict.question_count - verdict.open_questions.get("few_questions", 0), first=first,
            )
        )  # fmt: skip


def _summary(checked: CheckedWorkbook) -> Message:
    count = checked.findings.count
    numbers = {
        "name": checked.source_name,
        "errors": count(Severity.ERROR),
        "warnings": count(Severity.WARNING),
        "notes": count(Severity.NOTE),
        "rows": checked.rows_read,
        "used": verdict_of(checked).used,
    }
    if checked.responses is None and checked.storable:
        numbers |= {"rows": sum(kind.rows_read for kind in checked.kinds), "used": sum(kind.used for kind in checked.kinds)}
    elif checked.responses is None:
        return message("{name}: cannot be stored yet. {errors} errors, {warnings} warnings, {notes} notes.", **numbers)
    return message("{name}: {used} of {rows} rows can be used. {errors} errors, {warnings} warnings, {notes} notes.", **numbers)


def severity_word(severity: Severity) -> Message:
    """The word for a severity."""
    words = {Severity.ERROR: message("Error"), Severity.WARNING: message("Warning"), Severity.NOTE: message("Note")}
    return words[severity]


def _place(finding: Finding) -> str:
    place = "!".join(part for part in (finding.sheet, finding.cell) if part)
    value = f" {finding.value!r}" if finding.value is not None else ""
    return f"{place}{value}: " if place or value else ""


def findings_record(file: CheckedFile) -> dict[str, object]:
    """Everything found, for ``--json``."""
    checked, language, verdict = file.checked, console.language, verdict_of(file.checked)
    return {
        "file": checked.source_name,
        "schema": checked.schema_name,
        "schema_version": file.schema.version,
        "sheet": checked.sheet,
        "sheets": list(file.matching.sheets or ([checked.sheet] if checked.sheet is not None else [])),
        "content_hash": checked.content_hash,
        "usable": checked.storable,
        "rows_read": checked.rows_read,
        "rows_used": checked.responses.num_rows if checked.responses is not None else 0,
        "errors": checked.findings.count(Severity.ERROR),
        "warnings": checked.findings.count(Severity.WARNING),
        "notes": checked.findings.count(Severity.NOTE),
        "totals": checked.findings.totals,
        "kinds": kind_records(checked),
        "columns": [
            _column_record(column) for column in file.matching.columns
        ],
        "verdict": {
            "fitness": verdict.fitness.value,
            "responses": verdict.responses,
            "rows_lost": verdict.rows_lost,
            "columns_lost": verdict.columns_lost,
            "answers_lost": verdict.answers_lost,
            "kind_rows": verdict.kind_rows,
            "kind_rows_lost": verdict.kind_rows_lost,
        },
        "unknown": unknown_record(checked.unknown),
        "repairs": repairs_record(file.repairs, file.schema),
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "sheet": finding.sheet,
                "cell": finding.cell,
                "column": finding.column,
                "value": finding.value,
                "message": finding.message.text(language),
                "advice": finding.advice.text(language),
                "blocks_file": finding.blocks_file,
                "asks": finding.asks,
            }
            for finding in checked.findings.listed
        ],
        "log": [{"code": step.code, "message": step.message.text(language), "count": step.count} for step in checked.log],
    }  # fmt: skip


def _column_record(column: ColumnMatch) -> dict[str, object]:
    used = column.certain and column.target is not None
    return {
        "letter": column.letter,
        "header": column.header,
        "code": column.target,
        "how": column.how,
        "score": column.score,
        "used": used,
    }
