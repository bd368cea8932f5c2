"""Every answer is the same whether DuckDB or Apache Spark scans the responses, and what comes to this process are sums."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql.pandas.conversion import PandasConversionMixin
from typer.testing import CliRunner

from analysis.sums.tallies import sums
from answers.topic_list import TOPICS
from cli import app
from storage.records import Selection
from storage.store import Store
from tests.answers.look_stores import STORES
from tests.answers.one_door import differences
from tests.places import SPARK
from tests.stores import small_store

#: Where a topic is asked when the small store does not have what it needs.
ELSEWHERE = {
    "choices": "choices", "ranking": "choices", "nps": "choices", "composite": "raked", "weights": "weighable", "kano": "kano",
    "tiers": "panel", "recovery": "recovery", "comments": "comments", "inspections": "inspected", "complaints": "complaints",
    "pareto": "complaints", "gaps": "gaps", "kpis": "kpis", "kpi-panel": "kpis", "measures": "measures", "benchmarks": "benchmarks",
}  # fmt: skip
#: The words without which a topic has no question.
NEEDED: dict[str, tuple[str, ...]] = {
    "effect": ("--treated", "lanzhou"), "what-if": ("--drivers", "P1,P8", "--shift", "P1=5"),
    "recovery": ("--on", "2026-06-30"), "measures": ("--on", "2026-07-01"), "indicator-weights": ("--method", "entropy"),
    "cause-test": ("--cause", "a=share:38/41", "--cause", "b=unsatisfied:branch=lanzhou", "--cause", "c=driver:P1"),
    "budget": ("--drivers", "P1,P8", "--budget", "200000", "--measure", "a;driver=P1;shift=5;reach=0.4;cost=150000"),
}  # fmt: skip
#: Questions of responses in clusters, and of weights that were raked: sums that others do not have.
DESIGNS = (
    ("clustered", "index", ("--by", "branch")), ("clustered", "drivers", ()), ("raked", "index", ()), ("raked", "fuzzy", ()),
    ("raked", "reliability", ()), ("faults", "data-quality", ("--list",)),
)  # fmt: skip
#: Topics that are about rows as they are asked here: texts, the dots of a scatter, customers in a list.
ABOUT_ROWS = {"comments", "drivers", "recovery"}
#: Topics that ask no cluster: a list of another kind, which DuckDB scans; weights, made of a wave's file and written beside it.
OF_FILES = {"pareto", "weights"}


@dataclass(frozen=True)
class Collected:
    """What came to this process: how many rows, and by which plan."""

    rows: int
    plan: str

    @property
    def summed(self) -> bool:
        """Whether rows were added up, or told apart, before they came."""
        return "Aggregate" in self.plan or "MapInArrow" in self.plan


@contextmanager
def _collecting() -> Iterator[list[Collected]]:
    """Notes all that Spark hands to this process meanwhile."""
    found: list[Collected] = []
    whole = PandasConversionMixin._collect_as_arrow

    def noted(frame: Any, *more: Any, **options: Any) -> Any:
        batches = whole(frame, *more, **options)
        parts = batches[0] if isinstance(batches, tuple) else batches
        found.append(Collected(sum(part.num_rows for part in parts), frame._jdf.queryExecution().optimizedPlan().toString()))
        return batches

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PandasConversionMixin, "_collect_as_arrow", noted)
        yield found


def _printed(topic: str, survey: str, words: tuple[str, ...]) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["estimate", topic, "--schema", survey, *words, "--json", "--lang", "en"])
    assert done.exit_code == 0, (topic, done.stderr)
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


@pytest.mark.slow
def test_every_answer_is_that_of_duckdb_and_only_sums_reach_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [(ELSEWHERE.get(topic, "small"), topic, NEEDED.get(topic, ())) for topic in TOPICS]
    differ, scanned, of_rows = {}, set[str](), set[str]()
    monkeypatch.setenv("MANYI_SPARK", SPARK)
    for place, topic, words in (*asked, *DESIGNS):
        folder = tmp_path / place
        if not folder.exists():
            STORES[place](folder)
        store = Store(folder)
        survey = next(iter(dict.fromkeys(wave.survey for wave in (*store.waves(), *store.deliveries()))))
        store.close()
        monkeypatch.setenv("MANYI_DATA", str(folder))
        monkeypatch.setenv("MANYI_ENGINE", "duckdb")
        expected = _printed(topic, survey, words)
        shutil.rmtree(folder / "waves" / "sums", ignore_errors=True)  # what is kept was made by the other engine
        monkeypatch.setenv("MANYI_ENGINE", "spark")
        with _collecting() as collected:
            found = _printed(topic, survey, words)
        if different := list(differences(expected, found, digits=1e-12)):
            differ[place, topic] = different[:3]
        if any(not each.summed for each in collected):
            of_rows.add(topic)
        if collected:
            scanned.add(topic)
    assert differ == {}
    assert of_rows == ABOUT_ROWS
    assert set(TOPICS) - scanned == OF_FILES


@pytest.mark.slow
def test_a_partial_comes_for_each_partition_and_nothing_else(tmp_path: Path) -> None:
    small_store.fill(tmp_path)
    store = Store(tmp_path, spark=SPARK)
    selection = Selection(store.surveys()[0])
    frame = store.scan(selection)
    with _collecting() as collected:
        found = sums(frame, store.schema_for(selection))
    (came,) = collected
    assert "MapInArrow" in came.plan
    assert came.rows == frame.to_native().rdd.getNumPartitions()
    assert came.rows < found.rows.sum() == len(small_store.WAVES) * small_store.PER_WAVE
