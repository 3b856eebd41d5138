"""Pure: a checked text: each claim with its verdict, and the quotes that decide it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from rag.citation.source_label import ORDER, in_quotation_marks, voice_of
from rag.question.older import NO_OLDER, Older
from rag.saved.checks import CheckLine
from rag.text.tokens import shortened
from rag.types import Agreement, CheckedPart, TextSpan, Verdict, VerdictGround, VerdictRuling, Voice
from ui.web.controls import Action
from ui.web.render.access import share_button
from ui.web.render.answers import nearest_html
from ui.web.render.chips import Chips
from ui.web.render.html import (
    Html,
    button,
    contents_html,
    copy_button,
    export_button,
    list_button,
    tools_html,
)
from ui.web.render.lines import source_html, voice_html
from ui.wording.answers import HEADINGS, searched_line
from ui.wording.checks import check_for_paper, check_summary, explanation, ruling_words
from ui.wording.dates import spoken_moment
from ui.wording.sources import source_line, speaker
from ui.wording.translation import tr

_SHORT = 120
"""Of a text that stands for a whole one in a list, in characters."""


class WordMark(StrEnum):
    """How a word of a claim or of a quote compares with the other side."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ADDS = "adds"


_NAMES = {
    VerdictRuling.SUPPORTED: "supported",
    VerdictRuling.CONTRADICTED: "contradicted",
    VerdictRuling.NOT_FOUND: "not-found",
    None: "not-checkable",
}
"""What the colours of verdicts are called."""
_ICONS = {"supported": "✓", "contradicted": "✕", "not-found": "?", "not-checkable": "–"}
_DECIDING = {
    VerdictRuling.SUPPORTED: WordMark.AGREES,
    VerdictRuling.CONTRADICTED: WordMark.DIFFERS,
    VerdictRuling.NOT_FOUND: WordMark.ADDS,
}
_LOOKS = {finding: WordMark(finding.value) for finding in Agreement}


def check_html(parts: Sequence[CheckedPart]) -> Html:
    """The heading of a checked text: what came of it."""
    return Html('<h2 class="checked" id="check-title" tabindex="-1">{}</h2>').format(
        check_summary(parts)
    )


def copy_html(
    parts: Sequence[CheckedPart],
    older: Older = NO_OLDER,
    *,
    exporting: bool = False,
    own: bool = True,
) -> Html:
    """The buttons that copy a whole check for a committee paper, and, of one's own, that open its
    downloads."""
    label = tr("Export this check as Word, PDF, Markdown or a table")
    copy = copy_button(tr("Copy the check"), check_for_paper(parts, older))
    return copy + " " + export_button("check", label, opened=exporting) if own else copy


def claims_html(parts: Sequence[CheckedPart], older: Older = NO_OLDER) -> Html:
    """Every part of a checked text, in its order; which of its sources are `older` reports is
    told."""
    return Html().join(_part(part, number, older) for number, part in enumerate(parts, 1))


def parts_html(parts: Sequence[CheckedPart]) -> Html:
    """The parts of a checked text in a line each, that lead to them."""
    lines = []
    for number, part in enumerate(parts, 1):
        words = shortened(part.part.text, _SHORT)
        line = Html('{} <span class="meta">{}. {}</span>').format(_verdict(part), number, words)
        lines.append((f"claim-{number}", line))
    return contents_html(lines, tr("This check"))


def earlier_html(lines: Sequence[CheckLine], current: str | None) -> Html:
    """The checks kept, the newest first, to go back to."""
    rows = Html("<li>{}</li>").each(
        list_button(
            Action("check", (line.id,)),
            line.name,
            spoken_moment(line.at),
            key=f"check-{line.id}",
            current=line.id == current,
        )
        for line in lines
    )
    return Html(
        '<section class="conversations earlier" aria-labelledby="earlier-title">'
        '<h2 id="earlier-title" tabindex="-1">{}</h2><ul>{}</ul></section>'
    ).format(tr("Checks kept"), rows)


def deleted_check_html(identity: str) -> Html:
    """That a check is deleted, and the way back."""
    undo = button(Action("restore-check", (identity,)), tr("Undo"), key="undo-delete")
    return Html('<p class="note" role="status">{} {}</p>').format(
        tr("The check was deleted."), undo
    )


def check_tools_html(identity: str, *, sharing: bool) -> Html:
    """What can be done with a check as a whole, beside copying it."""
    return tools_html(
        button(Action("new-check"), tr("New check"), key="new-check"),
        share_button("check", identity, opened=sharing),
        button(
            Action("delete-check", (identity,)), tr("Delete"), key="delete-check",
            label=tr("Delete this check"),
        ),
    )  # fmt: skip


def _name(part: CheckedPart) -> str:
    return _NAMES[part.verdict.ruling if part.verdict else None]


def _verdict(part: CheckedPart) -> Html:
    name = _name(part)
    return Html(
        '<span class="verdict is-{}"><span class="icon" aria-hidden="true">{}</span> {}</span>'
    ).format(name, _ICONS[name], ruling_words(part))


# ---------------------------------------------------------------- one claim


def _part(part: CheckedPart, number: int, older: Older) -> Html:
    # For a part that is no claim, why there is no verdict stands beside it.
    reason = "" if part.verdict else f" {explanation(part)}"
    return Html(
        '<article class="claim is-{0}" aria-label="{1} {2}: {3}"><h3 id="claim-{2}-title" '
        'tabindex="-1"><span class="who">{1} {2}</span> <span class="words">{4}</span></h3>'
        "<p>{5}{6}</p>{7}</article>"
    ).format(
        _name(part),
        tr("Claim") if part.verdict else tr("Sentence"),
        number,
        ruling_words(part),
        _claimed(part.part.text, part.verdict),
        _verdict(part),
        reason,
        _body(part.part.text, part.verdict, number, older) if part.verdict else "",
    )


