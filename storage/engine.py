"""The engine that scans responses: DuckDB, handed on as a Narwhals lazy frame."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pyarrow as pa

_SQL_TYPES = {
    pa.int32(): duckdb.sqltypes.INTEGER, pa.string(): duckdb.sqltypes.VARCHAR, pa.float64(): duckdb.sqltypes.DOUBLE,
    pa.date32(): duckdb.sqltypes.DATE, pa.timestamp("us"): duckdb.sqltypes.TIMESTAMP, pa.bool_(): duckdb.sqltypes.BOOLEAN,
}  # fmt: skip


@dataclass(frozen=True)
class EngineLimits:
    """What one process may use for scanning: memory in mebibytes and threads (None: all cores)."""

    memory_mebibytes: int = 1024
    threads: int | None = None


class Engine:
    """One bounded in-memory database per store; every scan has its own connection to it, so users do not meet."""

    def __init__(self, limits: EngineLimits) -> None:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{limits.memory_mebibytes}MiB",
            "temp_directory": str(Path(tempfile.gettempdir()) / f"manyi-engine-{os.getpid()}"),  # the default is the current folder
            "autoinstall_known_extensions": False,  # nothing is ever fetched from the network
            "autoload_known_extensions": False,
        }
        if limits.threads:
            config["threads"] = limits.threads
        self._database = duckdb.connect(config=config)
        self._lock = threading.Lock()

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection of one's own."""
        with self._lock:
            return self._database.cursor()

    def close(self) -> None:
        """Free the engine's memory; frames handed out before are dead."""
        with self._lock:
            self._database.close()

    def scan(
        self,
        files: Sequence[Path],
        types: Mapping[str, pa.DataType],
        where: Sequence[tuple[str, frozenset[str | None]]] = (),
        nulls: Mapping[str, Sequence[str]] | None = None,
    ) -> nw.LazyFrame[Any]:
        """Responses of some files with exactly the columns of ``types``; a column no file has is null.

        ``where`` lists allowed values by column; all must hold, null only where None is among them. ``nulls`` lists by column the waves
        in which it is null whatever the files hold. Built from expressions, so no text of a user or a workbook ever becomes SQL; filters
        reach down into the files.
        """
        rows = self.connection().read_parquet([str(path) for path in files], union_by_name=True)
        known = set(rows.columns)
        for name, allowed in where:
            rows = rows.filter(_allows(name, allowed, known))
        columns = [_column(name, kind, known, (nulls or {}).get(name, ())) for name, kind in types.items()]
        return nw.from_native(rows.select(*columns)).lazy()

    def frame(self, responses: pa.Table) -> nw.LazyFrame[Any]:
        """A table in memory as the same kind of frame."""
        return nw.from_native(self.connection().from_arrow(responses)).lazy()


def _allows(name: str, allowed: frozenset[str | None], known: set[str]) -> duckdb.Expression:
    if name not in known:
        return duckdb.ConstantExpression(None in allowed)
    values = [duckdb.ConstantExpression(value) for value in sorted(value for value in allowed if value is not None)]
    column = duckdb.ColumnExpression(name)
    found = column.isin(*values) if values else duckdb.ConstantExpression(False)
    return found | column.isnull() if None in allowed else found


def _column(name: str, kind: pa.DataType, known: set[str], null_in: Sequence[str]) -> duckdb.Expression:
    source = duckdb.ColumnExpression(name) if name in known else duckdb.ConstantExpression(None)
    if null_in:
        there = duckdb.ColumnExpression("wave").isnotin(*(duckdb.ConstantExpression(wave) for wave in null_in))
        source = duckdb.CaseExpression(there, source)
    return source.cast(_SQL_TYPES[kind]).alias(name)
