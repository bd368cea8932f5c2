"""Run as a program by the tests: commits in processes that are killed, starved of disk, or race each other.

Usage: ``python -m tests.storage.commit_in_child JOB FOLDER [ARGUMENT…]``; prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from storage.backups import back_up
from storage.records import Scope, Selection
from storage.saved_reports import ReportDraft
from storage.seals import Seal
from storage.store import Store
from survey_schema.data_kinds.all_kinds import kind_of
from survey_schema.responses import CheckedKind, CheckedWorkbook
from tests.stores.small_survey import make_schema, make_workbook
from words.errors import ManyiError


def commit(folder: Path, label: str, content: str, replace: bool = False) -> str:
    try:
        waves = Store(folder).commit(make_workbook(*label.split("+"), content=content), make_schema(), "child", replace)
        return ",".join(wave.label for wave in waves)
    except ManyiError as error:
        return f"refused: {error}"


def replace_and_add(store: Store) -> None:
    """Replace a wave and add another."""
    store.commit(make_workbook("2026Q1", "2026Q2", content="new"), make_schema(), "child", replace=True)


def weigh(store: Store) -> None:
    """Give the wave another weighting and put it in force."""
    (wave,) = store.waves()
    store.weightings.save(wave.wave_id, "new", np.linspace(0.5, 1.5, wave.n), recipe={}, report={}, by="child")


def save_schema(store: Store) -> None:
    """Save a version of the schema and let the wave follow it."""
    store.schemas.save(make_schema(), "child", "new", store.waves())


def back_up_store(store: Store) -> None:
    """Back the store up beside itself."""
    back_up(store.place, *store.parts, backup_of(store.data_folder))


def delete(store: Store) -> None:
    """Delete the wave for good."""
    store.versions.delete(store.waves(), "child")


def put_back(store: Store) -> None:
    """Withdraw the wave and put it in force again."""
    (wave,) = store.waves()
    store.versions.withdraw(wave.wave_id, "child")
    store.versions.restore(wave.wave_id, "child")


def seal(store: Store) -> None:
    """Keep a seal."""
    store.seals.keep(Seal("ABCDEFGH2345", "small", {}, []), [make_schema(maximum=7)], "child")


def report(store: Store) -> None:
    """Work on a report and save it, with a part of its own."""
    store.reports.change_draft("child", Scope(), lambda _now: ReportDraft({"items": [1]}), ["part"])
    store.reports.save("Quarter", {"items": [1]}, "child", Scope(), parts=["part", "other"])


def responses_and_kinds(store: Store) -> None:
    """Store a wave and a delivery of another kind from one workbook."""
    store.commit(with_annotations(make_workbook("2026Q2", content="both")), make_schema(), "child")


def with_annotations(checked: CheckedWorkbook) -> CheckedWorkbook:
    """The workbook with one row of annotations."""
    types = kind_of("annotations").stored_types
    row = {
        "source_row": 2,
        "period": "all",
        "date": date(2026, 5, 15),
        "text": "new shifts",
        "branch": None,
        "phase_start": True,
        "author": "li",
    }
    rows = pa.table({name: pa.array([row[name]], kind) for name, kind in types.items()})
    return replace(checked, kinds=(CheckedKind("annotations", "Annotations", rows, 1),))


def key_when_all_are_here(folder: Path, name: str, others: int) -> str:
    """The store's key of ids, opened when as many processes as asked for have come so far."""
    place = folder.with_name("waiting")
    place.mkdir(exist_ok=True)
    (place / name).touch()
    until = time.monotonic() + 120
    while len(list(place.iterdir())) < others and time.monotonic() < until:
        time.sleep(0.001)
    store = Store(folder)
    try:
        return store.id_key().hex()
    finally:
        store.close()


def backup_of(folder: Path) -> Path:
    """Where a store is backed up to."""
    return folder.with_name(f"{folder.name}-backup")


JOBS = {
    "replace": replace_and_add, "weighting": weigh, "schema": save_schema, "backup": back_up_store, "delete": delete, "put_back": put_back,
    "kinds": responses_and_kinds, "seal": seal, "report": report,
}  # fmt: skip


def killed_at(folder: Path, call: int, job: Callable[[Store], None]) -> bool:
    """Do a job in a forked child that kills itself at its n-th call of anything; whether it was killed."""
    child = os.fork()
    if child == 0:
        store = Store(folder)
        calls = 0

        def count(_frame: Any, event: str, _argument: Any) -> None:
            nonlocal calls
            if event in ("call", "c_call"):
                calls += 1
                if calls == call:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        job(store)
        sys.setprofile(None)
        (folder / "calls").write_text(str(calls))
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def kill_everywhere(template: Path, points: int, job: Callable[[Store], None]) -> list[dict[str, object]]:
    """Kills spread over the whole job, and as many over its last thirtieth, where it comes to count.

    Each happens in its own copy of a store that has one wave already.
    """
    probe = _copy(template, "probe")
    killed_at(probe, 0, job)
    total = int((probe / "calls").read_text())
    everywhere = [1 + total * point // points for point in range(points)]
    near_the_end = [total - total * point // (30 * points) for point in range(points)]
    outcomes: list[dict[str, object]] = []
    for point, call in enumerate(everywhere + near_the_end):
        folder = _copy(template, f"kill{point}")
        outcomes.append({"folder": str(folder), "call": call, "of": total, "killed": killed_at(folder, call, job)})
    return outcomes


def _copy(template: Path, name: str) -> Path:
    folder = template.with_name(name)
    shutil.copytree(template, folder)
    return folder


def main(job: str, folder: Path, arguments: list[str]) -> object:
    if job == "kill":
        return kill_everywhere(folder, int(arguments[0]), JOBS[arguments[1]])
    if job == "key":
        return key_when_all_are_here(folder, arguments[0], int(arguments[1]))
    if job == "small_disk":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(arguments[0]), resource.RLIM_INFINITY))
        return commit(folder, "2026Q3", "large")
    if job == "read":
        with tempfile.TemporaryDirectory() as elsewhere:  # whatever is imported late is imported now
            commit(Path(elsewhere), "2026Q3", "other")
            Store(Path(elsewhere)).scan(Selection("small")).collect()
        if os.getuid() == 0:
            os.setuid(65534)
        store = Store(folder)
        return [store.writable, [wave.label for wave in store.waves()], len(store.scan(Selection("small")).collect())]
    if job == "read_only":
        with tempfile.TemporaryDirectory() as elsewhere:  # whatever is imported late is imported now
            commit(Path(elsewhere), "2026Q3", "other")
            assert commit(Path(elsewhere), "2026Q3", "other").startswith("refused")
        if os.getuid() == 0:
            os.setuid(65534)
        return commit(folder, "2026Q3", "other")
    return commit(folder, *arguments)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])))
