"""A loopback server of ours that speaks OpenAI's chat API, and misbehaves where a test asks it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What is sent for one request: deltas of a stream, or an error's status and body."""

    deltas: tuple[str, ...] = ()
    status: int = 200
    body: str = ""
    pause: float = 0.0
    """Seconds before each delta."""
    pings: int = 0
    """How many comments are sent first, a fifth of a second apart: alive, and saying nothing."""
    breaks: bool = False
    """The connection is dropped after the deltas."""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class ModelServer:
    """Gives its replies in turn, the last for ever; keeps what it was sent."""

    replies: list[Reply]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    """Set when anyone has connected, whatever for."""
    given_up: threading.Event = field(default_factory=threading.Event)
    """Set when a client went away before the end of its stream."""

    def next(self) -> Reply:
        """The reply to the request at hand."""
        return self.replies[min(len(self.asked), len(self.replies)) - 1]


@contextmanager
def model_server(*replies: Reply) -> Iterator[ModelServer]:
    """Run a server with these replies until the block ends."""
    model = ModelServer(list(replies))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            model.reached.set()

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            model.asked.append(json.loads(self.rfile.read(length)))
            model.keys.append(self.headers.get("Authorization", ""))
            try:
                _answer(self, model.next())
            except OSError:
                model.given_up.set()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    if reply.status != 200 or reply.body:
        body = reply.body.encode()
        handler.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        return
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for event in _events(reply):
        data = event.encode()
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        handler.wfile.flush()
    handler.close_connection = True
    if not reply.breaks:
        handler.wfile.write(b"0\r\n\r\n")


def _events(reply: Reply) -> Iterable[str]:
    for _ in range(reply.pings):
        time.sleep(0.2)
        yield ": still here\n\n"
    for delta in reply.deltas:
        time.sleep(reply.pause)
        yield f"data: {json.dumps(_chunk({'content': delta}))}\n\n"
    if not reply.breaks:
        yield f"data: {json.dumps(_chunk({}, 'stop'))}\n\n"
        yield "data: [DONE]\n\n"


def _chunk(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    head = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "invented"}
    return {**head, "choices": [choice]}
