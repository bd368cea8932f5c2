"""The pool of workers: one result for all who ask the same, bounded, told of, cancelled; whatever ends a worker is a sentence."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from answers.pool.failures import CancelledError
from answers.pool.job import Job, Progress
from answers.pool.pool import Pool
from tests.answers.pool.small_work import broken, counted, ended_from_outside, process, refused, told, too_large
from words.errors import ManyiError
from words.language import message


@pytest.fixture(scope="module")
def shared() -> Iterator[Pool]:
    pool = Pool(1, memory_bytes=2**30)
    yield pool
    pool.close()


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(1)
    yield made
    made.close()


def wait_for(what: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def begun(folder: Path, name: str) -> list[str]:
    marks = folder / f"{name}.begun"
    return marks.read_text().split() if marks.exists() else []


def test_two_who_ask_the_same_get_one_result(shared: Pool, tmp_path: Path) -> None:
    asked = [Job(counted, ("".join([str(tmp_path)]), "one")) for _turn in range(2)]
    one, two = (shared.ask(job) for job in asked)
    wait_for(lambda: begun(tmp_path, "one"))
    (tmp_path / "one.may_end").touch()
    assert one.result() == two.result() != os.getpid()
    assert len(begun(tmp_path, "one")) == 1


def test_the_same_content_is_the_same_work_and_other_content_is_not() -> None:
    name = "".join(["a", "b"])
    assert Job(counted, ("ab", "ab")).key() == Job(counted, ("ab", name)).key()
    assert Job(counted, ("ab", "ab")).key() != Job(counted, ("ab", "c")).key() != Job(process, ("ab", "c")).key()


def test_how_far_it_is_is_told(shared: Pool, tmp_path: Path) -> None:
    ticket = shared.ask(Job(told, (str(tmp_path),)))
    wait_for(lambda: ticket.progress)
    assert ticket.progress == Progress(1, 2, "first")
    assert not ticket.done
    (tmp_path / "told.may_end").touch()
    assert ticket.result() == "made"
    assert ticket.progress == Progress(2, 2, message("Report"))
    assert ticket.done


def test_no_more_at_once_than_there_are_workers_and_what_somebody_looks_at_is_not_behind_them(shared: Pool, tmp_path: Path) -> None:
    one, two = (shared.ask(Job(counted, (str(tmp_path), name))) for name in ("one", "two"))
    wait_for(lambda: begun(tmp_path, "one"))
    quick = shared.ask(Job(process, (), "quick"))
    assert quick.result() not in (os.getpid(), int(begun(tmp_path, "one")[0]))
    assert begun(tmp_path, "two") == []
    assert (one.begun, two.begun) == (True, False)
    assert len(shared.pids) == 2
    for name in ("one", "two"):
        (tmp_path / f"{name}.may_end").touch()
    assert one.result() == two.result()


def test_what_all_have_left_is_ended_and_the_next_is_done(pool: Pool, tmp_path: Path) -> None:
    job = Job(counted, (str(tmp_path), "one"))
    one, two, behind = pool.ask(job), pool.ask(job), pool.ask(Job(counted, (str(tmp_path), "behind")))
    wait_for(lambda: begun(tmp_path, "one"))
    worker = int(begun(tmp_path, "one")[0])
    one.cancel()
    assert one.done
    assert worker in pool.pids
    two.cancel()
    behind.cancel()
    wait_for(lambda: worker not in pool.pids)
    for ticket in (one, two, behind):
        with pytest.raises(CancelledError):
            ticket.result()
    (tmp_path / "one.may_end").touch()
    assert pool.ask(job).result() != worker
    assert len(begun(tmp_path, "one")) == 2
    assert begun(tmp_path, "behind") == []


def test_a_worker_that_is_killed_is_a_sentence_and_the_pool_goes_on(shared: Pool) -> None:
    with pytest.raises(ManyiError) as said:
        shared.ask(Job(ended_from_outside, ())).result()
    assert "ended from outside" in said.value.text("en")
    assert shared.ask(Job(process, ())).result() in shared.pids


@pytest.mark.skipif(not hasattr(os, "nice"), reason="no limits on this system")
def test_memory_and_priority_are_limited(shared: Pool) -> None:
    with pytest.raises(ManyiError) as said:
        shared.ask(Job(too_large, ())).result()
    assert "1024 MB" in said.value.text("en")
    assert os.getpriority(os.PRIO_PROCESS, shared.ask(Job(process, ())).result()) > os.getpriority(os.PRIO_PROCESS, 0)


def test_what_the_work_says_is_said_and_a_fault_has_a_number(shared: Pool, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ManyiError) as said:
        shared.ask(Job(refused, ())).result()
    assert said.value.message == message("There are no data of this kind: {kind}.", kind="x")
    with pytest.raises(ManyiError) as failed:
        shared.ask(Job(broken, ())).result()
    assert str(failed.value.message.parameters["number"]) in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_worker_ends_after_so_many_jobs() -> None:
    pool = Pool(1, jobs_per_child=2)
    try:
        first, second, third = (pool.ask(Job(process, (), "quick")).result() for _turn in range(3))
    finally:
        pool.close()
    assert first == second != third


def test_without_workers_it_is_done_at_once_by_who_asks() -> None:
    pool = Pool(0)
    ticket = pool.ask(Job(process, ()))
    assert ticket.done
    assert ticket.result() == os.getpid()
    with pytest.raises(ManyiError):
        pool.ask(Job(refused, ())).result()
    assert pool.pids == ()


def test_a_machine_without_room_for_a_worker_is_a_sentence_and_the_next_job_is_done(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_memory_bytes: int) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as patch:
        patch.setattr("answers.pool.pool.Child", full)
        with pytest.raises(ManyiError, match="ended from outside"):
            pool.ask(Job(process, ())).result()
    assert pool.ask(Job(process, ())).result() != os.getpid()
