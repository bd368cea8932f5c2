"""What a hundred million responses would take on a cluster, planned on paper from slopes measured here.

``python -m benchmarks.spark_slopes`` writes seeded responses at three sizes, as waves are stored, half of them with clusters of ten, and
measures in processor time what each row costs: the partial step alone, as a worker's Python does it (reading the columns it needs from
Parquet among it), and Apache Spark from the file to the partial, with its Java and its workers (``--no-spark`` leaves that out). A partial
has as many bytes as it has cells, not rows, unless clusters make the cells; joining partials is what the driver does. The lines through
the three sizes are the slopes; the plan says what they mean for ``--rows`` responses on some numbers of cores. Processor times are those
of Linux.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.sums.partial_sums import PartialSums, join, partial_sums
from analysis.sums.sums_plan import SumsPlan, plan_of
from analysis.sums.tallies import sums
from benchmarks.million_responses import BY, survey, write_responses
from storage.spark_engine import SparkEngine
from storage.stored_columns import stored_types
from survey_schema.models import SurveySchema

SIZES = (200_000, 400_000, 800_000)
CORES = (8, 32, 128)
PARTITIONS, GIGABIT = 800, 125e6
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """Of some rows: processor seconds of the partial step and of Spark (None: not measured), bytes of the partial, seconds of a join."""

    rows: int
    step: float
    spark: float | None
    size: int
    joined: float


def processor_seconds() -> float:
    """Of this process and all below it, living and dead: Java and the workers are such."""
    parents: dict[int, tuple[int, float]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        parents[int(folder.name)] = int(fields[1]), sum(map(int, fields[11:15])) / _TICKS

    def is_ours(process: int) -> bool:
        while process in parents and process != os.getpid():
            process = parents[process][0]
        return process == os.getpid()

    return sum(seconds for process, (_parent, seconds) in parents.items() if is_ours(process))


def write(path: Path, schema: SurveySchema, rows: int, clustered: bool) -> None:
    """Responses as they are stored; in clusters of ten where asked for."""
    write_responses(path, schema, rows)
    if clustered:
        table = pq.read_table(path)
        clusters = pa.array([f"c{number // 10}" for number in range(table.num_rows)])
        pq.write_table(table.set_column(table.column_names.index("cluster"), "cluster", clusters), path, compression="zstd")


def measured(path: Path, schema: SurveySchema, plan: SumsPlan, engine: SparkEngine | None, runs: int) -> Measured:
    """One file; the least of some runs, since other work on the machine only ever adds."""
    file = pq.ParquetFile(path)
    steps, joins, sparks = [], [], []
    for _ in range(runs):
        started = time.process_time()
        sent = partial_sums(file.iter_batches(131_072, columns=list(plan.columns)), plan).to_bytes()
        steps.append(time.process_time() - started)
        started = time.process_time()
        join([PartialSums.from_bytes(sent, plan) for _ in range(4)])
        joins.append((time.process_time() - started) / 4)
        if engine is not None:
            started = processor_seconds()
            sums(engine.scan([str(path)], stored_types(schema)), schema, BY)
            sparks.append(processor_seconds() - started)
    return Measured(file.metadata.num_rows, min(steps), min(sparks, default=None), len(sent), min(joins))


def slope(rows: list[int], values: list[float]) -> tuple[float, float]:
    """What each row adds, and what there is without any: the line by least squares."""
    per_row, fixed = np.polyfit(rows, values, 1)
    return float(per_row), float(fixed)


def planned(found: list[Measured], rows: int, clustered: bool) -> list[str]:
    """The slopes of one design, and the plan."""
    sizes = [each.rows for each in found]
    step, _ = slope(sizes, [each.step for each in found])
    lines = [
        f"partial step: {1 / step:,.0f} rows a second and core ({', '.join(f'{each.step:.2f} s for {each.rows:,}' for each in found)})",
        f"a partial: {', '.join(f'{each.size / 1e6:.2f} MB of {each.rows:,}' for each in found)}; joining one: {found[-1].joined:.3f} s",
    ]
    work = step
    if found[-1].spark is not None:
        work, _ = slope(sizes, [each.spark or 0.0 for each in found])
        lines.append(f"Spark from the file to the partial: {1 / work:,.0f} rows a second and core")
    size = slope(sizes, [float(each.size) for each in found])[0] * rows / PARTITIONS if clustered else float(found[-1].size)
    join_all = found[-1].joined * PARTITIONS * (size / found[-1].size)
    lines.append(f"{rows:,} rows in {PARTITIONS} partitions: {size * PARTITIONS / 1e9:.2f} GB of partials")
    for cores in CORES:
        passed, sent = rows * work / cores, size * PARTITIONS / GIGABIT
        lines.append(f"  {cores} cores: pass {passed:,.0f} s, sent at a gigabit {sent:.0f} s, joined {join_all:.0f} s")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-spark", action="store_true")
    options = parser.parse_args()
    schema, engine = survey(options.items), None if options.no_spark else SparkEngine("local[1]")
    with tempfile.TemporaryDirectory(prefix="manyi-slopes-") as folder:
        for clustered in (False, True):
            found = []
            for rows in (SIZES[-1], *SIZES):  # the first time warms up: Java compiles what it does often
                path = Path(folder) / f"{rows}_{clustered}.parquet"
                write(path, schema, rows, clustered)
                plan = plan_of(schema, pq.read_schema(path).names, BY)
                found.append(measured(path, schema, plan, engine, options.runs))
            sys.stdout.write(
                "\n".join(["in clusters of ten:" if clustered else "without clusters:", *planned(found[1:], options.rows, clustered), ""])
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
