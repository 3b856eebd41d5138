"""What one says put into the mouth of another, and something said that nobody said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.evaluation.perturb.edits import chosen, is_sentence, listed, put, uncapitalised
from rag.types import Kind

# A sentence that tells of somebody's words or views: another speaker before it would prove nothing.
_SPOKEN = re.compile(
    r"\b(?:said|says|say|told|tells?|according|reports?|reported|described?|spoke|claim(?:s|ed)"
    r"|accept(?:s|ed)|apologi\w+|replied|argued|believes?|prais\w+|called|wants?|expects?|undert\w+"
    r"|proposed|seconded|asked|inspectors?|ofsted|watchdog|recognis\w+|acknowledg\w+|candid|frank"
    r"|self-\w+|feel|felt|think|thought|views?|considered|agreed|voiced?|we|our|us|my|me|I)\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"^(?P<who>(?:[A-Z]|The |A |His |Her )[^\u201c\u201d\"]{2,90}?),? "
    r"(?:said|says)(?= that\b| [a-z])"
)
_INSPECTORS = re.compile(r"\b(?:inspect\w*|ofsted|watchdog|report)\b", re.IGNORECASE)


def attributions(text: str, source: Kind) -> Iterator[str]:
    """The sentence said by somebody who did not say it."""
    if spoken := _SPEAKER.match(text):
        council = _INSPECTORS.search(spoken["who"])
        yield put(text, spoken.span(), f"{'The council' if council else 'The inspectors'} said")
    elif is_sentence(text) and not _SPOKEN.search(text):
        report = source is Kind.INSPECTION_REPORT
        speakers = listed("speakers.report" if report else "speakers.other")
        yield f"{chosen(speakers, text)} {uncapitalised(text)}"


def additions(text: str) -> Iterator[str]:
    """The sentence with something at its end that its source does not state."""
    plain = text.removesuffix(".")
    if is_sentence(text) and not re.search(r"[\"\u201c\u201d:.?!]", plain):
        yield f"{plain}{chosen(listed('additions.clauses'), text)}."
