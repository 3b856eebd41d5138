"""What the tests of the Library page share: the page alone, jobs that stand still, and hands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from streamlit.testing.v1 import AppTest

from ui.web.jobs.background import JobView
from ui.web.jobs.ingest_job import FileLine, FileState, IngestState, TooMuch

PAGE = """
import streamlit as st
from ui.web.pages import library as library_page
from ui.web.session import state

def ask():
    st.html(f"<p>Ask: {sorted(state.Visit(state.services()).filters.documents)}</p>")

pages = [
    st.Page(library_page.show, title="Library", url_path="library", default=True),
    st.Page(ask, title="Ask", url_path="ask"),
]
state.PAGES.update({page.title: page for page in pages})
st.navigation(pages).run()
"""
RUNNING = JobView(
    IngestState(
        (FileLine("new.pdf", FileState.READING), FileLine("next.pdf", FileState.WAITING)),
        total=2,
    )
)


class FakeJobs:
    """Jobs that stand still: a test says how far they are."""

    def __init__(self) -> None:
        self.now: JobView[IngestState] | None = None
        self.given: list[tuple[tuple[Any, ...], bool]] = []
        self.stopped = False
        self.refuses = ""
        self.ends_soon = False
        """Whether a job is seen to run once more, and to have ended when it is looked at again."""

    def start(
        self, sources: Sequence[Any], settings: object, library: object, *, again: bool = False
    ) -> None:
        if self.refuses:
            raise TooMuch(self.refuses)
        self.given.append((tuple(sources), again))

    def of(self, changes: object) -> FakeJobs:
        return self

    def stop(self) -> None:
        self.stopped = True

    def view(self) -> JobView[IngestState] | None:
        if self.ends_soon:
            self.ends_soon = False
            return RUNNING
        return self.now

    def dismiss(self) -> None:
        self.now = None


def library_page() -> AppTest:
    """The Library page alone."""
    return AppTest.from_string(PAGE, default_timeout=20)


def field(app: AppTest, label: str) -> Any:
    """The text field of that label, or of one that begins with it."""
    return next(each for each in app.text_input if each.label.startswith(label))


def told(app: AppTest) -> list[dict[str, str]]:
    """What the page was asked to attend to."""
    steps: list[dict[str, str]] = app.session_state["steps of attention"]
    return steps
