"""A separate workbook that holds the population: customers by branch, operator, brand and business line, and nothing else that is read."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from survey_schema.models import SurveySchema
from survey_schema.workbook.check.finding_kinds import FindingList
from survey_schema.workbook.check.population_sheet import read_population
from survey_schema.workbook.read.read_workbook import STANDARD_LIMITS, file_content, read_here, shown_name
from survey_schema.workbook.worker.read_limits import ReadLimits, stopped
from survey_schema.workbook.worker.run_limited import LimitError, run_limited
from words.errors import ManyiError
from words.language import message


def population_of_workbook(
    source: Path | bytes, schema: SurveySchema, name: str | None = None, limits: ReadLimits = STANDARD_LIMITS
) -> pa.Table:
    """The population table of a workbook (columns as ``CheckedWorkbook.population``).

    Stricter than the check of a survey's own workbook: weights follow from every row, so a row that cannot be used refuses the file.
    Raises :class:`ManyiError` for a file that cannot be read, one without a population sheet, and one with a wrong row, naming its cell.
    """
    content = file_content(source, limits)
    try:
        return run_limited(limits.for_file(len(content)), _population, content, shown_name(source, name), schema, limits)
    except LimitError as error:
        raise stopped(error, limits, len(content)) from error


def _population(content: bytes, name: str, schema: SurveySchema, limits: ReadLimits) -> pa.Table:
    workbook = read_here(content, name, limits)
    findings = FindingList(1)
    population = read_population(workbook, schema, None, findings)
    wrong = findings.findings()
    if wrong.listed:
        first = wrong.listed[0]
        raise ManyiError(
            message(
                "{file}, {sheet}!{cell} “{value}”: {fault} Rows of the population that cannot be used: {count}. Correct them first.",
                file=workbook.name, sheet=first.sheet or "", cell=first.cell or "", value=first.value or "", fault=first.message,
                count=sum(wrong.totals.values()),
            )
        )  # fmt: skip
    if population is None:
        raise ManyiError(
            message("{file} has no sheet with a column of customers beside a branch, operator, brand or business line.", file=workbook.name)
        )
    return population
