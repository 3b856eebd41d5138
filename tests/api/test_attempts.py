"""Whatever a program tries with a token, or without one, it reads, changes and deletes nothing that
is not for it."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import fakes
import pytest
from served import program_app
from starlette.testclient import TestClient

from rag.access.login import Claims, Login
from rag.access.people import Person
from rag.library.schema import BACKED_UP
from rag.saved.audit import AuditTrail
from rag.saved.checks import SavedChecks
from rag.saved.conversations import Conversations, ConversationTurn
from rag.saved.packs import SavedPacks
from rag.saved.people import People
from rag.saved.shares import ShareKind, Shares
from rag.saved.tokens import TABLES, Tokens
from ui.api.http import PREFIX
from ui.api.mcp_server import PATH

LOGIN = Login(administrators=frozenset({"ada@x.example"}), officers=frozenset({"ann@x.example"}))
SECRETIVE = "Quillwort"
"""A word that stands in what Ann keeps, and in no document."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
ALLOWED = {
    "documents": "GET",
    "documents/0123456789abcdef/pages/1": "GET",
    "search": "POST",
    "ask": "POST",
    "check": "POST",
    "packs": "POST",
    "record": "GET",
    "openapi.json": "GET HEAD",
}
"""The addresses, and the methods that each answers."""
ELSEWHERE = (
    "", "packs/1", "packs/2", "packs/1/pack.docx", "conversations", "conversations/1", "checks",
    "shares", "feedback", "people", "audit", "retention", "requests", "tokens", "tokens/1",
    "backup", "restore", "documents/f2024.pdf", "documents/0123456789abcdef",
    "documents/0123456789abcdef/original", "docs", "redoc", "../../healthz", "%2e%2e/readyz",
    "..%2f..%2flibrary.sqlite3", "//documents",
)  # fmt: skip
"""Addresses that a program might guess."""


@dataclass
class Site:
    """What programs reach, and two people: Ann, an officer, whose things are tried for, and Ben."""

    folder: Path
    client: TestClient
    tokens: Tokens
    ann: Person
    ben: Person
    bens: str
    """The secret of a token of Ben's."""

    def of(self, secret: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {secret}"}

    def held(self) -> list[tuple[object, ...]]:
        """Every row that is kept, but the audit trail."""
        rows: list[tuple[object, ...]] = []
        for file in (*(tables.file for tables in BACKED_UP), TABLES.file):
            if not (self.folder / file).exists():
                continue
            with closing(sqlite3.connect(self.folder / file)) as connection:
                tables = connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' "
                    "AND name NOT LIKE 'audit%' AND name NOT LIKE 'sqlite%' "
                    "AND name NOT LIKE 'lexical%'"
                ).fetchall()
                for (table,) in tables:
                    rows += connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
        return rows


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("attempts") / "library"
    app = program_app(folder)
    people = People(folder)
    ann, ben = (
        people.arrive(Claims(f"idp {name}", name.title(), f"{name}@x.example"), LOGIN)
        for name in ("ann", "ben")
    )
    kept = Conversations(folder, person=ann)
    kept.add(kept.begin(SECRETIVE).id, ConversationTurn(f"{SECRETIVE}?", fakes.answer()))
    SavedChecks(folder, person=ann).keep(f"{SECRETIVE} is high.", fakes.checked())
    pack = SavedPacks(folder, person=ann).keep(fakes.empty_pack(SECRETIVE))
    Shares(folder).share(ann, ShareKind.PACK, str(pack.number))
    tokens = Tokens(folder)
    with TestClient(app, base_url="http://desk") as client:
        yield Site(folder, client, tokens, ann, ben, tokens.make_own(ben, "program")[1])


_callers = itertools.count()


@contextmanager
def a_stranger(site: Site) -> Iterator[TestClient]:
    """A client at an address from which nobody has guessed before: that guessing is stopped is
    another test's matter."""
    address = f"10.0.{next(_callers)}.1"
    with TestClient(site.client.app, base_url="http://desk", client=(address, 1)) as client:
        yield client


