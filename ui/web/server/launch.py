"""Starts the web server: the one way in for the command line."""

from __future__ import annotations

import os
from pathlib import Path

from rag.settings import load_settings

APP = Path(__file__).with_name("app.py")
"""The script of the pages."""
SITE = Path(__file__).with_name("website.py")
"""What is served: the pages and what stands beside them."""
LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8501


def arguments(*, address: str, port: int, open_browser: bool, max_file_mb: int) -> list[str]:
    """Streamlit's command line; what does not change stands in `.streamlit/config.toml`."""
    flags = [
        f"--server.address={address}",
        f"--server.port={port}",
        f"--server.headless={str(not open_browser).lower()}",
        f"--server.maxUploadSize={max_file_mb}",
    ]
    if address == LOOPBACK:
        # Another site's page must not reach the desk by pointing its own name at this machine.
        flags += [f"--server.allowedHosts={name}" for name in ("localhost", LOOPBACK)]
        flags.append("--browser.serverAddress=localhost")
    return ["run", str(SITE), *flags]


def serve(
    library: Path,
    *,
    address: str = LOOPBACK,
    port: int = DEFAULT_PORT,
    open_browser: bool = False,
) -> None:
    """Serve the web pages over `library` until interrupted; returns when the server has ended.

    Listens on loopback unless `address` says otherwise. Raises SystemExit when the port is taken.
    """
    # Late, because it takes a good part of a second that other commands need not spend.
    from streamlit.web import cli

    os.environ["SCRUTINY_LIBRARY"] = str(library)
    most = load_settings(model=False).max_file_mb
    cli.main(
        arguments(address=address, port=port, open_browser=open_browser, max_file_mb=most),
        prog_name="scrutiny serve",
        standalone_mode=False,
    )
