"""What the server serves: the pages, and beside them the addresses that are for no reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route
from streamlit.starlette import App

from rag.logs import Event, log
from rag.settings import load_settings
from ui.api.operations import Operations
from ui.web.server import foreign_logs
from ui.web.server.download_gate import DownloadGate
from ui.web.server.health import Readiness, health_routes
from ui.web.server.upload_gate import UploadGate
from ui.web.session import state
from ui.web.session.downloads import DOWNLOADS
from ui.web.session.upload_right import UPLOAD_RIGHT

READINESS = Readiness(state.shared_services)
FIRST_PAGE = "/ask"
"""The address that the links to the first page show."""


@asynccontextmanager
async def _lifespan(served: App) -> AsyncIterator[None]:
    foreign_logs.take_over()
    log(Event.SERVING)
    READINESS.open_ahead()
    yield
    log(Event.STOPPED)


def _first_page(request: Request) -> RedirectResponse:
    """To the first page, which Streamlit serves at the address of the site and nowhere else."""
    query = request.url.query
    return RedirectResponse(f"./?{query}" if query else "./")


def _operations() -> Operations | None:
    services = READINESS.opened
    if services is None:
        return None
    trail, turns = services.administration.audit, services.making.turns
    return Operations(services.desk, trail, services.packs, services.person, turns)


def _routes() -> list[BaseRoute]:
    """The addresses beside the pages: those for programs where they are asked for."""
    settings = load_settings(model=False)
    routes: list[BaseRoute] = [*health_routes(READINESS), Route(FIRST_PAGE, _first_page)]
    if settings.api:
        # Late, because few serve programs, and the extra may not be installed.
        from ui.api.service import ProgramService

        routes += ProgramService(settings, _operations).routes()
    return routes


app = App(
    Path(__file__).with_name("app.py"),
    lifespan=_lifespan,
    routes=_routes(),
    middleware=[
        Middleware(UploadGate, right=UPLOAD_RIGHT),
        Middleware(DownloadGate, login=load_settings(model=False).login, downloads=DOWNLOADS),
    ],
)