@pytest.mark.parametrize("method", METHODS)
def test_no_method_opens_or_changes_anything_that_it_is_not_meant_for(
    site: Site, method: str
) -> None:
    headers = site.of(site.bens)
    before = site.held()
    for path, allowed in ALLOWED.items():
        if method in allowed.split():
            continue
        answer = site.client.request(method, f"{PREFIX}/{path}", headers=headers, json={})
        assert answer.status_code == 405, path
        assert SECRETIVE not in answer.text
        assert "f2024" not in answer.text
    assert site.held() == before


@pytest.mark.parametrize("path", ELSEWHERE)
def test_no_guessed_address_opens_anything(site: Site, path: str) -> None:
    headers = site.of(site.bens)
    before = site.held()
    for method in ("GET", "POST", "DELETE", "PUT"):
        answer = site.client.request(method, f"{PREFIX}/{path}", headers=headers)
        assert answer.status_code in (307, 404, 405, 422), method
        assert SECRETIVE not in answer.text
        assert "SQLite" not in answer.text
    assert site.held() == before


@pytest.mark.parametrize(
    "id",
    [
        "f2024.pdf", "..", "%2e%2e%2f%2e%2e%2fdesk.sqlite3", "0" * 15, "0" * 16, "0" * 17,
        "0" * 64, "0123456789ABCDEF", "0123456789abcde%00", "' OR '1'='1", "%25%25%25%25",
        "0123456789abcde\u0661", "*", "0123456789abcdef%0a",
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["1", "0", "-1", "1e3", "99999999999999999999", "..", "%00"])
def test_no_trick_in_an_identity_reads_a_page(site: Site, id: str, page: str) -> None:
    path = f"{PREFIX}/documents/{id}/pages/{page}"
    answer = site.client.get(path, headers=site.of(site.bens))
    assert answer.status_code in (404, 422)
    assert "Fallowmere" not in answer.text


def test_what_stands_for_a_token_opens_nothing_but_the_token_itself(site: Site) -> None:
    token, secret = site.tokens.make_own(site.ann, "mine")
    gone, withdrawn = site.tokens.make_own(site.ann, "gone")
    site.tokens.withdraw_own(site.ann, gone.id)
    late = Tokens(site.folder, now=lambda: datetime.now(UTC) - timedelta(days=400))
    _, old = late.make_own(site.ann, "old")
    with closing(sqlite3.connect(site.folder / TABLES.file)) as connection:
        (digest,) = connection.execute(
            "SELECT digest FROM tokens WHERE id = ?", (token.id,)
        ).fetchone()
    path = f"{PREFIX}/documents"
    refused: tuple[tuple[str, dict[str, str], dict[str, str]], ...] = (
        ("its identity", site.of(token.id), {}),
        ("its digest", site.of(digest), {}),
        ("its beginning", site.of(secret[:-1]), {}),
        ("more than it", site.of(f"{secret}x"), {}),
        ("other letters", site.of(secret.swapcase()), {}),
        ("a pattern", site.of("%"), {}),
        ("a condition", site.of("' OR '1'='1"), {}),
        ("one that was withdrawn", site.of(withdrawn), {}),
        ("one that has run out", site.of(old), {}),
        ("the name of a person", site.of(site.ann.key), {}),
        ("in the address", {}, {"token": secret, "access_token": secret}),
        ("in a cookie", {"Cookie": f"token={secret}; Authorization=Bearer {secret}"}, {}),
        ("in another header", {"X-Authorization": f"Bearer {secret}", "X-Api-Key": secret}, {}),
        ("by another scheme", {"Authorization": f"Basic {secret}"}, {}),
    )
    for how, headers, query in refused:
        with a_stranger(site) as client:
            for address in (path, f"{PATH}/"):
                answer = client.get(address, headers=headers, params=query)
                assert answer.status_code == 401, (how, address)
                assert "Fallowmere" not in answer.text
    assert site.client.get(path, headers=site.of(secret)).status_code == 200


def test_a_program_is_its_person_and_a_reader_whatever_else_it_says(site: Site) -> None:
    headers = site.of(site.bens) | {
        name: value
        for name in ("X-Forwarded-User", "Remote-User", "X-Person", "X-Scrutiny-Secret")
        for value in ("ada@x.example",)
    }
    headers |= {"Cookie": "_streamlit_user=ada@x.example"}
    trail = AuditTrail(site.folder)
    ada = Person(site.ann.key, "Ada", type(site.ann.role).ADMINISTRATOR)
    asked = {"question": "How were care leavers in Fallowmere judged in 2024?"}
    assert site.client.post(f"{PREFIX}/search", headers=headers, json=asked).status_code == 200
    assert trail.entries(ada, limit=1)[0].actor == site.ben.key
    for more in ({"owner": site.ann.key}, {"person": "ann"}, {"role": "administrator"}):
        for call in ("search", "ask"):
            answer = site.client.post(f"{PREFIX}/{call}", headers=headers, json=asked | more)
            assert answer.status_code == 422


def test_a_pack_that_is_made_is_its_makers_and_replaces_none_of_another(site: Site) -> None:
    headers = site.of(site.bens)
    packs = SavedPacks(site.folder)
    (anns,) = packs.of(site.ann).listed()
    wanted = {"subject": "Fallowmere", "number": anns.number}
    assert site.client.post(f"{PREFIX}/packs", headers=headers, json=wanted).status_code == 422
    made = site.client.post(f"{PREFIX}/packs", headers=headers, json={"subject": "Fallowmere"})
    assert made.json()["number"] != anns.number
    assert [line.number for line in packs.of(site.ann).listed()] == [anns.number]
    assert len(packs.of(site.ben).listed()) == 1


# ---------------------------------------------------------------- assistants


def call(method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


CALLS = (
    *(
        call("tools/call", name=name, arguments={"id": "1", "question": "x"})
        for name in (
            "remove", "ingest", "describe", "restore", "packs", "conversations", "audit",
            "__init__", "ask ", "../ask", "",
        )
    ),
    *(
        call("resources/read", uri=uri)
        for uri in (
            "scrutiny://packs/1", "scrutiny://conversations/1", "scrutiny://people/all",
            "scrutiny://documents/../pages/1", "scrutiny://documents/f2024.pdf/pages/1",
            "scrutiny://documents/0123456789abcdef/pages/1",
            "scrutiny://documents/%2e%2e%2fdesk.sqlite3/pages/1",
            "scrutiny://councils/all/packs", "file:///etc/passwd", "http://127.0.0.1/",
            "scrutiny://documents/0123456789abcdef/pages/-1",
        )
    ),
    call("logging/setLevel", level="debug"),
    call("sampling/createMessage", messages=[]),
    call("roots/list"),
    call("prompts/get", name="x"),
    call("completion/complete", ref={"type": "ref/prompt", "name": "x"}, argument={}),
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(CALLS)))
def test_no_call_of_an_assistant_reads_or_changes_what_no_tool_offers(
    site: Site, number: int
) -> None:
    headers = site.of(site.bens) | {
        "Accept": "application/json, text/event-stream",
        "Mcp-Session-Id": "1",
        "MCP-Protocol-Version": "2025-06-18",
    }
    before = site.held()
    answer = site.client.post(f"{PATH}/", headers=headers, json=CALLS[number])
    assert answer.status_code < 500
    record = answer.json()
    failed = "error" in record or record.get("result", {}).get("isError") is True
    assert failed, record
    for word in (SECRETIVE, "Fallowmere", "root:"):
        assert word not in answer.text
    assert site.held() == before


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["", "/", "/sse", "/messages", "/..%2fapi/v1/documents"])
def test_no_method_reaches_the_tools_without_a_token(site: Site, method: str, path: str) -> None:
    with a_stranger(site) as client:
        answer = client.request(method, f"{PATH}{path}", json=call("tools/list"))
    assert answer.status_code in (401, 404, 405)
    assert "Fallowmere" not in answer.text
    assert "search" not in answer.text
