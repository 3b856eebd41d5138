"""Starts the web server: the one way in for the command line."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from rag.access.login import (
    LEAST_SECRET,
    Login,
    LoginKind,
    is_loopback,
    read_secret,
    refusal_to_serve,
)
from rag.errors import SettingsError
from rag.settings import load_settings

APP = Path(__file__).with_name("app.py")
"""The script of the pages."""
SITE = Path(__file__).with_name("website.py")
"""What is served: the pages and what stands beside them."""
LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8501


def arguments(
    *, address: str, port: int, open_browser: bool, max_file_mb: int, login: Login | None = None
) -> list[str]:
    """Streamlit's command line; what does not change stands in `.streamlit/config.toml`."""
    flags = [
        f"--server.address={address}",
        f"--server.port={port}",
        f"--server.headless={str(not open_browser).lower()}",
        f"--server.maxUploadSize={max_file_mb}",
    ]
    if address == LOOPBACK and (login is None or login.kind is LoginKind.NONE):
        # Another site's page must not reach the desk by pointing its own name at this machine.
        flags += [f"--server.allowedHosts={name}" for name in ("localhost", LOOPBACK)]
        flags.append("--browser.serverAddress=localhost")
    return ["run", str(SITE), *flags]


def checked_login(login: Login, address: str) -> list[str]:
    """What Streamlit is told of the log-in. Raises SettingsError where it is none for `address`."""
    if problem := refusal_to_serve(login, address):
        raise SettingsError(problem)
    if login.proxy_secret_file:
        read_secret(login.proxy_secret_file)
    if login.openid_file is None:
        return []
    check_openid_file(login.openid_file)
    return [f"--secrets.files={login.openid_file.absolute()}"]


def check_openid_file(path: Path) -> None:
    """Read what Streamlit's log-in is to read. Raises SettingsError for what it lacks."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"SCRUTINY_OPENID_FILE: {path} cannot be read ({error}).") from error
    auth = content.get("auth")
    if not isinstance(auth, dict):
        raise SettingsError(f"SCRUTINY_OPENID_FILE: {path} has no part [auth].")
    missing = [key for key in _OPENID if not isinstance(auth.get(key), str) or not auth[key]]
    if missing:
        raise SettingsError(f"SCRUTINY_OPENID_FILE: [auth] in {path} lacks {', '.join(missing)}.")
    if len(auth["cookie_secret"]) < LEAST_SECRET:
        raise SettingsError(
            f"SCRUTINY_OPENID_FILE: the cookie_secret in {path} is too short: whoever guessed it "
            f"could be anyone. Give {LEAST_SECRET} characters or more, for instance from "
            "`openssl rand -hex 32`."
        )
    metadata = urlsplit(auth["server_metadata_url"])
    if metadata.scheme != "https" and not is_loopback(metadata.hostname or ""):
        raise SettingsError(
            f"SCRUTINY_OPENID_FILE: the server_metadata_url in {path} must begin with https://: "
            "what is said of people must not be changed on the way."
        )
    if urlsplit(auth["redirect_uri"]).path.rsplit("/", 1)[-1] != "oauth2callback":
        raise SettingsError(
            f"SCRUTINY_OPENID_FILE: the redirect_uri in {path} must be the address of this desk "
            "and end with /oauth2callback."
        )


_OPENID = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")


def serve(
    library: Path,
    *,
    address: str = LOOPBACK,
    port: int = DEFAULT_PORT,
    open_browser: bool = False,
) -> None:
    """Serve the web pages over `library` until interrupted; returns when the server has ended.

    Listens on loopback unless `address` says otherwise. Raises SystemExit when the port is taken,
    and SettingsError where whoever reached the pages could be anyone, or nobody could log in.
    """
    # Late, because it takes a good part of a second that other commands need not spend.
    from streamlit.web import cli

    settings = load_settings(model=False, library=library)
    openid = checked_login(settings.login, address)
    os.environ["SCRUTINY_LIBRARY"] = str(library)
    flags = arguments(
        address=address,
        port=port,
        open_browser=open_browser,
        max_file_mb=settings.max_file_mb,
        login=settings.login,
    )
    cli.main(
        [*flags, *openid],
        prog_name="scrutiny serve",
        standalone_mode=False,
    )
