"""Another program has the same answers as the command line, for the person of its token alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from served import program_app, secret
from starlette.testclient import TestClient

from rag.access.login import Claims, Login
from rag.access.people import LOCAL, Person
from rag.access.roles import Role
from rag.errors import UnknownToken
from rag.records.answers import answer_from_record
from rag.saved.audit import AuditTrail
from rag.saved.packs import SavedPacks
from rag.saved.people import People
from rag.saved.tokens import TABLES, Tokens
from ui.api.callers import MOST_FAILURES
from ui.api.http import LONGEST_QUESTION, MOST_BODY, PREFIX

QUESTION = "How were care leavers in Fallowmere judged in 2024?"
OLD_QUESTION = "How were care leavers in Fallowmere judged in 2017?"
OLD_CLAIM = "In 2017 care leavers in Fallowmere were not told what they are entitled to."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    app = program_app(folder)
    headers = {"Authorization": f"Bearer {secret(folder)}"}
    with TestClient(app, base_url="http://desk", headers=headers) as client:
        yield client


def post(client: TestClient, path: str, **body: Any) -> Any:
    return client.post(f"{PREFIX}/{path}", json=body)


# ---------------------------------------------------------------- what is answered


def test_a_question_is_answered_in_the_record_of_the_command_line(client: TestClient) -> None:
    record = post(client, "ask", question=QUESTION).json()
    answer = answer_from_record(record)
    assert answer.answered
    assert {citation.document for citation in answer.citations} == {"f2024.pdf"}
    follow_up = post(client, "ask", question="And in Thornbeck?", history=[QUESTION]).json()
    assert {each["document"] for each in follow_up["citations"]} <= {"t2023.pdf"}


def test_a_source_that_is_older_than_the_newest_report_held_is_told_to_be_and_described(
    client: TestClient,
) -> None:
    record = post(client, "ask", question=OLD_QUESTION).json()
    assert {(c["document"], c["newest_inspection"]) for c in record["citations"]} == {
        ("f2017.pdf", "2024-10-18")
    }
    assert answer_from_record(record).answered, "what reads the contract passes the field over"
    (piece,) = post(client, "check", text=OLD_CLAIM).json()
    newest = {c["document"]: c.get("newest_inspection") for c in piece["citations"]}
    assert newest["f2017.pdf"] == "2024-10-18"
    paths = client.get(f"{PREFIX}/openapi.json").json()["paths"]
    for call in ("/ask", "/check"):
        assert "`newest_inspection`" in paths[call]["post"]["description"]


def test_a_search_a_check_a_pack_and_a_record_are_made(client: TestClient, folder: Path) -> None:
    hits = post(client, "search", question="care leavers", count=3).json()["hits"]
    assert len(hits) == 3
    (piece,) = post(client, "check", text="Fallowmere is outstanding for care leavers.").json()
    assert piece["verdict"] in ("supported", "contradicted", "not_found")
    record = client.get(f"{PREFIX}/record", params={"council": "Fallowmere"}).json()
    assert record["council"] == "Fallowmere"
    pack = post(client, "packs", subject="Fallowmere").json()
    assert [line.number for line in SavedPacks(folder).listed()] == [pack["number"]]


def test_a_page_is_read_by_its_documents_identity(client: TestClient) -> None:
    (document,) = [
        each for each in client.get(f"{PREFIX}/documents").json() if each["document"] == "f2024.pdf"
    ]
    page = client.get(f"{PREFIX}/documents/{document['id']}/pages/1").json()
    assert "Lead inspector" in page["text"]
    missing = client.get(f"{PREFIX}/documents/{document['id']}/pages/99")
    assert (missing.status_code, missing.json()["kind"]) == (404, "UnknownDocument")


def test_filters_are_hard_limits_and_what_is_not_held_is_named(client: TestClient) -> None:
    chosen = {"kinds": ["news"], "councils": ["Fallowmere"]}
    hits = post(client, "search", question="posts", filters=chosen).json()["hits"]
    assert {hit["document"] for hit in hits} == {"article.html"}
    unknown = post(client, "ask", question=QUESTION, filters={"councils": ["Atlantis"]})
    assert (unknown.status_code, unknown.json()["kind"]) == (404, "BadFilter")


def test_what_is_asked_is_noted_in_the_audit_trail(client: TestClient, folder: Path) -> None:
    post(client, "ask", question=QUESTION)
    (entry, *_) = AuditTrail(folder).entries(LOCAL)
    assert (entry.actor, entry.kind, entry.words) == (LOCAL.key, "question by a program", QUESTION)


# ---------------------------------------------------------------- who is let in


@pytest.mark.parametrize(
    "header", ["", "Bearer ", "Bearer wrong", "Basic x", "Bearer scrutiny_\u00e9"]
)
@pytest.mark.parametrize("path", ["documents", "record?council=x", "openapi.json", "nowhere"])
def test_nothing_is_told_without_a_token(client: TestClient, path: str, header: str) -> None:
    headers = {b"Authorization": header.encode("latin-1")}
    answer = client.get(f"{PREFIX}/{path}", headers=headers)
    assert answer.status_code == 401
    assert "Fallowmere" not in answer.text
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_that_is_withdrawn_or_has_run_out_opens_nothing(folder: Path) -> None:
    clock = [datetime(2026, 3, 4, tzinfo=UTC)]
    tokens = Tokens(folder, now=lambda: clock[0])
    token, first = tokens.make("one", days=10)
    _, second = tokens.make("two", days=10)
    assert tokens.person(first) == Person(LOCAL.key, LOCAL.name, Role.READER)
    tokens.withdraw(token.id)
    assert tokens.person(first) is None
    assert tokens.person(second) is not None
    clock[0] += timedelta(days=11)
    assert tokens.person(second) is None
    with pytest.raises(UnknownToken):
        tokens.withdraw(token.id)


def test_a_program_acts_for_its_person_as_a_reader_until_they_are_shut_out(folder: Path) -> None:
    people, login = People(folder), Login(administrators=frozenset({"ada@x.example"}))
    ada = people.arrive(Claims("idp ada", "Ada", "ada@x.example"), login)
    ann = people.arrive(Claims("idp ann", "Ann", "ann@x.example"), login)
    tokens = Tokens(folder)
    for person, email in ((ada, "ADA@x.example"), (ann, "ann@x.example")):
        acting = tokens.person(tokens.make("one", email=email)[1])
        assert acting
        assert (acting.key, acting.role) == (person.key, Role.READER)
    _, held = tokens.make("two", email="ann@x.example")
    people.suspend(ada, ann.key)
    assert tokens.person(held) is None
    with pytest.raises(UnknownToken, match="has logged in"):
        tokens.make("three", email="nobody@x.example")


def test_a_secret_is_kept_nowhere(folder: Path) -> None:
    held = secret(folder)
    for path in folder.rglob("*"):
        if path.is_file():
            assert held.encode() not in path.read_bytes()
    assert (folder / TABLES.file).stat().st_mode & 0o077 == 0


# ---------------------------------------------------------------- limits


def test_too_many_calls_are_told_when_to_come_back(folder: Path) -> None:
    headers = {"Authorization": f"Bearer {secret(folder)}"}
    app = program_app(folder, per_minute=3)
    with TestClient(app, base_url="http://desk", headers=headers) as client:
        statuses = [client.get(f"{PREFIX}/documents").status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        assert int(client.get(f"{PREFIX}/documents").headers["retry-after"]) <= 60


def test_guessing_tokens_is_stopped(client: TestClient) -> None:
    wrong = {"Authorization": "Bearer guessed"}
    statuses = [
        client.get(f"{PREFIX}/documents", headers=wrong).status_code
        for _ in range(MOST_FAILURES + 1)
    ]
    assert statuses == [401] * MOST_FAILURES + [429]


def test_what_is_too_large_or_unknown_is_refused(client: TestClient) -> None:
    assert post(client, "check", text="x" * MOST_BODY).status_code == 413
    assert post(client, "ask", question="x" * (LONGEST_QUESTION + 1)).status_code == 422
    assert post(client, "ask", question="  ").status_code == 422
    assert post(client, "ask", question=QUESTION, owner="someone").status_code == 422
    assert client.post(f"{PREFIX}/ask", content=b"[" * 100_000).status_code == 422
    assert client.get(f"{PREFIX}/docs").status_code == 404


# ---------------------------------------------------------------- the description


@pytest.mark.slow
def test_whatever_the_description_allows_is_answered_as_it_says(folder: Path) -> None:
    app = program_app(folder)
    headers = {"Authorization": f"Bearer {secret(folder)}"}
    schema: Any = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", app, headers=headers)

    calls = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    for operation in schema.get_all_operations():
        calls(_calling(operation.ok().as_strategy(), headers))()


def _calling(strategy: Any, headers: dict[str, str]) -> Any:
    @given(case=strategy)
    def call(case: Any) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, headers=headers)

    return call
