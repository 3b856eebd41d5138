"""Whatever is sent to the addresses of the server itself, it gives nothing that is not the sender's
and takes nothing that they may not add."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from uuid import uuid4

import pytest
import served
from fakes import answer, checked, empty_pack
from script_modules import script_module
from shared_data import WordEmbedder, put
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from rag.access.login import Claims, Login
from rag.library.library import Library
from rag.saved.checks import SavedChecks
from rag.saved.conversations import Conversations, ConversationTurn
from rag.saved.packs import SavedPacks
from rag.saved.people import People
from rag.saved.shares import ShareKind, Shares
from ui.web.controls import Action

pytestmark = [pytest.mark.slow, pytest.mark.encoder]

HEADER = "X-Person"
SECONDS = 180.0
SECRETIVE = "Quillwort"
"""A word of what Ann keeps and of the one document that is held."""
FORBIDDEN = (
    SECRETIVE.encode(),
    b"SQLite format",
    b"root:x:",
    b"scrutiny_",
    b"enableAgentApi = false",
)
"""What no answer below may hold."""


@dataclass
class Desk:
    """A server with a log-in, and what Ann keeps there."""

    port: int
    folder: Path
    conversation: str
    withdrawn: str
    """A link that Ann took back."""
    pack: int
    check: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def visitor(self, name: str) -> Any:
        headers = {HEADER: name} if name else {}
        return script_module("crowd/web_session").WebSession(self.address, SECONDS, headers)

    def sent(self, method: str, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
        """What comes back to a path that nobody has tidied."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as to:
            to.request(method, path, headers=headers)
            told = to.getresponse()
            return told.status, told.read()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("attempts") / "library"
    with closing(Library(folder, WordEmbedder())) as library:
        put(library, "held.txt", f"{SECRETIVE} plans were late.")
    login = Login(proxy_header=HEADER)
    ann = People(folder).arrive(Claims("proxy ann", "ann"), login)
    command, port, environ = served.scrutiny_serve(folder)
    environ |= {
        "SCRUTINY_API": "on",
        "SCRUTINY_PROXY_HEADER": HEADER,
        "SCRUTINY_ADMINISTRATORS": "ada",
        "SCRUTINY_OFFICERS": "odile",
    }
    kept, shares = Conversations(folder, person=ann), Shares(folder)
    talk = kept.begin(SECRETIVE).id
    kept.add(talk, ConversationTurn(f"{SECRETIVE}?", answer()))
    withdrawn = shares.share(ann, ShareKind.CONVERSATION, talk).token
    shares.withdraw(ann, ShareKind.CONVERSATION, talk)
    pack = SavedPacks(folder, person=ann).keep(empty_pack(SECRETIVE)).number
    check = SavedChecks(folder, person=ann).keep(f"{SECRETIVE} plans were late.", checked()).id
    with served.serving(command, port, environ):
        yield Desk(port, folder, talk, withdrawn, pack, check)


# ---------------------------------------------------------------- files that are sent


def sent_to(web: Any, session: str) -> int:
    """What a server says to a file that is sent for a page."""
    try:
        web._put(f"/_stcore/upload_file/{session}/{uuid4()}", "x.txt", b"Sent by somebody.")
    except HTTPError as refused:
        refused.close()
        return refused.code
    return 204


@pytest.mark.parametrize("name", ["ann", ""])
def test_no_file_is_received_from_who_may_not_add_documents(desk: Desk, name: str) -> None:
    """A reader; and who has not logged in, who would fill the memory of the server."""
    with closing(desk.visitor(name)) as web:
        web.visit("library", "")
        assert sent_to(web, web._session) == 403
        for session in (str(uuid4()), "..", "%2e%2e", "*"):
            assert sent_to(web, session) in (400, 403, 404, 405)


def test_a_file_is_received_from_an_officer_and_not_for_a_page_of_nobody(desk: Desk) -> None:
    with closing(desk.visitor("odile")) as web:
        web.visit("library", "")
        assert sent_to(web, web._session) == 204
        assert sent_to(web, str(uuid4())) == 403


# ---------------------------------------------------------------- addresses


