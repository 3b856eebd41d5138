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
from ui.export.documents.briefing_document import AGREED, NOTHING, POSTS, doing_heading
from ui.export.documents.enquiries_document import REWORDED
from ui.export.documents.history_document import capital
from ui.export.documents.pack_document import made_from, narrowed_words
from ui.web.controls import Action
from ui.web.render.chips import Chips
from ui.web.render.html import button, escaped, export_button, note_html
from ui.web.render.lines import line_html, lines_html, marks_html
from ui.wording.dates import spoken_date, spoken_moment

SECTIONS = (
    ("questions", "Questions to ask"),
    ("judgements", "Judgements over time"),
    ("changes", "What became of what inspectors asked for"),
    ("timeline", "Timeline"),
    ("briefing", "Briefing for a new member"),
    ("sources", "Sources"),
)
"""The parts of a pack, by the ids of their headings."""


def section_html(name: str) -> str:
    """The heading of a part."""
    return f'<h2 class="part" id="{name}-title" tabindex="-1">{escaped(dict(SECTIONS)[name])}</h2>'


def head_html(number: int, pack: Pack, *, exporting: bool, deleting: bool) -> str:
    """What a pack is, and what can be done with it as a whole."""
    made = f"Made on {spoken_moment(pack.made)}. {made_from(pack.sources)}"
    told = "".join(note_html(each) for each in (made, *narrowed_words(pack)))
    return (
        '<h2 class="checked" id="pack-title" tabindex="-1"><span class="who">Committee pack</span> '
        f"{escaped(capital(pack.subject))}</h2>"
        f"{told}{_certain(number, pack.subject) if deleting else _tools(number, exporting)}"
    )


def _tools(number: int, exporting: bool) -> str:
    label = "Export this pack as Word, PDF or Markdown"
    return (
        '<div class="tools">'
        + export_button("pack", label, opened=exporting)
        + button(Action("make-again", (str(number),)), "Make it again", key="make-again",
                 label="Make it again from what the library holds now")
        + button(Action("delete-pack", (str(number),)), "Delete", key="delete-pack",
                 label="Delete this pack")
        + "</div>"
    )  # fmt: skip


def _certain(number: int, subject: str) -> str:
    return (
        '<div class="tools certain" role="group" aria-labelledby="certain">'
        '<strong id="certain" tabindex="-1">Delete this pack for good, with what was changed '
        "in its questions?</strong>"
        + button(Action("delete-pack-certainly", (str(number),)), "Yes, delete it",
                 label=f"Yes, delete it for good: {subject}")
        + button(Action("delete-pack-not"), "No, keep it")
        + "</div>"
    )  # fmt: skip


def kept_html(lines: Sequence[PackLine], current: int | None) -> str:
    """The packs kept, the last made first, each a button that opens it."""
    items = "".join(f"<li>{_kept(line, line.number == current)}</li>" for line in lines)
    none = "" if lines else note_html("Packs that are made are kept and listed here.")
    return (
        '<section class="conversations earlier" aria-labelledby="packs-title">'
        f'<h2 id="packs-title" tabindex="-1">Packs made</h2>{none}<ul>{items}</ul></section>'
    )


def _kept(line: PackLine, is_current: bool) -> str:
    current = ' aria-current="true"' if is_current else ""
    act = escaped(Action("pack", (str(line.number),)).line)
    about = f"{line.council}, made {spoken_moment(line.made)}"
    return (
        f'<button type="button" class="conversation" data-act="{act}" id="pack-{line.number}"'
        f'{current}><span class="title">{escaped(capital(line.subject))}</span> '
        f'<span class="meta">{escaped(about)}</span></button>'
    )


def contents_html(titles: Iterable[tuple[str, str]], heading: str) -> str:
    """The parts of a page, each a button that leads to its heading, `NAME-title`."""
    lines = "".join(
        f'<li><button type="button" class="card" data-go="{name}-title">{escaped(words)}</button>'
        "</li>"
        for name, words in titles
    )
    return (
        '<section class="sources contents" aria-labelledby="contents-title">'
        f'<h2 id="contents-title">{escaped(heading)}</h2><ol>{lines}</ol></section>'
    )


# ---------------------------------------------------------------- questions


def question_html(enquiry: LineOfEnquiry, number: int, of: int, chips: Chips) -> str:
    """A question, why to ask it, what to listen for, and what can be done with it."""
    reworded = note_html(REWORDED) if enquiry.reworded else ""
    return (
        f'<article class="enquiry" aria-labelledby="question-{number}-title">'
        f'<h3 id="question-{number}-title" tabindex="-1">'
        f'<span class="who">Question {number}: {escaped(enquiry.theme)}</span> '
        f'<span class="words">{escaped(enquiry.question.text)}</span></h3>{reworded}'
        f"<h4>Why to ask: {escaped(enquiry.cause)}</h4>{lines_html(enquiry.why, chips)}"
        f"{_prompts(enquiry)}{_doing(enquiry.key, number, of)}</article>"
    )


