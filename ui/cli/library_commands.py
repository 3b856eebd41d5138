"""The commands `scrutiny library ...`: what is held, what was removed and what was refused."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from typing import Any

import click

from rag.types import Document
from ui.cli.command import Context, as_json_option, json_line
from ui.cli.services import LibraryLike
from ui.cli.terminal import document_text, documents_text, refused_text, removed_text
from ui.wording.printable import printable

_names = click.argument("names", nargs=-1, required=True, metavar="NAME...")


@click.group()
def library() -> None:
    """List, show, remove and restore what is held."""


@library.command("list")
@as_json_option
@click.pass_obj
def list_documents(context: Context, as_json: bool) -> None:
    """List the documents held."""
    documents = context.services.open_library(context.settings).documents()
    if as_json:
        for document in documents:
            click.echo(json_line(_document_record(document)))
    else:
        click.echo(documents_text(documents))


@library.command("show")
@click.argument("name")
@as_json_option
@click.pass_obj
def show_document(context: Context, name: str, as_json: bool) -> None:
    """Show what is known of the document NAME."""
    held = context.services.open_library(context.settings)
    document, passages = held.document(name), len(held.passages(name))
    if as_json:
        sizes = {"pages": len(document.pages), "passages": passages}
        click.echo(json_line(_document_record(document) | sizes))
    else:
        click.echo(document_text(document, passages))


@library.command("remove")
@_names
@click.option("--for-good", is_flag=True, help="Forget them: nothing brings them back.")
@click.pass_obj
def remove_documents(context: Context, names: tuple[str, ...], for_good: bool) -> None:
    """Take documents out of the library; `restore` brings them back.

    With --for-good they and everything made from them are forgotten, also those removed before.
    The files that they were read from stay where they are.
    """
    held = context.services.open_library(context.settings)
    for name in names:
        if for_good:
            _forget(held, name)
            click.echo(printable(f"removed {name} for good"))
        else:
            held.set_aside(name)
            back = f"`scrutiny library restore {shlex.quote(name)}` brings it back"
            click.echo(printable(f"removed {name}; {back}"))


def _forget(held: LibraryLike, name: str) -> None:
    """Forget a document wherever it is; what is nowhere fails as a document not held."""
    aside = name in {one.name for one in held.aside()}
    if aside:
        held.discard(name)
    if not aside or name in {document.name for document in held.documents()}:
        held.remove(name)


@library.command("restore")
@_names
@click.pass_obj
def restore_documents(context: Context, names: tuple[str, ...]) -> None:
    """Bring removed documents back as they were."""
    held = context.services.open_library(context.settings)
    for name in names:
        held.put_back(name)
        click.echo(printable(f"restored {name}"))


@library.command("removed")
@as_json_option
@click.pass_obj
def list_removed(context: Context, as_json: bool) -> None:
    """List the removed documents that can be restored, the last one first."""
    removed = context.services.open_library(context.settings).aside()
    if as_json:
        for one in removed:
            click.echo(json_line({"document": one.name, "title": one.title, "at": one.at}))
    else:
        click.echo(removed_text(removed))


@library.command("refused")
@as_json_option
@click.pass_obj
def list_refused(context: Context, as_json: bool) -> None:
    """List the documents that could not be taken in, and why, the last one first."""
    refused = context.services.open_library(context.settings).refused()
    if as_json:
        for one in refused:
            click.echo(json_line({"document": one.name, "reason": one.reason, "at": one.at}))
    else:
        click.echo(refused_text(refused))


def _document_record(document: Document) -> dict[str, Any]:
    about = document.description
    return {
        "document": document.name,
        **asdict(about),
        "guessed": sorted(about.guessed),
        "edited": sorted(about.edited),
        "sha256": document.sha256,
        "added": document.added,
        "related": document.related,
    }
