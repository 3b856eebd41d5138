"""What one visitor is looking at on the Prepare page, kept in Streamlit's session and the address.

The address names the pack that is open, so that it is found again after a reload.
"""

from __future__ import annotations

import streamlit as st

from ui.web.session.session_value import SessionValue

_PACK = "pack"


class PackSession:
    """One visitor's place among the packs."""

    awaited = SessionValue[int | None]("pack awaited", None)
    """The job that this visitor has begun and waits for."""
    rewording = SessionValue[str | None]("question to reword", None)
    """The key of the question that is being reworded."""
    noting = SessionValue[str | None]("tracked item to note", None)
    """The key of the tracked item of which something is being noted."""
    deleting = SessionValue[int | None]("pack to delete", None)
    """The pack of which it is asked whether to delete it."""
    notice = SessionValue("notice of packs", "")
    """A sentence to be shown once, when the page is next drawn."""
    _open = SessionValue[int | None]("pack open", None)

    @property
    def pack(self) -> int | None:
        """The number of the pack that is open."""
        number = st.query_params.get(_PACK) or str(self._open or "")
        return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None

    def open(self, number: int | None) -> None:
        """Go to a pack, or to none."""
        if number != self.pack:
            self.rewording = self.noting = self.deleting = None
        self._open = number
        if number is None:
            st.query_params.pop(_PACK, None)
        elif st.query_params.get(_PACK) != str(number):
            st.query_params[_PACK] = str(number)
