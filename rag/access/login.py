"""Pure: how people log in, and which role what they bring along gives them.

One of three: OpenID Connect, a proxy in front that has logged them in, or nobody logs in, which is
for one person on loopback alone.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from rag.access.roles import Role
from rag.errors import SettingsError

SECRET_HEADER = "X-Scrutiny-Secret"
"""The header in which a proxy shows that it is the trusted one."""
LEAST_SECRET = 32
"""Of a secret, in characters."""
_LONGEST = 320
"""Of a name, an address or an identity that is believed, in characters."""
_MOST_ROLES = 500


class LoginKind(StrEnum):
    """How people log in."""

    NONE = "none"
    OPENID = "OpenID Connect"
    PROXY = "a trusted proxy"


@dataclass(frozen=True, slots=True)
class Login:
    """How people log in, and what gives them a role; all of it from the environment."""

    openid_file: Path | None = None
    """SCRUTINY_OPENID_FILE: the TOML file whose [auth] Streamlit's log-in reads."""
    proxy_header: str = ""
    """SCRUTINY_PROXY_HEADER: the header in which a trusted proxy says who it is."""
    proxy_name_header: str = ""
    """SCRUTINY_PROXY_NAME_HEADER: the header in which it gives their name."""
    proxy_roles_header: str = ""
    """SCRUTINY_PROXY_ROLES_HEADER: the header in which it gives their groups, by commas."""
    proxy_secret_file: Path | None = None
    """SCRUTINY_PROXY_SECRET_FILE: the file of the secret that it sends in X-Scrutiny-Secret."""
    role_claim: str = "roles"
    """SCRUTINY_ROLE_CLAIM: the claim of OpenID Connect that gives their groups."""
    role_values: tuple[tuple[str, Role], ...] = ()
    """SCRUTINY_ROLE_VALUES: which group gives which role, as group=role by commas."""
    administrators: frozenset[str] = frozenset()
    """SCRUTINY_ADMINISTRATORS: e-mail addresses or identities, by commas."""
    officers: frozenset[str] = frozenset()
    """SCRUTINY_OFFICERS: e-mail addresses or identities, by commas."""
    unlisted: Role | None = Role.READER
    """SCRUTINY_UNLISTED: "reader" lets in who has no role otherwise, "none" does not."""
    login_hours: int = 12
    """SCRUTINY_LOGIN_HOURS: how long a log-in by OpenID Connect lasts, in hours."""

    @property
    def kind(self) -> LoginKind:
        """How people log in."""
        if self.openid_file:
            return LoginKind.OPENID
        return LoginKind.PROXY if self.proxy_header else LoginKind.NONE


@dataclass(frozen=True, slots=True)
class Claims:
    """What is said of a person by who logged them in.

    `subject` stays the same for one person and is nobody else's.
    """

    subject: str
    name: str = ""
    email: str = ""
    groups: frozenset[str] = frozenset()


def read_login(environ: Mapping[str, str]) -> Login:
    """How people log in, by the environment. Raises SettingsError where that cannot be used."""
    login = Login(
        openid_file=_path(environ, "SCRUTINY_OPENID_FILE"),
        proxy_header=environ.get("SCRUTINY_PROXY_HEADER", "").strip(),
        proxy_name_header=environ.get("SCRUTINY_PROXY_NAME_HEADER", "").strip(),
        proxy_roles_header=environ.get("SCRUTINY_PROXY_ROLES_HEADER", "").strip(),
        proxy_secret_file=_path(environ, "SCRUTINY_PROXY_SECRET_FILE"),
        role_claim=environ.get("SCRUTINY_ROLE_CLAIM", "").strip() or "roles",
        role_values=_role_values(environ.get("SCRUTINY_ROLE_VALUES", "")),
        administrators=_listed(environ.get("SCRUTINY_ADMINISTRATORS", "")),
        officers=_listed(environ.get("SCRUTINY_OFFICERS", "")),
        unlisted=_unlisted(environ.get("SCRUTINY_UNLISTED", "")),
        login_hours=_hours(environ.get("SCRUTINY_LOGIN_HOURS", "")),
    )
    if login.openid_file and login.proxy_header:
        raise SettingsError(
            "SCRUTINY_OPENID_FILE and SCRUTINY_PROXY_HEADER are both set: people log in by one of "
            "the two. Leave one out."
        )
    return login


def is_loopback(address: str) -> bool:
    """Whether nobody but who is at this computer can reach an address."""
    if address.casefold() == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def refusal_to_serve(login: Login, address: str) -> str:
    """Why the pages cannot be served at an address with this log-in; "" where they can."""
    loopback = is_loopback(address)
    if login.kind is LoginKind.NONE:
        return "" if loopback else _NO_LOGIN.format(address or "every address")
    if not (login.administrators or login.role_values):
        return (
            "Nobody would be an administrator: name one by e-mail address in "
            "SCRUTINY_ADMINISTRATORS, or the group that makes one in SCRUTINY_ROLE_VALUES "
            "(group=administrator)."
        )
    if login.kind is LoginKind.PROXY and not login.proxy_secret_file and not loopback:
        return (
            f"Anyone who reaches {address or 'every address'} could name themselves in "
            f"{login.proxy_header}. Put a secret of {LEAST_SECRET} characters or more into a file, "
            f"name it in SCRUTINY_PROXY_SECRET_FILE and have the proxy send it as {SECRET_HEADER}; "
            "or listen on 127.0.0.1 alone, where the proxy is."
        )
    return ""


