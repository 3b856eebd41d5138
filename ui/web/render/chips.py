"""Pure: the numbered chips that stand after quoted words and open their source."""

from __future__ import annotations

from collections.abc import Iterable

from rag.question.older import NO_OLDER, Older
from rag.types import Citation
from ui.web.controls import Action
from ui.web.render.html import Html, button
from ui.wording.sources import older_note, source_line
from ui.wording.translation import tr


class Chips:
    """The chips of one answer or claim, each with an id of its own.

    `number` is that of the answer or claim; `within` says in a chip's label whose source it is.
    """

    def __init__(self, number: int, within: str = "", older: Older = NO_OLDER) -> None:
        self._number = number
        self._within = within
        self._older = older
        self._made = 0

    def age(self, citations: Iterable[Citation]) -> str:
        """What is told of the first of the citations' documents where it is not the newest."""
        return next((older_note(citation.document, self._older) for citation in citations), "")

    def html(self, citation: Citation) -> Html:
        """The next chip."""
        self._made += 1
        return button(
            Action("open", (str(self._number), str(citation.n))),
            str(citation.n),
            look="chip",
            label=tr("Source {}{}: {}").format(citation.n, self._within, source_line(citation)),
            key=f"chip-{self._number}-{self._made}",
        )
