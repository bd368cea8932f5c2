"""Responses as an SPSS file (.sav): names, titles, the words of grades and groups, and the weight in force."""

from __future__ import annotations

import struct
from pathlib import Path

import pandas as pd
import pyreadstat

from reports.responses.response_table import ResponseColumn, ResponseTable
from survey_schema.workbook.worker.private_folder import job_folder
from words.shown_text import xml_text

#: Bytes of a label of a variable, of a value, and of a text, in the format.
_LONGEST_TITLE, _LONGEST_LABEL, _LONGEST_TEXT = 252, 120, 32_000
#: Where the header of a file says which variable is the weight, from 1; 0 is none.
_WEIGHT_AT = 76


def sav_of(table: ResponseTable) -> bytes:
    """The file. A value without an answer is system-missing; the weight is the first variable, and the file is weighted by it."""
    columns = {column.name: _values(column) for column in table.columns}
    labels = {column.name: _labels(column) for column in table.columns if column.labels}
    measure = {column.name: "nominal" if column.in_words or not column.is_number else "scale" for column in table.columns}
    with job_folder() as folder:
        path = Path(folder) / "responses.sav"
        pyreadstat.write_sav(
            pd.DataFrame(columns),
            str(path),
            file_label=_cut(table.survey, 60),
            column_labels={column.name: _cut(column.title, _LONGEST_TITLE) for column in table.columns},
            variable_value_labels={name: found for name, found in labels.items() if found},
            variable_measure=measure,
            row_compress=True,
        )
        content = bytearray(path.read_bytes())
    if table.columns and table.columns[0].is_weight:
        content[_WEIGHT_AT : _WEIGHT_AT + 4] = struct.pack("<i", 1)
    return bytes(content)


def _values(column: ResponseColumn) -> pd.Series:
    if column.is_number:
        return column.values.to_pandas()
    encoded = column.values.combine_chunks().dictionary_encode()
    texts = [_cut(text, _LONGEST_TEXT) for text in encoded.dictionary.to_pylist()]
    return pd.Series([texts[code] if code is not None else "" for code in encoded.indices.to_pylist()], dtype=object)


def _labels(column: ResponseColumn) -> dict[float, str]:
    """The words of values; where two would be cut to the same, each has its number in front."""
    cut = {value: _cut(label, _LONGEST_LABEL) for value, label in column.labels.items()}
    if len(set(cut.values())) == len(set(column.labels.values())):
        return cut
    return {value: _cut(f"{value:g} {label}", _LONGEST_LABEL) for value, label in column.labels.items()}


def _cut(text: str, longest: int) -> str:
    """As much of a text as fits into so many bytes, without half a character and without signs no file may hold."""
    return xml_text(text).encode("utf-8")[:longest].decode("utf-8", "ignore")
