"""What the pages remember: the bench, once a server; and what one visitor is looking at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
from ui.web.session.services import WebServices, open_bench
from ui.web.session.source_viewer import OpenedSource
from ui.wording.attribution_note import EXTRACTIVE

_LONGEST_NAME = 60
"""Of a conversation that is named by its first question, in characters."""
MOST_CHECKS = 20
"""How many checks of a visit are kept."""


def _open() -> WebServices:
    try:
        return open_bench(load_settings())
    except SettingsError as error:
        # Where it is the language model's, the pages work without one and say so.
        return open_bench(load_settings(model=False), str(error))


PAGES: dict[str, st.Page] = {}
"""The pages by their titles, for going from one to another."""

opener: Callable[[], WebServices] = _open
"""How the bench is opened; a test puts its own here."""


@st.cache_resource(show_spinner=False)
def bench() -> WebServices:
    """The bench, opened once and shared by everyone whom this server serves."""
    return opener()


@dataclass(frozen=True, slots=True)
class TextCheck:
    """A text that was checked, and what came of it: its pieces, or why it could not be done."""

    text: str
    pieces: tuple[CheckedPart, ...] = ()
    problem: str = ""


class Visit:
    """One visitor's place in the application, kept in Streamlit's session and the page's address.

    The address names the conversation, so that it is found again after a reload. What is opened
    beside a page is remembered for each page apart, under the key `beside`.
    """

    _CONVERSATION = "conversation"

    def __init__(self, bench: WebServices, *, beside: str = "opened") -> None:
        self._bench = bench
        self._beside = beside

    # ------------------------------------------------------------ the conversation

    def conversation(self) -> Conversation | None:
        """The conversation that is open; None before its first question."""
        named = self._named
        if not named:
            return None
        try:
            found = self._bench.conversations.get(named)
        except UnknownConversation:
            self.open_conversation(None)
            return None
        self.open_conversation(named)
        return found

    def open_conversation(self, identity: str | None) -> None:
        """Go to a conversation, or to a new one."""
        if st.session_state.get(self._CONVERSATION) != identity:
            self.opened = None
            self.judging = None
            self.exporting = None
        st.session_state[self._CONVERSATION] = identity
        if identity is None:
            st.query_params.pop(self._CONVERSATION, None)
        elif st.query_params.get(self._CONVERSATION) != identity:
            st.query_params[self._CONVERSATION] = identity

    @property
    def _named(self) -> str | None:
        """The identity of the conversation that is open, if there still is one of it."""
        named = st.query_params.get(self._CONVERSATION) or st.session_state.get(self._CONVERSATION)
        return str(named) if named else None

    def ask(self, question: str, filters: Filters, *, follows: bool) -> Conversation:
        """Have a question answered in quotes; the conversation with what came of it.

        With `follows` it is understood from the answers before it.
        """
        history = self._answers() if follows else ()
        try:
            answer = self._bench.desk.ask(question, history, filters=filters, quotes_only=True)
            turn = ConversationTurn(question, answer)
        except ScrutinyError as error:
            turn = ConversationTurn(question, None, str(error))
        kept = self._bench.conversations.add(self._current(question).id, turn)
        self.open_conversation(kept.id)
        self.opened = None
        return kept

    def begin(self, question: str, filters: Filters, *, follows: bool) -> int:
        """Have an answer written beside the pages, after those that are being written; its number
        in the conversation."""
        bench, current = self._bench, self._current(question)
        identity = current.id
        self.open_conversation(identity)
        self.opened = None
        quotes_only = self.quotes_only

        def make() -> Iterator[Answer]:
            history = answers_of(bench.conversations.get(identity).turns) if follows else ()
            if quotes_only:
                return iter([bench.desk.ask(question, history, filters=filters, quotes_only=True)])
            return bench.desk.stream(question, history, filters=filters)

        def keep(turn: ConversationTurn) -> object:
            return bench.conversations.add(identity, turn)

        waiting = bench.answering.ask(identity, question, make, keep)
        return len(current.turns) + waiting

    def growing(self) -> tuple[GrowingAnswer, ...]:
        """The answers of this conversation that are being written, and those that wait.

        To be read before the conversation: an answer that is whole meanwhile is then in both, and
        not in neither.
        """
        return self._bench.answering.line(self._named) if self._named else ()

    def _current(self, question: str) -> Conversation:
        """The conversation that is open, or a new one named by its first question."""
        name = shortened(question, _LONGEST_NAME)
        return self.conversation() or self._bench.conversations.begin(name)

    def _answers(self) -> tuple[Answer, ...]:
        conversation = self.conversation()
        return answers_of(conversation.turns) if conversation else ()

    # ------------------------------------------------------------ the claims checked

    @property
    def checks(self) -> tuple[TextCheck, ...]:
        """The checks of this visit, oldest first."""
        checks: tuple[TextCheck, ...] = st.session_state.get("checks", ())
        return checks

    @property
    def check_shown(self) -> int:
        """The place of the check that is shown among them; -1 when there is none."""
        shown: int = st.session_state.get("check shown", -1)
        return shown if shown < len(self.checks) else -1

    def show_check(self, place: int) -> None:
        """Go back to a check of this visit."""
        st.session_state["check shown"] = place if 0 <= place < len(self.checks) else -1
        self.opened = None
        self.exporting = None

    def check(self, text: str, filters: Filters) -> None:
        """Have the claims of a text checked, and keep what came of it for the visit."""
        try:
            made = TextCheck(text, self._bench.desk.check_speech(text, filters=filters))
        except ScrutinyError as error:
            made = TextCheck(text, problem=str(error))
        st.session_state["checks"] = (*self.checks, made)[-MOST_CHECKS:]
        self.show_check(len(self.checks) - 1)

    # ------------------------------------------------------------ what is open beside it

    @property
    def opened(self) -> OpenedSource | None:
        """The source that is open."""
        opened: OpenedSource | None = st.session_state.get(self._beside)
        return opened

    @opened.setter
    def opened(self, opened: OpenedSource | None) -> None:
        st.session_state[self._beside] = opened

    @property
    def judging(self) -> int | None:
        """The turn whose feedback is being written."""
        judging: int | None = st.session_state.get("judging")
        return judging

    @judging.setter
    def judging(self, turn: int | None) -> None:
        st.session_state["judging"] = turn

    @property
    def exporting(self) -> str | None:
        """What is being exported: the number of a turn, or "all" of the conversation."""
        exporting: str | None = st.session_state.get(f"exporting {self._beside}")
        return exporting

    @exporting.setter
    def exporting(self, exporting: str | None) -> None:
        st.session_state[f"exporting {self._beside}"] = exporting

    @property
    def renaming(self) -> bool:
        """Whether the conversation is being given another name."""
        return bool(st.session_state.get("renaming"))

    @renaming.setter
    def renaming(self, renaming: bool) -> None:
        st.session_state["renaming"] = renaming

    @property
    def deleted(self) -> tuple[str, str] | None:
        """The id and name of the conversation deleted last, as long as that can be undone."""
        deleted: tuple[str, str] | None = st.session_state.get("deleted")
        return deleted

    @deleted.setter
    def deleted(self, deleted: tuple[str, str] | None) -> None:
        st.session_state["deleted"] = deleted

    # ------------------------------------------------------------ what is searched

    @property
    def quotes_only(self) -> bool:
        """Whether the reader will have no language model write: there may be none."""
        chosen: bool = st.session_state.get("quotes only", False)
        return chosen or self._bench.engine == EXTRACTIVE

    @quotes_only.setter
    def quotes_only(self, quotes_only: bool) -> None:
        st.session_state["quotes only"] = quotes_only

    @property
    def filters(self) -> Filters:
        """What the reader will have searched."""
        filters: Filters = st.session_state.get("filters", Filters())
        return filters

    @filters.setter
    def filters(self, filters: Filters) -> None:
        st.session_state["filters"] = filters


def answers_of(turns: Sequence[ConversationTurn]) -> tuple[Answer, ...]:
    """The answers, oldest first: what a follow-up question is understood from."""
    return tuple(turn.answer for turn in turns if turn.answer is not None)


def cited(shown: Sequence[Answer | Verdict | None], opened: OpenedSource | None) -> Citation | None:
    """The citation that is open, if the answer or verdict that gave it is still shown."""
    if opened is None or not 0 < opened.turn <= len(shown):
        return None
    told = shown[opened.turn - 1]
    citations = () if told is None else told.nearest if opened.near else told.citations
    return next((citation for citation in citations if citation.n == opened.n), None)


def cited_in(parts: Sequence[object], opened: OpenedSource | None) -> Citation | None:
    """The citation that is open of what packs are made of: of which part, and its number there."""
    if opened is None or not 0 < opened.turn <= len(parts):
        return None
    found = citations_of(parts[opened.turn - 1])
    return next((each for each in found if each.n == opened.n), None)