def _prompts(enquiry: LineOfEnquiry) -> str:
    parts = (
        ("What a good answer would show", enquiry.good_answer),
        ("If the answer is thin", enquiry.follow_ups),
    )
    told = "".join(f"<h4>{words}</h4>{_plain_list(lines)}" for words, lines in parts if lines)
    return (
        '<details class="folded"><summary>What a good answer would show, and what to ask if it is '
        f"thin</summary><div>{told}</div></details>"
        if told
        else ""
    )


def _plain_list(lines: Iterable[str]) -> str:
    return f'<ul class="plain">{"".join(f"<li>{escaped(line)}</li>" for line in lines)}</ul>'


def _doing(key: str, number: int, of: int) -> str:
    named = f"question {number}"
    return (
        '<div class="tools">'
        + button(Action("move", (key, "-1")), "Move up", label=f"Move up: {named}",
                 key=f"up-{key}", disabled=number == 1)
        + button(Action("move", (key, "1")), "Move down", label=f"Move down: {named}",
                 key=f"down-{key}", disabled=number == of)
        + button(Action("reword", (key,)), "Reword", label=f"Reword: {named}", key=f"reword-{key}")
        + button(Action("leave-out", (key,)), "Leave out", label=f"Leave out: {named}",
                 key=f"leave-{key}")
        + "</div>"
    )  # fmt: skip


def left_out_html(enquiries: Sequence[LineOfEnquiry]) -> str:
    """The questions that were left out, each with the way back."""
    items = "".join(
        f'<li><span class="name">{escaped(each.question.text)}</span> '
        + button(Action("put-in", (each.key,)), "Put back", label=f"Put back: {each.question.text}")
        + "</li>"
        for each in enquiries
    )
    return (
        '<section class="left-out" aria-labelledby="left-out-title"><h3 id="left-out-title" '
        f'tabindex="-1">Left out ({len(enquiries)})</h3><ul>{items}</ul></section>'
    )


# ---------------------------------------------------------------- briefing


def briefing_html(briefing: Briefing, chips: Chips) -> str:
    """The main findings, who is who, what is done and said, and what is not covered."""
    parts = (
        ("Main findings", "".join(_theme(each, chips) for each in briefing.findings)),
        ("Who is who", _people(briefing.people, chips)),
        (doing_heading(briefing.doing), lines_html(briefing.doing, chips)),
        ("What the press and others said", lines_html(briefing.said, chips)),
        ("Where the sources disagree", _disagreements(briefing.disagreements, chips)),
        ("What the documents do not cover", _uncovered(briefing.uncovered)),
        ("Abbreviations", _glossary(briefing.glossary, chips)),
    )
    return "".join(f"<h3>{words}</h3>{told or note_html(NOTHING)}" for words, told in parts)


def _theme(theme: Theme, chips: Chips) -> str:
    return f"<h4>{escaped(theme.name)}</h4>{lines_html(theme.lines, chips)}"


def _people(people: Sequence[Post], chips: Chips) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escaped(each.post)}</th>'
        f"<td>{escaped(each.name)} {marks_html(each.line.citations, chips)}</td>"
        f"<td>{spoken_date(each.as_of)}</td></tr>"
        for each in people
    )
    if not rows:
        return ""
    heads = "".join(f'<th scope="col">{words}</th>' for words in ("Post", "Name", "As of"))
    return (
        f'{note_html(POSTS)}<table class="grades"><caption class="unseen">Who is who</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _disagreements(found: Sequence[Disagreement], chips: Chips) -> str:
    told = "".join(
        f'<li><p class="since">{escaped(each.respect)}</p><div class="sides">'
        f"<div>{line_html(each.one, chips)}</div><div>{line_html(each.other, chips)}</div>"
        "</div></li>"
        for each in found
    )
    return f'<ul class="changes">{told}</ul>' if told else note_html(AGREED)


def _uncovered(themes: Sequence[str]) -> str:
    if not themes:
        return note_html("Something was found on every theme looked for.")
    return _plain_list(themes)


def _glossary(terms: Sequence[Term], chips: Chips) -> str:
    items = "".join(
        f"<li><strong>{escaped(each.short)}</strong>: {escaped(each.meaning)} "
        f"{marks_html(each.line.citations, chips)}</li>"
        for each in terms
    )
    return f'<ul class="plain">{items}</ul>' if items else ""


# ---------------------------------------------------------------- sources


def sources_html(sources: Sequence[SourceFile]) -> str:
    """Every file that a pack was made from."""
    items = "".join(f"<li>{_source(each)}</li>" for each in sources)
    return f'<ul class="plain files">{items}</ul>' if items else note_html("No document was read.")


def _source(source: SourceFile) -> str:
    day = spoken_date(source.date)
    about = (
        f"{source.publisher or 'Publisher not known'} · {source.kind.words.capitalize()} · {day}"
    )
    added = f", added {spoken_moment(source.added)}" if source.added else ""
    return (
        f"<p><strong>{escaped(source.title)}</strong> "
        f'<span class="meta">{escaped(about)}</span></p>'
        f'<p class="file">File: <span>{escaped(source.document)}</span>{escaped(added)}. SHA-256 '
        f"<span>{escaped(source.sha256)}</span></p>"
    )
