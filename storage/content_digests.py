"""What the rows of a delivery say, as one digest: column by column over whole arrays, since tickets come by the million."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

#: Where a row stood in its workbook is not what it says.
_PLACE = ("source_row",)


def rows_digest(rows: pa.Table) -> bytes:
    """SHA-256 over every cell of every column but the place in the workbook, rows in their order, columns by their names."""
    digest = hashlib.sha256()
    for name in sorted(name for name in rows.column_names if name not in _PLACE):
        column = rows[name].combine_chunks()
        digest.update(f"{name}\x1f{column.type}\x1f{len(column)}\x1f".encode())
        digest.update(np.packbits(np.asarray(column.is_valid())).tobytes())
        digest.update(_bytes(column))
    return digest.digest()


def _bytes(column: pa.Array) -> bytes:
    """The cells one after the other, empty ones as nothing or zero; of texts their lengths before them."""
    if pa.types.is_string(column.type):
        texts = pc.fill_null(column, "")
        ends = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
        signs = texts.buffers()[2]
        return np.diff(ends).tobytes() + (signs[int(ends[0]) : int(ends[-1])].to_pybytes() if signs is not None and len(ends) else b"")
    if pa.types.is_temporal(column.type):
        column = column.cast(pa.int32() if pa.types.is_date32(column.type) else pa.int64())
    plain = pc.fill_null(column, False if pa.types.is_boolean(column.type) else 0)
    values: npt.NDArray[np.generic] = plain.to_numpy(zero_copy_only=False)
    return values.tobytes()
