"""Pure: the words of a document as lines of a terminal, which obeys nothing in them."""

from __future__ import annotations

import textwrap

from ui.wording.printable import printable

WIDTH = 88


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    """Lines of at most `WIDTH` characters; `hanging` indents those after the first."""
    following = indent if hanging is None else hanging
    return textwrap.wrap(
        printable(text), WIDTH, initial_indent=indent, subsequent_indent=following,
        break_on_hyphens=False,
    )  # fmt: skip
