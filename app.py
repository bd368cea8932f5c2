"""The ASGI entry: ``streamlit run app.py`` or ``uvicorn app:app``.

The frame itself is ``pages/_shared/frame/frame.py``. Being an ASGI application rather than a plain script, a
deep link that is the very first request passes through the frame too.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:  # uvicorn --app-dir and other servers
    sys.path.insert(0, str(ROOT))

from blas_threads import limit_blas_threads  # noqa: E402

limit_blas_threads()

import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from starlette.routing import Route  # noqa: E402

from pages._shared.frame.addresses import KnownAddresses  # noqa: E402
from pages._shared.frame.health import health  # noqa: E402
from pages._shared.frame.own_hosts import OwnHosts  # noqa: E402
from pages._shared.frame.warm_up import warmed_up  # noqa: E402
from pages._shared.frame.whole_callbacks import keep_callbacks_whole  # noqa: E402
from pages._shared.session.messages import show_failure  # noqa: E402

keep_callbacks_whole()
app = st.App(
    ROOT / "pages" / "_shared" / "frame" / "frame.py",
    on_script_error=show_failure,
    routes=[Route("/health", health)],
    middleware=[Middleware(OwnHosts), Middleware(KnownAddresses)],
    lifespan=warmed_up,
)
