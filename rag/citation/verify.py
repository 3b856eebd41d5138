"""Where a citation is verified, here alone: where a quote stands on its page, and whether it does.

Whatever shows a quote (an answer, a written sentence, a verdict, a pack) takes its citations from
`verified_citations`; what is read again before it is shown is held against the stored pages by
`are_verified`. Pure, given the text of the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.citation.quote import Quote
from rag.citation.source_label import VOICES, bound_on, own_voice
from rag.library.corpus import Corpus
from rag.speech.utterances import utterance_of, utterances_in
from rag.text.tokens import squash
from rag.types import Citation, Document, Page, Passage, RelationKind, Sentence

PageText = Callable[[str, int], str | None]
"""The stored text of a page, by document and number; None where there is none."""


def stands_on(quote: str, page_text: str) -> bool:
    """Whether the words of `quote` stand on the page in this order, white space aside."""
    words = squash(quote)
    return bool(words) and words in squash(page_text)


def find_quote(quote: str, page_text: str) -> tuple[int, int] | None:
    """Where `quote` stands in `page_text`, white space aside: (start, end), or None."""
    words = squash(quote)
    start = squash(page_text).find(words) if words else -1
    if start < 0:
        return None
    places = [at for at, char in enumerate(page_text) if not char.isspace()]
    return places[start], places[start + len(words) - 1] + 1


def are_verified(
    citations: Sequence[Citation], page_text: PageText, words: str | None = None
) -> bool:
    """Whether there are citations, each stands on its stored page, and, where `words` are shown as
    a source's own, they are those of the citations."""
    for citation in citations:
        if not stands_on(citation.quote, page_text(citation.document, citation.page) or ""):
            return False
    quoted = "".join(citation.quote for citation in citations)
    return bool(citations) and (words is None or squash(quoted) == squash(words))


def verified_citations(document: Document, quote: Quote) -> tuple[Citation, ...]:
    """A quote's citations; none when it does not stand on its pages as it is.

    `document` has the pages that the quote stands on.
    """
    pages = {page.number: page.text for page in document.pages}
    citations = cite(document, quote.passage, quote.sentences, 1)
    verified = are_verified(citations, lambda _, number: pages.get(number), quote.text)
    return citations if verified else ()


def cite(
    document: Document, passage: Passage, sentences: Sequence[Sentence], first: int
) -> tuple[Citation, ...]:
    """Cite neighbouring sentences of a passage: one citation for each page that they stand on.

    `document` has its pages; the citations are numbered from `first`. Nothing is verified yet.
    """
    pages = {page.number: page for page in document.pages}
    bounds: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        for span in sentence.spans:
            start, end = bounds.get(span.page, (span.start, span.end))
            bounds[span.page] = min(start, span.start), max(end, span.end)
    described = document.description
    places = [n for n, sentence in enumerate(passage.sentences) if sentence in sentences]
    said = utterance_of(document.utterances, passage.number, places)
    later = [r for r in document.relations if r.kind is RelationKind.SUPERSEDED_BY]
    replaced_by = later[0].document if later else ""
    own = own_voice(described)
    bound = bound_on(described, passage.page)
    if bound is not None and not said.speaker:
        said = replace(said, voice=bound.voice, speaker=bound.publisher)
    voice = said.voice or (own if own is not VOICES[described.kind] else None)
    citations: list[Citation] = []
    for n, (page, (start, end)) in enumerate(sorted(bounds.items()), first):
        stored = pages.get(page, Page(page, ""))
        quote = stored.text[start:end]
        citation = Citation(
            n=n, document=document.name, title=described.title,
            publisher=described.publisher, kind=described.kind,
            date=described.appeared_on, page=page,
            paragraph=passage.paragraph, quote=quote,
            sha256=document.sha256, context=passage.text, voice=voice,
            speaker=said.speaker, status=said.status, replaced_by=replaced_by,
            inspected=described.inspected,
            by_ocr=stored.by_ocr, doubtful=doubtful_in(quote, stored),
        )  # fmt: skip
        citations.append(citation)
    return tuple(citations)


def doubtful_in(quote: str, page: Page) -> tuple[str, ...]:
    """The figures of a quote that OCR did not surely read, as far as the page tells.

    A figure that stands twice on the page, once surely read, counts as doubtful in both places.
    """
    words = set(quote.split()) if page.doubtful else set()
    return tuple(figure for figure in page.doubtful if figure in words)


def source_of(library: Corpus, passage: Passage) -> Document:
    """A passage's document with how its sentences are said and those of its pages that the passage
    stands on.

    Raises UnknownDocument.
    """
    document = library.entry(passage.document).document
    numbers = {span.page for sentence in passage.sentences for span in sentence.spans}
    pages: list[Page] = []
    for number in sorted(numbers):
        page = library.page(document.name, number)
        if page is not None:
            pages.append(page)
    said = utterances_in(library, document)
    relations = library.relations().get(document.name, ())
    return replace(document, pages=tuple(pages), utterances=said, relations=relations)
