"""The option `--out FILE`: what a command found, as a file to read or to pass on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rag.errors import ExportError
from ui.export.formats import Format, export, format_of, now
from ui.wording.lists import listed
from ui.wording.printable import printable

if TYPE_CHECKING:
    from rag.types import Answer, Document
    from ui.export.paper import Paper


class _OutFile(click.ParamType[Path]):
    """A file that can be written: one mistake after another is told before anything is asked."""

    name = "file"

    def __init__(self, formats: Sequence[Format]) -> None:
        self._endings = [f".{ending}" for ending in formats]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path. Fails for an ending without a format, a folder that is missing."""
        path = Path(value)
        if path.suffix.casefold() not in self._endings:
            self.fail(
                f"The name of the file must end in one of {listed(self._endings)}.", param, ctx
            )
        if path.is_dir():
            self.fail(f"{path} is a folder: name a file in it.", param, ctx)
        if not path.absolute().parent.is_dir():
            self.fail(f"There is no folder {path.absolute().parent}: make it first.", param, ctx)
        return path


def out_option(*formats: Format) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--out`, given to a command as `out`: a path, or None."""
    endings = ", ".join([f".{ending}" for ending in formats[:-1]])
    return click.option(
        "--out", type=_OutFile(formats), metavar="FILE",
        help=f"Write it to FILE too, as its ending says: {endings} or .{formats[-1]}. A file of "
        "that name is replaced.",
    )  # fmt: skip


def write(paper: Paper, path: Path) -> None:
    """Write a paper as the format of the file's ending and say so; whole or not at all.

    Raises ExportError when it cannot be made or written.
    """
    content = export(paper, format_of(path))
    try:
        _replace(path, content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExportError(
            f"{path} cannot be written ({reason}). If it is open in another program, close it "
            "there, or choose another name."
        ) from error
    click.echo(printable(f"Written: {path}"), err=True)


def _replace(path: Path, content: bytes) -> None:
    """Put the content in the place of the file in one step."""
    path = path.resolve()  # a link stays a link, and what it leads to is written
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        partial.chmod(path.stat().st_mode & 0o777 if path.exists() else _usual_mode())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _usual_mode() -> int:
    """The rights that a new file of this user has."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def paper_of(answers: Sequence[Answer], documents: Sequence[Document]) -> Paper:
    """The paper of one answer, or of several as the conversation that they are; `documents` are
    the library's."""
    # Late, because most answers are written to no file.
    from rag.saved.conversations import Conversation, ConversationTurn
    from ui.export.documents.answer_document import answer_paper
    from ui.export.documents.conversation_document import conversation_paper

    made = now()
    if len(answers) == 1:
        return answer_paper(answers[0], documents, made)
    turns = tuple(ConversationTurn(answer.question, answer) for answer in answers)
    moment = made.isoformat()
    conversation = Conversation("", answers[0].question, moment, moment, turns)
    return conversation_paper(conversation, documents, made)
