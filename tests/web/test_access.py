"""Who is logged in sees what is theirs, may do what their role may, and opens links: nothing else,
whatever is put into the address or asked for by a control."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import fakes
import pytest
from driven import Opened, choose, html_of, opening
from streamlit.testing.v1 import AppTest

from rag.access.login import Login, openid_claims
from rag.access.people import LOCAL, Person
from rag.access.roles import Role
from rag.errors import NotAllowed, TooManyTokens, UnknownToken
from rag.packs.request import read_subject
from rag.packs.types import Pack
from rag.saved.audit import Event
from rag.saved.conversations import ConversationTurn
from rag.saved.feedback import FeedbackVerdict
from rag.saved.shares import ShareKind
from rag.settings import Settings
from rag.types import Answer
from ui.web.jobs.answer_job import GrowingAnswer
from ui.web.jobs.pack_job import PackJobs, PackState
from ui.web.session import identity
from ui.web.session.services import WebServices

LOGIN = Login(
    openid_file=Path("login.toml"),
    administrators=frozenset({"ada"}),
    officers=frozenset({"odile"}),
)
QUESTION = "Are caseloads too high in the Quillwort team?"
PAGE = """
from ui.web.pages import {0} as page
page.show()
"""


@dataclass
class Door:
    """Lets in whom a test names, as Streamlit's log-in would."""

    user: str = ""

    def __call__(self) -> dict[str, object]:
        if not self.user:
            return {"is_logged_in": False}
        issued = datetime.now(UTC).timestamp()
        return {
            "is_logged_in": True, "iss": "https://id.example", "sub": self.user, "iat": issued,
            "name": self.user.capitalize(),
        }  # fmt: skip


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    door = Door()
    monkeypatch.setattr(identity, "openid_user", door)
    return door


@pytest.fixture
def bench(tmp_path: Path) -> WebServices:
    folder = tmp_path / "library"
    return fakes.bench(folder, settings=Settings(folder, login=LOGIN))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    with opening(monkeypatch, lambda: AppTest.from_string("")) as opened:
        yield opened


@pytest.fixture
def desk(opened: Opened, bench: WebServices, door: Door) -> Desk:
    opened(lambda: bench)
    return Desk(bench, door)


@dataclass
class Desk:
    """Pages over one bench, opened by one person after another."""

    bench: WebServices
    door: Door

    def page(self, name: str, user: str, **address: str) -> AppTest:
        self.door.user = user
        app = AppTest.from_string(PAGE.format(name), default_timeout=30)
        for key, value in address.items():
            app.query_params[key] = value
        return app.run()

    def person(self, user: str) -> Person:
        self.door.user = user
        return identity_of(self.bench)

    def own(self, user: str) -> WebServices:
        return self.bench.of(self.person(user))


def identity_of(bench: WebServices) -> Person:
    claims = openid_claims(identity.openid_user(), LOGIN, datetime.now(UTC))
    assert claims
    return bench.administration.people.arrive(claims, LOGIN)


def anns_conversation(desk: Desk) -> str:
    kept = desk.own("ann").conversations
    identity = kept.begin("Of Ann").id
    kept.add(identity, ConversationTurn(QUESTION, fakes.answer(QUESTION)))
    return identity


# ---------------------------------------------------------------- coming in


def test_no_page_shows_anything_to_who_is_not_logged_in(desk: Desk) -> None:
    anns_conversation(desk)
    for name in ("ask", "check", "prepare", "record", "library", "about", "shared"):
        html = html_of(desk.page(name, ""))
        assert "You are not logged in" in html, name
        assert "Quillwort" not in html, name
        assert fakes.REPORT.document not in html, name


