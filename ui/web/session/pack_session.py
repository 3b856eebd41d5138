"""What one visitor is looking at on the Prepare page, kept in Streamlit's session and the address.

The address names the pack that is open, so that it is found again after a reload.
"""

from __future__ import annotations

import streamlit as st

_PACK = "pack"


class PackSession:
    """One visitor's place among the packs."""

    @property
    def pack(self) -> int | None:
        """The number of the pack that is open."""
        named = st.query_params.get(_PACK) or str(st.session_state.get("pack open") or "")
        return int(named) if named.isascii() and named.isdecimal() and len(named) < 10 else None

    def open(self, number: int | None) -> None:
        """Go to a pack, or to none."""
        if number != self.pack:
            self.rewording = self.deleting = None
        st.session_state["pack open"] = number
        if number is None:
            st.query_params.pop(_PACK, None)
        elif st.query_params.get(_PACK) != str(number):
            st.query_params[_PACK] = str(number)

    @property
    def awaited(self) -> int | None:
        """The job that this visitor has begun and waits for."""
        awaited: int | None = st.session_state.get("pack awaited")
        return awaited

    @awaited.setter
    def awaited(self, job: int | None) -> None:
        st.session_state["pack awaited"] = job

    @property
    def rewording(self) -> str | None:
        """The key of the question that is being reworded."""
        rewording: str | None = st.session_state.get("question to reword")
        return rewording

    @rewording.setter
    def rewording(self, key: str | None) -> None:
        st.session_state["question to reword"] = key

    @property
    def deleting(self) -> int | None:
        """The pack of which it is asked whether to delete it."""
        deleting: int | None = st.session_state.get("pack to delete")
        return deleting

    @deleting.setter
    def deleting(self, number: int | None) -> None:
        st.session_state["pack to delete"] = number

    def tell(self, note: str) -> None:
        """Have a sentence told when the page is next drawn."""
        st.session_state["told of packs"] = note

    def told(self) -> str:
        """The sentence to be told, told once."""
        told: str = st.session_state.pop("told of packs", "")
        return told