def _body(text: str, verdict: Verdict, number: int, older: Older) -> Html:
    """The explanation and the quotes; where sources disagree both sides first."""
    chips = Chips(number, tr(" of claim {}").format(number), older)
    body = Html()
    if _start(text, verdict) < 0:
        # It was completed from what was said before.
        claim = marked(verdict.claim, claim_looks(verdict))
        body = Html('<p class="understood">{} <span class="words">{}</span></p>').format(
            tr("Checked as:"), claim
        )
    body += Html('<p class="explanation">{}</p>').format(verdict.explanation)
    if verdict.ruling is VerdictRuling.NOT_FOUND:
        searched = Html('<p class="searched">{}</p>').format(searched_line(verdict.searched))
        return body + searched + nearest_html(verdict.nearest, number, older)
    if not verdict.conflicts:
        return body + _voices(verdict.grounds, chips)
    sides = _sides(verdict.grounds[0], verdict.conflicts, chips)
    return body + sides + _voices(verdict.grounds[1:], chips)


def _start(text: str, verdict: Verdict) -> int:
    """Where the claim begins in the words as written, whose first letter may be a small one; -1
    where they differ."""
    claim = verdict.claim
    start = text.find(claim[1:], 1) - 1
    return start if start >= 0 and text[start].upper() == claim[:1].upper() else -1


def _claimed(text: str, verdict: Verdict | None) -> Html:
    """The words as written, those of them marked that agree or differ."""
    start = _start(text, verdict) if verdict else -1
    if verdict is None or start < 0:
        return Html.escape(text)
    looks = []
    for span, mark in claim_looks(verdict):
        looks.append((TextSpan(span.start + start, span.end + start), mark))
    return marked(text, looks)


# ---------------------------------------------------------------- the quotes


def _voices(grounds: Sequence[VerdictGround], chips: Chips) -> Html:
    """Quotes by who speaks, inspectors first."""
    voices = Html()
    for voice in ORDER:
        items = [_ground(ground, chips) for ground in grounds if _voice_of(ground) is voice]
        if items:
            voices += voice_html(voice, tr(HEADINGS[voice]), 4, *items)
    return voices


def _voice_of(ground: VerdictGround) -> Voice:
    return voice_of(ground.citations[0])


def _ground(ground: VerdictGround, chips: Chips) -> Html:
    """A ground's quotes with their chips, and where they stand."""
    quotes = []
    for nth, citation in enumerate(ground.citations):
        words, chip = _quote(ground, nth), chips.html(citation)
        quotes.append(Html('<q class="quoted">{}</q>&nbsp;{}').format(words, chip))
    source = source_html(source_line(ground.citations[0]), chips.age(ground.citations))
    return Html("<p>{}</p>{}").format(Html(" ").join(quotes), source)


def _quote(ground: VerdictGround, nth: int) -> Html:
    """The words of a citation in quotation marks, the deciding ones marked."""
    text = ground.citations[nth].quote
    deciding = WordMark.AGREES if ground.agrees else WordMark.DIFFERS
    looks = [(span, deciding) for span in _nth(ground.marks, nth)]
    looks += [(span, WordMark.AGREES) for span in _nth(ground.alike, nth)]
    before, after = in_quotation_marks(text).split(text, 1)
    return Html("{}{}{}").format(before, marked(text, looks), after)


def _nth(marks: Sequence[Sequence[TextSpan]], nth: int) -> Sequence[TextSpan]:
    return marks[nth] if nth < len(marks) else ()


def _sides(deciding: VerdictGround, against: Sequence[VerdictGround], chips: Chips) -> Html:
    """What sources say that disagree or tell of other times, the one that decides first."""
    rests = Html('<p class="rests">{}</p>').format(tr("The verdict rests on this."))
    sides = _side(deciding, chips, rests)
    for ground in against:
        sides += _side(ground, chips)
    return Html(
        '<section class="conflict"><h4>{}</h4><div class="sides">{}</div></section>'
    ).format(tr("What each source says"), sides)


def _side(ground: VerdictGround, chips: Chips, note: Html | None = None) -> Html:
    who = speaker(ground.citations[0])
    return Html(
        '<section class="voice voice-{}"><h5>{}</h5><ul><li>{}</li></ul>{}</section>'
    ).format(_voice_of(ground).value, who, _ground(ground, chips), note or "")


# ---------------------------------------------------------------- marks

Marked = tuple[TextSpan, WordMark]


def claim_looks(verdict: Verdict) -> list[Marked]:
    """The words of a claim that agree with its deciding ground, differ, or add to it."""
    looks: list[Marked] = []
    for comparison in verdict.grounds[0].comparisons if verdict.grounds else ():
        looks += [(span, _LOOKS[comparison.finding]) for span in comparison.in_claim]
    looks += [(span, _DECIDING[verdict.ruling]) for span in verdict.marks]
    return sorted(looks, key=lambda row: row[1] is WordMark.AGREES)


def marked(text: str, looks: Iterable[Marked]) -> Html:
    """A text with words marked; of marks that overlap the first holds, one outside is left out."""
    taken: list[Marked] = []
    for span, mark in looks:
        inside = 0 <= span.start < span.end <= len(text)
        if inside and all(span.end <= t.start or t.end <= span.start for t, _ in taken):
            taken.append((span, mark))
    html, at = Html(), 0
    for span, mark in sorted(taken, key=lambda row: row[0].start):
        html += Html('{}<mark class="{}">{}</mark>').format(
            text[at : span.start], mark.value, text[span.start : span.end]
        )
        at = span.end
    return html + text[at:]