def test_a_server_that_listens_to_everyone_without_a_log_in_answers_nobody(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_to_all = fakes.bench(tmp_path / "open")
    opened(lambda: open_to_all)
    monkeypatch.setattr(identity, "listening_at", lambda: "0.0.0.0")
    html = html_of(AppTest.from_string(PAGE.format("library")).run())
    assert "Without a log-in" in html
    assert fakes.REPORT.document not in html


def test_who_was_shut_out_is_so_at_the_next_click(desk: Desk) -> None:
    ann, ada = desk.person("ann"), desk.person("ada")
    app = desk.page("library", "ann")
    assert fakes.REPORT.document in html_of(app)
    desk.bench.administration.people.suspend(ada, ann.key)
    desk.door.user = "ann"
    html = html_of(app.run())
    assert "shut out" in html
    assert fakes.REPORT.document not in html


def test_another_person_in_the_same_session_finds_nothing_of_the_first(desk: Desk) -> None:
    conversation = anns_conversation(desk)
    app = desk.page("ask", "ann", conversation=conversation)
    assert "Quillwort" in html_of(app)
    desk.door.user = "ben"
    assert "Quillwort" not in html_of(app.run())
    assert app.session_state["who is here"] == desk.person("ben").key


def test_each_visit_is_noted_once(desk: Desk) -> None:
    app = desk.page("about", "ann")
    app.run()
    entries = desk.bench.administration.audit.entries(LOCAL, event=Event.SIGNED_IN)
    assert [entry.name for entry in entries] == ["Ann"]


# ---------------------------------------------------------------- what is another's


OTHERS = ("ben", "ada")
"""A reader, and an administrator, who may not look either."""


def test_neither_an_address_nor_a_control_reaches_another_s_conversation(desk: Desk) -> None:
    conversation = anns_conversation(desk)
    desk.bench.shares.share(desk.person("ann"), ShareKind.CONVERSATION, conversation)
    for user in OTHERS:
        app = desk.page("ask", user, conversation=conversation)
        html = html_of(app)
        assert "No conversation of yours is at this address" in html
        assert "Of Ann" not in html
        for verb in ("conversation", "delete", "restore", "rename", "unshare", "share"):
            about = ("conversation", conversation) if verb.endswith("share") else (conversation,)
            assert "Quillwort" not in choose(app, verb, *about), (user, verb)
    kept = desk.own("ann").conversations.get(conversation)
    assert (kept.name, len(kept.turns)) == ("Of Ann", 1)
    assert desk.bench.shares.shared(desk.person("ann"), ShareKind.CONVERSATION, conversation)


def test_a_question_put_at_another_s_address_begins_a_conversation_of_one_s_own(
    desk: Desk,
) -> None:
    conversation = anns_conversation(desk)
    app = desk.page("ask", "ben", conversation=conversation)
    html_of(app.chat_input[0].set_value("And in 2021?").run())
    assert len(desk.own("ann").conversations.get(conversation).turns) == 1
    assert isinstance(desk.bench.desk, fakes.FakeDesk)
    assert [asked for asked in desk.bench.desk.asked if asked[1]] == []


def test_an_answer_in_the_making_is_not_seen_at_its_address(desk: Desk) -> None:
    conversation = anns_conversation(desk)
    growing = replace(fakes.answer(QUESTION), text=QUESTION)

    desk.bench.answering._lines[conversation] = (  # what is in hand, without a thread
        _growing(QUESTION, growing),
    )
    assert "Quillwort" not in html_of(desk.page("ask", "ben", conversation=conversation))


def _growing(question: str, answer: Answer) -> GrowingAnswer:
    return GrowingAnswer(question, lambda: iter(()), lambda turn: None, answer)


def test_neither_an_address_nor_a_control_reaches_another_s_check(desk: Desk) -> None:
    check = desk.own("ann").checks.keep(QUESTION)
    for user in OTHERS:
        app = desk.page("check", user, check=check.id)
        html = html_of(app)
        assert "No check of yours" in html
        assert "Quillwort" not in html
        for verb in ("check", "delete-check", "restore-check", "share"):
            about = ("check", check.id) if verb == "share" else (check.id,)
            assert "Quillwort" not in choose(app, verb, *about), (user, verb)
    assert desk.own("ann").checks.get(check.id) == check


def test_neither_an_address_nor_a_control_reaches_another_s_pack(desk: Desk) -> None:
    number = str(desk.own("ann").packs.keep(fakes.empty_pack("Quillwort")).number)
    for user in OTHERS:
        app = desk.page("prepare", user, pack=number)
        assert "Quillwort" not in html_of(app)
        for verb in ("pack", "delete-pack-certainly", "make-again", "share", "export"):
            about = ("pack", number) if verb == "share" else (number,)
            assert "Quillwort" not in choose(app, verb, *about), (user, verb)
    assert desk.own("ann").packs.get(int(number)).pack.subject == "Quillwort"


def test_a_pack_in_the_making_is_seen_and_stopped_by_its_maker_alone(desk: Desk) -> None:
    go, told = threading.Event(), threading.Event()

    def make(*given: object, **more: object) -> Pack:
        told.set()
        go.wait(20)
        return fakes.empty_pack("Fallowmere")

    library, packs = desk.bench.library, desk.bench.packs
    making = PackJobs(library, packs, make, ahead=lambda pack: None)
    desk.bench = replace(desk.bench, making=making)
    ann, ben = desk.own("ann"), desk.own("ben")
    ann.making.start(read_subject(desk.bench.library.documents(), "Fallowmere"))
    told.wait(20)
    assert ben.making.view() is None
    ben.making.stop()
    view = ann.making.view()
    assert view
    assert not view.stopping
    assert isinstance(view.progress, PackState)
    go.set()
    for _ in range(400):
        view = ann.making.view()
        assert view
        if not view.running:
            break
        threading.Event().wait(0.02)
    assert len(ann.packs.listed()) == 1
    assert ben.packs.listed() == ()


def test_what_one_says_of_an_answer_is_not_shown_to_another(desk: Desk) -> None:
    answer = fakes.answer(QUESTION)
    desk.own("ann").feedback.give(answer, FeedbackVerdict.WRONG, "Quillwort")
    assert desk.own("ben").feedback.on(answer) is None


def test_a_person_makes_a_token_sees_its_secret_once_and_takes_it_back(desk: Desk) -> None:
    app = desk.page("programs", "ann")
    app.text_input[0].set_value("my <b>calendar</b>")
    html = html_of(next(b for b in app.button if b.label == "Make a token").click().run())
    (secret,) = (code.value for code in app.code)
    assert "Copy it now" in html
    assert "my &lt;b&gt;calendar&lt;/b&gt;" in html
    tokens = desk.bench.tokens
    found = tokens.person(secret)
    assert found
    assert (found.name, found.role) == ("Ann", Role.READER)
    desk.door.user = "ann"
    html_of(app.run())
    assert not app.code
    (token,) = tokens.own(desk.person("ann"))
    assert "taken back" in choose(app, "withdraw-token", token.id)
    assert tokens.person(secret) is None
    entries = desk.bench.administration.audit.entries(LOCAL)
    told = [(entry.name, entry.event, entry.item) for entry in entries if entry.kind == "token"]
    assert told == [("Ann", Event.TOOK_BACK, token.id), ("Ann", Event.MADE, token.id)]


def test_neither_an_address_nor_a_control_reaches_another_s_token(desk: Desk) -> None:
    tokens = desk.bench.tokens
    token, secret = tokens.make_own(desk.person("ann"), "Quillwort")
    for user in OTHERS:
        app = desk.page("programs", user)
        assert "Quillwort" not in html_of(app)
        assert "Quillwort" not in choose(app, "withdraw-token", token.id), user
    with pytest.raises(UnknownToken):
        tokens.withdraw_own(desk.person("ben"), token.id)
    assert tokens.person(secret)


def test_nobody_makes_more_tokens_than_anyone_may(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.saved.tokens.MOST_OWN", 1)
    token, _ = desk.bench.tokens.make_own(desk.person("ann"), "one")
    with pytest.raises(TooManyTokens):
        desk.bench.tokens.make_own(desk.person("ann"), "two")
    desk.bench.tokens.withdraw_own(desk.person("ann"), token.id)
    desk.bench.tokens.make_own(desk.person("ann"), "two")


# ---------------------------------------------------------------- links


def test_a_link_is_made_opened_by_another_and_taken_back(desk: Desk) -> None:
    conversation = anns_conversation(desk)
    app = desk.page("ask", "ann", conversation=conversation)
    html = choose(app, "share", "conversation", conversation)
    share = desk.bench.shares.shared(desk.person("ann"), ShareKind.CONVERSATION, conversation)
    assert share
    assert f"/shared?link={share.token}" in html
    read = desk.page("shared", "ben", link=share.token)
    html = html_of(read)
    assert "A conversation shared by Ann" in html
    assert "Quillwort" in html
    for verb in ("judge", "export", "without"):
        assert f'data-act="{verb}' not in html
    assert fakes.REPORT.document in choose(read, "open", "1", "1")
    desk.door.user = "ann"
    choose(app, "unshare", "conversation", conversation)
    desk.door.user = "ben"
    html = html_of(read.run())
    assert "withdrawn" in html
    assert "Quillwort" not in html


def test_nothing_can_be_changed_through_a_link(desk: Desk) -> None:
    conversation = anns_conversation(desk)
    ann = desk.person("ann")
    token = desk.bench.shares.share(ann, ShareKind.CONVERSATION, conversation).token
    read = desk.page("shared", "ben", link=token)
    before = desk.own("ann").conversations.get(conversation)
    desk.door.user = "ben"
    for verb, *about in (
        ("judge", "1", "wrong"), ("delete", conversation), ("rename", conversation),
        ("without", "1", "council:Fallowmere"), ("export", "all"), ("ask-anew",),
        ("share", "conversation", conversation), ("restore", conversation),
    ):  # fmt: skip
        choose(read, verb, *about)
    assert desk.own("ann").conversations.get(conversation) == before
    assert desk.own("ann").feedback.on(fakes.answer(QUESTION)) is None


def test_a_link_opens_nothing_to_who_is_not_logged_in(desk: Desk) -> None:
    conversation = anns_conversation(desk)
    token = desk.bench.shares.share(desk.person("ann"), ShareKind.CONVERSATION, conversation).token
    html = html_of(desk.page("shared", "", link=token))
    assert "You are not logged in" in html
    assert "Quillwort" not in html


def test_checks_and_packs_are_read_by_their_links_too(desk: Desk) -> None:
    own, ann = desk.own("ann"), desk.person("ann")
    check = own.checks.keep("Caseloads are too high.", fakes.checked())
    number = own.packs.keep(fakes.empty_pack("Fallowmere")).number
    token = desk.bench.shares.share(ann, ShareKind.CHECK, check.id).token
    html = html_of(desk.page("shared", "ben", link=token))
    assert "A check shared by Ann" in html
    assert 'aria-label="Claim 1: Supported"' in html
    token = desk.bench.shares.share(ann, ShareKind.PACK, str(number)).token
    html = html_of(desk.page("shared", "ben", link=token))
    assert "A pack shared by Ann" in html
    assert "Committee pack" in html
    assert 'data-act="delete-pack' not in html
    opened = desk.bench.administration.audit.entries(LOCAL, event=Event.OPENED)
    assert [(entry.kind, entry.name) for entry in opened] == [("pack", "Ben"), ("check", "Ben")]


# ---------------------------------------------------------------- roles


def test_a_reader_changes_nothing_in_the_library_whatever_control_is_asked_for(desk: Desk) -> None:
    library = desk.bench.library
    library.set_aside(fakes.PLAN.document)
    library.note_refused("bad.pdf", "Broken.")
    before = (library.entries(), library.aside(), library.refused())
    app = desk.page("library", "ann")
    for verb, *about in (
        ("remove", fakes.REPORT.document), ("put-back", fakes.PLAN.document),
        ("discard-certainly", fakes.PLAN.document), ("read-again", fakes.REPORT.document),
        ("checked", fakes.REPORT.document), ("checked-in-list", fakes.REPORT.document),
        ("dismiss-refused", "bad.pdf"), ("dismiss-all-refused",), ("stop-job",), ("dismiss-job",),
    ):  # fmt: skip
        assert "You may not" in choose(app, verb, *about), verb
    assert (library.entries(), library.aside(), library.refused()) == before
    assert desk.bench.jobs.view() is None


def test_a_reader_is_shown_no_way_to_change_the_library(desk: Desk) -> None:
    desk.bench.library.set_aside(fakes.PLAN.document)
    app = desk.page("library", "ann")
    html = html_of(app)
    assert fakes.REPORT.document in html
    assert "Removed documents" not in html
    assert not [each for each in app.button if each.label.startswith("Add")]
    html = html_of(desk.page("library", "ann", document=fakes.REPORT.document))
    assert "Ask about this document" in html
    assert 'data-act="remove' not in html


def test_an_officer_changes_the_library_and_that_is_noted(desk: Desk) -> None:
    app = desk.page("library", "odile")
    assert "You may not" not in choose(app, "remove", fakes.REPORT.document)
    assert "You may not" not in choose(app, "put-back", fakes.REPORT.document)
    entries = desk.bench.administration.audit.entries(LOCAL, words=fakes.REPORT.document)
    assert [(entry.name, entry.event) for entry in entries] == [
        ("Odile", Event.RESTORED), ("Odile", Event.REMOVED),
    ]  # fmt: skip


def test_a_reader_cannot_begin_or_end_an_ingest(desk: Desk) -> None:
    jobs = desk.own("ann").jobs
    with pytest.raises(NotAllowed):
        jobs.start([], desk.bench.settings, desk.bench.library)
    with pytest.raises(NotAllowed):
        jobs.stop()
    with pytest.raises(NotAllowed):
        jobs.dismiss()


def test_only_an_administrator_is_shown_the_administration_or_changes_anything_there(
    desk: Desk,
) -> None:
    ada = desk.person("ada")
    for user in ("ann", "odile"):
        app = desk.page("administration", user)
        assert "You may not give and take roles" in html_of(app)
        for verb in ("give-role", "suspend", "readmit", "erase-certainly"):
            about = (ada.key, "") if verb == "give-role" else (ada.key,)
            assert "You may not" in choose(app, verb, *about), (user, verb)
    assert desk.person("ada") == ada
    entries = desk.bench.administration.audit.entries(LOCAL)
    assert not [e for e in entries if e.event in (Event.ROLE, Event.SUSPENDED, Event.ERASED)]


def test_an_administrator_gives_a_role_reads_the_trail_and_erases_a_person(desk: Desk) -> None:
    ann = desk.person("ann")
    anns_conversation(desk)
    app = desk.page("administration", "ada")
    html = choose(app, "give-role", ann.key, "officer")
    assert "officer (given: officer)" in html or "(given: officer)" in html
    assert desk.person("ann").role.value == "officer"
    desk.door.user = "ada"
    assert QUESTION in html_of(app.run())
    html = choose(app, "erase-certainly", ann.key)
    assert "Everything about Ann is erased: 1 conversations" in html
    assert QUESTION not in html_of(app.run())


# ---------------------------------------------------------------- two windows


def test_a_conversation_that_another_window_went_on_with_says_so(desk: Desk) -> None:
    conversation = anns_conversation(desk)
    one = desk.page("ask", "ann", conversation=conversation)
    other = desk.page("ask", "ann", conversation=conversation)
    assert "changed in another window" not in html_of(one)
    html_of(other.chat_input[0].set_value("And in 2021?").run())
    html = html_of(one.run())
    assert "changed in another window since you saw it here: 1 question asked." in html
    assert "changed in another window" in html_of(one.run())
    assert "changed in another window" not in choose(one, "seen-elsewhere")
    assert "changed in another window" not in html_of(other.run())


def test_a_question_is_not_asked_where_its_conversation_was_deleted_in_another_window(
    desk: Desk,
) -> None:
    conversation = anns_conversation(desk)
    one = desk.page("ask", "ann", conversation=conversation)
    desk.own("ann").conversations.delete(conversation)
    desk.door.user = "ann"
    html = html_of(one.chat_input[0].set_value("And in 2021?").run())
    assert "deleted in another window" in html
    assert "Your question was not asked: <q>And in 2021?</q>" in html
    assert isinstance(desk.bench.desk, fakes.FakeDesk)
    assert desk.bench.desk.asked == []
    assert "Quillwort" in choose(one, "restore", conversation)
    assert "not asked" not in html_of(one.run())


def test_what_was_not_asked_can_be_asked_anew(desk: Desk) -> None:
    conversation = anns_conversation(desk)
    one = desk.page("ask", "ann", conversation=conversation)
    desk.own("ann").conversations.delete(conversation)
    desk.door.user = "ann"
    one.chat_input[0].set_value("Are caseloads high?").run()
    html = choose(one, "ask-anew")
    assert fakes.REPORT.quote in html
    assert "not asked" not in html
