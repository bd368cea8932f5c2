"""``/health`` for load balancers and monitoring: whether the server answers, and whether its store does."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse

from pages._shared.session.store_access import store
from words.errors import ManyiError

#: Seconds the store is waited for; the answer comes within one.
PATIENCE_SECONDS = 0.8
_ASKING = ThreadPoolExecutor(1, "health")
_asked: Future[str] | None = None


async def health(_request: Request) -> JSONResponse:
    """200 ``ok``, or 503 and what is wrong with the store."""
    global _asked
    if _asked is None or _asked.done():  # a store that hangs is asked by one thread only
        _asked = _ASKING.submit(trouble_with_store)
    try:
        trouble = await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(_asked)), PATIENCE_SECONDS)
    except TimeoutError:
        trouble = "The store does not answer in time."
    if trouble:
        return JSONResponse({"status": "store", "detail": trouble}, 503)
    return JSONResponse({"status": "ok"})


def trouble_with_store() -> str:
    """What is wrong with the store; empty when its catalogue answers."""
    try:
        store().waves()
    except ManyiError as error:
        return error.text("en")
    except Exception as error:  # whatever it is, monitoring must hear of it
        return type(error).__name__
    return ""
