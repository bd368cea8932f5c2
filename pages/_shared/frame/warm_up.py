"""Before the first visitor: heavy modules are imported and the figures of the usual view are made.

The server waits for it before it answers, so the first screen is as quick as every other; with a large store it goes on in the
background after a while.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from pages._shared.frame.collecting import keep_out_of_collections
from survey_schema.workbook.worker.private_folder import use_private_folder
from survey_schema.workbook.worker.run_limited import keep_worker_ready

logger = logging.getLogger("manyi")
_HEAVY = ("pandas", "pyarrow.parquet", "duckdb", "narwhals", "plotly.graph_objects", "scipy.stats", "babel.dates", "charts.kit.layout")
#: Seconds the server's start waits at most.
_LONGEST_WAIT = 10.0


@asynccontextmanager
async def warmed_up(_app: st.App) -> AsyncIterator[None]:
    """Warms up as the server starts."""
    use_private_folder()
    thread = threading.Thread(target=warm, name="warm-up", daemon=True)
    thread.start()
    await asyncio.to_thread(thread.join, _LONGEST_WAIT)
    yield


def warm() -> None:
    """Does what the first page would do. A failure is only logged here: the page that meets it says it better."""
    try:
        keep_worker_ready()
        _make_pool_ready()
        for name in _HEAVY:
            importlib.import_module(name)
        _make_first_page()
        keep_out_of_collections()
    except Exception:  # a broken store must not keep the server from starting
        logger.exception("warm-up")


def _make_pool_ready() -> None:
    """The first picture somebody wants need not wait until a process has started."""
    from answers.pool.job import Job
    from pages._shared.session.store_access import pool
    from reports.jobs import ready

    pool().ask(Job(ready, (), "quick"))


def _make_first_page() -> None:
    """What the first page shows when nothing else is asked for, most urgent first."""
    from answers.compare import WITH_COMPETITORS, WITH_EARLIER, WITH_REST
    from answers.compared import CompareOptions
    from answers.decompose import DECOMPOSE
    from answers.index import INDEX, TREND
    from answers.items import DISPERSION
    from pages._shared.selection.choices import settle
    from pages._shared.session.asking import ask
    from pages._shared.session.store_access import active_waves
    from survey_schema.columns import Role

    waves = active_waves()
    if not waves:
        return
    usual, _unknown = settle(waves, {})
    codes, everywhere, by = usual.schema.indicator_codes(), usual.without(Role.BRANCH), [Role.BRANCH]
    ask(INDEX, usual)
    for against, before in (("previous", usual.previous), ("year_before", usual.year_before)):
        if before:
            ask(WITH_EARLIER, usual, CompareOptions(against))
    if usual.has(Role.OPERATOR):
        ask(WITH_COMPETITORS, usual, CompareOptions("competitors"), codes=codes)
    ask(TREND, usual, waves=usual.waves_so_far, codes=codes)
    if usual.has(Role.BRANCH):
        ask(INDEX, usual, where=everywhere, by=by)
        ask(WITH_REST, usual, CompareOptions("rest"), where=everywhere, by=by, codes=codes)
        if usual.previous:
            ask(DECOMPOSE, usual, by=by, codes=[usual.schema.tree.code])
    ask(DISPERSION, usual)
