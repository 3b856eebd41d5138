"""Pure: a committee pack on the page: its head, its questions, its briefing, its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.packs.types import (
    Briefing,
    Disagreement,
    LineOfEnquiry,
    Pack,
    Post,
    SourceFile,
    Term,
    Theme,
)
from rag.saved.packs import PackLine
from ui.export.documents import tracker_dates
from ui.export.documents.briefing_document import AGREED, NOTHING, POSTS, doing_heading
from ui.export.documents.enquiries_document import REWORDED
from ui.export.documents.history_document import capital
from ui.export.documents.pack_document import made_from, narrowed_words
from ui.web.controls import Action
from ui.web.render.access import share_button
from ui.web.render.chips import Chips
from ui.web.render.html import (
    Html,
    button,
    certain_html,
    export_button,
    list_button,
    note_html,
    table_html,
    tools_html,
)
from ui.web.render.lines import line_html, lines_html, marks_html
from ui.wording.dates import inspected_and_published, spoken_date, spoken_moment
from ui.wording.sources import kind_words
from ui.wording.translation import N_, tr

SECTIONS = (
    ("page", N_("On one page")),
    ("questions", N_("Questions to ask, in full")),
    ("tracker", tracker_dates.HEADING),
    ("judgements", N_("Judgements over time")),
    ("changes", N_("What became of what inspectors asked for")),
    ("timeline", N_("Timeline")),
    ("briefing", N_("Briefing for a new member")),
    ("sources", N_("Sources")),
)
"""The parts of a pack, by the ids of their headings."""


def section_html(name: str) -> Html:
    """The heading of a part."""
    return Html('<h2 class="part" id="{}-title" tabindex="-1">{}</h2>').format(
        name, tr(dict(SECTIONS)[name])
    )


def head_html(
    number: int, pack: Pack, *, exporting: bool, deleting: bool, sharing: bool = False
) -> Html:
    """What a pack is, and what can be done with it as a whole."""
    return title_html(pack) + (
        _certain(number, pack.subject) if deleting else _tools(number, exporting, sharing)
    )


def title_html(pack: Pack) -> Html:
    """What a pack is."""
    origin = tr("Made on {}. {}").format(spoken_moment(pack.made), made_from(pack.sources))
    notes = Html().join(map(note_html, (origin, *narrowed_words(pack))))
    return Html(
        '<h2 class="checked" id="pack-title" tabindex="-1"><span class="who">{}</span> {}</h2>{}'
    ).format(tr("Committee pack"), capital(pack.subject), notes)


def _tools(number: int, exporting: bool, sharing: bool) -> Html:
    label = tr("Export this pack as Word, PDF or Markdown")
    again, delete = Action("make-again", (str(number),)), Action("delete-pack", (str(number),))
    made_anew = tr("Make it again from what the library holds now")
    return tools_html(
        export_button("pack", label, opened=exporting),
        share_button("pack", str(number), opened=sharing),
        button(again, tr("Make it again"), key="make-again", label=made_anew),
        button(delete, tr("Delete"), key="delete-pack", label=tr("Delete this pack")),
    )


def _certain(number: int, subject: str) -> Html:
    label = tr("Yes, delete it for good: {}").format(subject)
    return certain_html(
        tr("Delete this pack for good, with what was changed in its questions?"),
        button(Action("delete-pack-certainly", (str(number),)), tr("Yes, delete it"), label=label),
        button(Action("delete-pack-not"), tr("No, keep it")),
    )


def kept_html(lines: Sequence[PackLine], current: int | None) -> Html:
    """The packs kept, the last made first, each a button that opens it."""
    items = Html("<li>{}</li>").each(
        list_button(
            Action("pack", (str(line.number),)),
            capital(line.subject),
            tr("{}, made {}").format(line.council, spoken_moment(line.made)),
            key=f"pack-{line.number}",
            current=line.number == current,
        )
        for line in lines
    )
    none = "" if lines else note_html(tr("Packs that are made are kept and listed here."))
    return Html(
        '<section class="conversations earlier" aria-labelledby="packs-title">'
        '<h2 id="packs-title" tabindex="-1">{}</h2>{}<ul>{}</ul></section>'
    ).format(tr("Packs made"), none, items)


# ---------------------------------------------------------------- questions


def question_html(
    enquiry: LineOfEnquiry, number: int, of: int, chips: Chips, *, own: bool = True
) -> Html:
    """A question, why to ask it, what to listen for, and what can be done with one's own."""
    return Html(
        '<article class="enquiry" aria-labelledby="question-{0}-title">'
        '<h3 id="question-{0}-title" tabindex="-1"><span class="who">{1}</span> '
        '<span class="words">{2}</span></h3>{3}<h4>{4}</h4>{5}{6}{7}</article>'
    ).format(
        number,
        tr("Question {}: {}").format(number, enquiry.theme),
        enquiry.question.text,
        note_html(tr(REWORDED)) if enquiry.reworded else "",
        tr("Why to ask: {}").format(enquiry.cause),
        lines_html(enquiry.why, chips),
        _prompts(enquiry),
        _enquiry_tools(enquiry.key, number, of) if own else "",
    )


