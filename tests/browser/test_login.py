"""Logging in at a real provider, in a real browser; and by headers, as a proxy sends them."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic, sleep

import pytest
import served
from fakes import answer
from playwright.sync_api import Browser, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from rag.access.login import SECRET_HEADER, Claims, Login
from rag.access.people import LOCAL
from rag.saved.audit import AuditTrail, Event
from rag.saved.conversations import Conversations, ConversationTurn
from rag.saved.people import People
from rag.saved.shares import ShareKind, Shares

QUESTION = "Are caseloads too high in the Quillwort team?"
OUTSIDE = "You are not logged in"
WAIT_MS = 60_000
USERS = (
    {"sub": "u-ada", "name": "Ada Penn", "email": "ada@fallowmere.example", "email_verified": True},
    {"sub": "u-ann", "name": "Ann Ostler", "email": "ann@fallowmere.example"},
)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """An OpenID Connect provider that knows two people; its address."""
    port = served.free_port()
    known = [argument for user in USERS for argument in ("--user-claims", json.dumps(user))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(
        [*command, *known], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://localhost:{port}"
    try:
        _until_it_answers(f"{address}/.well-known/openid-configuration")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _until_it_answers(address: str) -> None:
    deadline = monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if monotonic() > deadline:
                raise
            sleep(0.1)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library in which the one person of before had a conversation."""
    folder = tmp_path_factory.mktemp("login") / "library"
    kept = Conversations(folder)
    kept.add(kept.begin("Of before").id, ConversationTurn(QUESTION, answer(QUESTION)))
    return folder


