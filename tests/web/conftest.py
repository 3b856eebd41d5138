"""What the tests of the pages share: services over a small library, and a page opened on them.

A file names the page that it drives: its `page` gives that page, not yet run. Some have a `bench`
of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fakes
import pytest
from driven import Opened, opening
from library_app import FakeJobs
from streamlit.testing.v1 import AppTest

from ui.web.session.services import WebServices


@pytest.fixture
def jobs() -> FakeJobs:
    return FakeJobs()


@pytest.fixture
def bench(tmp_path: Path, jobs: FakeJobs) -> WebServices:
    return replace(fakes.bench(tmp_path / "library"), jobs=jobs)  # type: ignore[arg-type]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Opened]:
    with opening(monkeypatch, request.module.page) as opened:
        yield opened


@pytest.fixture
def app(opened: Opened, bench: WebServices) -> AppTest:
    return opened(lambda: bench)
