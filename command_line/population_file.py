"""A population that comes in a workbook of its own."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from settings import Settings
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.population_workbook import population_of_workbook
from words.errors import ManyiError
from words.language import message


def population_file(path: Path, schema: SurveySchema, settings: Settings) -> pa.Table:
    """Customers from the population sheet of a workbook; refused when there is none, or a row in it cannot be used."""
    if path.is_dir():
        raise ManyiError(message("{path} is a folder; name a file.", path=str(path)))
    return population_of_workbook(path, schema, limits=settings.read)
