"""The rig: the real server on a free port, a real Chromium, pages found by key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from load_samples import load_samples
from settings import Settings
from storage.store import Store
from tests.browser.rig import BROWSERS, FLAGS, MOST_MILLISECONDS, Server, serving
from tests.stores.small_store import fill

expect.set_options(timeout=60_000)
SAMPLES = ("province_2026Q1_module.xlsx", "province_2026Q2_module.xlsx", "province_operations.xlsx")


@pytest.fixture(scope="session")
def filled_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose store holds three waves."""
    folder = tmp_path_factory.mktemp("filled")
    fill(folder / "data")
    yield from serving(folder)


@pytest.fixture(scope="session")
def sample_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on two waves of the province and its deliveries."""
    folder = tmp_path_factory.mktemp("samples")
    store = Store(folder / "data")
    list(load_samples(store, Settings(data=folder / "data"), "test", SAMPLES))
    store.close()
    yield from serving(folder)


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """A server with nothing in its store, of this test's own."""
    yield from serving(tmp_path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests, whose users wait as long for a click as for a page: a busy machine is no fault."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, "no Chromium: run `make system`"
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        opened = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        new_context = opened.new_context

        def patient(**options: Any) -> BrowserContext:
            user = new_context(**options)
            user.set_default_timeout(MOST_MILLISECONDS)
            return user

        patch.setattr(opened, "new_context", patient)
        patch.setattr(opened, "new_page", lambda **options: patient(**options).new_page())
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A user of one's own, who reads Chinese, at a desk."""
    opened = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of that user."""
    return context.new_page()
