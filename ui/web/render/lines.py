"""Pure: the lines of a pack: whose words they are, and the chips that open their sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.citation.line import Line
from rag.citation.source_label import in_quotation_marks
from rag.types import Citation, Voice
from ui.web.render.chips import Chips
from ui.web.render.html import Html, note_html
from ui.wording.sources import verbatim
from ui.wording.translation import ENGLISH, spoken


def words_html(text: str, cited: Sequence[Citation]) -> Html:
    """Quotation marks and the serif only where the words are the source's own, word for word."""
    if verbatim(text, cited):
        # Documents are read out as English whatever language is spoken around them.
        language = "" if spoken() == ENGLISH else Html(' lang="{}"').format(ENGLISH)
        return Html('<q class="quoted"{}>{}</q>').format(language, in_quotation_marks(text))
    return Html('<span class="own">{}</span>').format(text)


def line_html(line: Line, chips: Chips) -> Html:
    """A line with its chips, and under it the name of its source."""
    return Html('<div class="line voice-{}"><p>{}&nbsp;{}</p>{}</div>').format(
        line.voice.value,
        words_html(line.text, line.citations),
        marks_html(line.citations, chips),
        source_html(line.source),
    )


def source_html(source: str, age: str = "") -> Html:
    """Where words stand, and that there is a newer one; empty where that is not told."""
    if not source:
        return Html()
    return Html('<p class="source-label">{}{}</p>').format(source, age_html(age))


def age_html(age: str) -> Html:
    """That there is a newer report than that of a source; empty where there is none."""
    return Html(' <strong class="older">{}</strong>').format(age) if age else Html()


def voice_html(voice: Voice, heading: str, level: int, *items: Html) -> Html:
    """What one voice says, under a heading of that level."""
    return Html('<section class="voice voice-{0}"><h{1}>{2}</h{1}><ul>{3}</ul></section>').format(
        voice.value, level, heading, Html("<li>{}</li>").each(items)
    )


def marks_html(citations: Iterable[Citation], chips: Chips) -> Html:
    """The chips of citations."""
    return Html("&nbsp;").join(map(chips.html, citations))


def lines_html(lines: Sequence[Line], chips: Chips, none: str = "") -> Html:
    """Lines as a list; `none` is said where there is none."""
    if not lines:
        return note_html(none) if none else Html()
    items = Html("<li>{}</li>").each(line_html(line, chips) for line in lines)
    return Html('<ul class="lines">{}</ul>').format(items)
