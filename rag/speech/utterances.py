"""Each sentence of a document: who says it, and how: found out, alleged, asked, planned, denied.

Read from three things, the nearest first: the sentence's own words ("denied that"), the sentence
that leads to it or takes it back ("complains that:", "This was not so."), and the section that it
stands in ("The complaint"). What none of them marks the document says itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.library.corpus import Corpus
from rag.library.reader import kept
from rag.speech.sections import is_heading, opened_utterance, section_utterance
from rag.text.lexicon import any_of, cue, lists
from rag.text.people import speakers
from rag.types import OWN_WORDS, Document, Kind, Passage, Status, Utterance, Voice

Place = tuple[int, int]
"""A sentence of a document: the number of its passage, and its own in that."""

_OUTCOME_WITHIN = 6
"""How many sentences after a motion its outcome is looked for in."""
_BESIDE = 3
"""How many sentences on it stands that what a paper wrote was wrong."""
_SHORT = 16
"""Words from which on a sentence is too long to be a bare denial of the one before."""
_SPEAKER = re.compile(r"^(?P<who>[\w\u2019'-]+(?:[ \t]+[\w\u2019'-]+){0,5})$")
_OF_PARAGRAPH = re.compile(r"^\d+\s+")
_OF_VERB = re.compile(rf"(?:\s+{any_of(lists.SpeakersOf.OF_VERB)})+$", re.IGNORECASE)
_ARTICLE = re.compile(r"the|an?", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Mx)\.? [A-Z]\w*")
_PRONOUN = re.compile(r"(?:he|she|they|it|i|we)", re.IGNORECASE)
_OWN_PRONOUN = re.compile(
    r"^(?:(?:i|we|you|let|what|is|was|if)\b|.*\b(?:i|we|you)$)", re.IGNORECASE
)
"""A clause that names nobody else as its speaker."""
_OPENING_QUOTE = re.compile(r"^[\"\u201c\u2018]")


_OWN_SPEAKERS = {
    Kind.COUNCIL_DOCUMENT: cue(lists.SpeakersOf.COUNCIL_DOCUMENT),
    Kind.INSPECTION_REPORT: cue(lists.SpeakersOf.INSPECTION_REPORT),
    Kind.NEWS: cue(lists.SpeakersOf.NEWS),
    Kind.OTHER: cue(lists.SpeakersOf.NEWS),
}


@dataclass(frozen=True, slots=True)
class PlacedSentence:
    """A sentence of a document, where it stands and under which heading."""

    place: Place
    text: str
    heading: str | None

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of what follows it."""
        return is_heading(self.text, self.heading)


def placed_sentences(passages: Iterable[Passage]) -> list[PlacedSentence]:
    """The sentences of a document in reading order."""
    lines: list[PlacedSentence] = []
    for passage in passages:
        for index, sentence in enumerate(passage.sentences):
            place = (passage.number, index)
            lines.append(PlacedSentence(place, sentence.text, passage.heading))
    return lines


def utterances_in(library: Corpus, document: Document) -> Mapping[Place, Utterance]:
    """How each sentence of a document held is said, kept in memory while the document stays."""
    return library.analysed(document, utterances, document.description.kind)


@kept
def utterances(passages: Sequence[Passage], kind: Kind) -> Mapping[Place, Utterance]:
    """How each sentence is said that the document does not simply say itself, by its place."""
    lines = placed_sentences(passages)
    found = list(_by_section(lines))
    for at, line in enumerate(lines):
        if line.is_heading:
            continue
        own = sentence_utterance(line.text, kind)
        if own.status is not Status.ASSERTED or own.speaker:
            found[at] = _merged(found[at], own)
    _name_pronouns(found)
    _carry_introductions(lines, found)
    _take_back(lines, found)
    _settle_motions(lines, found)
    _settle_options(lines, found)
    return {
        line.place: utterance
        for line, utterance in zip(lines, found, strict=True)
        if utterance != OWN_WORDS
    }


def utterance_of(
    said: Mapping[Place, Utterance], passage: int, sentences: Iterable[int]
) -> Utterance:
    """How neighbouring sentences of a passage are said: as the first of them that the document does
    not stand by, else as the first."""
    each = [said.get((passage, sentence), OWN_WORDS) for sentence in sentences]
    unbacked = [utterance for utterance in each if not utterance.status.is_backed]
    first = next(iter((*unbacked, *each)), OWN_WORDS)
    return first if len(each) == 1 else replace(first, within=None)


