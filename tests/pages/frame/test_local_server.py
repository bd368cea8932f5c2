"""A local program stays local: it listens on this machine only, answers its own names and pages only, and asks nobody."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pages._shared.frame import health
from pages._shared.frame.own_hosts import OwnHosts
from survey_schema.loading import load_schema
from survey_schema.workbook.inspect_workbook import Inspection, inspect_file
from tests.pages.frame.serve_alone import ROOT
from tests.stores.heavy_files import Heavy, heavy_files
from words.errors import ManyiError
from words.language import message

#: Those that once held the interpreter: full cells, and very long lines.
HEAVY = [heavy for heavy in heavy_files() if heavy.name in ("full cells.xlsx", "one line.csv")]


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="asks Linux who listens")
@pytest.mark.parametrize("how", ["streamlit", "uvicorn"])
def test_nobody_is_asked_and_no_stranger_answered(how: str, tmp_path: Path) -> None:
    alone = ["unshare", "--map-root-user", "--net"]
    possible = shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True, check=False).returncode == 0
    command = [*(alone if possible else []), sys.executable, "-m", "tests.pages.frame.serve_alone", str(tmp_path), how]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["answers"] == {
        "page": 200, "page of a foreign name": 403, "page for a foreign page": 403, "page for another port": 403,
        "socket": 101, "socket of a foreign name": 403, "socket for a foreign page": 403, "socket for no page": 403,
    }  # fmt: skip
    assert said["listening"] == ["0100007F"]
    strangers = [line for line in said["asked"] if line and line.split()[-1] not in ("127.0.0.1", "localhost", "::1", "None")]
    assert [line for line in strangers if "/" not in line.split()[-1]] == []  # paths are sockets of this machine's own files


@pytest.mark.parametrize(
    ("host", "origin", "answered"),
    [
        ("localhost:8501", None, True),
        ("127.0.0.1:8501", "http://127.0.0.1:8501", True),
        ("[::1]:8501", "http://[::1]:8501", True),
        ("LOCALHOST:8501", "http://localhost:8501", True),
        ("manyi.example.com", "https://manyi.example.com", True),
        ("127.0.0.1:8501", "https://manyi.example.com", True),
        ("localhost.evil.example:8501", None, False),
        ("evil.example", None, False),
        ("", None, False),
        ("[", None, False),
        ("localhost:8501", "http://localhost:9999", False),
        ("localhost:8501", "http://localhost:8501.evil.example", False),
        ("localhost:8501", "null", False),
        ("localhost.:8501", "http://localhost.:8501", True),
        ("evil.example@localhost:8501", None, False),
        ("localhost/.evil.example", None, False),
        ("localhost#.evil.example", None, False),
        ("localhost:99999999", None, False),
        ("127.1:8501", None, False),
        ("0.0.0.0:8501", None, False),
        ("localhost:8501", "http://evil.example@localhost:8501", False),
        ("localhost:8501", "evil://localhost:8501", False),
        ("127.0.0.1:8501", "https://manyi.example.com@evil.example", False),
    ],
)
def test_names_and_origins(host: str, origin: str | None, answered: bool) -> None:
    passed: list[str] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        passed.append(scope["type"])

    async def nothing(*_message: Any) -> Any:
        return {}

    headers = [(b"host", host.encode())] + ([(b"origin", origin.encode())] if origin else [])
    for kind in ("http", "websocket"):
        scope = {"type": kind, "headers": headers, "method": "GET"}
        asyncio.run(OwnHosts(inner, lambda: ("manyi.example.com",))(scope, nothing, nothing))  # type: ignore[arg-type]
    assert passed == (["http", "websocket"] if answered else [])


@pytest.mark.parametrize("heavy", HEAVY, ids=str)
def test_health_answers_while_a_heavy_file_is_read(heavy: Heavy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and checked by another thread of the server, as for somebody who uploads it; each answer comes within a second."""
    monkeypatch.setattr(health, "store", lambda: SimpleNamespace(waves=list))
    monkeypatch.setattr(health, "_asked", None)

    def uploading() -> None:
        with contextlib.suppress(ManyiError):
            inspect_file(heavy.content, Inspection(load_schema("telecom_csi")), heavy.name)

    async def slowest() -> tuple[int, float]:
        reading, longest, asked = asyncio.create_task(asyncio.to_thread(uploading)), 0.0, 0
        while not reading.done() or not asked:
            began = time.monotonic()
            answer = await health.health(None)  # type: ignore[arg-type]
            longest, asked = max(longest, time.monotonic() - began), asked + 1
            assert answer.status_code == 200
            await asyncio.sleep(0.02)
        await reading
        return asked, longest

    asked, longest = asyncio.run(slowest())
    assert asked > 5
    assert longest < 1


def _refusing() -> Any:
    raise ManyiError(message("The store in {place} is damaged.", place="x"))


def _hanging() -> Any:
    time.sleep(3)
    raise OSError


@pytest.mark.parametrize(
    ("opened", "status", "detail"), [(_refusing, 503, "The store in x is damaged."), (_hanging, 503, "The store does not answer in time.")]
)
def test_health_says_within_a_second_what_is_wrong(
    opened: Callable[[], Any], status: int, detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "store", opened)
    monkeypatch.setattr(health, "_asked", None)
    began = time.monotonic()

    async def asked() -> Any:
        answer = await health.health(None)  # type: ignore[arg-type]
        return answer, time.monotonic() - began

    answer, seconds = asyncio.run(asked())
    assert (answer.status_code, json.loads(answer.body)["detail"]) == (status, detail)
    assert seconds < 1.5
