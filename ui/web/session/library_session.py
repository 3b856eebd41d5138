"""What one visitor is looking at on the Library page, kept in Streamlit's session and the address.

The address names the document that is open, so that it is found again after a reload.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ui.web.session.library_table import TableQuery

_DOCUMENT = "document"
_PAGE = "page"


class LibrarySession:
    """One visitor's place in the library."""

    # ------------------------------------------------------------ the document that is open

    @property
    def document(self) -> str | None:
        """The name of the document that is open; None for the table of all."""
        return st.query_params.get(_DOCUMENT) or None

    @property
    def page(self) -> int:
        """The page of its text that is shown."""
        named = st.query_params.get(_PAGE, "")
        return int(named) if named.isascii() and named.isdecimal() and len(named) < 7 else 1

    def open(self, document: str | None, page: int = 1) -> None:
        """Go to a page of a document, or to the table of all."""
        values = {} if document is None else {_DOCUMENT: document}
        if document is not None and page > 1:
            values[_PAGE] = str(page)
        st.query_params.from_dict(values)

    # ------------------------------------------------------------ the table

    @property
    def wanted(self) -> TableQuery:
        """What is to be seen of the table."""
        wanted: TableQuery = st.session_state.get("wanted documents", TableQuery())
        return wanted

    @wanted.setter
    def wanted(self, wanted: TableQuery) -> None:
        """Another search or filter begins at the first part."""
        held = self.wanted
        if (held.words, held.kind, held.council) != (wanted.words, wanted.kind, wanted.council):
            wanted = replace(wanted, part=1)
        st.session_state["wanted documents"] = wanted

    # ------------------------------------------------------------ what was done

    @property
    def removed(self) -> str | None:
        """The name of the document removed last, as long as that can be undone."""
        removed: str | None = st.session_state.get("removed document")
        return removed

    @removed.setter
    def removed(self, removed: str | None) -> None:
        st.session_state["removed document"] = removed

    @property
    def discarding(self) -> str | None:
        """The removed document of which it is asked whether to delete it for good."""
        discarding: str | None = st.session_state.get("document to discard")
        return discarding

    @discarding.setter
    def discarding(self, discarding: str | None) -> None:
        st.session_state["document to discard"] = discarding

    @property
    def unfolded(self) -> str | None:
        """The list in which something was chosen last, which stays open."""
        unfolded: str | None = st.session_state.get("unfolded list")
        return unfolded

    @unfolded.setter
    def unfolded(self, unfolded: str | None) -> None:
        st.session_state["unfolded list"] = unfolded

    @property
    def sendings(self) -> int:
        """How often something was sent to be added: the forms begin empty after each."""
        return int(st.session_state.get("sendings", 0))

    def sent(self) -> None:
        """Note that something was sent to be added."""
        st.session_state["sendings"] = self.sendings + 1

    # ------------------------------------------------------------ what is told once

    def tell(self, note: str = "", problem: str = "") -> None:
        """Have a sentence told when the page is next drawn."""
        st.session_state["told of the library"] = (note, problem)

    def told(self) -> tuple[str, str]:
        """The note and the problem to be told, each empty when there is none; told once."""
        told: tuple[str, str] = st.session_state.pop("told of the library", ("", ""))
        return told
