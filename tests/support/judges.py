"""A judge that knows words by sight, for tests where meaning is not the point."""

from __future__ import annotations

from collections.abc import Sequence

from rag.judge.port import Entailment, Polarity, Reading, Span
from rag.text.tokens import content_terms
from rag.types import Status


class WordJudge:
    """Holds that a span answers, or a source bears out, what it shares most words with."""

    def answers(self, question: str, spans: Sequence[Span]) -> tuple[float, ...]:
        """From -3, no word of the question, to 4, all of them."""
        asked = set(content_terms(question))
        texts = (f"{span.heading} {span.before} {span.text}" for span in spans)
        return tuple(7 * _share(asked, text) - 3 for text in texts)

    def entails(self, pairs: Sequence[tuple[Span, str]]) -> tuple[Entailment, ...]:
        """Entailed by as much as the source has of the statement's words."""
        shares = (_share(set(content_terms(text)), source.text) for source, text in pairs)
        return tuple(Entailment(share, 0.0, 1 - share) for share in shares)

    def reads(self, spans: Sequence[Span]) -> tuple[Reading, ...]:
        """All alike: neutral and asserted."""
        return tuple(
            Reading(Polarity.NEUTRAL, 1.0, Status.ASSERTED, 1.0, "other", 1.0) for _ in spans
        )


def _share(asked: set[str], text: str) -> float:
    return len(asked & set(content_terms(text))) / len(asked) if asked else 0.0
