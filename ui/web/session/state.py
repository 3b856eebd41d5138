"""What the pages remember: the services, once a server; and what one visitor is looking at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import streamlit as st

from rag.access.login import LoginKind
from rag.access.people import require
from rag.access.roles import Permission
from rag.citation.line import citations_of
from rag.errors import AccessError, ScrutinyError, SettingsError, UnknownCheck, UnknownConversation
from rag.question.filters import Filters
from rag.saved.checks import SavedCheck
from rag.saved.conversations import Conversation, ConversationTurn
from rag.saved.visits import new_since
from rag.settings import load_settings
from rag.text.tokens import shortened
from rag.types import Answer, Citation, Document, Verdict
from ui.web.jobs.answer_job import GrowingAnswer
from ui.web.session.downloads import DOWNLOADS
from ui.web.session.identity import credential, headers, visitor
from ui.web.session.services import WebServices, open_services
from ui.web.session.session_value import SessionValue
from ui.web.session.source_viewer import OpenedSource
from ui.web.session.upload_right import note_this_page
from ui.wording.attribution_note import EXTRACTIVE
from ui.wording.lists import count_words, listed
from ui.wording.translation import N_, tr

_CONVERSATION = "conversation"
_SINCE = "new since"
_GONE = N_("This conversation was deleted in another window: bring it back, or begin a new one.")
_NOT_YOURS = N_(
    "No conversation of yours is at this address. If somebody sent it to you, ask "
    "them to share it by a link."
)
_CHECK_GONE = N_("This check was deleted in another window.")
_CHECK_NOT_YOURS = N_(
    "No check of yours is at this address. If somebody sent it to you, ask them to "
    "share it by a link."
)
_ELSEWHERE = N_("This conversation was changed in another window since you saw it here:")
_LONGEST_NAME = 60
"""Of a conversation that is named by its first question, in characters."""
_CHECK = "check"


def _open() -> WebServices:
    try:
        return open_services(load_settings())
    except SettingsError as error:
        # Where it is the language model's, the pages work without one and say so.
        return open_services(load_settings(model=False), str(error))


PAGES: dict[str, st.Page] = {}
"""The pages by their titles, for going from one to another."""

opener: Callable[[], WebServices] = _open
"""How the services are opened; a test puts its own here."""


@st.cache_resource(show_spinner=False)
def shared_services() -> WebServices:
    """What is opened once for everyone whom this server serves, on nobody's behalf."""
    return opener()


def services() -> WebServices:
    """The services on behalf of this visitor. Raises NotLoggedIn, and NotAllowed for who may not
    come in."""
    shared = shared_services()
    try:
        person = visitor(shared.administration.people, shared.settings.login)
    except AccessError:
        note_this_page(may=False)
        raise
    note_this_page(may=person.may(Permission.ADD_DOCUMENTS))
    if shared.settings.login.kind is not LoginKind.NONE:
        DOWNLOADS.note_login(credential(shared.settings.login, headers()), person.key)
    return shared.of(person)


def new_documents(services: WebServices) -> tuple[Document, ...]:
    """What was taken in since this person's last visit, the last first."""
    if _SINCE not in st.session_state:
        st.session_state[_SINCE] = services.visits.begin()
    return new_since(services.library.documents(), st.session_state[_SINCE])