def _prompts(enquiry: LineOfEnquiry) -> Html:
    prompts = Html()
    heading = Html("<h4>{}</h4>{}")
    if enquiry.good_answer:
        prompts += heading.format(
            tr("What a good answer would show"), _plain_list(enquiry.good_answer)
        )
    if enquiry.follow_ups:
        prompts += heading.format(tr("If the answer is thin"), _plain_list(enquiry.follow_ups))
    if not prompts:
        return Html()
    return Html('<details class="folded"><summary>{}</summary><div>{}</div></details>').format(
        tr("What a good answer would show, and what to ask if it is thin"), prompts
    )


def _plain_list(lines: Iterable[str]) -> Html:
    return Html('<ul class="plain">{}</ul>').format(Html("<li>{}</li>").each(lines))


def _enquiry_tools(key: str, number: int, of: int) -> Html:
    def tool(verb: str, words: str, *about: str, mark: str, disabled: bool = False) -> Html:
        label = tr("{}: question {}").format(words, number)
        return button(
            Action(verb, (key, *about)), words, label=label, key=f"{mark}-{key}", disabled=disabled
        )

    return tools_html(
        tool("move", tr("Move up"), "-1", mark="up", disabled=number == 1),
        tool("move", tr("Move down"), "1", mark="down", disabled=number == of),
        tool("reword", tr("Reword"), mark="reword"),
        tool("leave-out", tr("Leave out"), mark="leave"),
    )


def left_out_html(enquiries: Sequence[LineOfEnquiry]) -> Html:
    """The questions that were left out, each with the way back."""
    items = Html()
    for enquiry in enquiries:
        words = enquiry.question.text
        back = button(
            Action("put-in", (enquiry.key,)), tr("Put back"), label=tr("Put back: {}").format(words)
        )
        items += Html('<li><span class="name">{}</span> {}</li>').format(words, back)
    return Html(
        '<section class="left-out" aria-labelledby="left-out-title"><h3 id="left-out-title" '
        'tabindex="-1">{}</h3><ul>{}</ul></section>'
    ).format(tr("Left out ({})").format(len(enquiries)), items)


# ---------------------------------------------------------------- briefing


def briefing_html(briefing: Briefing, chips: Chips) -> Html:
    """The main findings, who is who, what is done and said, and what is not covered."""
    uncovered = note_html(tr("Something was found on every theme looked for."))
    if briefing.uncovered:
        uncovered = _plain_list(briefing.uncovered)
    parts = {
        tr("Main findings"): _findings(briefing.findings, chips),
        tr("Who is who"): _people(briefing.people, chips),
        doing_heading(briefing.doing): lines_html(briefing.doing, chips),
        tr("What the press and others said"): lines_html(briefing.said, chips),
        tr("Where the sources disagree"): _disagreements(briefing.disagreements, chips),
        tr("On what nothing was found"): uncovered,
        tr("Abbreviations"): _glossary(briefing.glossary, chips),
    }
    nothing = note_html(tr(NOTHING))
    return Html("<h3>{}</h3>{}").each(parts, (part or nothing for part in parts.values()))


def _findings(themes: Sequence[Theme], chips: Chips) -> Html:
    findings = Html()
    for theme in themes:
        findings += Html("<h4>{}</h4>{}").format(theme.name, lines_html(theme.lines, chips))
    return findings


def _people(people: Sequence[Post], chips: Chips) -> Html:
    rows = Html()
    for post in people:
        rows += Html('<tr><th scope="row">{}</th><td>{} {}</td><td>{}</td></tr>').format(
            post.post,
            post.name,
            marks_html(post.line.citations, chips),
            spoken_date(post.as_of),
        )
    if not rows:
        return rows
    return note_html(tr(POSTS)) + table_html(
        tr("Who is who"), (tr("Post"), tr("Name"), tr("As of")), rows
    )


def _disagreements(disagreements: Sequence[Disagreement], chips: Chips) -> Html:
    if not disagreements:
        return note_html(tr(AGREED))
    items = Html()
    for disagreement in disagreements:
        items += Html(
            '<li><p class="since">{}</p><div class="sides"><div>{}</div><div>{}</div></div></li>'
        ).format(
            disagreement.respect,
            line_html(disagreement.one, chips),
            line_html(disagreement.other, chips),
        )
    return Html('<ul class="changes">{}</ul>').format(items)


def _glossary(terms: Sequence[Term], chips: Chips) -> Html:
    if not terms:
        return Html()
    items = Html()
    for term in terms:
        items += Html("<li><strong>{}</strong>: {} {}</li>").format(
            term.short, term.meaning, marks_html(term.line.citations, chips)
        )
    return Html('<ul class="plain">{}</ul>').format(items)


# ---------------------------------------------------------------- sources


def sources_html(sources: Sequence[SourceFile]) -> Html:
    """Every file that a pack was made from."""
    if not sources:
        return note_html(tr("No document was found to make it from."))
    items = Html("<li>{}</li>").each(map(_source, sources))
    return Html('<ul class="plain files">{}</ul>').format(items)


def _source(source: SourceFile) -> Html:
    publisher = source.publisher or tr("Publisher not known")
    when = inspected_and_published(source.date, source.inspected)
    about = f"{publisher} · {kind_words(source.kind)} · {when}"
    added = tr(", added {}").format(spoken_moment(source.added)) if source.added else ""
    return Html(
        '<p><strong>{}</strong> <span class="meta">{}</span></p>'
        '<p class="file">{} <span>{}</span>{}. SHA-256 <span>{}</span></p>'
    ).format(source.title, about, tr("File:"), source.document, added, source.sha256)
