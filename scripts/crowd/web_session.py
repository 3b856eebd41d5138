"""A web session without a browser: speaks to the pages as the page in a browser does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from urllib.request import Request, urlopen
from uuid import uuid4

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

_BOUNDARY = "a-part-of-a-crowd"


class PageFailed(Exception):
    """The page told of an error, or did not come to its end."""


class WebSession:
    """One visitor of a server at an address such as http://127.0.0.1:8501; `headers` are what a
    proxy adds to what they send, `session` is one that they go on with."""

    def __init__(
        self,
        address: str,
        seconds: float = 60,
        headers: Mapping[str, str] | None = None,
        session: str = "",
    ) -> None:
        self._address, self._seconds = address, seconds
        with urlopen(f"{address}/_stcore/health", timeout=seconds) as told:
            cookie = str(told.headers["Set-Cookie"] or "")
        self._cookie = cookie.partition(";")[0]
        self._leaving = ExitStack()
        protocols = ("streamlit", self._cookie.partition("=")[2] or "none", session)
        connected = connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            additional_headers={"Cookie": self._cookie, "Origin": address, **(headers or {})},
            subprotocols=[Subprotocol(each) for each in protocols if each],
            max_size=None,
            open_timeout=seconds,
        )
        self._socket: ClientConnection = self._leaving.enter_context(connected)
        self._session, self._page, self.query = "", "", ""
        self.elements: dict[tuple[int, ...], Element] = {}

    def visit(self, page: str, query: str | None = None) -> str:
        """The HTML of a page, newly opened; "" is the first. What follows "?" in its address stays
        as it was unless it is given."""
        self._page = page
        self.query = self.query if query is None else query
        return self._run({})

    def act(self, line: str) -> str:
        """The HTML after a control of ours was chosen, by what it asks for as one line."""
        base = self._one("bidi_component", _listens).bidi_component.id
        state = WidgetState(
            id=_make_trigger_id(base, "events"),
            json_trigger_value=json.dumps([{"event": "act", "value": line}]),
        )
        return self._run({state.id: state, base: WidgetState(id=base, json_value="{}")})

    def ask(self, question: str) -> str:
        """The HTML after a question was typed into the box of the page."""
        box = self._one("chat_input").chat_input.id
        state = WidgetState(id=box)
        state.chat_input_value.data = question
        return self._run({box: state})

    def upload(self, name: str, data: bytes) -> str:
        """The HTML after a file was chosen and "Add these files" pressed."""
        uploader = self._one("file_uploader").file_uploader.id
        button = self._one("button", lambda e: e.button.label.startswith("Add these files"))
        asked = BackMsg()
        asked.file_urls_request.request_id = uuid4().hex
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self._session
        self._socket.send(asked.SerializeToString())
        urls = self._next("file_urls_response").file_urls_response.file_urls[0]
        self._put(urls.upload_url, name, data)
        info = UploadedFileInfo(file_id=urls.file_id, name=name, size=len(data), file_urls=urls)
        chosen = WidgetState(
            id=uploader,
            file_uploader_state_value=FileUploaderState(uploaded_file_info=[info]),
        )
        pressed = WidgetState(id=button.button.id, trigger_value=True)
        return self._run({uploader: chosen, pressed.id: pressed})

    def offered(self) -> list[str]:
        """What the downloads on the page are asked for by."""
        return [each.download_button.deferred_file_id for each in self._of("download_button")]

    def file_address(self, offered: str) -> str:
        """The path of the file that a download gives, once it is asked for; "" where it gives
        none."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = uuid4().hex
        asked.backend_operation_request.session_id = self._session
        asked.backend_operation_request.deferred_file.file_id = offered
        self._socket.send(asked.SerializeToString())
        given = self._next("backend_operation_response").backend_operation_response
        return str(given.deferred_file.url)

    def close(self) -> None:
        """Leave."""
        self._leaving.close()

    # ------------------------------------------------------------ inside

    def _of(self, kind: str) -> Iterator[Element]:
        return (element for element in self.elements.values() if element.WhichOneof("type") == kind)

    def _one(self, kind: str, fits: Callable[[Element], bool] = lambda _: True) -> Element:
        """The first element of a kind that fits. Raises PageFailed where there is none."""
        for element in self._of(kind):
            if fits(element):
                return element
        shown = re.sub(r"<[^>]+>|\s+", " ", "".join(e.html.body for e in self._of("html")))
        raise PageFailed(f"no {kind} on the page {self._page or 'ask'}: {shown[-200:]}")

    def _run(self, states: Mapping[str, WidgetState]) -> str:
        told = BackMsg()
        told.rerun_script.page_name = self._page
        told.rerun_script.query_string = self.query
        told.rerun_script.widget_states.widgets.extend(states.values())
        self._socket.send(told.SerializeToString())
        return self._drawn()

    def _drawn(self) -> str:
        """The HTML of all that is drawn until the page has come to its end."""
        while True:
            message = self._receive()
            match message.WhichOneof("type"):
                case "new_session":
                    self.elements.clear()
                    self._session = message.new_session.initialize.session_id or self._session
                case "page_info_changed":
                    self.query = message.page_info_changed.query_string
                case "page_not_found":
                    raise PageFailed("no such page")
                case "delta":
                    self._change(message)
                case "script_finished":
                    if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        break
        for failed in self._of("exception"):
            raise PageFailed(f"{failed.exception.type}: {failed.exception.message}")
        return "\n".join(e.html.body for e in self._of("html"))

    def _change(self, message: ForwardMsg) -> None:
        place = tuple(message.metadata.delta_path)
        if message.delta.WhichOneof("type") == "new_element":
            self.elements[place] = message.delta.new_element
        else:
            self.elements.pop(place, None)

    def _next(self, kind: str) -> ForwardMsg:
        while True:
            message = self._receive()
            if message.WhichOneof("type") == kind:
                return message

    def _receive(self) -> ForwardMsg:
        message = ForwardMsg()
        message.ParseFromString(bytes(self._socket.recv(timeout=self._seconds)))  # type: ignore[arg-type]
        return message

    def _put(self, url: str, name: str, data: bytes) -> None:
        head = (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = head.encode() + data + f"\r\n--{_BOUNDARY}--\r\n".encode()
        request = Request(f"{self._address}{url}", body, method="PUT")
        request.add_header("Content-Type", f"multipart/form-data; boundary={_BOUNDARY}")
        request.add_header("Cookie", self._cookie)
        request.add_header("X-Xsrftoken", self._cookie.partition("=")[2])
        with urlopen(request, timeout=self._seconds):
            pass


def _listens(element: Element) -> bool:
    return element.bidi_component.component_name.endswith("controls") and bool(
        re.search(
            "listen", str(element.bidi_component.json) + str(element.bidi_component.mixed.json)
        )
    )
