"""The options of ``estimate weights``, as they were written, and a population that comes in a workbook of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from analysis.respondent_weights.respondent_weights import WeightingRecipe
from analysis.respondent_weights.weighting_targets import columns_told_apart, targets_from_population
from settings import Settings
from survey_schema.models import SurveySchema
from survey_schema.workbook.check.population_workbook import population_of_workbook
from words.errors import ManyiError
from words.language import message

_STARTS = ("given", "unit")


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
    return population_of_workbook(path, schema, limits=settings.read)


def recipe_from(asked: WeightOptions, population: pa.Table | None, schema: SurveySchema) -> WeightingRecipe:
    """The recipe the options ask for, their margins being stored columns.

    Raises :class:`ManyiError` for what the population or the words do not allow.
    """
    if asked.start not in _STARTS:
        raise ManyiError(message("--start is {found}; expected one of {known}.", found=asked.start, known=", ".join(_STARTS)))
    margins = asked.margins or tuple((name,) for name in columns_told_apart(population, schema))
    if asked.cells:
        margins = (tuple(dict.fromkeys(name for margin in margins for name in margin)),)
    targets = targets_from_population(population, margins)
    return WeightingRecipe(targets, "unit" if asked.start == "unit" else "given", "cells" if asked.cells else "raking", asked.trim)
