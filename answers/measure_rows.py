"""The stored measures as the analysis takes them, and the rows behind them as they are edited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.measures.measure import Measure
from answers.source import Frame, Source
from survey_schema.data_kinds.measures import BETWEEN_OWNERS, MEASURES
from survey_schema.data_kinds.schema_choices import targets
from survey_schema.models import SurveySchema
from words.language import Language

_BETWEEN = re.compile(f"[{BETWEEN_OWNERS}]")
_COLUMNS = tuple(column.code for column in MEASURES.columns)


@dataclass(frozen=True)
class MeasureRow:
    """A measure and its row as the store has it, which an edit names."""

    measure: Measure
    row: Mapping[str, Any]


def measure_rows(source: Source) -> tuple[MeasureRow, ...]:
    """All that the user may see, in the order of the list; none where no sheet of them came and none was written."""
    if not source.deliveries(MEASURES.code):
        return ()
    key = ("measures", source.rows_key(MEASURES.code))
    return source.kept.get(key, lambda: _rows(source.rows(MEASURES.code), source.branches))


def _rows(frame: Frame, branches: Mapping[str, str]) -> tuple[MeasureRow, ...]:
    rows = frame.select("source_row", *_COLUMNS).collect("pyarrow").to_native().sort_by("source_row").to_pylist()
    return tuple(MeasureRow(_measure(row, branches), {name: row[name] for name in _COLUMNS}) for row in rows)


def _measure(row: Mapping[str, Any], branches: Mapping[str, str]) -> Measure:
    noted = row["branch"]
    owners = tuple(dict.fromkeys(name for part in _BETWEEN.split(row["owners"] or "") if (name := part.strip())))
    told = {name: row[name] for name in _COLUMNS if name not in ("owners", "branch", "share")}
    return Measure(**told, owners=owners, branch=branches.get(noted, noted), noted_branch=noted)


def target_title(code: str | None, schema: SurveySchema, language: Language) -> str:
    """What a measure aims at, in words: that of the survey, or as it was written; nothing where it names nothing."""
    if code is None:
        return ""
    found = next((choice for choice in targets(schema) if choice.code == code), None)
    return found.title.text(language) if found else code
