"""What every Parquet file says of itself: store, wave, survey and weighting, enough to make the catalogue again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from storage.records import Wave

_KEY = b"manyi"


def described(table: pa.Table, description: Mapping[str, object]) -> pa.Table:
    """A table with a description in its metadata, in place of whatever was there."""
    return table.replace_schema_metadata({_KEY: json.dumps(description, ensure_ascii=False, sort_keys=True).encode()})


def bare(table: pa.Table) -> pa.Table:
    """A table without any metadata, as it was given."""
    return table.replace_schema_metadata(None)


def description_of(path: Path) -> dict[str, Any] | None:
    """The description of a file; None for a file of somebody else, or of a version that wrote none.

    Raises what PyArrow raises for a file that is no Parquet.
    """
    metadata = pq.read_schema(path).metadata or {}
    return json.loads(metadata[_KEY]) if _KEY in metadata else None


def wave_description(store_id: str, wave: Wave, definition: str, **more: object) -> dict[str, object]:
    """What the files of a wave say; ``definition`` is its schema as the catalogue keeps it, ``more`` the weighting of a copy."""
    fixed = {name: value for name, value in vars(wave).items() if name not in ("status", "weighting", "weighting_id", "committed_at")}
    return {"store": store_id, "wave": {**fixed, "committed_at": wave.committed_at.isoformat()}, "schema": definition, **more}
