"""Pure: a committee pack, or a part of one, as a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from rag.packs.first_page import first_page
from rag.packs.tracker import NO_NOTES, TrackerNote, tracked_items
from rag.packs.types import Changes, History, Pack, SourceFile, Timeline
from ui.export.documents.briefing_document import briefing_sections
from ui.export.documents.changes_document import changes_sections, changes_table
from ui.export.documents.enquiries_document import enquiries_sections
from ui.export.documents.first_page_document import first_page_sections
from ui.export.documents.history_document import capital, history_sections, history_table
from ui.export.documents.timeline_document import timeline_sections, timeline_table
from ui.export.documents.tracker_document import tracker_sections
from ui.export.footnotes import Notes
from ui.export.front_matter import KINDS_DIFFER, QUOTED, RESTS, made_by
from ui.export.paper import Paper, PaperSection, Table, paragraph
from ui.export.sources import sources_section
from ui.wording.dates import inspected_and_published, spoken_date
from ui.wording.lists import count_words, listed
from ui.wording.sources import counted_kinds
from ui.wording.translation import N_, tr

_HOLDS = (
    "It begins with one page to take into the room. Behind it are questions to ask and why, what "
    "is followed between meetings, the judgements of inspectors over time, what became of what "
    "they asked for, a timeline, and a briefing for a new member."
)
_TOPIC = N_(
    "Its questions, findings and events keep to “{}”; the judgements over time are all there, and "
    "so is who is who."
)
_INSPECTION = N_(
    "Its questions and findings keep to the report {}, with papers and articles from then until "
    "the next report; the judgements over time are all there."
)
_UNMADE = N_(
    "The time allowed for a pack was over before it was whole: {} may lack something. Make it "
    "again, narrowed to a topic or a report."
)
_PROGRAM = (
    "Words in quotation marks are a source's own. The few sentences without them are the "
    "program's, and say no more than follows from the words that their notes repeat."
)
_LIMITS = (
    "It knows only the documents listed. That they do not tell a thing does not mean that it did "
    "not happen."
)


def pack_paper(
    pack: Pack, noted: Mapping[str, TrackerNote] = NO_NOTES, today: date | None = None
) -> Paper:
    """The paper of a whole pack: one page to speak from, then the details.

    `noted` is what its reader marked and noted of what is followed; a date has passed by `today`,
    the day on which the pack was made where none is given.
    """
    notes = Notes()
    made = _moment(pack.made)
    sections = (
        *first_page_sections(first_page(pack), notes),
        *enquiries_sections(pack.enquiries, notes),
        *tracker_sections(pack, tracked_items(pack), noted, today or made.date(), notes),
        *history_sections(pack.history, notes),
        *changes_sections(pack.changes, notes, topic=pack.topic),
        *timeline_sections(pack.timeline, notes),
        *briefing_sections(pack.briefing, pack.history.inspections, notes),
    )
    title = capital(pack.subject)
    what = f"This is a committee pack on {pack.subject}"
    more = [_HOLDS, *narrowed_words(pack), _PROGRAM, QUOTED]
    return _paper((title, "Committee pack"), (what, *more), sections, pack.sources, made, notes)


def narrowed_words(pack: Pack) -> list[str]:
    """What a pack keeps to, what it holds all the same, and what it lacks."""
    sentences = []
    if pack.topic:
        sentences.append(tr(_TOPIC).format(pack.topic))
    if pack.inspection:
        sentences.append(tr(_INSPECTION).format(_report(pack)))
    if pack.unmade:
        sentences.append(tr(_UNMADE).format(listed(pack.unmade)))
    return sentences


def _report(pack: Pack) -> str:
    """The report that a pack keeps to, by its title and its day."""
    for source in pack.sources:
        if source.document == pack.inspection:
            when = inspected_and_published(source.date, source.inspected, "undated")
            return f"“{source.title}” ({when})"
    return pack.inspection


def history_paper(history: History, sources: Sequence[SourceFile], made: datetime) -> Paper:
    """A council's judgements over time."""
    notes = Notes()
    sections = history_sections(history, notes)
    titles = (history.council, "Judgements over time")
    what = f"These are the judgements of inspectors on {history.council} over time"
    return _paper(titles, (what,), sections, sources, made, notes, history_table(history))


def changes_paper(
    changes: Sequence[Changes], sources: Sequence[SourceFile], made: datetime
) -> Paper:
    """What became of what inspectors asked for."""
    notes = Notes()
    sections = changes_sections(changes, notes)
    councils = ", ".join(dict.fromkeys([pair.council for pair in changes]))
    titles = (councils or "No council", "What changed between inspections")
    what = "This is what later reports say of what earlier ones asked for"
    return _paper(titles, (what,), sections, sources, made, notes, changes_table(changes))


def timeline_paper(timeline: Timeline, sources: Sequence[SourceFile], made: datetime) -> Paper:
    """Dated events about a subject."""
    notes = Notes()
    sections = timeline_sections(timeline, notes)
    titles = (capital(timeline.subject), "Timeline")
    what = f"This is a timeline of dated events about {timeline.subject}"
    return _paper(titles, (what,), sections, sources, made, notes, timeline_table(timeline))


def _paper(
    titles: tuple[str, str],
    words: Sequence[str],
    sections: Sequence[PaperSection],
    sources: Sequence[SourceFile],
    made: datetime,
    notes: Notes,
    spreadsheet: Table | None = None,
) -> Paper:
    """The paper, its first page saying what it is; `words` begins with that."""
    what, *more = words
    about = [made_by(what, made), made_from(sources), *more, RESTS, KINDS_DIFFER, _LIMITS]
    return Paper(
        *titles, made, tuple(map(paragraph, about)),
        (*sections, *sources_section(sources)), notes.all(), spreadsheet,
        contents=2 if spreadsheet is None else 0,
    )  # fmt: skip


def made_from(sources: Sequence[SourceFile]) -> str:
    """From how many documents of which kinds and dates."""
    kinds = [source.kind for source in sources]
    if not kinds:
        return tr("No document was found to make it from.")
    days = sorted([source.date for source in sources if source.date])
    span = ""
    if days:
        span = tr(", dated {} to {}").format(spoken_date(days[0]), spoken_date(days[-1]))
    number = count_words(len(kinds), "document", "documents")
    return tr("It was made from {}: {}{}.").format(number, counted_kinds(kinds), span)


def _moment(made: str) -> datetime:
    try:
        at = datetime.fromisoformat(made)
    except ValueError:
        return datetime.now(UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
