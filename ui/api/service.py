"""What the web server mounts for other programs, over the desk that its pages have open."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.saved.call_counts import CallCounts
from rag.saved.tokens import Tokens
from rag.settings import Settings
from ui.api.callers import Callers
from ui.api.http import PREFIX, http_api
from ui.api.mcp_server import PATH, HttpMcp
from ui.api.operations import Operations


class ProgramService:
    """The addresses for programs; they answer once the desk is open.

    `operations` gives what is opened by then, or None.
    """

    def __init__(self, settings: Settings, operations: Callable[[], Operations | None]) -> None:
        self._operations = operations
        home = settings.home
        self._callers = Callers(Tokens(home), CallCounts(home), settings.api_per_minute)
        self._http: ASGIApp | None = None

    def routes(self) -> list[BaseRoute]:
        """To be mounted beside the pages."""
        return [Mount(PREFIX, app=self._answer_http), Mount(PATH, app=self._answer_mcp)]

    async def _answer_http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._http is None and (operations := self._operations()):
            self._http = http_api(operations, self._callers)
        await (self._http or _not_yet)(scope, receive, send)

    async def _answer_mcp(self, scope: Scope, receive: Receive, send: Send) -> None:
        operations = self._operations()
        if operations is None:
            await _not_yet(scope, receive, send)
            return
        # One for each call: it keeps nothing between two.
        served = HttpMcp(operations, self._callers)
        async with served.running():
            await served(scope, receive, send)


_not_yet = JSONResponse(
    {"kind": "NotReady", "message": "The library is being opened: ask again in a moment."},
    503,
    {"Retry-After": "5"},
)
