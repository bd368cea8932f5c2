"""What is kept: made once, for everybody who waits; bounded; what fails is made again."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from answers.kept import Kept
from answers.sizes import bytes_held


def test_the_same_key_is_made_once_and_another_key_for_itself() -> None:
    kept, made = Kept(), []

    def make() -> object:
        made.append(object())
        return made[-1]

    first = kept.get("a", make)
    assert kept.get("a", make) is first
    assert kept.get("b", make) is not first
    assert len(made) == 2


def test_nothing_found_is_a_result_too() -> None:
    kept = Kept()
    assert kept.get("a", lambda: None) is None
    assert kept.get("a", lambda: pytest.fail("made again")) is None


def test_the_least_recently_used_is_forgotten_first() -> None:
    kept = Kept(most_entries=2)
    made: list[str] = []

    def get(key: str) -> None:
        kept.get(key, lambda: made.append(key))

    for key in ("a", "b", "a", "c", "a", "b"):  # c pushes out b, since a was looked at later; b then pushes out c
        get(key)
    assert made == ["a", "b", "c", "b"]
    assert len(kept) == 2


def test_who_asks_for_what_is_being_made_waits_for_it() -> None:
    kept, started, go_on = Kept(), threading.Event(), threading.Event()
    made: list[object] = []

    def slowly() -> object:
        started.set()
        assert go_on.wait(10)
        made.append(object())
        return made[-1]

    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(kept.get, "a", slowly)
        assert started.wait(10)
        others = [threads.submit(kept.get, "a", slowly) for _number in range(3)]
        assert kept.get("b", lambda: "at once") == "at once", "another key does not wait"
        assert not any(other.done() for other in others)
        go_on.set()
        found = [first.result(10), *(other.result(10) for other in others)]
    assert len(made) == 1
    assert all(one is made[0] for one in found)


def test_what_fails_is_told_to_who_asked_and_made_again_by_the_next() -> None:
    kept = Kept()
    with pytest.raises(ValueError, match="no such column"):
        kept.get("a", lambda: _fail())
    assert len(kept) == 0
    assert kept.get("a", lambda: "made") == "made"


def test_who_waits_for_what_fails_makes_it() -> None:
    kept, started, go_on = Kept(), threading.Event(), threading.Event()

    def fails() -> str:
        started.set()
        assert go_on.wait(10)
        return _fail()

    with ThreadPoolExecutor(2) as threads:
        failing = threads.submit(kept.get, "a", fails)
        assert started.wait(10)
        waiting = threads.submit(kept.get, "a", lambda: "made")
        go_on.set()
        assert waiting.result(10) == "made"
        with pytest.raises(ValueError, match="no such column"):
            failing.result(10)
    assert kept.get("a", lambda: "made again") == "made"


def test_what_is_made_may_ask_for_other_things_and_finds_itself_in_no_knot() -> None:
    kept = Kept()
    assert kept.get("whole", lambda: kept.get("part", lambda: 2) + kept.get("part", lambda: 3)) == 4
    assert kept.get("part", lambda: 5) == 2


def test_threads_that_ask_for_many_things_at_once_get_what_is_theirs() -> None:
    kept = Kept(most_entries=8)

    def squares(_number: int) -> list[int]:
        return [kept.get(key, lambda key=key: key * key) for key in range(40)]

    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(squares, range(16)):
            assert found == [key * key for key in range(40)]
    assert len(kept) == 8


def _fail() -> str:
    raise ValueError("no such column")


def test_large_results_go_before_the_small_ones_they_would_push_out() -> None:
    kept = Kept(most_bytes=3_000_000)
    made: list[str] = []

    def get(key: str, numbers: int) -> None:
        kept.get(key, lambda: (made.append(key), np.zeros(numbers))[1])

    get("small", 10)
    for key in ("a", "b", "c", "b"):  # 2, 2 and 2 MB: the newest and one other have room
        get(key, 250_000)
    get("small", 10)
    assert made == ["small", "a", "b", "c"]
    get("a", 250_000)
    assert made[4:] == ["a"]
    get("huge", 1_000_000)
    get("small", 10)
    assert made[5:] == ["huge"]


def test_frames_and_tables_weigh_what_their_columns_hold() -> None:
    texts = np.array([f"a long name of a branch {number}" for number in range(1000)], dtype=object)
    assert bytes_held(pd.DataFrame({"branch": texts}, dtype=object)) > 1000 * (8 + 70)
    assert bytes_held(pd.DataFrame({"branch": texts[np.zeros(1000, dtype=int)]}, dtype=object)) < 1000 * 10
    assert bytes_held({"frames": [np.zeros(1000)] * 3}) > 24_000
    assert bytes_held(pa.table({"n": list(range(1000))})) == 8_000
