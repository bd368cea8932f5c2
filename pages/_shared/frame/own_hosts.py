"""Who may speak to the server: pages opened under one of its own names. Everybody else's page is refused, also for the live connection.

A program on one's own machine can be reached by every web page its user opens, if it answers to any name (DNS rebinding) or to any page
(cross-site requests and sockets). So the name asked for must be this machine's or one set on purpose (``MANYI_HOSTS``), and a page that
says where it came from must have come from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from settings import load_settings
from words.errors import ManyiError

_NAME_AND_PORT = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]{2,45})\]|(?P<name>[\w.-]{1,255}))(?::\d{1,5})?", re.ASCII)
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@cache
def hosts_set() -> tuple[str, ...]:
    """The names under which others reach this server, as set; none where the settings cannot be read, which pages say."""
    try:
        return load_settings().host_names
    except ManyiError:
        return ()


class OwnHosts:
    """Refuses requests for another host name, and those a page of another origin makes."""

    def __init__(self, app: ASGIApp, hosts: Callable[[], Collection[str]] = hosts_set) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is ours; an answer of 403, for sockets before they open, to all else."""
        if scope["type"] not in ("http", "websocket") or self._is_ours(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            refusal = PlainTextResponse("This server does not answer to this name or to pages of other servers. See README.", 403)
            await refusal(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        sent = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        hosts = [value for name, value in sent if name == "host"]
        origins = [value for name, value in sent if name == "origin"]
        return len(hosts) == 1 and _host_name(hosts[0]) in self._names() and all(self._same(origin, hosts[0]) for origin in origins)

    def _same(self, origin: str, host: str) -> bool:
        """Whether a page comes from this server: the same name and port, or, behind a proxy that changes them, a name set on purpose."""
        scheme, _, named = origin.partition("://")
        return scheme.lower() in ("http", "https") and (named.lower() == host.lower() or _host_name(named) in self.hosts())

    def _names(self) -> set[str]:
        return {*THIS_MACHINE, *self.hosts()}


def _host_name(address: str) -> str:
    """The name in ``name:port``; empty for all else, also for what some programs read as another name than others do."""
    found = _NAME_AND_PORT.fullmatch(address)
    return (found["six"] or found["name"]).lower().rstrip(".") if found else ""
