"""Two web servers over one library: what is done at one is seen at the other, without a restart."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import postgres_server
import pytest
import served
from script_modules import script_module
from server_library import library_on_servers
from shared_data import vectors_held

from rag.access.people import LOCAL
from rag.library.library import open_library
from rag.saved.audit import AuditTrail, Event
from rag.saved.tokens import Tokens
from rag.settings import LibraryHome, Settings
from ui.web.controls import Action

pytestmark = [pytest.mark.slow, pytest.mark.encoder]

HEADER = "X-Person"
PATIENCE = 180.0
"""Seconds after which nothing that is waited for comes any more."""
NAME = "caseloads.txt"
TEXT = "Fallowmere Borough Council\n\nSocial workers of the Fallowmere team carry 37 cases each."
QUESTION = "How many cases does each social worker of the Fallowmere team carry?"
OTHER = "Thornbeck Borough Council\n\nThe Thornbeck library opened on 3 May 2024."


@dataclass
class Site:
    """Two servers over one library, and who visits them."""

    addresses: tuple[str, str]
    home: LibraryHome
    leaving: ExitStack

    def visitor(self, name: str, server: int) -> Any:
        """Somebody's session at one of the servers."""
        web = script_module("crowd/web_session").WebSession(
            self.addresses[server], PATIENCE, {HEADER: name}
        )
        self.leaving.callback(web.close)
        web.visit("")
        return web

    def asked(self, server: int, secret: str) -> Any:
        """What a program is told to the question, by the other way in."""
        body = json.dumps({"question": QUESTION}).encode()
        request = Request(f"{self.addresses[server]}/api/v1/ask", body, method="POST")
        request.add_header("Content-Type", "application/json")
        request.add_header("Authorization", f"Bearer {secret}")
        with urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)


@contextmanager
def two_servers(places: tuple[LibraryHome, LibraryHome]) -> Iterator[Site]:
    """Two servers over one library, each in a folder of its own where that lies on servers."""
    with ExitStack() as stack:
        addresses = []
        for place in places:
            command, port, environ = served.scrutiny_serve(place.folder)
            environ |= {
                "SCRUTINY_API": "on",
                "SCRUTINY_PROXY_HEADER": HEADER,
                "SCRUTINY_ADMINISTRATORS": "ada",
                "SCRUTINY_OFFICERS": "odile",
                "SCRUTINY_LOG": str(place.folder.parent / f"{place.folder.name}.log"),
            }
            if place.database:
                environ |= {
                    "SCRUTINY_DATABASE": place.database,
                    "SCRUTINY_CHROMA": str(place.chroma),
                }
            stack.enter_context(served.serving(command, port, environ))
            addresses.append(f"http://127.0.0.1:{port}")
        one, other = addresses
        for address in addresses:
            until_ready(address)
        yield Site((one, other), places[0], stack.enter_context(ExitStack()))


def until_ready(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(f"{address}/readyz", timeout=PATIENCE).close()
            return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)