# ---------------------------------------------------------------- one sentence


def sentence_utterance(text: str, kind: Kind) -> Utterance:
    """How a sentence is said by its own words alone, in a document of that kind."""
    if denial := cue(lists.Status.DENIED).search(text):
        return Utterance(Status.DENIED, None, _speaker(text), _denied(text, denial))
    asked = cue(lists.Status.ASKED).search(text)
    if asked or text.rstrip().endswith("?"):
        voice = Voice.OTHER if asked and asked.start() == 0 else None
        return Utterance(Status.ASKED, voice, _questioner(text) if asked else "")
    if _is_option(text):
        return Utterance(Status.REJECTED)
    if cue(lists.Status.ALLEGED).search(text) and not _is_recorded(text):
        return Utterance(Status.ALLEGED, None, _speaker(text))
    if told := _told_by(text, kind):
        return told
    return Utterance(_prospect(text, kind))


def _denied(text: str, denial: re.Match[str]) -> tuple[int, int]:
    """The characters that a denial takes back: up to it, or from it on where it comes first."""
    rest = text[denial.end() :].lstrip()
    clause = re.search(r"[;.]", text[denial.end() :])
    end = denial.end() + clause.start() if clause else len(text)
    if rest[:1] in ";.,:" or not rest:
        return 0, denial.end()
    return denial.start(), end


def _is_option(text: str) -> bool:
    return bool(cue(lists.Status.OPTION).search(text) and cue(lists.Status.NOT_TAKEN).search(text))


def _told_by(text: str, kind: Kind) -> Utterance | None:
    """What somebody says of whom the document only reports it."""
    match = cue(lists.Status.TOLD).search(text)
    if match is None or _is_recorded(text[: match.end()]):
        return None
    before = text[: match.start()]
    speaker = _speaker(text)
    if not speaker or _is_document_itself(speaker, kind):
        return None
    if re.search(r"\b(?:to|not|never|is|are|was|were|be|been|being)\s+$", before):
        return None
    return Utterance(Status.REPORTED, None, speaker)


def _is_document_itself(speaker: str, kind: Kind) -> bool:
    """Whether a document that reports what somebody says is that one's own."""
    own = _OWN_SPEAKERS.get(kind)
    return own is not None and own.search(speaker) is not None


def _is_recorded(text: str) -> bool:
    """Whether those who are said to say it are inspectors, a court, a record."""
    verbs = any_of(lists.Status.TOLD)
    who = any_of(lists.SpeakersOf.RECORD)
    return bool(re.search(rf"\b{who}\b[^.;]{{0,40}}\b{verbs}\b", text, re.IGNORECASE))


def _prospect(text: str, kind: Kind) -> Status:
    """Whether a sentence tells what is to be: a forecast, a recommendation, a plan."""
    if cue(lists.Status.FORECAST).search(text):
        return Status.FORECAST
    if cue(lists.Status.RECOMMENDED).search(text):
        return Status.RECOMMENDED
    planned = kind is not Kind.INSPECTION_REPORT and cue(lists.Status.PLANNED).search(text)
    return Status.PLANNED if planned else Status.ASSERTED


def _speaker(text: str) -> str:
    """Who speaks in a sentence, as it names them: a person, else the words before the verb."""
    named = speakers(text)
    if named and not _OWN_PRONOUN.match(text):
        return text[named[0].mark.start : named[0].mark.end]
    for verb in (lists.Status.TOLD, lists.Status.ALLEGED, lists.Status.DENIED):
        match = cue(verb).search(text)
        before = match and _SPEAKER.search(_clause(text[: match.start()]))
        who = _named(before["who"]) if before else ""
        if who and not _OWN_PRONOUN.match(who):
            return who
    titled = _TITLED.search(text)
    return titled.group() if titled else ""


def _named(who: str) -> str:
    """Who is named by what stands before a verb, without the paragraph's number before it and the
    words of the verb after it: "2 Families", "the Executive does not"."""
    named = _OF_VERB.sub("", _OF_PARAGRAPH.sub("", who))
    return "" if _ARTICLE.fullmatch(named) else named


def _clause(before: str) -> str:
    """The last clause of what stands before a verb."""
    return cue(lists.SpeakersOf.CLAUSE).split(before)[-1].strip()


