"""The commands `scrutiny library ...`: what is held, what was removed and what was refused."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from rag.types import Document
from ui.cli.command import Context, as_json_option, print_result
from ui.cli.library_text import document_text, documents_text, refused_text, removed_text
from ui.wording.printable import printable

if TYPE_CHECKING:
    from rag.library.library import Library
    from rag.saved.library_changes import LibraryChanges

_names = click.argument("names", nargs=-1, required=True, metavar="NAME...")


@click.group()
def library() -> None:
    """List, show, remove and restore what is held."""


@library.command("list")
@as_json_option
@click.pass_obj
def list_documents(context: Context, as_json: bool) -> None:
    """List the documents held."""
    documents = _library(context).documents()
    print_result(map(_document_record, documents), documents_text(documents), as_json)


@library.command("show")
@click.argument("name")
@as_json_option
@click.pass_obj
def show_document(context: Context, name: str, as_json: bool) -> None:
    """Show what is known of the document NAME."""
    library = _library(context)
    document, passages = library.document(name), len(library.passages(name))
    record = {**_document_record(document), "pages": len(document.pages), "passages": passages}
    print_result([record], document_text(document, passages), as_json)


@library.command("remove")
@_names
@click.option("--for-good", is_flag=True, help="Forget them: nothing brings them back.")
@click.pass_obj
def remove_documents(context: Context, names: tuple[str, ...], for_good: bool) -> None:
    """Take documents out of the library; `restore` brings them back.

    With --for-good they and everything made from them are forgotten, also those removed before.
    The files that they were read from stay where they are.
    """
    library = _library(context)
    changes = _changes(context, library)
    for name in names:
        if for_good:
            _forget(library, changes, name)
            click.echo(printable(f"removed {name} for good"))
        else:
            changes.set_aside(name)
            back = f"`scrutiny library restore {shlex.quote(name)}` brings it back"
            click.echo(printable(f"removed {name}; {back}"))


def _forget(library: Library, changes: LibraryChanges, name: str) -> None:
    """Forget a document wherever it is; what is nowhere fails as a document not held."""
    aside = name in {document.name for document in library.aside()}
    if aside:
        changes.discard(name)
    if not aside or name in {document.name for document in library.documents()}:
        changes.remove(name)


@library.command("restore")
@_names
@click.pass_obj
def restore_documents(context: Context, names: tuple[str, ...]) -> None:
    """Bring removed documents back as they were."""
    changes = _changes(context, _library(context))
    for name in names:
        changes.put_back(name)
        click.echo(printable(f"restored {name}"))


@library.command("removed")
@as_json_option
@click.pass_obj
def list_removed(context: Context, as_json: bool) -> None:
    """List the removed documents that can be restored, the last one first."""
    removed = _library(context).aside()
    records = ({"document": doc.name, "title": doc.title, "at": doc.at} for doc in removed)
    print_result(records, removed_text(removed), as_json)


@library.command("refused")
@as_json_option
@click.pass_obj
def list_refused(context: Context, as_json: bool) -> None:
    """List the documents that could not be taken in, and why, the last one first."""
    refused = _library(context).refused()
    records = ({"document": doc.name, "reason": doc.reason, "at": doc.at} for doc in refused)
    print_result(records, refused_text(refused), as_json)


def _library(context: Context) -> Library:
    return context.services.open_library(context.settings)


def _changes(context: Context, library: Library) -> LibraryChanges:
    """What is changed at the command line is noted as changed by the person at this computer."""
    from rag.saved.audit import AuditTrail
    from rag.saved.library_changes import LibraryChanges

    return LibraryChanges(library, AuditTrail(library.home))


def _document_record(document: Document) -> dict[str, Any]:
    about = document.description
    return {
        "document": document.name,
        **asdict(about),
        "guessed": sorted(about.guessed),
        "edited": sorted(about.edited),
        "unsure": sorted(about.unsure),
        "sha256": document.sha256,
        "added": document.added,
        "related": document.related,
        "relations": [asdict(relation) for relation in document.relations],
    }
