"""A million stored responses of 30 items: all sums behind means and intervals, against DuckDB's plain grouped averages.

``python -m benchmarks.million_responses`` writes a seeded Parquet file as a wave is stored, then measures, in one process and in
rounds: ``avg`` of every item by wave × branch × operator in DuckDB; ``analysis.sums.tallies`` over the same file and the means of
all items with their intervals; and what a page computes once the sums are kept: the index by branch of the newest wave with
intervals, and its league. A page opened again computes neither, since results are kept beside the sums. Every round does everything
once, so that other work on the machine meets all of it alike; the fastest round of each counts. Elapsed times come with processor
times. Matrix products use one thread each, as in the application.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.compare.compare_groups import league
from analysis.index.estimate_index import estimate_index
from analysis.sums.tallies import sums
from storage.engine import Engine, EngineLimits
from storage.stored_columns import stored_types, stored_wave
from survey_schema.loading import parse_schema
from survey_schema.models import SurveySchema

T = TypeVar("T")
GOAL_RATIO = 3.0
GOAL_MILLISECONDS = 100.0
BY = ("wave", "branch", "operator")
OPERATORS, BRANCHES, WAVES = ("us", "them", "others"), 14, [f"{year}Q{quarter}" for year in (2025, 2026) for quarter in (1, 2, 3, 4)]


def survey(items: int) -> SurveySchema:
    """Items on 1–10 in groups of five under one index."""
    codes = [f"q{number:02d}" for number in range(1, items + 1)]

    def named(code: str) -> str:
        return f"title: {{zh_CN: {code}, en: {code}}}"

    choices = ", ".join(f"{{code: {code}, {named(code)}, ours: {str(code == 'us').lower()}}}" for code in OPERATORS)
    lines = [
        "name: million", named("million"), "scales:", "  ten: {minimum: 1, maximum: 10, satisfied_from: 8}", "columns:",
        f"  - {{code: branch, role: branch, {named('branch')}}}",
        f"  - {{code: operator, role: operator, {named('operator')}, choices: [{choices}]}}",
        "items:", *(f"  - {{code: {code}, scale: ten, {named(code)}}}" for code in codes),
        "tree:", "  code: index", f"  {named('index')}", "  children:",
        *(f"    - {{code: part{at // 5}, {named('part')}, children: [{', '.join(codes[at : at + 5])}]}}" for at in range(0, items, 5)),
    ]  # fmt: skip
    return parse_schema("\n".join(lines), "million.yaml")


def write_responses(path: Path, schema: SurveySchema, rows: int) -> None:
    """Seeded responses as they are stored: wave by wave, weights of a design effect of about 1.2, 3 % of the answers missing."""
    rng = np.random.default_rng(20261001)
    parts = []
    for wave in WAVES:
        n = rows // len(WAVES)
        mood = rng.normal(7.4, 1.2, n)
        columns: dict[str, Any] = {
            "source_row": np.arange(n), "wave": np.repeat(wave, n), "operator": np.array(OPERATORS)[rng.integers(0, 3, n)],
            "branch": np.array([f"branch{b:02d}" for b in range(BRANCHES)])[rng.integers(0, BRANCHES, n)],
            "respondent_weight": rng.gamma(5, 0.2, n) + 0.05,
        }  # fmt: skip
        for item in schema.items:
            answers = np.clip(np.rint(mood + rng.normal(0, 1.3, n)), 1, 10)
            columns[item.code] = pa.array(np.where(rng.random(n) < 0.03, np.nan, answers), from_pandas=True)
        parts.append(stored_wave(pa.table(columns), schema).responses)
    pq.write_table(pa.concat_tables(parts), path, compression="zstd")


def grouped_averages(path: Path, schema: SurveySchema) -> int:
    """The peer: the plain average of every item in every group. Gives the number of groups."""
    rows = duckdb.connect().read_parquet(str(path))
    averages = ", ".join(f"avg({item.code})" for item in schema.items)
    return int(rows.aggregate(f"{', '.join(BY)}, {averages}", ", ".join(BY)).to_arrow_table().num_rows)


@dataclass(frozen=True, order=True)
class Seconds:
    """What a job took: elapsed, and on all processors together."""

    elapsed: float
    processor: float

    def __str__(self) -> str:
        return f"{self.elapsed:.3f} s (processor {self.processor:.3f} s)"


def timed(job: Callable[[], T]) -> tuple[Seconds, T]:
    """How long a job takes, and what it gives."""
    started = time.perf_counter(), time.process_time()
    result = job()
    return Seconds(time.perf_counter() - started[0], time.process_time() - started[1]), result


def one_round(path: Path, schema: SurveySchema, engine: Engine) -> tuple[tuple[Seconds, ...], int, int]:
    """Times of plain averages, all sums, all means with intervals, index by branch and league; number of groups and of means."""
    codes = [item.code for item in schema.items]
    peer, groups = timed(lambda: grouped_averages(path, schema))
    passed, tallies = timed(lambda: sums(engine.scan([path], stored_types(schema)), schema, BY))
    judged, means = timed(lambda: estimate_index(tallies, schema, by=BY, codes=codes))
    kept = tallies.where({"wave": WAVES[-1]}).collapse(["branch"])
    page, _ = timed(lambda: estimate_index(kept, schema, by=["branch"]))
    table, _ = timed(lambda: league(kept, schema))
    return (peer, passed, judged, page, table), groups, len(means.estimates)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    schema = survey(options.items)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "responses.parquet"
        write_responses(path, schema, options.rows)
        engine = Engine(EngineLimits())
        rounds = [one_round(path, schema, engine) for _ in range(options.runs)]
        engine.close()
    _, groups, means = rounds[0]
    peer, passed, judged, page, table = (min(column) for column in zip(*(times for times, _, _ in rounds), strict=True))
    sums_alone, ratio = passed.elapsed / peer.elapsed, (passed.elapsed + judged.elapsed) / peer.elapsed
    milliseconds, standing = page.processor * 1000, table.processor * 1000
    for line in (
        f"plain averages of {groups} groups: {peer}",
        f"all sums: {passed}; {means:,} means with intervals from them: {judged}",
        f"ratio {ratio:.1f} with all those intervals (goal {GOAL_RATIO:g}), {sums_alone:.1f} for the sums alone",
        f"computing from kept sums: index by branch {milliseconds:.0f} ms (goal {GOAL_MILLISECONDS:g}), league {standing:.0f} ms",
    ):
        sys.stdout.write(line + "\n")
    return 0 if ratio <= GOAL_RATIO and milliseconds <= GOAL_MILLISECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
