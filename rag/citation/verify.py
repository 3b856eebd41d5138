"""Pure: where a quote stands on its page, and whether it does at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rag.citation.quote import Quote
from rag.library.corpus import Corpus
from rag.text.tokens import squash
from rag.types import Citation, Document, Page, Passage, Sentence


def stands_on(quote: str, page_text: str) -> bool:
    """Whether the words of `quote` stand on the page in this order, white space aside."""
    words = squash(quote)
    return bool(words) and words in squash(page_text)


def find_quote(quote: str, page_text: str) -> tuple[int, int] | None:
    """Where `quote` stands in `page_text`, white space aside: (start, end), or None."""
    places = [at for at, char in enumerate(page_text) if not char.isspace()]
    words = squash(quote)
    start = "".join(page_text[at] for at in places).find(words) if words else -1
    if start < 0:
        return None
    return places[start], places[start + len(words) - 1] + 1


def cite(
    document: Document, passage: Passage, sentences: Iterable[Sentence], first: int
) -> tuple[Citation, ...]:
    """Cite neighbouring sentences of a passage: one citation for each page that they stand on.

    `document` has its pages; the citations are numbered from `first`.
    """
    pages = {page.number: page.text for page in document.pages}
    bounds: dict[int, tuple[int, int]] = {}
    for span in (span for sentence in sentences for span in sentence.spans):
        low, high = bounds.get(span.page, (span.start, span.end))
        bounds[span.page] = min(low, span.start), max(high, span.end)
    described = document.description
    return tuple(
        Citation(
            n=first + n, document=document.name, title=described.title,
            publisher=described.publisher, kind=described.kind,
            date=described.published or described.inspected_to, page=page,
            paragraph=passage.paragraph, quote=pages.get(page, "")[start:end],
            sha256=document.sha256, context=passage.text,
        )
        for n, (page, (start, end)) in enumerate(sorted(bounds.items()))
    )  # fmt: skip


def verified_citations(document: Document, quote: Quote) -> tuple[Citation, ...]:
    """A quote's citations; none when it does not stand on its pages as it is."""
    citations = cite(document, quote.passage, quote.sentences, 1)
    stands = squash("".join(c.quote for c in citations)) == squash(quote.text)
    return citations if stands and all(c.quote for c in citations) else ()


def source_of(library: Corpus, passage: Passage) -> Document:
    """A passage's document with those of its pages that the passage stands on.

    Raises UnknownDocument.
    """
    document = library.entry(passage.document).document
    numbers = sorted({span.page for sentence in passage.sentences for span in sentence.spans})
    texts = ((number, library.page_text(document.name, number)) for number in numbers)
    return replace(document, pages=tuple(Page(n, text) for n, text in texts if text is not None))
