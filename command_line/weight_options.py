"""The options of ``estimate weights``, as they were written, and a population that comes in a workbook of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from settings import Settings
from survey_schema.errors import ManyiError
from survey_schema.finding_kinds import FindingList
from survey_schema.language import message
from survey_schema.models import SurveySchema
from survey_schema.population_sheet import read_population
from survey_schema.read_workbook import read_workbook


@dataclass(frozen=True)
class WeightOptions:
    """``margins``: columns, or combinations of columns; none for every column the population tells apart. ``cells`` weights the
    combinations of all of them. ``start`` from the given weights or from 1; ``trim`` × the mean is the largest weight."""

    margins: tuple[tuple[str, ...], ...] = ()
    cells: bool = False
    start: str = "given"
    trim: float | None = None
    population: Path | None = None


def population_file(path: Path, schema: SurveySchema, settings: Settings) -> pa.Table:
    """Customers from the population sheet of a workbook; refused when there is none, or a row in it cannot be used."""
    if path.is_dir():
        raise ManyiError(message("{path} is a folder; name a file.", path=str(path)))
    findings = FindingList(1)
    found = read_population(read_workbook(path, limits=settings.read), schema, None, findings)
    for finding in findings.findings().listed:
        raise ManyiError(
            message("{path}, {cell}: {problem} Correct the population first.", path=path.name, cell=finding.cell, problem=finding.message)
        )
    if found is None:
        raise ManyiError(
            message("{path} has no sheet with customers beside branches, operators, brands or business lines.", path=path.name)
        )
    return found
