"""Starts the application as users do, opens a page in it, and prints as JSON what it answered, where it listened and whom it asked.

Meant to run in a network namespace of its own, where nothing but this machine can be reached. Every address the server's Python turns
to is noted by an audit hook.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.places import ROOT

FOREIGN = "evil.example"
_NOTING = """
import os, sys
def note(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        address = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
        with open(os.environ["NOTED"], "a") as file:
            file.write(f"{event} {address[0] if isinstance(address, tuple) else address}\\n")
sys.addaudithook(note)
"""


def main(folder: Path, how: str) -> None:
    """Serves with ``streamlit`` or ``uvicorn`` and says what happened."""
    _loopback_up()
    (folder / "sitecustomize.py").write_text(_NOTING)
    noted = folder / "noted"
    noted.touch()
    with _serving(folder, how, noted) as port:
        answers = {
            "page": _status(port),
            "page of a foreign name": _status(port, Host=f"{FOREIGN}:{port}"),
            "page for a foreign page": _status(port, Origin=f"http://{FOREIGN}"),
            "page for another port": _status(port, Origin="http://127.0.0.1:9"),
            "socket": asyncio.run(_open_session(port)),
            "socket of a foreign name": asyncio.run(_open_session(port, host=f"{FOREIGN}:{port}")),
            "socket for a foreign page": asyncio.run(_open_session(port, origin=f"http://{FOREIGN}")),
            "socket for no page": asyncio.run(_open_session(port, origin="null")),
        }
        listening = _listening(port)
    print(json.dumps({"answers": answers, "listening": listening, "asked": sorted(set(noted.read_text().split("\n")))}))


@contextlib.contextmanager
def _serving(folder: Path, how: str, noted: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    path = os.pathsep.join([str(folder), str(ROOT)])
    environment = os.environ | {"MANYI_DATA": str(folder / "data"), "PYTHONPATH": path, "NOTED": str(noted)}
    start = {"streamlit": ["streamlit", "run", "app.py", "--server.port"], "uvicorn": ["uvicorn", "app:app", "--port"]}[how]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *start, str(port)], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        until = time.monotonic() + 120
        while _status(port, "/health") != 200:
            if server.poll() is not None or time.monotonic() > until:
                raise AssertionError((folder / "log").read_text())
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _status(port: int, path: str = "/", **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


async def _open_session(port: int, host: str = "", origin: str = "") -> int:
    """What opening a live connection is answered with; an open one runs the page to its end."""
    named = host or f"127.0.0.1:{port}"
    headers = {"Origin": origin or f"http://{named}"}
    address = f"ws://{named}/_stcore/stream"
    try:
        async with connect(address, host="127.0.0.1", port=port, additional_headers=headers, max_size=None) as session:
            asked = BackMsg()
            asked.rerun_script.query_string = ""
            await session.send(asked.SerializeToString())
            async with asyncio.timeout(120):
                async for message in session:
                    answer = ForwardMsg()
                    answer.ParseFromString(bytes(message))
                    if answer.WhichOneof("type") == "script_finished":
                        break
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def _listening(port: int) -> list[str]:
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with contextlib.suppress(OSError):
            rows = [line.split() for line in Path(table).read_text().splitlines()[1:]]
            found += [row[1].split(":")[0] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port]
    return found


def _loopback_up() -> None:
    """A namespace of one's own begins with its loopback interface down."""
    if sys.platform == "linux":
        import fcntl
        import struct

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket, contextlib.suppress(OSError):
            fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: up, running


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
