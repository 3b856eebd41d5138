"""Whether the server lives, and whether it can answer: for what watches over it, without a word of
what is held.

`/healthz` says that the process answers; restart it where it does not. `/readyz` says that the
library is open and can be read and written, that the servers that hold it answer, and that its disk
has room; send nobody to it where not.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from rag.errors import LibraryError, ScrutinyError
from rag.logs import Event, log
from ui.web.session.services import WebServices

HEALTH, READINESS = "/healthz", "/readyz"
LEAST_ROOM = 64 * 2**20
"""Bytes that the library's disk must have free."""
AGAIN_SECONDS = 10.0
"""How long after a failure the library is opened again."""
_UNCACHED = {"Cache-Control": "no-store"}


class Readiness:
    """Opens the services ahead of the first visitor, and tells how they stand."""

    def __init__(self, services: Callable[[], WebServices]) -> None:
        self._services = services
        self._opened: WebServices | None = None
        self._was_ready: bool | None = None

    @property
    def opened(self) -> WebServices | None:
        """The services once they are open."""
        return self._opened

    def open_ahead(self) -> threading.Thread:
        """Open the services in the background, again and again until they can be."""
        thread = threading.Thread(target=self._open, daemon=True)
        thread.start()
        return thread

    def parts(self) -> Mapping[str, bool]:
        """What must be well for an answer, and whether it is."""
        services = self._opened
        parts = {"opened": services is not None}
        if services is not None:
            folder = services.settings.library
            parts |= {
                "library": _works(lambda: services.library.state),
                "vectors": _works(services.library.check_vectors),
                "conversations": _works(services.conversations.check),
                "writable": os.access(folder, os.W_OK),
                "room": _has_room(folder),
            }
        return parts

    def tell(self, parts: Mapping[str, bool]) -> bool:
        """Whether all is well; logged when that changes."""
        ready = all(parts.values())
        if ready is not self._was_ready:
            self._was_ready = ready
            log(
                Event.READY if ready else Event.NOT_READY,
                id=", ".join(name for name, well in parts.items() if not well),
            )
        return ready

    def _open(self) -> None:
        while self._opened is None:
            with suppress(ScrutinyError):
                self._opened = self._services()
                return
            time.sleep(AGAIN_SECONDS)


def health_routes(readiness: Readiness) -> list[Route]:
    """The two addresses; no log-in stands before them."""

    def healthy(request: Request) -> JSONResponse:
        return JSONResponse({"status": "alive"}, headers=_UNCACHED)

    def ready(request: Request) -> JSONResponse:
        parts = readiness.parts()
        well = readiness.tell(parts)
        content = {"status": "ready" if well else "not ready", "parts": dict(parts)}
        return JSONResponse(content, 200 if well else 503, headers=_UNCACHED)

    # Not a coroutine: a disk that hangs must not hold up the other addresses.
    return [Route(HEALTH, healthy), Route(READINESS, ready)]


def _works(task: Callable[[], object]) -> bool:
    try:
        task()
    except LibraryError:
        return False
    return True


def _has_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free >= LEAST_ROOM
    except OSError:
        return False
