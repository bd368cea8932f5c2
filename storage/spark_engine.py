"""Apache Spark as the engine: responses are scanned where the cluster's workers are, and handed on as a Narwhals lazy frame.

The files are those DuckDB reads. Spark asks for a Java of 17 or newer, and on a cluster for files that every worker reaches under the
same path or address, and for this package on every worker (``pip install``), since partial sums are made there
(``analysis.sums.spread_passes``). Lists beside the responses, and tables in memory, stay with DuckDB: they came from one workbook.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from words.errors import ManyiError
from words.language import message

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

#: Where this package lies; workers on this machine find it there.
_ROOT = Path(__file__).resolve().parent.parent
_SQL_TYPES = {
    pa.int32(): "int", pa.string(): "string", pa.float64(): "double", pa.date32(): "date", pa.timestamp("us"): "timestamp_ntz",
    pa.bool_(): "boolean",
}  # fmt: skip
#: Rows handed to a worker's Python at a time: those the kernel brings in order together.
_BATCH = 131_072
_ALWAYS = {
    "spark.sql.ansi.enabled": "false",  # a text that is no number is null, as it is everywhere else here
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(_BATCH),
}
#: A local program stays local: no page of its own, no name of this machine in the network.
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


class SparkEngine:
    """``address``: a master, or ``sc://…`` for Spark Connect. The session is the process's, begun when the first responses are scanned."""

    def __init__(self, address: str) -> None:
        self._address = address

    def scan(
        self,
        files: Sequence[str],
        types: Mapping[str, pa.DataType],
        where: Sequence[tuple[str, frozenset[str | None]]] = (),
        nulls: Mapping[str, Sequence[str]] | None = None,
    ) -> nw.LazyFrame[Any]:
        """Responses of some files, by path or address, with exactly the columns of ``types``, as ``storage.engine.Engine.scan`` gives
        them."""
        alike: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for file in files:
            alike.setdefault(_columns_of(file), []).append(file)
        parts = [self._read(columns, paths, types, where, nulls or {}) for columns, paths in alike.items()]
        found: nw.LazyFrame[Any] = nw.from_native(reduce(lambda one, other: one.unionAll(other), parts)).lazy()
        return found

    def _read(
        self,
        columns: tuple[tuple[str, str], ...],
        paths: Sequence[str],
        types: Mapping[str, pa.DataType],
        where: Sequence[tuple[str, frozenset[str | None]]],
        nulls: Mapping[str, Sequence[str]],
    ) -> DataFrame:
        """Files that hold the same columns."""
        known = {name for name, _kind in columns}
        rows = session_at(self._address).read.schema(", ".join(f"`{name}` {kind}" for name, kind in columns)).parquet(*paths)
        for name, allowed in where:
            rows = rows.filter(_allows(name, allowed, known))
        return rows.select(*(_column(name, kind, known, nulls.get(name, ())) for name, kind in types.items()))


@lru_cache(4096)
def _columns_of(file: str) -> tuple[tuple[str, str], ...]:
    """Names and types of a file's columns; files never change."""
    if "://" in file:
        import fsspec

        with fsspec.open(file) as opened:
            schema = pq.read_schema(opened)
    else:
        schema = pq.read_schema(file)
    return tuple((field.name, _SQL_TYPES[field.type]) for field in schema)


def _allows(name: str, allowed: frozenset[str | None], known: set[str]) -> Column:
    from pyspark.sql import functions as sql

    if name not in known:
        return sql.lit(None in allowed)
    column = _named(name)
    found = column.isin(*sorted(value for value in allowed if value is not None))
    return found | column.isNull() if None in allowed else found


def _column(name: str, kind: pa.DataType, known: set[str], null_in: Sequence[str]) -> Column:
    from pyspark.sql import functions as sql

    source = _named(name) if name in known else sql.lit(None)
    if null_in:
        source = sql.when(~_named("wave").isin(*null_in), source)
    return source.cast(_SQL_TYPES[kind]).alias(name)


def _named(name: str) -> Column:
    from pyspark.sql import functions as sql

    return sql.col(f"`{name}`")


@cache
def session_at(address: str) -> SparkSession:
    """The session; raises :class:`ManyiError` where pyspark, Java or the cluster is not there."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ManyiError(
            message('The engine spark needs the package pyspark, which is not installed: python -m pip install "manyi[spark]"')
        ) from error
    builder = SparkSession.builder.appName("manyi")
    connected, local = address.startswith("sc://"), address.startswith("local")
    if not connected and shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise ManyiError(message("The engine spark needs Java 17 or newer, which is not installed (on Debian: default-jre-headless)."))
    if local:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    settings = _ALWAYS | (_LOCAL if local else {})
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return (builder.remote(address) if connected else builder.master(address)).getOrCreate()
    except Exception as error:  # whatever the gateway, the cluster or the network says, in one sentence
        reason = str(error).strip().splitlines()
        raise ManyiError(
            message("Spark at {address} cannot be reached: {reason}", address=address, reason=reason[0] if reason else type(error).__name__)
        ) from error