_NO_LOGIN = (
    "Without a log-in the pages are served on this computer alone, not on {}: everyone who reached "
    "them would be one and the same person, and could read and delete everything. Set up a log-in "
    "(SCRUTINY_OPENID_FILE, or SCRUTINY_PROXY_HEADER behind a proxy; see docs/deployment.md), or "
    "leave --address at 127.0.0.1."
)


def read_secret(path: Path) -> str:
    """The secret in a file. Raises SettingsError where it cannot be read or is too short."""
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The secret in {path} cannot be read ({error}).") from error
    if len(secret) < LEAST_SECRET or not secret.isascii():
        raise SettingsError(
            f"The secret in {path} is too short or has other characters than ASCII: give "
            f"{LEAST_SECRET} or more, for instance from `openssl rand -hex 32`."
        )
    return secret


# ---------------------------------------------------------------- who is it


def openid_claims(user: Mapping[str, Any], login: Login, now: datetime) -> Claims | None:
    """What an identity token says of a person; None where it names nobody or is too old."""
    issuer, subject = _text(user.get("iss")), _text(user.get("sub"))
    if not (user.get("is_logged_in") is True and issuer and subject):
        return None
    issued = user.get("iat")
    if not isinstance(issued, int | float) or isinstance(issued, bool):
        return None
    if now - datetime.fromtimestamp(issued, UTC) > timedelta(hours=login.login_hours):
        return None
    # An address that its provider does not vouch for might be anyone's.
    vouched = user.get("email_verified", True) in (True, "true")
    name = _text(user.get("name")) or _text(user.get("preferred_username"))
    email = _text(user.get("email")) if vouched else ""
    groups = _groups(user.get(login.role_claim))
    return Claims(f"{issuer} {subject}", name or email or subject, email, groups)


def proxy_claims(headers: Mapping[str, Sequence[str]], login: Login, secret: str) -> Claims | None:
    """What the headers of a proxy say of a person; None where they name nobody or are not its own.

    `headers` are by names in small letters, each with every value that came; `secret` is what the
    proxy must send, "" where it need not.
    """
    if secret and not hmac.compare_digest(
        _only(headers, SECRET_HEADER).encode("utf-8", "replace"), secret.encode()
    ):
        return None
    subject = _text(_only(headers, login.proxy_header))
    if not subject:
        return None
    name = _text(_only(headers, login.proxy_name_header)) or subject
    groups = _groups(_only(headers, login.proxy_roles_header).split(","))
    email = subject if "@" in subject else ""
    return Claims(f"proxy {subject.casefold()}", name, email, groups)


def role_of(claims: Claims, login: Login, given: Role | None = None) -> Role | None:
    """The highest role that lists, groups and an administrator's gift give; None lets nobody in."""
    names = {claims.email.casefold(), *_identities(claims)} - {""}
    roles = [role for role in (given, login.unlisted) if role]
    roles += [Role.ADMINISTRATOR] if names & login.administrators else []
    roles += [Role.OFFICER] if names & login.officers else []
    for group, role in login.role_values:
        roles += [role] if group in claims.groups else []
    return max(roles, key=lambda role: role.rank, default=None)


def is_listed_administrator(claims: Claims, login: Login) -> bool:
    """Whether the settings themselves name this person as an administrator."""
    return role_of(claims, login) is Role.ADMINISTRATOR


def _identities(claims: Claims) -> tuple[str, ...]:
    """The subject whole, and without who vouches for it; one that looks like an e-mail address is
    none: that is listed where its provider vouches for it."""
    _, _, bare = claims.subject.partition(" ")
    return (claims.subject.casefold(), "" if "@" in bare else bare.casefold())


def _only(headers: Mapping[str, Sequence[str]], name: str) -> str:
    """The value of a header that came once; "" where it came twice, for one may be forged."""
    values = headers.get(name.casefold(), ()) if name else ()
    return values[0] if len(values) == 1 else ""


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
        return ""
    return value.strip()


def _groups(value: object) -> frozenset[str]:
    values = value.split(",") if isinstance(value, str) else value
    if not isinstance(values, list | tuple):
        return frozenset()
    return frozenset(filter(None, map(_text, values[:_MOST_ROLES])))


# ---------------------------------------------------------------- the environment


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    value = environ.get(name, "").strip()
    return Path(value).expanduser() if value else None


def _listed(value: str) -> frozenset[str]:
    return frozenset(filter(None, (name.strip().casefold() for name in value.split(","))))


def _role_values(value: str) -> tuple[tuple[str, Role], ...]:
    values = []
    for pair in filter(None, map(str.strip, value.split(","))):
        group, _, role = (part.strip() for part in pair.rpartition("="))
        if not group or role not in set(Role):
            raise SettingsError(
                f"SCRUTINY_ROLE_VALUES has {pair!r}: give group=role, the role one of "
                f"{', '.join(Role)}."
            )
        values.append((group, Role(role)))
    return tuple(values)


def _unlisted(value: str) -> Role | None:
    value = value.strip().casefold()
    if value not in ("", "none", Role.READER):
        raise SettingsError(f"SCRUTINY_UNLISTED is {value!r}: give reader or none.")
    return None if value == "none" else Role.READER


def _hours(value: str) -> int:
    try:
        hours = int(value or 12)
    except ValueError:
        hours = 0
    if not 0 < hours <= 24 * 30:
        raise SettingsError(f"SCRUTINY_LOGIN_HOURS is {value!r}: give a whole number, 1 to 720.")
    return hours
