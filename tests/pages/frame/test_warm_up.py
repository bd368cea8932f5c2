"""What is made before the first visitor comes is what the first page asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages._shared.frame.warm_up import _make_first_page
from pages._shared.session.store_access import kept
from tests.pages.fresh import forget_everything
from tests.pages.page_reader import frame, turned_to


def test_the_first_page_finds_everything_made(filled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(filled_folder))
    forget_everything()
    _make_first_page()
    made = len(kept())
    assert made > 10
    turned_to(frame(lang="en"), "measure/overview/page.py")
    assert len(kept()) == made


def test_an_empty_store_has_nothing_to_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    forget_everything()
    _make_first_page()
    assert len(kept()) == 0
