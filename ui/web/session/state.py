"""What the pages remember: the services, once a server; and what one visitor is looking at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from rag.citation.line import citations_of
from rag.errors import ScrutinyError, SettingsError, UnknownConversation
from rag.question.filters import Filters
from rag.saved.conversations import Conversation, ConversationTurn
from rag.settings import load_settings
from rag.text.tokens import shortened
from rag.types import Answer, CheckedPart, Citation, Verdict
from ui.web.jobs.answer_job import GrowingAnswer
from ui.web.session.services import WebServices, open_services
from ui.web.session.session_value import SessionValue
from ui.web.session.source_viewer import OpenedSource
from ui.wording.attribution_note import EXTRACTIVE

_CONVERSATION = "conversation"
_LONGEST_NAME = 60
"""Of a conversation that is named by its first question, in characters."""
MOST_CHECKS = 20
"""How many checks of a visit are kept."""


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
def services() -> WebServices:
    """The services, opened once and shared by everyone whom this server serves."""
    return opener()


@dataclass(frozen=True, slots=True)
class TextCheck:
    """A text that was checked, and what came of it: its parts, or why it could not be done."""

    text: str
    parts: tuple[CheckedPart, ...] = ()
    problem: str = ""


class Visit:
    """One visitor's place in the application, kept in Streamlit's session and the page's address.

    The address names the conversation, so that it is found again after a reload. What is opened
    beside a page is remembered for each page apart, under the key `beside`.
    """

    checks = SessionValue[tuple[TextCheck, ...]]("checks", ())
    """The checks of this visit, oldest first."""
    opened = SessionValue[OpenedSource | None]("{0.beside}", None)
    """The source that is open beside the page."""
    exporting = SessionValue[str | None]("exporting {0.beside}", None)
    """What is being exported: the number of a turn, or "all" of the conversation."""
    judging = SessionValue[int | None]("judging", None)
    """The turn whose feedback is being written."""
    renaming = SessionValue("renaming", False)
    """Whether the conversation is being given another name."""
    deleted = SessionValue[tuple[str, str] | None]("deleted", None)
    """The id and name of the conversation deleted last, as long as that can be undone."""
    filters = SessionValue("filters", Filters())
    """What the reader will have searched."""
    _conversation = SessionValue[str | None](_CONVERSATION, None)
    _check_shown = SessionValue("check shown", -1)
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
            self.open_conversation(None)
            return None
        self.open_conversation(identity)
        return conversation

    def open_conversation(self, identity: str | None) -> None:
        """Go to a conversation, or to a new one."""
        if self._conversation != identity:
            self.opened = None
            self.judging = None
            self.exporting = None
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
        return self._services.answering.line(self._identity) if self._identity else ()

    def _current(self, question: str) -> Conversation:
        """The conversation that is open, or a new one named by its first question."""
        name = shortened(question, _LONGEST_NAME)
        return self.conversation() or self._services.conversations.begin(name)

    # ------------------------------------------------------------ the claims checked

    @property
    def check_shown(self) -> int:
        """The place of the check that is shown among them; -1 when there is none."""
        return self._check_shown if self._check_shown < len(self.checks) else -1

    def show_check(self, place: int) -> None:
        """Go back to a check of this visit."""
        self._check_shown = place if 0 <= place < len(self.checks) else -1
        self.opened = None
        self.exporting = None

    def check(self, text: str, filters: Filters) -> None:
        """Have the claims of a text checked, and keep what came of it for the visit."""
        try:
            check = TextCheck(text, self._services.desk.check_speech(text, filters=filters))
        except ScrutinyError as error:
            check = TextCheck(text, problem=str(error))
        self.checks = (*self.checks, check)[-MOST_CHECKS:]
        self.show_check(len(self.checks) - 1)

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
