"""Pages without a browser: the frame runs in Streamlit's own test runner, on a store of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from pages._shared.parts import show_table
from tests.pages.fresh import forget_the_store
from tests.places import ROOT
from tests.stores.small_store import fill

FRAME = ROOT / "pages" / "_shared" / "frame" / "frame.py"
#: Paths within ``pages``, as ``AppTest.switch_page`` wants them.
RESULT_PAGES = ("measure/overview/page.py", "measure/trends/page.py", "compare/branches/page.py", "compare/competitors/page.py")


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    """Streamlit's caches outlive a test. What is kept by content may; which store is open may not."""
    forget_the_store()
    yield
    forget_the_store()


@pytest.fixture(autouse=True, scope="session")
def _packages_are_searched_once() -> Iterator[None]:
    """Every frame opened looks through all installed packages for parts of screens, which takes longer than many a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def _unfolded_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the tables below charts is looked at too."""
    monkeypatch.setattr(show_table, "UNFOLDED", True)


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three waves."""
    folder = tmp_path_factory.mktemp("pages") / "data"
    fill(folder)
    return folder


@pytest.fixture
def empty_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The frame on an empty store, not run yet."""
    monkeypatch.setenv("MANYI_DATA", str(tmp_path / "data"))
    return AppTest.from_file(str(FRAME), default_timeout=60)


@pytest.fixture
def open_app(filled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Makes the frame on the filled store, with an address such as ``lang="en", branch="tianshui"``; not run yet."""
    monkeypatch.setenv("MANYI_DATA", str(filled_folder))

    def make(**address: str) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=60)
        for key, code in address.items():
            app.query_params[key] = code
        return app

    return make
