"""Stands before the addresses of what pages offer: a file is given to its maker alone."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime

from rag.access.login import Login, LoginKind
from ui.web.session.downloads import Downloads
from ui.web.session.identity import credential

_FILE = re.compile(r"/media/(.*)", re.DOTALL)


class DownloadGate:
    """Says of a file that another has made that there is none; without a log-in all are one
    person's."""

    def __init__(self, app: ASGIApp, login: Login, downloads: Downloads) -> None:
        self._app = app
        self._login = login
        self._downloads = downloads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what asks for no file, or for one's own."""
        found = _FILE.search(scope["path"]) if scope["type"] == "http" else None
        if found and self._login.kind is not LoginKind.NONE:
            held = Headers(scope=scope)
            shown = credential(self._login, {name: held.getlist(name) for name in held})
            # Aside, for a large file takes a while to be looked through.
            if not await run_in_threadpool(self._is_given, found[1], shown):
                await PlainTextResponse("There is no such file.", 404)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _is_given(self, name: str, shown: str) -> bool:
        file = Runtime.instance().media_file_mgr.read_file(name)
        return file is not None and self._downloads.may_have(file.content, shown)
