"""Measures to choose from that come in a file of their own."""

from __future__ import annotations

from pathlib import Path

from settings import Settings
from survey_schema.measure_candidates import Candidate
from survey_schema.measure_rows import candidates_of_rows
from survey_schema.workbook.check.measures_workbook import measures_of_workbook
from words.errors import ManyiError
from words.language import message


def measures_file(path: Path, settings: Settings) -> tuple[Candidate, ...]:
    """The measures of a workbook or text file; refused where a row lacks what a measure must say."""
    if path.is_dir():
        raise ManyiError(message("{path} is a folder; name a file.", path=str(path)))
    return candidates_of_rows(measures_of_workbook(path, limits=settings.read))
