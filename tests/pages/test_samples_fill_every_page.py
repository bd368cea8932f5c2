"""After the one click no page of the menu is empty: none says that a sheet, rules or questions are missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from load_samples import STORED_SAMPLES, load_samples
from settings import Settings
from storage.store import Store
from tests.pages.page_reader import open_page
from tests.places import ROOT

#: What the survey shown first consists of, but for its older waves.
SHOWN_FIRST = ("province_2026Q1_module.xlsx", "province_2026Q2_module.xlsx", "province_operations.xlsx")
PAGES = sorted(str(path.relative_to(ROOT / "pages")) for path in (ROOT / "pages").glob("*/*/page.py"))


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "data"
    store = Store(folder)
    list(load_samples(store, Settings(data=folder), "test", SHOWN_FIRST))
    store.close()
    return folder


def test_the_one_click_stores_what_fills_the_pages() -> None:
    assert set(SHOWN_FIRST) < set(STORED_SAMPLES)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_empty(page: str, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANYI_DATA", str(sample_folder))
    keys = _keys(open_page(page, lang="zh_CN"))
    assert [key for key in keys if "-card_missing_" in key] == []
    assert len(keys) > 1


def _keys(app: AppTest) -> list[str]:
    """The ids of all containers on the page; those that have a key end with it."""

    def below(block: Any) -> Iterator[str]:
        for child in getattr(block, "children", {}).values():
            yield str(getattr(child.proto, "id", "") or "") if getattr(child, "proto", None) is not None else ""
            yield from below(child)

    return [key for key in below(app._tree) if key]
