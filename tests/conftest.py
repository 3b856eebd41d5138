"""What every test shares."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page

from rag.desk import Desk
from rag.library.encoder import Vectors
from rag.library.encoder.onnx_encoder import OnnxEncoder
from rag.library.encoder.torch_encoder import SentenceEncoder
from rag.library.library import Library

# The same examples each time: a change is judged by what it changes, not by a new throw of dice.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

# Tests are files, not a package: this is how they reach what they share, and what is measured.
for shared in ("support", "support/servers", "bench"):
    sys.path.insert(0, str(Path(__file__).parent / shared))


# The servers that tests start, for those that name them.
pytest_plugins = ["engines"]

TESTS = Path(__file__).parent
ENCODERS: dict[Any, Any] = {encoder: encoder.encode for encoder in (OnnxEncoder, SentenceEncoder)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands in `tests/browser` opens a browser, and what opens one loads the encoder too;
    what is of files alone is not run on the servers."""
    from engines import is_left_out

    items[:] = [item for item in items if not is_left_out(item)]
    for item in items:
        if item.path.is_relative_to(TESTS / "browser"):
            item.add_marker("browser")
            item.add_marker("encoder")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Only a test that says so encodes documents: the fast tests stay fast. What kind of question
    one is, the bundled encoder is asked in all."""

    def refused(encoder: object, texts: Sequence[str]) -> Vectors:
        if len(texts) == 1:
            return cast(Vectors, ENCODERS[type(encoder)](encoder, texts))
        pytest.fail("This test loads the encoder: mark it `encoder`.")

    marked = item.get_closest_marker("encoder")
    for encoder, encode in ENCODERS.items():
        encoder.encode = encode if marked else refused


@pytest.fixture(autouse=True)
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the library of the person who runs it."""
    monkeypatch.setenv("SCRUTINY_LIBRARY", str(tmp_path / "library"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The library of the invented documents, for tests that only read it."""
    from invented import shelved

    held = shelved(tmp_path_factory.mktemp("held") / "library")
    yield held
    held.close()


@pytest.fixture(scope="module")
def desk(library: Library) -> Desk:
    """A desk over the invented documents."""
    return Desk(library)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser, for the tests of one file."""
    import served

    with served.browsing() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own for each test; a file whose pages need more has its own."""
    page = browser.new_page()
    page.set_default_timeout(60_000)
    yield page
    page.close()
