"""What is done to a user's file is done in another process, within limits, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from survey_schema.workbook.worker.private_folder import private_folder, sweep
from survey_schema.workbook.worker.run_limited import LimitError, WorkLimits, run_limited
from tests.places import ROOT
from tests.stores.hostile_files import good_workbook
from tests.survey_schema.workbook.worker import jobs
from words.errors import ManyiError

pytestmark = pytest.mark.slow

LIMITS = WorkLimits(memory_bytes=512 * 2**20, seconds=20, result_bytes=10_000)


def test_a_job_is_done_in_another_process() -> None:
    assert run_limited(LIMITS, jobs.process_id) != os.getpid()


def test_a_refusal_arrives_as_the_sentence_it_was() -> None:
    with pytest.raises(ManyiError) as refused:
        run_limited(LIMITS, jobs.refuse)
    assert refused.value.text("en") == "Sheet 甲 is empty."


@pytest.mark.parametrize(("job", "reason"), [(jobs.fill_memory, "memory"), (jobs.spin, "time"), (jobs.die, "died"), (jobs.fail, "failed")])
def test_a_job_that_comes_to_nothing_says_why(job: Callable[[], object], reason: str) -> None:
    with pytest.raises(LimitError) as stopped:
        run_limited(WorkLimits(512 * 2**20, 2, 10_000), job)
    assert stopped.value.reason == reason


def test_a_job_that_waits_is_stopped_by_the_clock() -> None:
    began = time.monotonic()
    with pytest.raises(LimitError, match="time"):
        run_limited(WorkLimits(512 * 2**20, 1, 10_000), jobs.sleep, 60)
    assert time.monotonic() - began < 30


def test_too_large_a_result_does_not_come_back() -> None:
    assert len(run_limited(LIMITS, jobs.large, 9_000)) == 9_000
    with pytest.raises(LimitError, match="result"):
        run_limited(LIMITS, jobs.large, 10_000)


def test_temporary_files_of_a_job_are_gone_afterwards() -> None:
    left = run_limited(LIMITS, jobs.temporary_file)
    assert private_folder() in left.parents
    assert not left.exists()


def test_the_private_folder_is_open_to_its_user_only() -> None:
    assert private_folder().stat().st_mode & 0o077 == 0
    assert private_folder().parent.stat().st_mode & 0o077 == 0


def test_folders_of_living_processes_are_left_alone(tmp_path: Path) -> None:
    before = private_folder()
    (before / "kept").write_text("in use")
    sweep(before.parent)
    assert (before / "kept").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_what_a_killed_process_left_is_gone_at_the_next_start(tmp_path: Path) -> None:
    """Killed at several moments of marking up, when openpyxl keeps sheets on disk: no raw workbook stays after the next start."""
    book = tmp_path / "answers.xlsx"
    book.write_bytes(good_workbook())
    private = tmp_path / "tmp"
    private.mkdir()
    environment = os.environ | {"TMPDIR": str(private), "MANYI_DATA": str(tmp_path / "data")}
    command = [sys.executable, "cli.py", "check", str(book), "--schema", "telecom_csi", "--marked", str(tmp_path / "out.xlsx")]
    for delay in (0.8, 1.6, 2.4):
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        running.kill()
        running.wait()
    time.sleep(1)  # a worker whose application is gone ends by itself
    again = [sys.executable, "-c", "from survey_schema.workbook.worker.private_folder import private_folder; private_folder()"]
    subprocess.run(again, cwd=ROOT, env=environment, check=True)
    assert [path for path in private.rglob("*") if path.is_file()] == []