PATHS = (
    "/media/", "/media/x.docx", "/media/..%2f..%2flibrary.sqlite3", "/media/%2e%2e/desk.sqlite3",
    f"/media/{'0' * 56}.docx", f"/media/{'0' * 56}.pdf", "/media//etc/passwd",
    "/_stcore/upload_file/x/y", "/_stcore/upload_file/../../library.sqlite3",
    "/_stcore/host-config", "/_stcore/metrics", "/_stcore/script-health-check",
    "/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json",
    "/_stcore/message?hash=x", "/_stcore/stream", "/_stcore/allowed-message-origins",
    "/_stcore/bidi-components/x/../../../../etc/passwd",
    "/component/x/../../../../../../../../etc/passwd",
    "/component/x/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/static/..%2f..%2f..%2f..%2fetc/passwd", "/static/../../app.py",
    "/app/static/../.streamlit/config.toml", "/app/static/..%5capp.py", "//etc/passwd",
    "/library.sqlite3", "/desk.sqlite3", "/.streamlit/secrets.toml", "/errors.log", "/originals/",
    "/healthz", "/readyz", "/ask", "/ask?conversation=1", "/export", "/download", "/shared",
    "/api/v1", "/api/v1/../../readyz", "/api/v2/documents", "/API/V1/documents",
    "/api/v1/documents?token=x", "/mcp", "/mcp/../api/v1/documents", "/%00", "/..%00/",
)  # fmt: skip


@pytest.mark.parametrize("person", ["", "ben"])
@pytest.mark.parametrize("path", PATHS)
def test_no_address_gives_what_is_kept_to_any_method(desk: Desk, path: str, person: str) -> None:
    headers = {HEADER: person} if person else {}
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"):
        status, body = desk.sent(method, path, headers)
        assert status < 500 or path == "/readyz", method
        for word in FORBIDDEN:
            assert word not in body, method


# ---------------------------------------------------------------- what a page offers as a file


def addresses_offered_to(web: Any, what: str, desk: Desk) -> tuple[list[str], list[str]]:
    """What the downloads of something of Ann's are asked for by, and where their files lie."""
    page, query, about = {
        "conversation": ("", f"conversation={desk.conversation}", "all"),
        "check": ("check", f"check={desk.check}", "check"),
        "pack": ("prepare", f"pack={desk.pack}", "pack"),
    }[what]
    web.visit(page, query)
    web.act(Action("export", (about,)).line)
    offered = web.offered()
    return offered, [web.file_address(each) for each in offered]


@pytest.mark.parametrize("what", ["conversation", "check", "pack"])
def test_a_file_that_a_page_offers_is_given_to_who_it_was_made_for_alone(
    desk: Desk, what: str
) -> None:
    """Not to others who have its address, nor to who has what the page asks for it by."""
    with closing(desk.visitor("ann")) as ann, closing(desk.visitor("ben")) as ben:
        ben.visit("", "")
        offered, paths = addresses_offered_to(ann, what, desk)
        assert len(paths) >= 3
        for path in paths:
            assert path.startswith("/media/")
            assert desk.sent("GET", path, {HEADER: "ann"})[0] == 200
            assert desk.sent("GET", path, {HEADER: "ANN"})[0] == 200  # the same, to the proxy
        paths += [ben.file_address(each) for each in offered]
        stems = [path.rsplit(".", 1)[0] for path in paths if path]
        for path in {*filter(None, paths), *stems, *(f"{stem}.txt" for stem in stems)}:
            for person in ("ben", "ada", "odile", "ann ben", "nobody", ""):
                for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS"):
                    headers = {"Cookie": ann._cookie, "Range": "bytes=0-99"}
                    headers |= {HEADER: person} if person else {}
                    status, body = desk.sent(method, path, headers)
                    assert status in (404, 405), (path, person, method)
                    assert body in (b"", b"There is no such file.")


# ---------------------------------------------------------------- the socket of the pages


def test_the_pages_speak_to_no_page_of_another_site(desk: Desk) -> None:
    with (
        pytest.raises(InvalidStatus),
        connect(
            f"ws://127.0.0.1:{desk.port}/_stcore/stream",
            additional_headers={HEADER: "ann", "Origin": "https://elsewhere.example"},
            subprotocols=["streamlit"],  # type: ignore[list-item]
        ),
    ):
        pass


@pytest.mark.parametrize("is_still_open", [True, False])
def test_who_takes_up_the_page_of_another_finds_nothing_of_theirs(
    desk: Desk, is_still_open: bool
) -> None:
    ann = desk.visitor("ann")
    assert SECRETIVE in ann.visit("", f"conversation={desk.conversation}")
    if not is_still_open:
        ann.close()
    ben = script_module("crowd/web_session").WebSession(
        desk.address, SECONDS, {HEADER: "ben"}, ann._session
    )
    shown = ben.visit("", f"conversation={desk.conversation}")
    assert SECRETIVE not in re.sub(r"<style>.*?</style>", "", shown, flags=re.DOTALL)
    assert "ben, reader" in shown
    for web in (ann, ben):
        web.close()


@pytest.mark.parametrize("name", ["ben", "ada", ""])
def test_a_link_that_was_withdrawn_opens_nothing_on_the_pages(desk: Desk, name: str) -> None:
    with closing(desk.visitor(name)) as web:
        for link in (desk.withdrawn, desk.conversation, desk.withdrawn.swapcase(), "%", "../ask"):
            assert SECRETIVE not in web.visit("shared", f"link={link}")
