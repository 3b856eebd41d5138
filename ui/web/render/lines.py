"""Pure: the lines of a pack: whose words they are, and the chips that open their sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.citation.line import Line
from rag.citation.source_label import in_quotation_marks
from rag.types import Citation
from ui.web.render.chips import Chips
from ui.web.render.html import escaped, note_html
from ui.wording.sources import verbatim


def words_html(text: str, cited: Sequence[Citation]) -> str:
    """Quotation marks and the serif only where the words are the source's own, word for word."""
    if verbatim(text, cited):
        return f'<q class="quoted">{escaped(in_quotation_marks(text))}</q>'
    return f'<span class="own">{escaped(text)}</span>'


def line_html(line: Line, chips: Chips, *, sourced: bool = True) -> str:
    """A line with its chips, and under it the name of its source, unless that is told already."""
    source = (
        f'<p class="source-label">{escaped(line.source)}</p>' if sourced and line.source else ""
    )
    told = (
        f"<p>{words_html(line.text, line.citations)}&nbsp;{marks_html(line.citations, chips)}</p>"
    )
    return f'<div class="line voice-{line.voice.value}">{told}{source}</div>'


def marks_html(citations: Iterable[Citation], chips: Chips) -> str:
    """The chips of citations."""
    return "&nbsp;".join(chips.html(each) for each in citations)


def lines_html(lines: Sequence[Line], chips: Chips, none: str = "") -> str:
    """Lines as a list; `none` is told where there is none."""
    if not lines:
        return note_html(none) if none else ""
    return (
        f'<ul class="lines">{"".join(f"<li>{line_html(each, chips)}</li>" for each in lines)}</ul>'
    )
