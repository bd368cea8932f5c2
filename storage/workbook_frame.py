"""A checked workbook as the same kind of frame the store gives, for estimates without storing anything."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pyarrow as pa

from storage.engine import Engine, EngineLimits
from storage.records import Scope, Selection
from storage.selection_filters import filters
from storage.stored_columns import split_by_wave
from survey_schema.models import SurveySchema
from survey_schema.responses import CheckedWorkbook
from words.errors import ManyiError, unknown
from words.language import message


def workbook_frame(
    checked: CheckedWorkbook, schema: SurveySchema, selection: Selection | None = None, limits: EngineLimits | None = None
) -> nw.LazyFrame[Any]:
    """The responses of a checked workbook as ``Store.scan`` would give them after a commit, replicate groups included.

    Responses without a wave label stay without one. Raises :class:`ManyiError` when findings block the workbook or a
    wave selected is not in it.
    """
    if checked.responses is None and checked.storable:
        raise ManyiError(message("{name} holds no responses.", name=checked.source_name))
    if checked.responses is None or not checked.findings.usable:
        raise ManyiError(message("{name} has errors that must be corrected before it can be used.", name=checked.source_name))
    waves = split_by_wave(checked.responses, schema)
    if selection and selection.waves:
        for label in selection.waves:
            if label not in waves:
                raise unknown(message("wave"), label, waves, place=checked.source_name)
        waves = {label: stored for label, stored in waves.items() if label in selection.waves}
    frame = Engine(limits or EngineLimits()).frame(pa.concat_tables([stored.responses for stored in waves.values()]))
    for name, allowed in filters(selection, Scope()) if selection else []:
        frame = frame.filter(nw.col(name).is_in(sorted(value for value in allowed if value is not None)))
    return frame