@pytest.fixture(params=["files", "servers"], scope="module")
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Two servers over one library that holds a document about something else."""
    folder = tmp_path_factory.mktemp("two")
    with ExitStack() as stack:
        if request.param == "files":
            places = (LibraryHome(folder / "library"),) * 2
        else:
            if postgres_server.MISSING:
                pytest.skip(postgres_server.MISSING)
            home = stack.enter_context(library_on_servers(folder / "one"))
            places = home, LibraryHome(folder / "two", home.database, home.chroma)
        site = stack.enter_context(two_servers(places))
        odile = site.visitor("odile", 0)
        add(odile, "other.txt", OTHER)
        yield site


def add(web: Any, name: str, text: str) -> None:
    """Add a document on the Library page, and wait until it is held."""
    web.visit("library", "")
    assert 'class="problem"' not in web.upload(name, text.encode())
    until_listed(web, name)


def until_listed(web: Any, name: str) -> None:
    end, line = time.monotonic() + PATIENCE, Action("document", (name,)).line
    while f'data-act="{line}"' not in web.visit("library", ""):
        assert time.monotonic() < end, name
        time.sleep(0.2)


def told_a_reader(site: Site, server: int) -> bool:
    """Whether somebody who comes now is told what the document says."""
    return "carry 37 cases each" in site.visitor("ann", server).ask(QUESTION)


def told_a_program(site: Site, server: int, secret: str) -> list[str]:
    """The documents that a program is cited."""
    return [each["document"] for each in site.asked(server, secret)["citations"]]


@pytest.fixture
def tokens(site: Site) -> Iterator[Tokens]:
    tokens = Tokens(site.home)
    yield tokens
    tokens.close()


def test_a_document_added_at_one_is_answered_from_at_the_other_until_it_is_removed(
    site: Site, tokens: Tokens
) -> None:
    _, secret = tokens.make("program")
    odile, officer = site.visitor("odile", 0), site.visitor("odile", 1)
    # Everything that the other has in memory is of before.
    assert not told_a_reader(site, 1)
    assert told_a_program(site, 1, secret) == []
    add(odile, NAME, TEXT)
    assert told_a_reader(site, 1)
    assert told_a_program(site, 1, secret) == [NAME]
    until_listed(officer, NAME)
    odile.act(Action("remove", (NAME,)).line)
    assert not told_a_reader(site, 1)
    assert told_a_program(site, 1, secret) == []
    # And brought back at the other: two who write in turn.
    officer.visit("library", "")
    assert 'class="problem"' not in officer.act(Action("put-back", (NAME,)).line)
    assert told_a_reader(site, 0)
    assert told_a_program(site, 0, secret) == [NAME]
    add(officer, "third.txt", f"{OTHER} It has 9,000 books.")
    until_listed(odile, "third.txt")
    assert AuditTrail(site.home).fault() == ""


def test_documents_added_at_both_at_once_are_all_held(site: Site) -> None:
    officers = [site.visitor("odile", server) for server in (0, 1)]
    names = [[f"paper-{server}-{n}.txt" for n in range(3)] for server in (0, 1)]

    def work(server: int) -> None:
        for n, name in enumerate(names[server]):
            add(officers[server], name, f"Thornbeck Borough Council\n\nPaper {n} of {server}.")
            if n:
                told = officers[server].act(Action("remove", (name,)).line)
                assert 'class="problem"' not in told

    with ThreadPoolExecutor(2) as threads:
        for running in [threads.submit(work, server) for server in (0, 1)]:
            running.result(timeout=5 * PATIENCE)
    settings = Settings(site.home.folder, database=site.home.database, chroma=site.home.chroma)
    with closing(open_library(settings)) as library:
        held = {entry.document.name for entry in library.entries()}
        assert {name for name in held if name.startswith("paper")} == {n[0] for n in names}
        assert vectors_held(library) == (library.passage_count(),) * 2


def test_a_conversation_and_its_link_are_seen_at_both(site: Site) -> None:
    ann, elsewhere, ben = (
        site.visitor(name, server) for name, server in (("ann", 0), ("ann", 1), ("ben", 1))
    )
    question = "When did the Thornbeck library open?"
    assert "3 May 2024" in ann.ask(question)
    (identity,) = re.findall(r"conversation=(\w+)", ann.query)
    assert "3 May 2024" in elsewhere.visit("", f"conversation={identity}")
    assert "No conversation of yours" in ben.visit("", f"conversation={identity}")
    elsewhere.ask("And in 2021?")
    assert "changed in another window" in ann.visit("")
    shown = html.unescape(ann.act(Action("share", ("conversation", identity)).line))
    (link,) = set(re.findall(r"link=([\w-]{40,})", shown))
    assert "3 May 2024" in ben.visit("shared", f"link={link}")
    elsewhere.visit("", f"conversation={identity}")
    elsewhere.act(Action("share", ("conversation", identity)).line)
    elsewhere.act(Action("unshare", ("conversation", identity)).line)
    assert "This link opens nothing" in ben.visit("shared", f"link={link}")
    ann.act(Action("delete", (identity,)).line)
    assert "3 May 2024" not in elsewhere.visit("", f"conversation={identity}")


def test_who_is_shut_out_or_loses_a_token_at_one_is_so_at_the_other(
    site: Site, tokens: Tokens
) -> None:
    token, secret = tokens.make("program")
    assert site.asked(1, secret)["question"] == QUESTION
    tokens.withdraw(token.id)
    with pytest.raises(HTTPError, match="401") as refused:
        site.asked(1, secret)
    refused.value.close()
    ada, cleo = site.visitor("ada", 0), site.visitor("cleo", 1)
    assert "other.txt" in cleo.visit("library", "")
    entries = AuditTrail(site.home).entries(LOCAL, event=Event.SIGNED_IN)
    key = next(entry.actor for entry in entries if entry.name == "cleo")
    ada.visit("administration", "")
    ada.act(Action("suspend", (key,)).line)
    out = cleo.visit("library", "")
    assert "shut out" in out
    assert "other.txt" not in out
