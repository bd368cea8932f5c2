"""From a raw workbook and its matched columns to findings, a cleaning log and clean responses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from survey_schema.columns import DIMENSIONS, Role
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from survey_schema.wide_form import form_of, repeated_column, repeated_values
from survey_schema.workbook.check.check_columns import check_columns, check_formulas
from survey_schema.workbook.check.check_declarations import note_declarations
from survey_schema.workbook.check.check_draft import CheckDraft, CheckSettings, RawRows
from survey_schema.workbook.check.check_rows import (
    drop_repeated_respondents,
    drop_without_answer,
    note_identical_responses,
    note_straight_lining,
)
from survey_schema.workbook.check.finding_kinds import FindingList
from survey_schema.workbook.check.population_sheet import note_population_gaps, note_population_unread, read_population, spelled_like
from survey_schema.workbook.check.value_answers import value_answers
from survey_schema.workbook.clean.clean_columns import (
    clean_attribute,
    clean_comment,
    clean_dimension,
    clean_ids,
    clean_items,
    clean_weights,
)
from survey_schema.workbook.clean.clean_fieldwork import clean_duration, clean_interviewer
from survey_schema.workbook.clean.clean_options import answered_any, clean_options
from survey_schema.workbook.clean.clean_waves import clean_waves
from survey_schema.workbook.clean.person_rows import person_rows, with_persons
from survey_schema.workbook.match.match_columns import match_columns
from survey_schema.workbook.match.matching import Matching
from survey_schema.workbook.match.profiles import Profile
from survey_schema.workbook.match.skip_rows import drop_half_rows, skip_rows_without_response
from survey_schema.workbook.read.read_workbook import read_workbook
from survey_schema.workbook.read.sheets import Workbook
from survey_schema.workbook.repair.repairs import Repair, names_by_column, with_repairs
from survey_schema.workbook.repair.unknown_values import unknown_values
from words.language import message
from words.lists import Listed


@dataclass(frozen=True)
class KnownContext:
    """What the store knows already: content hash → where it is stored, and names seen per role in columns without listed values.

    ``id_key`` is the store's secret under which ids of respondents and names of interviewers become opaque codes. It is empty where
    there is no store; what was checked so is for looking at, not for storing.
    """

    content_hashes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    id_key: bytes = field(default=b"", repr=False)


def check_file(
    source: Path | bytes,
    schema: SurveySchema,
    *,
    name: str | None = None,
    profile: Profile | None = None,
    answers: Mapping[int, str | None] | None = None,
    sheet: str | None = None,
    known: KnownContext | None = None,
    wave: str | None = None,
    settings: CheckSettings | None = None,
    told: Sequence[str] = (),
) -> CheckedWorkbook:
    """Read, match and check in one call; raises ManyiError when the file can't be read."""
    workbook = read_workbook(source, name)
    matching = match_columns(workbook, schema, profile, answers, sheet)
    return check_workbook(workbook, schema, matching, known, wave, settings, told)


def check_workbook(
    workbook: Workbook,
    schema: SurveySchema,
    matching: Matching,
    known: KnownContext | None = None,
    wave: str | None = None,
    settings: CheckSettings | None = None,
    told: Sequence[str] = (),
    repairs: Sequence[Repair] = (),
    *,
    insists_on_dates: bool = False,
    every_row: bool = False,
) -> CheckedWorkbook:
    """Check everything once and clean what can be used.

    ``wave`` names the wave of rows that carry none (it wins over a date column), with ``every_row`` of all. ``told``: what was said about
    doubtful values, as :mod:`survey_schema.workbook.check.value_answers` reads it; raises ManyiError for a text that is no such answer.
    ``repairs``: what unknown names and words mean (:mod:`survey_schema.workbook.repair.repairs`). Rows used and rows left out (log steps
    ``rows_…``) add up to ``rows_read``. ``responses`` is None when a finding blocks the file.
    """
    known, settings = known or KnownContext(), settings or CheckSettings()
    findings = FindingList(settings.listed_per_kind)
    if matching.sheet_index is None or not matching.columns:
        findings.add(
            "no_table",
            message("No sheet holds a table of responses."),
            message("Put the responses into one sheet, with one header row and one row for each respondent."),
        )
        return CheckedWorkbook(
            workbook.name, workbook.content_hash, schema.name, None, findings.findings(), (), None, None, 0, (), workbook.content_hash
        )
    form = form_of(schema, matching.targets)
    draft = _draft(workbook, form, matching, settings, findings, known.id_key)
    draft.answers = with_repairs(value_answers(told, form), repairs, form)
    draft.names = names_by_column(repairs, form)
    draft.insists_on_dates, draft.one_wave = insists_on_dates, every_row
    responses = _by_person(draft, schema, _clean(draft, known, wave))
    population = read_population(workbook, schema, matching.sheet_index, findings, draft.names)
    if population is not None:
        population = spelled_like(population, responses)
        note_population_gaps(population, responses, schema, findings)
    elif not findings.count("population_value"):
        note_population_unread(workbook, schema, matching.sheet_index, findings)
    content = _content_hash(draft, population)
    _note_known_content(draft, known, responses, (content, workbook.content_hash))
    collected = findings.findings()
    return CheckedWorkbook(
        source_name=workbook.name,
        content_hash=content,
        schema_name=schema.name,
        sheet=matching.sheet,
        findings=collected,
        log=tuple(draft.steps.values()),
        responses=responses if collected.usable else None,
        population=population,
        rows_read=draft.rows.count,
        questions=tuple(draft.questions),
        file_hash=workbook.content_hash,
        unknown=unknown_values(draft.unknown),
    )


