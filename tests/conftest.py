"""Fixtures every room's tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from survey_schema.workbook.worker import run_limited
from tests.stores.foreign_workbooks import WORKBOOKS
from tests.worker_nursery import Nursery

#: Apache Spark in the tests is of two cores and lives for a minute: nothing is worth optimising for long.
_SHORT_LIVED = (
    "--conf spark.sql.shuffle.partitions=2 --conf spark.sql.adaptive.enabled=false --conf spark.sql.codegen.wholeStage=false "
    "--conf spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 pyspark-shell"
)
os.environ.setdefault("PYSPARK_SUBMIT_ARGS", _SHORT_LIVED)
#: The same examples at every run: a newcomer's test is not red by chance. Others are tried with ``--hypothesis-profile=default``.
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.load_profile("same")


@pytest.fixture(autouse=True)
def _no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other processes would do is done at once, so that a page is complete when it has run."""
    monkeypatch.setenv("MANYI_WORKERS", "0")


@pytest.fixture(scope="session", autouse=True)
def workers_start_at_once() -> Iterator[Nursery]:
    """Workers of this process are forked from one that has imported what they need."""
    nursery = Nursery()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_limited, "_start", nursery.start)
        yield nursery
    nursery.close()


@pytest.fixture(scope="session")
def foreign_workbook(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The path of a workbook as others write them, by its name in :data:`WORKBOOKS`; each is made once, when it is wanted."""
    folder = tmp_path_factory.mktemp("foreign")

    @cache
    def made(name: str) -> Path:
        path = folder / f"{name}.xlsx"
        WORKBOOKS[name](path)
        return path

    return made
