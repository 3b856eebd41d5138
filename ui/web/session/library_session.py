"""What one visitor is looking at on the Library page, kept in Streamlit's session and the address.

The address names the document that is open, so that it is found again after a reload.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ui.web.session.library_table import NEWEST_FIRST, TableQuery
from ui.web.session.session_value import SessionValue

_DOCUMENT = "document"
_PAGE = "page"


class LibrarySession:
    """One visitor's place in the library."""

    query = SessionValue("wanted documents", NEWEST_FIRST)
    """What is to be seen of the table."""
    removed = SessionValue[str | None]("removed document", None)
    """The name of the document removed last, as long as that can be undone."""
    discarding = SessionValue[str | None]("document to discard", None)
    """The removed document of which it is asked whether to delete it for good."""
    unfolded = SessionValue[str | None]("unfolded list", None)
    """The list in which something was chosen last, which stays open."""
    uploads = SessionValue("uploads", 0)
    """How often something was sent to be added: the forms begin empty after each."""
    notice = SessionValue("notice of the library", "")
    """What was done, to be shown once when the page is next drawn."""
    problem = SessionValue("problem of the library", "")
    """Why something was not done, to be shown once when the page is next drawn."""

    @property
    def document(self) -> str | None:
        """The name of the document that is open; None for the table of all."""
        return st.query_params.get(_DOCUMENT) or None

    @property
    def page(self) -> int:
        """The page of its text that is shown."""
        page = st.query_params.get(_PAGE, "")
        return int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1

    def open(self, document: str | None, page: int = 1) -> None:
        """Go to a page of a document, or to the table of all."""
        values = {} if document is None else {_DOCUMENT: document}
        if document is not None and page > 1:
            values[_PAGE] = str(page)
        st.query_params.from_dict(values)

    def narrow(self, query: TableQuery) -> None:
        """Look for other documents in the table; another search begins at the first part."""
        if _narrowing(self.query) != _narrowing(query):
            query = replace(query, part=1)
        self.query = query


def _narrowing(query: TableQuery) -> tuple[object, ...]:
    return query.words, query.kind, query.council, query.doubtful