def _questioner(text: str) -> str:
    match = re.search(r"\b(?:from|by) ([^:?]{2,60}?)(?::| about| whether| asking)", text)
    return match[1].strip() if match else _speaker(text)


# ---------------------------------------------------------------- what stands around it


def _by_section(lines: Sequence[PlacedSentence]) -> Iterator[Utterance]:
    """Each line as its section has it said."""
    current = OWN_WORDS
    heading: str | None = None
    for line in lines:
        if line.is_heading:
            current = section_utterance(line.text) or OWN_WORDS
            heading = line.heading
            yield OWN_WORDS
            continue
        if line.heading != heading:
            heading = line.heading
            current = section_utterance(heading or "") or OWN_WORDS
        opened = opened_utterance(line.text)
        current = current if opened is None else opened
        yield current


def _name_pronouns(found: list[Utterance]) -> None:
    """She who said more is she who spoke before."""
    last = ""
    for at, utterance in enumerate(found):
        if _PRONOUN.fullmatch(utterance.speaker):
            found[at] = replace(utterance, speaker=last)
        elif utterance.speaker:
            last = utterance.speaker


def _merged(section: Utterance, own: Utterance) -> Utterance:
    """A sentence's own status within its section's: who speaks there speaks on."""
    if section == OWN_WORDS:
        return own
    if own.status is Status.REPORTED:
        return replace(section, speaker=own.speaker)
    if own.status.is_backed:
        return replace(section, speaker=own.speaker or section.speaker)
    return replace(own, voice=section.voice, speaker=own.speaker or section.speaker)


def _carry_introductions(lines: Sequence[PlacedSentence], found: list[Utterance]) -> None:
    """What a sentence that ends in a colon introduces ("complains that:") is said as it is."""
    introduction = OWN_WORDS
    for at, line in enumerate(lines):
        if line.text.endswith(":"):
            introduction = found[at]
            continue
        if introduction == OWN_WORDS or introduction.status in (Status.PLANNED, Status.RECOMMENDED):
            introduction = OWN_WORDS
            continue
        listed = (
            line.text[:1].islower() or line.text.endswith(";") or _OPENING_QUOTE.match(line.text)
        )
        if not listed:
            introduction = OWN_WORDS
        elif found[at].status is Status.ASSERTED:
            found[at] = replace(introduction, within=None)


def _take_back(lines: Sequence[PlacedSentence], found: list[Utterance]) -> None:
    """Mark what the next sentence denies, and what a paper says that it had wrong."""
    for at, line in enumerate(lines):
        following = lines[at + 1 : at + 1 + _BESIDE]
        if following and len(following[0].text.split()) <= _SHORT:
            denied = cue(lists.Status.DENIED_BEFORE).search(following[0].text)
            if denied and not line.is_heading:
                found[at] = replace(found[at], status=Status.DENIED, within=None)
        spoken = found[at].speaker or _OPENING_QUOTE.match(line.text)
        if spoken or not cue(lists.Status.CORRECTED).search(line.text):
            continue
        beside = (line, *following)
        if any(cue(lists.Status.TAKEN_BACK).search(other.text) for other in beside):
            found[at] = Utterance(Status.CORRECTED)


def _settle_motions(lines: Sequence[PlacedSentence], found: list[Utterance]) -> None:
    """What is moved and lost is said by those who moved it, and was not agreed."""
    for at, line in enumerate(lines):
        if not cue(lists.Status.MOTION).search(line.text):
            continue
        for end in range(at, min(at + _OUTCOME_WITHIN, len(lines))):
            if end > at and cue(lists.Status.CARRIED).search(lines[end].text):
                break
            if cue(lists.Status.LOST).search(lines[end].text):
                mover = Utterance(Status.REJECTED, Voice.OTHER, _questioner(line.text))
                last = max(end, at + 1)
                found[at:last] = [mover] * (last - at)
                break


def _settle_options(lines: Sequence[PlacedSentence], found: list[Utterance]) -> None:
    """What is said of an option up to "Not recommended." is said of one that was not taken."""
    for at, line in enumerate(lines):
        if not cue(lists.Status.OPTION).search(line.text):
            continue
        for end in range(at + 1, min(at + _OUTCOME_WITHIN, len(lines))):
            if cue(lists.Status.OPTION).search(lines[end].text):
                break
            if cue(lists.Status.TURNED_DOWN).search(lines[end].text):
                found[at : end + 1] = [Utterance(Status.REJECTED)] * (end + 1 - at)
                break
