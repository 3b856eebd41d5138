"""Who somebody is, by what their provider or a proxy says, and where a log-in is needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rag.access.login import (
    SECRET_HEADER,
    Claims,
    Login,
    LoginKind,
    openid_claims,
    proxy_claims,
    read_login,
    read_secret,
    refusal_to_serve,
    role_of,
)
from rag.access.roles import Role
from rag.errors import SettingsError

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LOGIN = Login(
    openid_file=Path("login.toml"),
    role_values=(("Clerks", Role.OFFICER),),
    administrators=frozenset({"ada@fallowmere.example"}),
)
PROXY = Login(
    proxy_header="X-User",
    proxy_name_header="X-Name",
    proxy_roles_header="X-Groups",
    administrators=frozenset({"ada"}),
)
SECRET = "s" * 32


def token(**changed: Any) -> dict[str, Any]:
    issued = (NOW - timedelta(hours=1)).timestamp()
    return {
        "is_logged_in": True, "iss": "https://id.example", "sub": "u-1", "iat": issued,
        "name": "Ada Penn", "email": "ada@fallowmere.example", "email_verified": True,
        "roles": ["Clerks"],
    } | changed  # fmt: skip


# ---------------------------------------------------------------- OpenID Connect


def test_a_token_says_who_somebody_is() -> None:
    claims = openid_claims(token(), LOGIN, NOW)
    assert claims == Claims(
        "https://id.example u-1", "Ada Penn", "ada@fallowmere.example", frozenset({"Clerks"})
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"sub": ""},
        {"sub": ["u-1"]},
        {"sub": "u" * 400},
        {"sub": "u\n1"},
        {"iss": None},
        {"iat": None},
        {"iat": "now"},
        {"iat": True},
        {"iat": (NOW - timedelta(hours=13)).timestamp()},
    ],
)
def test_a_token_that_names_nobody_or_is_old_is_no_log_in(changed: dict[str, Any]) -> None:
    assert openid_claims(token(**changed), LOGIN, NOW) is None


def test_an_address_that_its_provider_does_not_vouch_for_makes_no_administrator() -> None:
    claims = openid_claims(token(email_verified=False, roles=[]), LOGIN, NOW)
    assert claims
    assert claims.email == ""
    assert role_of(claims, LOGIN) is Role.READER


def test_an_identity_that_looks_like_an_address_makes_no_administrator() -> None:
    claims = openid_claims(token(sub="ada@fallowmere.example", email="", roles=[]), LOGIN, NOW)
    assert claims
    assert role_of(claims, LOGIN) is Role.READER


@pytest.mark.parametrize(
    ("claims", "given", "expected"),
    [
        (Claims("i u-1"), None, Role.READER),
        (Claims("i u-1", groups=frozenset({"Clerks"})), None, Role.OFFICER),
        (Claims("i u-1", groups=frozenset({"clerks"})), None, Role.READER),
        (Claims("i u-1", email="Ada@Fallowmere.example"), None, Role.ADMINISTRATOR),
        (Claims("i u-1"), Role.ADMINISTRATOR, Role.ADMINISTRATOR),
        (Claims("i u-1", groups=frozenset({"Clerks"})), Role.READER, Role.OFFICER),
    ],
)
def test_the_highest_role_counts(claims: Claims, given: Role | None, expected: Role) -> None:
    assert role_of(claims, LOGIN, given) is expected


def test_who_has_no_role_is_let_in_only_where_readers_need_none() -> None:
    closed = read_login({"SCRUTINY_UNLISTED": "none", "SCRUTINY_OFFICERS": "u-2"})
    assert role_of(Claims("i u-1"), closed) is None
    assert role_of(Claims("i u-2"), closed) is Role.OFFICER


# ---------------------------------------------------------------- a proxy


def headers(**values: str | list[str]) -> dict[str, list[str]]:
    named = {"x_user": "ada", SECRET_HEADER.replace("-", "_"): SECRET} | values
    return {
        name.replace("_", "-").casefold(): [value] if isinstance(value, str) else value
        for name, value in named.items()
    }


def test_a_proxy_says_who_somebody_is() -> None:
    claims = proxy_claims(headers(x_name="Ada Penn", x_groups="Clerks, Members"), PROXY, SECRET)
    assert claims == Claims("proxy ada", "Ada Penn", "", frozenset({"Clerks", "Members"}))
    assert role_of(claims, PROXY) is Role.ADMINISTRATOR


@pytest.mark.parametrize(
    "forged",
    [
        {"x_user": ""},
        {"x_user": ["ada", "bert"]},
        {"x_user": []},
        {"x_user": "a\x00da"},
        {"x_scrutiny_secret": "t" * 32},
        {"x_scrutiny_secret": ""},
        {"x_scrutiny_secret": [SECRET, SECRET]},
        {"x_scrutiny_secret": "\u017f" * 32},
    ],
)
def test_headers_that_are_not_the_proxy_s_own_are_no_log_in(forged: dict[str, Any]) -> None:
    sent = headers(**{name.lower(): value for name, value in forged.items()})
    for name, value in forged.items():
        sent[name.replace("_", "-")] = [value] if isinstance(value, str) else value
    assert proxy_claims(sent, PROXY, SECRET) is None


# ---------------------------------------------------------------- where a log-in is needed


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.9", "::1", "localhost", "LOCALHOST"])
def test_one_person_needs_no_log_in_on_loopback(address: str) -> None:
    assert refusal_to_serve(Login(), address) == ""


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "", "10.0.0.4", "desk.example", "0", "127.1"])
def test_without_a_log_in_it_refuses_to_listen_elsewhere_and_says_why(address: str) -> None:
    assert "could read and delete everything" in refusal_to_serve(Login(), address)


def test_a_log_in_without_an_administrator_is_refused() -> None:
    nobody = Login(openid_file=Path("login.toml"))
    assert "SCRUTINY_ADMINISTRATORS" in refusal_to_serve(nobody, "127.0.0.1")
    assert refusal_to_serve(LOGIN, "0.0.0.0") == ""


def test_a_proxy_elsewhere_must_show_a_secret() -> None:
    assert refusal_to_serve(PROXY, "127.0.0.1") == ""
    assert "SCRUTINY_PROXY_SECRET_FILE" in refusal_to_serve(PROXY, "0.0.0.0")


def test_a_short_or_missing_secret_is_refused(tmp_path: Path) -> None:
    kept = tmp_path / "secret"
    with pytest.raises(SettingsError, match="cannot be read"):
        read_secret(kept)
    kept.write_text("short\n")
    with pytest.raises(SettingsError, match="too short"):
        read_secret(kept)
    kept.write_text(f"{SECRET}\n")
    assert read_secret(kept) == SECRET


# ---------------------------------------------------------------- the settings


def test_the_settings_of_the_log_in_are_read() -> None:
    login = read_login(
        {
            "SCRUTINY_PROXY_HEADER": " X-Forwarded-Email ",
            "SCRUTINY_ADMINISTRATORS": "Ada@Fallowmere.example, u-7,",
            "SCRUTINY_ROLE_VALUES": "CN=Clerks=officer, Chairs=administrator",
            "SCRUTINY_LOGIN_HOURS": "8",
        }
    )
    assert login.kind is LoginKind.PROXY
    assert login.proxy_header == "X-Forwarded-Email"
    assert login.administrators == {"ada@fallowmere.example", "u-7"}
    assert login.role_values == (("CN=Clerks", Role.OFFICER), ("Chairs", Role.ADMINISTRATOR))
    assert login.login_hours == 8
    assert read_login({}) == Login()
    assert read_login({}).kind is LoginKind.NONE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SCRUTINY_ROLE_VALUES", "Clerks"),
        ("SCRUTINY_ROLE_VALUES", "Clerks=owner"),
        ("SCRUTINY_UNLISTED", "officer"),
        ("SCRUTINY_LOGIN_HOURS", "0"),
        ("SCRUTINY_LOGIN_HOURS", "soon"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_login({name: value})


def test_one_way_to_log_in_is_enough() -> None:
    with pytest.raises(SettingsError, match="Leave one out"):
        read_login({"SCRUTINY_OPENID_FILE": "a.toml", "SCRUTINY_PROXY_HEADER": "X-User"})
