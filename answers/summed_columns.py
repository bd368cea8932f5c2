"""By which columns whole waves are summed: all dimensions, so that one pass serves every question, or those of one question."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.sums.cell_counts import bytes_a_cell, cells_in_clusters
from analysis.sums.tallies import DEFAULT_BY, WAVE
from answers.kept import Kept
from answers.wave_sums import MOST_BYTES
from storage.records import Selection
from storage.store import Store
from survey_schema.models import SurveySchema


def summed_columns(
    store: Store, survey: str, content_ids: tuple[str, ...], schema: SurveySchema, kept: Kept, needed: Iterable[str]
) -> tuple[str, ...]:
    """All dimensions where the cells of the survey's waves leave room for other sums; of a sample in many clusters those ``needed``.

    Attributes are summed where they are needed, with what is needed beside them: all dimensions by age and tier would be a cell a person.
    """
    if not {*needed} <= {*DEFAULT_BY}:
        return (WAVE, *sorted({*needed} - {WAVE}))
    each = bytes_a_cell(len(schema.items))
    room = MOST_BYTES * 3 // 4 // each

    def cells() -> int:
        return cells_in_clusters(store.scan(Selection(survey, content_ids), like=schema), at_least=room)

    if kept.get(("cells", survey, content_ids, each), cells) <= room:
        return DEFAULT_BY
    return (WAVE, *sorted({*needed} & {*DEFAULT_BY} - {WAVE}))
