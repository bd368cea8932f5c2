"""Guessed addresses lead to their pages, and an address that is none says so in the reader's language."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages._shared.frame.addresses import KnownAddresses, elsewhere, page_meant, pages_like
from pages._shared.frame.page_list import ENTRIES
from tests.pages.page_reader import frame, words


def asked(path: str, query: str = "", *, method: str = "GET", accept: str = "text/html,*/*") -> Request:
    """A browser's request."""
    return Request(
        {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": [(b"accept", accept.encode())]}
    )


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/overview", "./"), ("/Overview/", "../"), ("/总览", "./"), ("/branch", "./branches"), ("/BRANCHES", "./branches"),
        ("/upload/", "../upload"), ("/control-charts", "./control_charts"), ("/data quality", "./data_quality"), ("/kpi", "./kpis"),
        ("/分公司", "./branches"), ("/improve/projects", "../projects"), ("/projects/12", "../projects"), ("/nps", "./questions"),
        ("/foo", "./unknown?asked=foo"), ("/a/b/", "../../unknown?asked=a%2Fb"),
    ],
)  # fmt: skip
def test_a_guessed_address_leads_to_its_page(path: str, place: str) -> None:
    assert elsewhere(asked(path)) == place


@pytest.mark.parametrize(
    "path", ["/", "/unknown", "/health", "/_stcore/stream", "/media/x", "/component/a/b", "/favicon.png", "/static/a.js"]
)
def test_what_is_answered_already_stays(path: str) -> None:
    assert elsewhere(asked(path)) is None


def test_every_page_stays_at_its_own_address_and_is_found_by_each_of_its_names() -> None:
    for page, entry in ENTRIES.items():
        if page != "overview":
            assert elsewhere(asked(f"/{page}")) is None
        for name in (page, page.upper(), entry.title.text("en"), entry.title.text("zh_CN")):
            assert page_meant(name) == page


def test_only_browsers_that_open_a_page_are_sent_on() -> None:
    assert elsewhere(asked("/branch", method="POST")) is None
    assert elsewhere(asked("/branch", accept="*/*")) is None


def test_selections_go_along() -> None:
    assert elsewhere(asked("/branch", "lang=en&wave=2026Q1")) == "./branches?lang=en&wave=2026Q1"
    assert elsewhere(asked("/foo", "lang=en")) == "./unknown?lang=en&asked=foo"


def test_nobody_is_sent_to_another_server() -> None:
    for path in ("//evil.example", "/\\evil.example", "/https://evil.example/x", "/%0d%0aX: y"):
        place = elsewhere(asked(path)) or "./"
        assert place.startswith(("./", "../"))
        assert "\n" not in place


def test_the_nearest_pages_are_offered_and_the_first_one_where_none_is_near() -> None:
    assert pages_like("brnches")[0] == "branches"
    assert pages_like("投诉列表")[0] == "complaints"
    assert pages_like("zzzz") == ["overview"]


def test_the_redirection_is_an_answer_and_sockets_pass() -> None:
    passed: list[str] = []
    sent: list[dict[str, Any]] = []

    async def inner(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        passed.append(scope["type"])

    async def send(piece: dict[str, Any]) -> None:
        sent.append(piece)

    app = KnownAddresses(inner)  # type: ignore[arg-type]
    asyncio.run(app(asked("/branch").scope, None, send))  # type: ignore[arg-type]
    asyncio.run(app({"type": "websocket", "path": "/branch"}, None, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 302
    assert passed == ["websocket"]


@pytest.mark.parametrize(("lang", "told"), [("en", "There is no page “brnches” here."), ("zh", "没有“brnches”这个页面。")])
def test_an_address_that_is_none_says_so_in_the_readers_language(empty_app: AppTest, lang: str, told: str) -> None:
    app = frame(lang=lang, asked="brnches")
    app._page_hash = calc_hash("unknown")
    app.run()
    assert not app.exception
    assert told in words(app)
    assert [link.proto.page for link in app.main.get("page_link")] == ["branches", "questions", ""]
