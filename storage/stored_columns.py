"""The columns of a stored wave: the same names and types whatever the workbook had."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from storage.content_digests import rows_digest
from storage.replicate_groups import keyed_hashes, replicate_groups, row_hashes
from survey_schema.columns import DIMENSIONS, Role
from survey_schema.data_kinds.description import DataKind
from survey_schema.models import SurveySchema

_FIXED: dict[str, pa.DataType] = {
    "source_row": pa.int32(),
    Role.WAVE: pa.string(),
    **dict.fromkeys(DIMENSIONS, pa.string()),
    Role.RESPONDENT_WEIGHT: pa.float64(),
    Role.STRATUM: pa.string(),
    Role.CLUSTER: pa.string(),
    Role.RESPONDENT_ID: pa.string(),
}


def stored_types(schema: SurveySchema) -> dict[str, pa.DataType]:
    """Name and type of every column a stored wave of this survey has, ``replicate_group`` last."""
    types = {str(name): kind for name, kind in _FIXED.items()}
    for column in schema.columns:
        if column.role in (Role.PRIVATE, Role.DATE) or column.stored_as in types:
            continue
        is_number = column.role is Role.DURATION or (column.role is Role.ATTRIBUTE and column.kind == "number")
        types[column.stored_as] = pa.float64() if is_number else pa.string()
    types.update({item.code: pa.float64() for item in schema.items})
    types.update({name: pa.bool_() for question in schema.multi for name in question.stored_columns})
    types.update({name: pa.float64() for question in schema.rankings for name in question.stored_columns})
    return {**types, "replicate_group": pa.int32()}


@dataclass(frozen=True, eq=False)
class StoredWave:
    """One wave as it is stored, and a digest of what its responses say, in their order."""

    responses: pa.Table
    digest: bytes


def stored_wave(responses: pa.Table, schema: SurveySchema) -> StoredWave:
    """One wave's responses with exactly the stored columns: absent ones null, replicate groups assigned, responses of a group together.

    A column the schema does not know is left out, so that nothing private slips into the store. The digest is taken in the order of the
    workbook, so it does not depend on how the store orders responses; ``source_row`` keeps that order.
    """
    columns: dict[str, pa.ChunkedArray | pa.Array] = {}
    for name, kind in stored_types(schema).items():
        if name == "replicate_group":
            continue
        if name in responses.column_names:
            columns[name] = responses[name].cast(kind)
        elif name == Role.RESPONDENT_WEIGHT:
            columns[name] = pa.repeat(pa.scalar(1.0, kind), responses.num_rows)
        else:
            columns[name] = pa.nulls(responses.num_rows, kind)
    table = pa.table(columns)
    content = row_hashes(table)
    groups = pa.array(replicate_groups(table, content), pa.int32())
    together = [(str(name), "ascending") for name in (*DIMENSIONS, Role.STRATUM, Role.CLUSTER, "source_row")]
    ordered = table.append_column("replicate_group", groups).sort_by(together)  # adding up rows of one group is faster in one go
    # With the ids: a file left by a commit that broke off is taken for the wave's only if it has the same ones.
    return StoredWave(ordered, hashlib.sha256(content.tobytes() + keyed_hashes(table).tobytes()).digest())


def split_by_period(rows: pa.Table, kind: DataKind) -> dict[str, StoredWave]:
    """Rows of a kind as stored deliveries by period, in the order the periods first occur; rows stay in the order of the sheet."""
    table = pa.table({name: rows[name].cast(stored) for name, stored in kind.stored_types.items()})
    found = table["period"].unique().to_pylist()
    parts = {label: table if len(found) == 1 else table.filter(pc.equal(table["period"], label)) for label in found}
    return {label: StoredWave(part, rows_digest(part)) for label, part in parts.items()}


def split_by_wave(responses: pa.Table, schema: SurveySchema) -> dict[str | None, StoredWave]:
    """Stored waves by wave label, in the order the labels first occur."""
    labels = responses[Role.WAVE].combine_chunks() if Role.WAVE in responses.column_names else pa.nulls(responses.num_rows, pa.string())
    found = labels.unique().to_pylist()
    if len(found) == 1:
        return {found[0]: stored_wave(responses, schema)}
    masks = {label: labels.is_null() if label is None else pc.equal(labels, label) for label in found}
    return {label: stored_wave(responses.filter(mask), schema) for label, mask in masks.items()}
