"""A value of one visitor's that Streamlit's session keeps from one drawing to the next."""

from __future__ import annotations

from typing import Generic, TypeVar

import streamlit as st

Value = TypeVar("Value")


class SessionValue(Generic[Value]):
    """An attribute that Streamlit's session keeps under `key`, in which {0} is its owner."""

    def __init__(self, key: str, default: Value) -> None:
        self._key = key
        self._default = default

    def __get__(self, place: object, owner: type | None = None) -> Value:
        value: Value = st.session_state.get(self._key.format(place), self._default)
        return value

    def __set__(self, place: object, value: Value) -> None:
        st.session_state[self._key.format(place)] = value
