"""Stands before the address to which pages send files: who may not add any is refused there."""

from __future__ import annotations

import re

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.session.upload_right import UploadRight

_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/")
_SENDS_NOTHING = ("GET", "HEAD", "OPTIONS")


class UploadGate:
    """Refuses a file before any of it is read."""

    def __init__(self, app: ASGIApp, right: UploadRight) -> None:
        self._app = app
        self._right = right

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is no file, or one of a page that may send it."""
        if scope["type"] == "http" and scope["method"] not in _SENDS_NOTHING:
            found = _UPLOAD.search(scope["path"])
            if found and not self._right.has(found[1]):
                refused = PlainTextResponse("You may not add documents here.", 403)
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)
