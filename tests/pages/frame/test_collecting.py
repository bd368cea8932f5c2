"""No collection of everything is forced, and what was there when the server was warm is out of every later one."""

from __future__ import annotations

import gc
import tomllib
from collections.abc import Iterator

import pytest

from pages._shared.frame.collecting import YOUNG, keep_out_of_collections
from tests.places import ROOT


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_streamlit_collects_nothing_after_a_run() -> None:
    assert tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["runner"]["postScriptGC"] is False


class _Ring:
    def __init__(self) -> None:
        self.itself = self


def test_what_is_there_is_kept_out_and_rings_made_later_are_found() -> None:
    kept = {"kept": [1]}
    keep_out_of_collections()
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[0] == YOUNG
    assert not any(each is kept for each in gc.get_objects())
    _Ring()
    assert gc.collect() > 0
