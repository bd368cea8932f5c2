"""A million stored responses of 30 items: all sums behind means and intervals, against DuckDB's plain grouped averages of the same files.

``python -m benchmarks.million_responses`` writes seeded responses as the product stores them, a Parquet file a wave, then measures, in one
process and in rounds: ``avg`` of every item by wave × branch × operator in DuckDB; ``analysis.sums.tallies`` over the same files and the
means of all items with their intervals; and what a page computes once the sums are kept: the index by branch of the newest wave with
intervals, and its league. A page opened again computes neither, since results are kept beside the sums. Every round does everything
once, so that other work on the machine meets all of it alike; the fastest round of each counts. Elapsed times come with processor
times. Matrix products use one thread each, as in the application.

``--clusters N`` makes it a sample of N clusters over all waves in three strata per wave, with brands and business lines: each wave has
its own clusters, and a cluster lies in one branch. Its sums are those the product makes of such a sample: by the columns asked for.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
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
GOAL_RATIO, GOAL_RATIO_IN_CLUSTERS = 3.0, 10.0
GOAL_MILLISECONDS, GOAL_MEGABYTES = 100.0, 1536.0
BY = ("wave", "branch", "operator")
OPERATORS, BRANCHES, BRANDS, LINES, STRATA = ("us", "them", "others"), 14, ("one", "two", "three"), ("mobile", "fixed"), 3


def wave_labels(waves: int) -> list[str]:
    """Quarters, the oldest first."""
    return [f"{2025 + at // 4}Q{at % 4 + 1}" for at in range(waves)]


WAVES = wave_labels(8)


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
        f"  - {{code: brand, role: brand, {named('brand')}}}", f"  - {{code: line, role: business_line, {named('line')}}}",
        "items:", *(f"  - {{code: {code}, scale: ten, {named(code)}}}" for code in codes),
        "tree:", "  code: index", f"  {named('index')}", "  children:",
        *(f"    - {{code: part{at // 5}, {named('part')}, children: [{', '.join(codes[at : at + 5])}]}}" for at in range(0, items, 5)),
    ]  # fmt: skip
    return parse_schema("\n".join(lines), "million.yaml")


def write_responses(folder: Path, schema: SurveySchema, rows: int, waves: int = 8, clusters: int = 0) -> list[Path]:
    """Seeded responses as they are stored, a file a wave: weights of a design effect of about 1.2, 3 % of the answers missing."""
    rng = np.random.default_rng(20261001)
    paths = []
    for wave in wave_labels(waves):
        n = rows // waves
        mood, branch = rng.normal(7.4, 1.2, n), rng.integers(0, BRANCHES, n)
        columns: dict[str, Any] = {
            "source_row": np.arange(n), "wave": np.repeat(wave, n), "operator": np.array(OPERATORS)[rng.integers(0, 3, n)],
            "respondent_weight": rng.gamma(5, 0.2, n) + 0.05,
        }  # fmt: skip
        if clusters:
            cluster = rng.integers(0, clusters // waves, n)
            branch = cluster % BRANCHES
            columns |= {
                "cluster": np.array([f"cluster{each:06d}" for each in range(clusters // waves)])[cluster],
                "stratum": np.array([f"stratum{each}" for each in range(STRATA)])[cluster % STRATA],
                "brand": np.array(BRANDS)[rng.integers(0, len(BRANDS), n)],
                "business_line": np.array(LINES)[rng.integers(0, len(LINES), n)],
            }  # fmt: skip
        columns["branch"] = np.array([f"branch{b:02d}" for b in range(BRANCHES)])[branch]
        for item in schema.items:
            answers = np.clip(np.rint(mood + rng.normal(0, 1.3, n)), 1, 10)
            columns[item.code] = pa.array(np.where(rng.random(n) < 0.03, np.nan, answers), from_pandas=True)
        paths.append(folder / f"{wave}.parquet")
        pq.write_table(stored_wave(pa.table(columns), schema).responses, paths[-1], compression="zstd", write_page_checksum=True)
    return paths


def grouped_averages(paths: Sequence[Path], schema: SurveySchema) -> int:
    """The peer: the plain average of every item in every group. Gives the number of groups."""
    rows = duckdb.connect().read_parquet([str(path) for path in paths], union_by_name=True)
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


def one_round(paths: Sequence[Path], schema: SurveySchema, engine: Engine) -> tuple[tuple[Seconds, ...], int, int]:
    """Times of plain averages, all sums, all means with intervals, index by branch and league; number of groups and of means."""
    codes = [item.code for item in schema.items]
    peer, groups = timed(lambda: grouped_averages(paths, schema))
    passed, tallies = timed(lambda: sums(engine.scan(paths, stored_types(schema)), schema, BY))
    judged, means = timed(lambda: estimate_index(tallies, schema, by=BY, codes=codes))
    kept = tallies.where({"wave": paths[-1].stem}).collapse(["branch"])
    page, _ = timed(lambda: estimate_index(kept, schema, by=["branch"]))
    table, _ = timed(lambda: league(kept, schema))
    return (peer, passed, judged, page, table), groups, len(means.estimates)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--waves", type=int, default=8)
    parser.add_argument("--clusters", type=int, default=0)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    schema = survey(options.items)
    with tempfile.TemporaryDirectory() as folder:
        paths = write_responses(Path(folder), schema, options.rows, options.waves, options.clusters)
        engine = Engine(EngineLimits())
        rounds = [one_round(paths, schema, engine) for _ in range(options.runs)]
        engine.close()
    _, groups, means = rounds[0]
    peer, passed, judged, page, table = (min(column) for column in zip(*(times for times, _, _ in rounds), strict=True))
    with_intervals = Seconds(passed.elapsed + judged.elapsed, passed.processor + judged.processor)
    goal, found = (GOAL_RATIO_IN_CLUSTERS, passed) if options.clusters else (GOAL_RATIO, with_intervals)
    milliseconds, standing = page.processor * 1000, table.processor * 1000
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    what = f"sums of {options.clusters:,} clusters" if options.clusters else "all sums and intervals"
    for line in (
        f"plain averages of {groups} groups in {len(paths)} files: {peer}",
        f"all sums: {passed}; {means:,} means with intervals from them: {judged}",
        f"ratio of {what} {found.elapsed / peer.elapsed:.1f} (goal {goal:g}), of processor time {found.processor / peer.processor:.1f}",
        f"ratio of the sums alone {passed.elapsed / peer.elapsed:.1f}, of processor time {passed.processor / peer.processor:.1f}",
        f"computing from kept sums: index by branch {milliseconds:.0f} ms (goal {GOAL_MILLISECONDS:g}), league {standing:.0f} ms",
        f"most memory {megabytes:.0f} MB (goal {GOAL_MEGABYTES:g})",
    ):
        sys.stdout.write(line + "\n")
    quick = bool(options.clusters) or milliseconds <= GOAL_MILLISECONDS
    return 0 if found.elapsed / peer.elapsed <= goal and quick and megabytes <= GOAL_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