@pytest.fixture(scope="module")
def site(provider: str, library: Path) -> Iterator[str]:
    """`scrutiny serve` with a log-in at the provider."""
    command, port, environ = served.scrutiny_serve(library)
    file = library.parent / "login.toml"
    file.write_text(
        f"""
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{"c" * 40}"
client_id = "scrutiny-desk"
client_secret = "{"s" * 40}"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
    )
    environ |= {
        "SCRUTINY_OPENID_FILE": str(file),
        "SCRUTINY_ADMINISTRATORS": "ada@fallowmere.example",
    }
    with served.serving(command, port, environ) as address:
        yield address


def log_in(page: Page, subject: str) -> None:
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.locator("input[name=sub]").first.fill(subject)
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.wait_for_url("http://localhost:*/**")


# ---------------------------------------------------------------- OpenID Connect


@served.NEEDS_CHROMIUM
def test_who_logs_in_is_known_sees_what_is_theirs_and_what_a_link_gives(
    page: Page, browser: Browser, site: str, library: Path
) -> None:
    page.goto(f"{site}/library")
    expect(page.get_by_text(OUTSIDE)).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text("The library is empty")).to_have_count(0)
    log_in(page, "u-ada")
    # Back at the page that they came for, and not at the first.
    expect(page.get_by_text("Ada Penn, administrator")).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_role("heading", name="Library", level=1)).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_role("link", name="Administration")).to_be_attached()

    people = People(library)
    (ada,) = [each for each in people.listed(LOCAL) if each.name == "Ada Penn"]
    login = Login(administrators=frozenset({"ada@fallowmere.example"}))
    subject = f"{_issuer(library)} u-ada"
    person = people.arrive(Claims(subject, ada.name, ada.email), login)
    assert person.key == ada.key
    # What was kept before anyone logged in is the first administrator's.
    (line,) = Conversations(library, person=person).listed()
    token = Shares(library).share(person, ShareKind.CONVERSATION, line.id).token
    page.goto(f"{site}/?conversation={line.id}")
    page.get_by_role("button", name="Export this conversation").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown", exact=True).click()
    assert QUESTION in download.value.path().read_text(encoding="utf-8")
    file = download.value.url
    assert page.request.get(file).status == 200

    context = browser.new_context()
    other = context.new_page()
    other.set_default_timeout(WAIT_MS)
    other.goto(f"{site}/shared?link={token}")
    expect(other.get_by_text(OUTSIDE)).to_be_visible(timeout=WAIT_MS)
    assert other.request.get(file).status == 404
    expect(other.get_by_text("Quillwort")).to_have_count(0)
    log_in(other, "u-ann")
    expect(other.get_by_text("A conversation shared by Ada Penn")).to_be_visible(timeout=WAIT_MS)
    expect(other.get_by_text(QUESTION)).to_be_visible()
    assert other.request.get(file).status == 404
    other.goto(f"{site}/?conversation={line.id}")
    expect(other.get_by_text("No conversation of yours is at this address")).to_be_visible(
        timeout=WAIT_MS
    )
    expect(other.get_by_text("Quillwort")).to_have_count(0)
    expect(other.get_by_role("link", name="Administration")).to_have_count(0)
    other.get_by_role("button", name="Log out").click()
    # The provider ends its own session too, and asks whether it should.
    other.get_by_role("button", name="End session").click()
    expect(other.get_by_role("button", name="Log in")).to_be_visible(timeout=WAIT_MS)
    context.close()
    events = {entry.event for entry in AuditTrail(library).entries(LOCAL)}
    assert {Event.SIGNED_IN, Event.ADOPTED, Event.SHARED, Event.OPENED} <= events


def _issuer(library: Path) -> str:
    from rag.saved.desk_file import open_desk_file

    database = open_desk_file(library)
    row = database.row("SELECT subject FROM people WHERE name = 'Ada Penn'")
    database.close()
    assert row
    issuer, _, subject = row[0].partition(" ")
    assert subject == "u-ada"
    return str(issuer)


@served.NEEDS_CHROMIUM
def test_a_forged_cookie_lets_nobody_in(page: Page, site: str) -> None:
    forged = json.dumps({"sub": "u-ada", "is_logged_in": True, "origin": site})
    page.context.add_cookies([{"name": "_streamlit_user", "value": forged, "url": site}])
    page.goto(f"{site}/library")
    expect(page.get_by_text(OUTSIDE)).to_be_visible(timeout=WAIT_MS)


# ---------------------------------------------------------------- a proxy


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """`scrutiny serve` behind a proxy; the port at which the proxy would reach it."""
    folder = tmp_path_factory.mktemp("proxied")
    (folder / "secret").write_text("s" * 32)
    command, port, environ = served.scrutiny_serve(folder / "library")
    environ |= {
        "SCRUTINY_PROXY_HEADER": "X-Forwarded-User",
        "SCRUTINY_PROXY_SECRET_FILE": str(folder / "secret"),
        "SCRUTINY_ADMINISTRATORS": "ada",
    }
    with served.serving(command, port, environ):
        yield port


USER, SECRET = ("X-Forwarded-User", "Ada"), (SECRET_HEADER, "s" * 32)


@pytest.mark.parametrize(
    ("sent", "inside"),
    [
        ([USER, SECRET, ("Host", "desk.example")], True),
        ([USER, SECRET, ("X-Forwarded-For", "203.0.113.9")], True),
        ([USER], False),
        ([SECRET], False),
        ([USER, (SECRET_HEADER, "t" * 32)], False),
        ([USER, ("X-Forwarded-User", "bert"), SECRET], False),
        ([], False),
    ],
)
def test_only_the_proxy_itself_says_who_somebody_is(
    proxied: int, sent: Sequence[tuple[str, str]], inside: bool
) -> None:
    html = _first_page(proxied, sent)
    assert ("Ada, administrator" in html) is inside
    assert ("did not say who you are" in html) is not inside


def _first_page(port: int, headers: Sequence[tuple[str, str]]) -> str:
    """The HTML of the first page, as it is sent to a browser that comes with these headers."""
    bodies: list[str] = []
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        additional_headers=[*headers],
        subprotocols=[Subprotocol("streamlit")],
    ) as socket:
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(socket.recv(timeout=60))
            bodies.append(told.delta.new_element.html.body)
            if told.HasField("script_finished"):
                return "\n".join(bodies)