def _by_person(draft: CheckDraft, schema: SurveySchema, responses: pa.Table) -> pa.Table:
    """Where one person scores several operators, a row for each of them, known to be the same person's."""
    if schema.repeat is None:
        return responses
    if draft.schema is schema:
        return with_persons(responses)
    rows = person_rows(responses, schema)
    found = message(
        "{persons} people score up to {count} of {column} side by side: {rows} rows, one for each person and each they scored.",
        persons=responses.num_rows, count=len(repeated_values(schema)), column=repeated_column(schema).title, rows=rows.num_rows,
    )  # fmt: skip
    advice = message("Nothing to do; bases count people, and intervals know that the rows of one person belong together.")
    draft.findings.add("side_by_side", found, advice, sheet=draft.rows.sheet.name)
    return rows


def _content_hash(draft: CheckDraft, population: pa.Table | None) -> str:
    parts = (draft.rows.sheet.content_hash(), repr(population.to_pydict()) if population is not None else "")
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _note_known_content(draft: CheckDraft, known: KnownContext, responses: pa.Table, hashes: tuple[str, str]) -> None:
    """Point out what is stored already. Former versions kept the hash of the whole file: then the wave tells which sheet it was."""
    content, file = hashes
    where = known.content_hashes.get(content)
    if where is None and file in known.content_hashes:
        where = known.content_hashes[file] if set(known.content_hashes[file]) & set(responses["wave"].unique().to_pylist()) else None
    if where is not None:
        draft.findings.add(
            "already_stored",
            message("A file of the same content is stored already: {where}.", where=Listed(where)),
            message("It cannot be stored twice; withdraw that wave first if you want to store it again."),
        )


def _draft(
    workbook: Workbook, schema: SurveySchema, matching: Matching, settings: CheckSettings, findings: FindingList, id_key: bytes
) -> CheckDraft:
    first = matching.first_data_row - 1
    # One merged cell names the branch of all its rows; a merged answer is one answer.
    roles = (Role.WAVE, Role.DATE, *DIMENSIONS, Role.STRATUM, Role.CLUSTER)
    codes = {column.code for column in schema.columns if column.role in roles}
    grouping = [match.index for code, match in matching.targets.items() if code in codes]
    sheet = workbook.sheets[matching.sheet_index or 0].with_merged_filled(grouping, first)
    count = max(0, sheet.height - first)
    rows = RawRows(sheet, first, count)
    return CheckDraft(schema, matching, settings, rows, findings, np.ones(count, dtype=bool), np.ones(count, dtype=bool), id_key)


def _clean(draft: CheckDraft, known: KnownContext, wave: str | None) -> pa.Table:
    private = check_columns(draft)
    note_declarations(draft)
    skip_rows_without_response(draft)
    drop_half_rows(draft)
    check_formulas(draft)
    items = clean_items(draft)
    options = clean_options(draft)
    labels = clean_waves(draft, wave)
    grouping = (Role.BRANCH, Role.OPERATOR, Role.BRAND, Role.BUSINESS_LINE, Role.STRATUM, Role.CLUSTER)
    dimensions = {str(role): clean_dimension(draft, role, known.names.get(role, frozenset())) for role in grouping}
    weights = clean_weights(draft)
    if items:
        drop_without_answer(draft, items, answered_any(draft, options))
    ids = clean_ids(draft)
    drop_repeated_respondents(draft, labels)
    note_identical_responses(draft)
    note_straight_lining(draft, items)
    columns: dict[str, pa.Array] = {
        "source_row": pa.array(draft.rows.numbers()),
        str(Role.WAVE): pa.array(labels.tolist(), pa.string()),
        **{role: dimensions[role] for role in DIMENSIONS},
        str(Role.RESPONDENT_WEIGHT): pa.array(weights),
        str(Role.STRATUM): dimensions["stratum"],
        str(Role.CLUSTER): dimensions["cluster"],
        str(Role.RESPONDENT_ID): ids,
    }
    for item in draft.schema.items:
        columns[item.code] = (
            pa.array(items[item.code], from_pandas=True) if item.code in items else pa.nulls(draft.rows.count, pa.float64())
        )
    columns |= options
    for column in draft.schema.columns:
        if column.role is Role.ATTRIBUTE:
            columns[column.code] = clean_attribute(draft, column)
        elif column.role is Role.INTERVIEWER:
            columns[column.stored_as] = clean_interviewer(draft, column)
        elif column.role is Role.DURATION:
            columns[column.stored_as] = clean_duration(draft, column)
        elif column.role is Role.OPEN_COMMENT:
            columns[column.code] = clean_comment(draft, column)
    for code in private:
        stored = next(column.stored_as for column in draft.schema.columns if column.code == code)
        columns[stored] = pa.nulls(draft.rows.count, columns[stored].type)
    used = draft.used
    draft.log("rows_used", message("Responses used"), int(used.sum()))
    _check_base(draft, int(used.sum()))
    table = pa.table(columns)
    return table if used.all() else table.filter(pa.array(used))


def _check_base(draft: CheckDraft, used: int) -> None:
    if not draft.rows.count:
        draft.findings.add(
            "no_usable_row",
            message("There is no row below the header."),
            message("Put one row for each respondent below the header."),
            sheet=draft.rows.sheet.name,
        )
    elif not used:
        draft.findings.add(
            "no_usable_row",
            message("None of the {count} rows is a usable response.", count=draft.rows.count),
            message("See the other findings for why; nothing can be stored."),
            sheet=draft.rows.sheet.name,
        )
    elif used < draft.settings.few_responses:
        draft.findings.add(
            "few_responses",
            message("There are only {count} usable responses.", count=used),
            message("Figures on so small a base are marked; collect more responses if you can."),
            sheet=draft.rows.sheet.name,
        )
