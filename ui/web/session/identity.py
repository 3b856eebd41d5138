"""Who this visitor is, as Streamlit's log-in or the proxy in front of it says."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from rag.access.login import (
    Claims,
    Login,
    LoginKind,
    openid_claims,
    proxy_claims,
    read_secret,
    refusal_to_serve,
)
from rag.access.people import LOCAL, Person
from rag.errors import NotLoggedIn
from rag.saved.people import People

_WHO = "who is here"
_WINDOW = "window"
_LOGIN_COOKIE = re.compile(r"_streamlit_user(__\d+)?=.")
"""The signed cookie of Streamlit's log-in, and the parts of a long one."""


def listening_at() -> str:
    """The address at which this server listens; "" for every one."""
    return str(st.get_option("server.address") or "")


def openid_user() -> Mapping[str, Any]:
    """What Streamlit's log-in says of the visitor."""
    return dict(st.user.to_dict())


def headers() -> Mapping[str, Sequence[str]]:
    """The headers with which the visitor came, by names in small letters, each with every value."""
    held = st.context.headers
    return {name.casefold(): held.get_all(name) for name in held}


def credential(login: Login, headers: Mapping[str, Sequence[str]]) -> str:
    """By what a person who was let in is known again in a request with these headers; "" where it
    shows nothing."""
    if login.kind is LoginKind.OPENID:
        cookies = sorted(
            part.strip() for line in headers.get("cookie", ()) for part in line.split(";")
        )
        return "; ".join(cookie for cookie in cookies if _LOGIN_COOKIE.match(cookie))
    claims = proxy_claims(headers, login, _proxy_secret(login))
    return claims.subject if claims else ""


def visitor(people: People, login: Login) -> Person:
    """The person who is here now. Raises NotLoggedIn, and NotAllowed for who may not come in."""
    window = _window()
    if problem := refusal_to_serve(login, listening_at()):
        # However it was started: it answers nobody where it would answer everybody.
        raise NotLoggedIn(problem)
    if login.kind is LoginKind.NONE:
        return Person(LOCAL.key, LOCAL.name, LOCAL.role, window=window)
    claims = _claims(login)
    if claims is None:
        raise NotLoggedIn(
            "You are not logged in, or your log-in has run out."
            if login.kind is LoginKind.OPENID
            else "The proxy in front of this desk did not say who you are."
        )
    person = people.arrive(claims, login, window=window)
    _of_one_person(person, people)
    return person


def _claims(login: Login) -> Claims | None:
    if login.kind is LoginKind.OPENID:
        return openid_claims(openid_user(), login, datetime.now(UTC))
    return proxy_claims(headers(), login, _proxy_secret(login))


def _proxy_secret(login: Login) -> str:
    return _secret(login.proxy_secret_file) if login.proxy_secret_file else ""


@cache
def _secret(path: Path) -> str:
    return read_secret(path)


def _window() -> str:
    """What tells this page from others that the same person has open."""
    window: str = st.session_state.setdefault(_WINDOW, secrets.token_hex(8))
    return window


def _of_one_person(person: Person, people: People) -> None:
    """Forget what another was looking at in this session, and note who has come."""
    before = st.session_state.get(_WHO)
    if before == person.key:
        return
    if before is not None:
        st.session_state.clear()
        st.query_params.clear()
        st.session_state[_WINDOW] = person.window
    st.session_state[_WHO] = person.key
    people.sign_in(person)
