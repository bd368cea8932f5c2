"""How wide the page is, measured in the browser and told whenever it changes by more than a little; its language; light or dark."""

from __future__ import annotations

import streamlit as st

from pages._shared.session.words import language

#: Where the width is kept in a session, and the name of the cookie from which the next one starts.
_KEPT, _COOKIE = "window_width", "manyi_width"
#: Whether a new width is told for the next run, and whether the run there is was asked for by one.
_TOLD, _REDRAWN = "window_told", "window_redrawn"
#: Widths of the room for cards, in pixels, before anything is measured: at a desk and on a phone.
_DESK, _PHONE = 950, 362
#: What a card takes left and right of what stands in it, and the room between two cards side by side.
_CARD, _BETWEEN = 34, 16
#: Below this width cards that stand side by side stand below each other.
_STACKED_BELOW = 640
#: Widths are told in steps, so that a scrollbar does not draw every chart again.
_STEP = 20
_LEAST, _MOST = 240, 2400
#: What a browser, and what reads pages aloud, calls the languages.
_TAGS = {"zh_CN": "zh-CN", "en": "en"}
_SCRIPT = """
export default function (component) {
  const { setStateValue, parentElement, data } = component;
  const host = parentElement.host ?? parentElement;
  document.documentElement.lang = data.language;
  const room = host.closest('[data-testid="stMainBlockContainer"]') ?? document.body;
  const measured = () => {
    const style = getComputedStyle(room);
    const inside = room.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return Math.floor(inside / data.step) * data.step;
  };
  let told = data.known;
  host.dataset.width = data.known;
  let waiting = 0;
  const tell = () => {
    const width = measured();
    if (width < data.step || width === told) return;
    told = width;
    document.cookie = `${data.cookie}=${width}; path=/; max-age=31536000; SameSite=Strict`;
    setStateValue("width", width);
  };
  const watch = new ResizeObserver(() => { clearTimeout(waiting); waiting = setTimeout(tell, 300); });
  watch.observe(room);
  tell();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const turn = () => setTimeout(() => setStateValue("dark", dark.matches), 100);  // the library turns first
  dark.addEventListener("change", turn);
  return () => { clearTimeout(waiting); watch.disconnect(); dark.removeEventListener("change", turn); };
}
"""
_PROBE = "window"
_probe = st.components.v2.component("manyi_window", js=_SCRIPT)


def has_browser() -> bool:
    """Whether a browser shows the page, rather than a program that reads what it says."""
    return bool(st.context.headers.get("User-Agent"))


def measure_window() -> None:
    """Puts the probe on the page where a browser shows it. A width other than the one charts were drawn for makes the page run again."""
    if not has_browser():
        return
    with st.container(key="window_probe"):
        told = _probe(
            key=_PROBE, data={"known": window_width(), "step": _STEP, "cookie": _COOKIE, "language": _TAGS[language()]},
            default={"width": None, "dark": None}, on_width_change=_tell, on_dark_change=_redraw,
        )  # fmt: skip
    st.session_state[_REDRAWN] = st.session_state.pop(_TOLD, False)
    _keep(told.width)


def is_redrawn() -> bool:
    """Whether the page runs because the window has another width, and nobody clicked."""
    return bool(st.session_state.get(_REDRAWN))


def window_width() -> int:
    """Pixels for cards: as measured; before that as in the last visit; before any, those of a usual desk or phone."""
    kept = _usable(st.session_state.get(_KEPT)) or _usable(st.context.cookies.get(_COOKIE))
    return kept or (_PHONE if "Mobi" in (st.context.headers.get("User-Agent") or "") else _DESK)


def card_room(share: float = 1.0) -> int:
    """Pixels inside a card that takes ``share`` of the width beside others."""
    width = window_width()
    if share < 1 and width >= _STACKED_BELOW:
        width = round((width - _BETWEEN) * share)
    return max(width - _CARD, _LEAST - _CARD)


def is_narrow() -> bool:
    """Whether the page is that of a phone, or a window as narrow."""
    return window_width() < _STACKED_BELOW


def _tell() -> None:
    """Keeps the width before the run it asks for: the probe is then told what is known by now, and does not tell the same again."""
    st.session_state[_TOLD] = True
    _keep(getattr(st.session_state.get(_PROBE), "width", None))


def _redraw() -> None:
    """Charts and colours are drawn anew by the run that this asks for."""


def _keep(width: object) -> None:
    usable = _usable(width)
    if usable is not None:
        st.session_state[_KEPT] = usable


def _usable(width: object) -> int | None:
    """A width that a browser may have; whatever else a cookie holds is nothing."""
    try:
        found = int(str(width))
    except ValueError:
        return None
    return found if _LEAST <= found <= _MOST else None