class Visit:
    """One visitor's place in the application, kept in Streamlit's session and the page's address.

    The address names the conversation, so that it is found again after a reload. What is opened
    beside a page is remembered for each page apart, under the key `beside`.
    """

    opened = SessionValue[OpenedSource | None]("{0.beside}", None)
    """The source that is open beside the page."""
    exporting = SessionValue[str | None]("exporting {0.beside}", None)
    """What is being exported: the number of a turn, or "all" of the conversation."""
    judging = SessionValue[int | None]("judging", None)
    """The turn whose feedback is being written."""
    renaming = SessionValue("renaming", False)
    """Whether the conversation is being given another name."""
    renamed_to = SessionValue("renamed to", "")
    """The name that was last given here."""
    sharing = SessionValue[str | None]("sharing {0.beside}", None)
    """The item whose link is open."""
    deleted_check = SessionValue[str | None]("deleted check", None)
    """The id of the check deleted last, as long as that can be undone."""
    deleted = SessionValue[tuple[str, str] | None]("deleted", None)
    """The id and name of the conversation deleted last, as long as that can be undone."""
    filters = SessionValue("filters", Filters())
    """What the reader will have searched."""
    _conversation = SessionValue[str | None](_CONVERSATION, None)
    lost = SessionValue("lost", "")
    """Why what was open is open no longer."""
    not_asked = SessionValue("not asked", "")
    """The question that was not asked, because the conversation that it followed is gone."""
    lost_check = SessionValue("lost check", "")
    """Why the check that was open is so no longer, to be shown once."""
    lost_now = SessionValue("lost just now", False)
    """Whether it was found to be gone while this page is drawn."""
    elsewhere = SessionValue("changed elsewhere", "")
    """What became of the open conversation in another window."""
    _seen = SessionValue[Conversation | None]("conversation seen", None)
    _check = SessionValue[str | None]("check open", None)
    _quotes_only = SessionValue("quotes only", False)

    def __init__(self, services: WebServices, *, beside: str = "opened") -> None:
        self._services = services
        self.beside = beside

    # ------------------------------------------------------------ the conversation

    def conversation(self) -> Conversation | None:
        """The conversation that is open; None before its first question."""
        identity = self._identity
        if identity is None:
            return None
        try:
            conversation = self._services.conversations.get(identity)
        except UnknownConversation:
            seen = self._seen
            self.lost_now, self.lost = True, tr(_NOT_YOURS)
            if seen and seen.id == identity:
                self.lost, self.deleted = tr(_GONE), (identity, seen.name)
            self.open_conversation(None)
            return None
        self.open_conversation(identity)
        return conversation

    def changed_elsewhere(self, conversation: Conversation) -> str:
        """What became of a conversation in another window since it was last drawn in this one, in a
        sentence; "" where nothing did. It is told until the reader says that they have seen it."""
        seen, self._seen = self._seen, conversation
        if seen is None or seen.id != conversation.id:
            self.elsewhere = ""
            return ""
        new = conversation.turns[len(seen.turns) :]
        others = [turn for turn in new if turn.hand != self._services.person.window]
        told = []
        if others:
            told.append(tr("{} asked").format(count_words(len(others), "question", "questions")))
        if conversation.name != seen.name and conversation.name != self.renamed_to:
            told.append(tr("another name given"))
        if told:
            self.elsewhere = f"{tr(_ELSEWHERE)} {listed(told)}."
        return self.elsewhere

    def open_conversation(self, identity: str | None) -> None:
        """Go to a conversation, or to a new one."""
        if self._conversation != identity:
            self.opened = None
            self.judging = None
            self.exporting = None
            self.sharing = None
            self._seen = None
        self._conversation = identity
        if identity is None:
            st.query_params.pop(_CONVERSATION, None)
        elif st.query_params.get(_CONVERSATION) != identity:
            st.query_params[_CONVERSATION] = identity

    @property
    def _identity(self) -> str | None:
        """The identity of the conversation that is open, if there still is one of it."""
        return st.query_params.get(_CONVERSATION) or self._conversation

    def ask(self, question: str, filters: Filters, *, follows: bool) -> Conversation:
        """Have a question answered in quotes; the conversation with what came of it.

        With `follows` it is understood from the answers before it.
        """
        require(self._services.person, Permission.ASK)
        before = self._current(question)
        history = answers_of(before.turns) if follows else ()
        try:
            answer = self._services.desk.ask(question, history, filters=filters, quotes_only=True)
            turn = ConversationTurn(question, answer)
        except ScrutinyError as error:
            turn = ConversationTurn(question, None, str(error))
        conversation = self._services.conversations.add(before.id, turn)
        self.open_conversation(conversation.id)
        self.opened = None
        return conversation

    def begin(self, question: str, filters: Filters, *, follows: bool) -> int:
        """Have an answer written beside the pages, after those that are being written; its number
        in the conversation."""
        require(self._services.person, Permission.ASK)
        services, current = self._services, self._current(question)
        identity = current.id
        self.open_conversation(identity)
        self.opened = None
        quotes_only = self.quotes_only

        def make() -> Iterator[Answer]:
            history = answers_of(services.conversations.get(identity).turns) if follows else ()
            if quotes_only:
                return iter(
                    [services.desk.ask(question, history, filters=filters, quotes_only=True)]
                )
            return services.desk.stream(question, history, filters=filters)

        def keep(turn: ConversationTurn) -> object:
            return services.conversations.add(identity, turn)

        return len(current.turns) + services.answering.ask(identity, question, make, keep)

    def growing(self) -> tuple[GrowingAnswer, ...]:
        """The answers of this conversation that are being written, and those that wait.

        To be read before the conversation: an answer that is whole meanwhile is then in both, and
        not in neither.
        """
        identity = self._identity
        if identity is None or not self._services.conversations.holds(identity):
            return ()
        return self._services.answering.line(identity)

    def _current(self, question: str) -> Conversation:
        """The conversation that is open, or a new one named by its first question."""
        name = shortened(question, _LONGEST_NAME)
        return self.conversation() or self._services.conversations.begin(name)

    # ------------------------------------------------------------ the claims checked

    def check(self) -> SavedCheck | None:
        """The check that is open; None where none is."""
        identity = st.query_params.get(_CHECK) or self._check
        if identity is None:
            return None
        try:
            check = self._services.checks.get(identity)
        except UnknownCheck:
            self.lost_check = tr(_CHECK_GONE if self._check == identity else _CHECK_NOT_YOURS)
            self.open_check(None)
            return None
        self.open_check(identity)
        return check

    def open_check(self, identity: str | None) -> None:
        """Go to a check, or to a new one."""
        if self._check != identity:
            self.opened = None
            self.exporting = None
            self.sharing = None
        self._check = identity
        if identity is None:
            st.query_params.pop(_CHECK, None)
        elif st.query_params.get(_CHECK) != identity:
            st.query_params[_CHECK] = identity

    def check_text(self, text: str, filters: Filters) -> None:
        """Have the claims of a text checked, and keep what came of it."""
        require(self._services.person, Permission.CHECK)
        checks = self._services.checks
        try:
            kept = checks.keep(text, self._services.desk.check_speech(text, filters=filters))
        except ScrutinyError as error:
            kept = checks.keep(text, problem=str(error))
        self.open_check(kept.id)
        self.opened = None

    # ------------------------------------------------------------ who answers

    @property
    def quotes_only(self) -> bool:
        """Whether the reader will have no language model write: there may be none."""
        return self._quotes_only or self._services.engine == EXTRACTIVE

    @quotes_only.setter
    def quotes_only(self, quotes_only: bool) -> None:
        self._quotes_only = quotes_only


def answers_of(turns: Sequence[ConversationTurn]) -> tuple[Answer, ...]:
    """The answers, oldest first: what a follow-up question is understood from."""
    return tuple(turn.answer for turn in turns if turn.answer is not None)


def cited(shown: Sequence[Answer | Verdict | None], opened: OpenedSource | None) -> Citation | None:
    """The citation that is open, if the answer or verdict that gave it is still shown."""
    if opened is None or not 0 < opened.turn <= len(shown):
        return None
    answer = shown[opened.turn - 1]
    if answer is None:
        return None
    return _numbered(answer.nearest if opened.near else answer.citations, opened.n)


def cited_in(parts: Sequence[object], opened: OpenedSource | None) -> Citation | None:
    """The citation that is open of what packs are made of: of which part, and its number there."""
    if opened is None or not 0 < opened.turn <= len(parts):
        return None
    return _numbered(citations_of(parts[opened.turn - 1]), opened.n)


def _numbered(citations: Iterable[Citation], n: int) -> Citation | None:
    return next((citation for citation in citations if citation.n == n), None)
