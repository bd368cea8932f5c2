"""Unknown names of branches, operators and business lines in sheets of kinds, put down for repair as those among the responses are."""

from __future__ import annotations

import numpy as np

from survey_schema.columns import Role
from survey_schema.data_kinds.description import KindColumn, OneOf
from survey_schema.workbook.clean.clean_values import plain_text
from survey_schema.workbook.kinds.sheet_draft import SheetDraft
from survey_schema.workbook.read.sheets import cell_name
from survey_schema.workbook.repair.unknown_values import CELLS_NAMED, UnknownColumn, names_of_column

_OF_THE_SURVEY = ("branch", "operator", "business_line")


def unknown_names(draft: SheetDraft, column: KindColumn) -> UnknownColumn | None:
    """The names of a column that the survey lists and that cannot be read; None for other columns, or where all can."""
    reading = draft.readings.get(column.code)
    if reading is None or not reading.faults or not isinstance(column.value, OneOf) or column.value.source not in _OF_THE_SURVEY:
        return None
    asked = draft.context.schema.column_for(Role(column.value.source))
    if asked is None:
        return None
    index = draft.place.columns[column.code]
    codes, raw = draft.codes(index), draft.place.sheet.columns[index].values
    counts = np.bincount(codes[draft.data], minlength=len(raw))
    values: dict[str, int] = {}
    cells: dict[str, tuple[str, ...]] = {}
    for place in (place for place in reading.faults if counts[place]):
        text = " ".join(plain_text(raw[place]).split())
        values[text] = values.get(text, 0) + int(counts[place])
        rows = np.flatnonzero((codes == place) & draft.data)[:CELLS_NAMED].tolist()
        named = (f"{draft.place.sheet.name}!{cell_name(draft.first + row, index)}" for row in rows)
        cells[text] = (*cells.get(text, ()), *named)[:CELLS_NAMED]
    return UnknownColumn(asked.code, asked.title, values, cells, names_of_column(asked, ())) if values else None
