"""Addresses somebody types or guesses: each leads to its page, whatever its case, number or language, and none to a box in English.

It is settled before Streamlit is asked, which answers an address it does not know with its first page and an English box.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote, urlencode

import streamlit as st
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages._shared.frame.page_list import ENTRIES, FIRST, UNKNOWN

#: What Streamlit and we answer under the first part of an address beside pages.
_NOT_PAGES = {"_stcore", "media", "component", "static", "app", "health", "auth", "oauth2callback"}
_BETWEEN = re.compile(r"[\s_\-+.]+")
#: How alike two words must be to be offered (0–100, rapidfuzz's ratio), how many are offered, and how much of an address is shown.
_LIKE, _MOST_OFFERED, LONGEST = 55, 3, 60


class KnownAddresses:
    """Sends whoever opens a page at a guessed address on to the page that is meant."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A redirection where the address is not a page's own; everything else passes."""
        place = elsewhere(Request(scope)) if scope["type"] == "http" else None
        await (RedirectResponse(place, 302) if place else self.app)(scope, receive, send)


def elsewhere(request: Request) -> str | None:
    """Where a browser that asks for a page is sent, relative to where it is; None where it stays.

    Relative, since a proxy may have taken a part of the address off.
    """
    if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get("accept", ""):
        return None
    base = str(st.config.get_option("server.baseUrlPath") or "").strip("/")
    below = request.scope["path"].removeprefix(f"/{base}" if base else "")
    asked = below.strip("/")
    if not asked or (asked in ENTRIES.keys() - {FIRST} | {UNKNOWN} and below == f"/{asked}"):
        return None
    if asked.partition("/")[0].lower() in _NOT_PAGES or "." in asked.rpartition("/")[2]:
        return None
    page, query = page_meant(asked), request.scope["query_string"].decode("latin-1")
    if page is None:
        page, query = UNKNOWN, "&".join(filter(None, [query, urlencode({"asked": asked[:LONGEST]})]))
    up = "../" * below.lstrip("/").count("/") or "./"
    return f"{up}{'' if page == FIRST else quote(page)}{'?' if query else ''}{query}"


def page_meant(asked: str) -> str | None:
    """The page an address means beyond doubt: its address, its title in either language or another word for it, in singular or plural."""
    return next((page for part in reversed(asked.split("/")) if (page := _known().get(_plain(part)))), None)


def pages_like(asked: str) -> list[str]:
    """The pages whose names are most like it, the likest first; the first page where none is like it."""
    from rapidfuzz import fuzz  # only an address that is none needs it

    likeness: dict[str, float] = {}
    for words, page in _known().items():
        likeness[page] = max([likeness.get(page, 0.0), *(fuzz.ratio(_plain(part), words) for part in asked.split("/"))])
    found = sorted((page for page, like in likeness.items() if like >= _LIKE), key=lambda page: -likeness[page])
    return found[:_MOST_OFFERED] or [FIRST]


@cache
def _known() -> dict[str, str]:
    """Words → page. What two pages could mean is neither's."""
    said: dict[str, set[str]] = {}
    for page, entry in ENTRIES.items():
        for words in (page, entry.title.text("en"), entry.title.text("zh_CN"), *entry.also):
            for form in _forms(_plain(words)):
                said.setdefault(form, set()).add(page)
    exact = {_plain(page): page for page in ENTRIES}
    return {words: next(iter(pages)) for words, pages in said.items() if len(pages) == 1} | exact


def _forms(words: str) -> Iterable[str]:
    """A word as it is, and in the other number of English."""
    yield words
    if words.isascii():
        yield from (f"{words}s", f"{words}es", words.removesuffix("s"), words.removesuffix("es"))


def _plain(words: str) -> str:
    return _BETWEEN.sub("", words).casefold()
