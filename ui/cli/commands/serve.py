"""The command `scrutiny serve`: the web page."""

from __future__ import annotations

import click

from ui.cli.command import Context


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--address", default="127.0.0.1", show_default=True,
              help="Where to listen; elsewhere, others can read your library.")  # fmt: skip
@click.option("--open", "open_browser", is_flag=True, help="Open a web browser.")
@click.pass_obj
def serve(context: Context, port: int, address: str, open_browser: bool) -> None:
    """Open the desk as a web page on this machine."""
    host = "localhost" if address == "127.0.0.1" else address
    click.echo(f"Scrutiny Desk: http://{host}:{port} (Ctrl+C ends it)", err=True)
    folder, serve = context.settings.library, context.services.serve
    serve(folder, address=address, port=port, open_browser=open_browser)
