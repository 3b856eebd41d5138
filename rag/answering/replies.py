"""Quotes that a document does not stand by are shown with what it says to them, or not at all."""

from __future__ import annotations

from collections.abc import Iterable

from rag.citation.quote import QUOTED_WORDS, Quote, quotes_within
from rag.library.corpus import Corpus
from rag.question.held import held_documents
from rag.retrieval.search import Retrieved
from rag.speech.replies import reply_to
from rag.speech.utterances import utterance_of, utterances_in
from rag.types import Document, Status


def with_replies(library: Corpus, retrieved: Retrieved, quotes: Iterable[Quote]) -> list[Quote]:
    """The quotes, each allegation, question or slip after the document's own reply to it.

    A question to which there is no reply is left out: it tells nothing.
    """
    documents = held_documents(retrieved.documents).by_name
    told: list[Quote] = []
    for quote in quotes:
        document = documents[quote.passage.document]
        status = _status(library, document, quote)
        reply = None if status.is_backed else _reply(library, document, quote)
        if status is Status.ASKED and reply is None:
            continue
        told += [reply, quote] if reply else [quote]
    unrepeated: list[Quote] = []
    for quote in told:
        if not any(map(quote.overlaps, unrepeated)):
            unrepeated.append(quote)
    return quotes_within(unrepeated, QUOTED_WORDS)


def _status(library: Corpus, document: Document, quote: Quote) -> Status:
    said = utterances_in(library, document)
    return utterance_of(said, quote.passage.number, quote.places).status


def _reply(library: Corpus, document: Document, quote: Quote) -> Quote | None:
    kind = document.description.kind
    for index in quote.places:
        reply = library.analysed(document, reply_to, kind, (quote.passage.number, index))
        if reply is not None:
            place = (document.name, reply.passage)
            passage = library.passages_at([place])[place]
            return Quote(passage, reply.first, reply.last, quote.score)
    return None
