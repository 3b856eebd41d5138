"""What the server serves: the pages, and beside them the addresses that are for no reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from streamlit.starlette import App

from rag.logs import Event, log
from ui.web.server import foreign_logs
from ui.web.server.health import Readiness, health_routes
from ui.web.session import state

READINESS = Readiness(state.shared_services)


@asynccontextmanager
async def _lifespan(served: App) -> AsyncIterator[None]:
    foreign_logs.take_over()
    log(Event.SERVING)
    READINESS.open_ahead()
    yield
    log(Event.STOPPED)


app = App(Path(__file__).with_name("app.py"), lifespan=_lifespan, routes=health_routes(READINESS))
