"""A reader without a browser: one live connection to the application, as a browser opens it, that asks for pages and drops files."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from dataclasses import dataclass, field
from types import TracebackType

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
#: Seconds after which a page counts as not come.
PATIENCE = 120.0


@dataclass
class Visit:
    """One run of a page: seconds until it was there whole, what was shown of it, and whether an error stood on it."""

    page: str
    seconds: float
    elements: int = 0
    kilobytes: float = 0.0
    failed: bool = False


@dataclass
class ReaderSession:
    """A session at ``address`` (``127.0.0.1:8501``) in a window whose cards are ``width`` pixels wide."""

    address: str
    width: int = 950
    _socket: ClientConnection | None = None
    _session: str = ""
    _uploaders: dict[str, str] = field(default_factory=dict)
    _urls: FileURLs | None = None

    async def __aenter__(self) -> ReaderSession:
        self._socket = await connect(
            f"ws://{self.address}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], user_agent_header=_AGENT, max_size=None,
            additional_headers={"Cookie": f"manyi_width={self.width}"}, open_timeout=PATIENCE, ping_timeout=None, compression=None,
        )  # fmt: skip
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def open(self, page: str, *states: WidgetState) -> Visit:
        """Asks for a page by its address and waits until it has run."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.widget_states.widgets.extend(states)
        started = time.perf_counter()
        await self._live.send(asked.SerializeToString())
        visit = Visit(page, 0.0)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._run(visit)
        except TimeoutError:
            visit.failed = True
        visit.seconds = time.perf_counter() - started
        return visit

    async def drop(self, page: str, label: str, name: str, content: bytes) -> Visit:
        """Drops a file where ``page`` has a place for one whose label holds ``label``, and waits until it was read and checked."""
        began = time.perf_counter()
        await self.open(page)
        place = next(found for text, found in self._uploaders.items() if label in text)
        asked = BackMsg()
        asked.file_urls_request.request_id = "one"
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self._session
        await self._live.send(asked.SerializeToString())
        while self._urls is None:
            self._hear(ForwardMsg.FromString(bytes(await self._live.recv())), Visit(page, 0.0))
        urls, self._urls = self._urls, None
        await asyncio.to_thread(self._put, urls.upload_url, name, content)
        state = WidgetState(id=place)
        file = state.file_uploader_state_value.uploaded_file_info.add()
        file.file_id, file.name, file.size = urls.file_id, name, len(content)
        file.file_urls.CopyFrom(urls)
        visit = await self.open(page, state)
        visit.seconds = time.perf_counter() - began
        return visit

    @property
    def _live(self) -> ClientConnection:
        if self._socket is None:
            raise RuntimeError("the session is not open")
        return self._socket

    async def _run(self, visit: Visit) -> None:
        while True:
            content = bytes(await self._live.recv())
            visit.kilobytes += len(content) / 1024
            if self._hear(ForwardMsg.FromString(content), visit):
                return

    def _hear(self, told: ForwardMsg, visit: Visit) -> bool:
        """Notes what a message says; whether it says that the run is over."""
        match told.WhichOneof("type"):
            case "new_session":
                self._session = told.new_session.initialize.session_id or self._session
            case "file_urls_response":
                self._urls = told.file_urls_response.file_urls[0]
            case "delta" if told.delta.WhichOneof("type") == "new_element":
                self._note(told.delta.new_element, visit)
            case "script_finished":
                return told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False

    def _note(self, element: Element, visit: Visit) -> None:
        visit.elements += 1
        kind = element.WhichOneof("type")
        if kind == "file_uploader":
            self._uploaders[element.file_uploader.label] = element.file_uploader.id
        visit.failed |= kind == "exception" or (kind == "alert" and element.alert.format == Alert.ERROR)

    def _put(self, path: str, name: str, content: bytes) -> None:
        """Sends the file as a browser's form does."""
        edge = "----manyi-readers"
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        )
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        request = urllib.request.Request(f"http://{self.address}{path}", body, method="PUT")
        with urllib.request.urlopen(f"http://{self.address}/_stcore/health", timeout=PATIENCE) as answer:
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
        request.add_header("Content-Type", f"multipart/form-data; boundary={edge}")
        request.add_header("Cookie", cookie)
        request.add_header("X-Xsrftoken", cookie.partition("=")[2])
        with urllib.request.urlopen(request, timeout=PATIENCE):
            pass
