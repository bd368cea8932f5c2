"""Chart → PNG or SVG, drawn by an installed Chromium that is started once and kept running."""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import subprocess
import threading
from copy import deepcopy
from functools import lru_cache
from typing import Any, Literal

import kaleido

from charts.kit.layout import Canvas, Chart
from charts.kit.plain_figure import PlainFigure
from charts.kit.wrapping import wrapped
from words.errors import ManyiError
from words.language import message
from words.shown_text import plotly_text as plain

PictureFormat = Literal["png", "svg"]
NO_FONT = message(
    "Pictures need a Chinese font on the server, for example Noto Sans CJK. Please have it installed; the data download works without it."
)
NO_BROWSER = message(
    "Pictures need Chrome or Chromium on the server, and none was found. Please have it installed; the data download works without it."
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
#: Seconds one picture may take, the start of the browser included.
PATIENCE = 60.0
_HEADLINE, _SIDE = 46, 16


def picture(chart: Chart, on: Canvas, kind: PictureFormat = "png", *, width: int = 1000, scale: float = 2.0) -> bytes:
    """The chart with its title and caption as a picture ``width`` pixels wide (times ``scale`` for PNG).

    Raises ManyiError where the server has no browser, no Chinese font (for Chinese text), or the browser fails.
    """
    return _drawn(_with_heading(chart, on, width), on, kind, width, scale)


def bare_drawing(chart: Chart, on: Canvas) -> str:
    """The chart alone as SVG, as wide as its canvas: for a page that sets title and caption itself. Raises as :func:`picture` does."""
    return _drawn(chart.plain, on, "svg", on.room, 1.0).decode()


def _drawn(figure: PlainFigure, on: Canvas, kind: PictureFormat, width: int, scale: float) -> bytes:
    if on.language == "zh_CN" and not has_chinese_font():
        raise ManyiError(NO_FONT)
    return _renderer().draw(figure.as_dict(), {"format": kind, "width": width, "height": figure.height, "scale": scale})


def browser_path() -> str | None:
    """The installed browser that draws pictures: ``BROWSER_PATH`` or the first one found; None when there is none."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return shutil.which(named)
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@lru_cache(maxsize=1)
def has_chinese_font() -> bool:
    """Whether the system lists a font for Chinese; True where fonts cannot be listed (Windows, macOS bring their own)."""
    lister = shutil.which("fc-list")
    if lister is None:
        return True
    found = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, check=False, timeout=20)
    return bool(found.stdout.strip())


def _with_heading(chart: Chart, on: Canvas, width: int) -> PlainFigure:
    figure = deepcopy(chart.plain)
    margin = dict(figure.margin)
    caption = wrapped(chart.caption, width - 32)
    footer = 20 + 17 * len(caption)
    top, bottom = margin["t"] + _HEADLINE, margin["b"] + footer
    colours = on.colours
    figure.update_layout(
        width=width,
        height=figure.height + _HEADLINE + footer,
        margin={"t": top, "b": bottom, "l": margin["l"] + _SIDE, "r": margin["r"] + _SIDE},
        paper_bgcolor=colours.surface,
    )
    common = {"xref": "paper", "x": 0, "xshift": -margin["l"], "xanchor": "left", "align": "left", "showarrow": False}
    figure.add_annotation(
        text=f"<b>{plain(chart.title)}</b>",
        yref="paper",
        y=1,
        yanchor="top",
        yshift=top - 14,
        **common,
        font={"size": 17, "color": colours.ink},
    )
    figure.add_annotation(
        text="<br>".join(map(plain, caption)),
        yref="paper",
        y=0,
        yanchor="bottom",
        yshift=12 - bottom,
        **common,
        font={"size": 12, "color": colours.muted},
    )
    return figure


class _Renderer:
    """One browser in one thread; safe to call from several sessions at once."""

    def __init__(self, browser: str) -> None:
        self._browser = browser
        self._loop = asyncio.new_event_loop()
        self._kaleido: Any = None
        self._starting = asyncio.Lock()
        threading.Thread(target=self._loop.run_forever, name="picture-renderer", daemon=True).start()

    def draw(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        task = asyncio.run_coroutine_threadsafe(self._draw(figure, options), self._loop)
        try:
            return task.result(PATIENCE)
        except Exception as problem:
            task.cancel()
            _forget_renderer()
            self.close()
            raise ManyiError(message("The picture could not be drawn. Please try again, or download the data instead.")) from problem

    async def _draw(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        async with self._starting:
            if self._kaleido is None:
                self._kaleido = kaleido.Kaleido(n=1, timeout=PATIENCE, mathjax=False, path=self._browser)
                await self._kaleido.open()
        return bytes(await self._kaleido.calc_fig(figure, opts=options))

    def close(self) -> None:
        if self._kaleido is None or not self._loop.is_running():
            return
        closing = asyncio.run_coroutine_threadsafe(self._kaleido.close(), self._loop)
        self._kaleido = None
        try:
            closing.result(10)
        except Exception:  # a browser that died already cannot be closed, and nothing is lost
            closing.cancel()
        self._loop.call_soon_threadsafe(self._loop.stop)


_guard = threading.Lock()
_running: _Renderer | None = None


def _renderer() -> _Renderer:
    global _running
    with _guard:
        if _running is None:
            browser = browser_path()
            if browser is None:
                raise ManyiError(NO_BROWSER)
            _running = _Renderer(browser)
            atexit.register(_running.close)
        return _running


def _forget_renderer() -> None:
    global _running
    with _guard:
        _running = None
