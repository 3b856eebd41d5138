"""Pure: a checked text: each claim with its verdict, and the quotes that decide it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.citation.source_label import ORDER, VOICES, in_quotation_marks
from rag.text.tokens import shortened
from rag.types import Agreement, CheckedPart, TextSpan, Verdict, VerdictGround, VerdictRuling, Voice
from ui.web.controls import Action
from ui.web.render.answers import nearest_html
from ui.web.render.chips import Chips
from ui.web.render.html import copy_button, escaped, export_button
from ui.wording.answers import HEADINGS, searched_line
from ui.wording.checks import check_for_paper, check_summary, explanation, ruling_words
from ui.wording.sources import source_line, speaker

_SHORT = 120
"""Of a text that stands for a whole one in a list, in characters."""


class WordMark(StrEnum):
    """How a word of a claim or of a quote compares with the other side."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ADDS = "adds"


@dataclass(frozen=True, slots=True)
class VerdictLook:
    """How a verdict looks: its icon beside its word, and the name of its colour."""

    icon: str
    name: str


_KINDS = {
    VerdictRuling.SUPPORTED: VerdictLook("✓", "supported"),
    VerdictRuling.CONTRADICTED: VerdictLook("✕", "contradicted"),
    VerdictRuling.NOT_FOUND: VerdictLook("?", "not-found"),
}
_UNCHECKED = VerdictLook("–", "not-checkable")
_TELLING = {
    VerdictRuling.SUPPORTED: WordMark.AGREES,
    VerdictRuling.CONTRADICTED: WordMark.DIFFERS,
    VerdictRuling.NOT_FOUND: WordMark.ADDS,
}
_LOOKS = {finding: WordMark(finding.value) for finding in Agreement}


def check_html(checked: Sequence[CheckedPart]) -> str:
    """The heading of a checked text: what came of it."""
    return (
        f'<h2 class="checked" id="check-title" tabindex="-1">{escaped(check_summary(checked))}</h2>'
    )


def copy_html(checked: Sequence[CheckedPart], *, exporting: bool = False) -> str:
    """The buttons that copy a whole check for a committee paper, and that open its downloads."""
    copied = copy_button("Copy the check", check_for_paper(checked))
    label = "Export this check as Word, PDF, Markdown or a table"
    return f"{copied} {export_button('check', label, opened=exporting)}"


def claims_html(checked: Sequence[CheckedPart]) -> str:
    """Every piece of a checked text, in its order."""
    return "".join(_piece(one, number) for number, one in enumerate(checked, 1))


def contents_html(checked: Sequence[CheckedPart]) -> str:
    """The pieces of a checked text in a line each, that lead to them."""
    lines = "".join(_line(one, number) for number, one in enumerate(checked, 1))
    return (
        '<section class="sources contents" aria-labelledby="contents-title">'
        f'<h2 id="contents-title">This check</h2><ol>{lines}</ol></section>'
    )


def earlier_html(texts: Sequence[str], current: int) -> str:
    """The texts checked in this visit, the newest first, to go back to."""
    rows = "".join(
        f"<li>{_earlier(text, n, n == current)}</li>" for n, text in reversed([*enumerate(texts)])
    )
    return (
        '<section class="conversations earlier" aria-labelledby="earlier-title">'
        f'<h2 id="earlier-title">Checks of this visit</h2><ul>{rows}</ul></section>'
    )


def _earlier(text: str, place: int, is_current: bool) -> str:
    current = ' aria-current="true"' if is_current else ""
    act = escaped(Action("check", (str(place),)).line)
    return (
        f'<button type="button" class="conversation" data-act="{act}" id="check-{place}"{current}>'
        f'<span class="title">{escaped(shortened(text, _SHORT))}</span></button>'
    )


def _line(one: CheckedPart, number: int) -> str:
    words = escaped(shortened(one.part.text, _SHORT))
    return (
        f'<li><button type="button" class="card" data-go="claim-{number}-title">'
        f'{_verdict(one)} <span class="meta">{number}. {words}</span></button></li>'
    )


def _kind(one: CheckedPart) -> VerdictLook:
    return _KINDS[one.verdict.ruling] if one.verdict else _UNCHECKED


def _verdict(one: CheckedPart) -> str:
    kind = _kind(one)
    return (
        f'<span class="verdict is-{kind.name}"><span class="icon" aria-hidden="true">{kind.icon}'
        f"</span> {escaped(ruling_words(one))}</span>"
    )


# ---------------------------------------------------------------- one claim


def _piece(one: CheckedPart, number: int) -> str:
    what = "Claim" if one.verdict else "Sentence"
    body = _body(one.verdict, number) if one.verdict else ""
    return (
        f'<article class="claim is-{_kind(one).name}" aria-label="{what} {number}: '
        f'{escaped(ruling_words(one))}">'
        f'<h3 id="claim-{number}-title" tabindex="-1"><span class="who">{what} {number}</span> '
        f"{_claimed(one)}</h3>{_ruling(one)}{_completed(one)}{body}</article>"
    )


def _ruling(one: CheckedPart) -> str:
    """The verdict; for a piece that is no claim, why there is none, beside it."""
    reason = "" if one.verdict else f" {escaped(explanation(one))}"
    return f"<p>{_verdict(one)}{reason}</p>"


def _body(verdict: Verdict, number: int) -> str:
    """The explanation and the quotes; where sources disagree both sides first."""
    chips = Chips(number, f" of claim {number}")
    told = f'<p class="explanation">{escaped(verdict.explanation)}</p>'
    if verdict.ruling is VerdictRuling.NOT_FOUND:
        searched = f'<p class="searched">{escaped(searched_line(verdict.searched))}</p>'
        return f"{told}{searched}{nearest_html(verdict.nearest, number)}"
    if not verdict.conflicts:
        return f"{told}{_voices(verdict.grounds, chips)}"
    sides = _sides(verdict.grounds[0], verdict.conflicts, chips)
    return f"{told}{sides}{_voices(verdict.grounds[1:], chips)}"


def _written(one: CheckedPart) -> bool:
    """Whether the claim was checked as it is written, but for how it begins and ends."""
    return one.verdict is None or _at(one) >= 0


def _at(one: CheckedPart) -> int:
    """Where the claim begins in the words as written, whose first letter may be a small one; -1
    where they differ."""
    text, claim = one.part.text, one.verdict.claim if one.verdict else ""
    at = text.find(claim[1:], 1) - 1
    return at if at >= 0 and text[at].upper() == claim[:1].upper() else -1


def _claimed(one: CheckedPart) -> str:
    """The words as written, those of them marked that agree or differ."""
    text = one.part.text
    if one.verdict is None or not _written(one):
        return f'<span class="words">{escaped(text)}</span>'
    looks = _moved(claim_looks(one.verdict), _at(one))
    return f'<span class="words">{marked(text, looks)}</span>'


def _completed(one: CheckedPart) -> str:
    """The claim as it was checked, where it was completed from what was said before."""
    if one.verdict is None or _written(one):
        return ""
    words = marked(one.verdict.claim, claim_looks(one.verdict))
    return f'<p class="understood">Checked as: <span class="words">{words}</span></p>'


# ---------------------------------------------------------------- the quotes


def _voices(grounds: Sequence[VerdictGround], chips: Chips) -> str:
    """Quotes by who speaks, inspectors first."""
    return "".join(
        _voice(voice, [g for g in grounds if _voice_of(g) is voice], chips)
        for voice in ORDER
        if any(_voice_of(ground) is voice for ground in grounds)
    )


def _voice_of(ground: VerdictGround) -> Voice:
    return VOICES[ground.citations[0].kind]


def _voice(voice: Voice, grounds: Iterable[VerdictGround], chips: Chips) -> str:
    items = "".join(f"<li>{_ground(ground, chips)}</li>" for ground in grounds)
    return (
        f'<section class="voice voice-{voice.value}"><h4>{escaped(HEADINGS[voice])}</h4>'
        f"<ul>{items}</ul></section>"
    )


def _ground(ground: VerdictGround, chips: Chips) -> str:
    """A ground's quotes with their chips, and where they stand."""
    words = " ".join(
        f'<q class="quoted">{_quote(ground, n)}</q>&nbsp;{chips.html(citation)}'
        for n, citation in enumerate(ground.citations)
    )
    return f'<p>{words}</p><p class="source-label">{escaped(source_line(ground.citations[0]))}</p>'


def _quote(ground: VerdictGround, nth: int) -> str:
    """The words of a citation in quotation marks, the deciding ones marked."""
    text = ground.citations[nth].quote
    telling = WordMark.AGREES if ground.agrees else WordMark.DIFFERS
    looks = [
        *((mark, telling) for mark in _nth(ground.marks, nth)),
        *((mark, WordMark.AGREES) for mark in _nth(ground.alike, nth)),
    ]
    whole = in_quotation_marks(text)
    at = whole.find(text)
    return f"{whole[:at]}{marked(text, looks)}{whole[at + len(text) :]}"


def _nth(marks: Sequence[Sequence[TextSpan]], nth: int) -> Sequence[TextSpan]:
    return marks[nth] if nth < len(marks) else ()


def _sides(deciding: VerdictGround, against: Sequence[VerdictGround], chips: Chips) -> str:
    """What sources say that disagree or tell of other times, the one that decides first."""
    rests = '<p class="rests">The verdict rests on this.</p>'
    sides = [_side(deciding, chips, rests), *(_side(ground, chips) for ground in against)]
    return (
        '<section class="conflict"><h4>What each source says</h4>'
        f'<div class="sides">{"".join(sides)}</div></section>'
    )


def _side(ground: VerdictGround, chips: Chips, note: str = "") -> str:
    voice, who = _voice_of(ground), speaker(ground.citations[0])
    return (
        f'<section class="voice voice-{voice.value}"><h5>{escaped(who)}</h5>'
        f"<ul><li>{_ground(ground, chips)}</li></ul>{note}</section>"
    )


# ---------------------------------------------------------------- marks

Marked = tuple[TextSpan, WordMark]


def claim_looks(verdict: Verdict) -> list[Marked]:
    """The words of a claim that agree with its deciding ground, differ, or add to it."""
    telling = _TELLING[verdict.ruling]
    compared = verdict.grounds[0].comparisons if verdict.grounds else ()
    looks = [(mark, _LOOKS[c.finding]) for c in compared for mark in c.in_claim]
    looks += [(mark, telling) for mark in verdict.marks]
    return sorted(looks, key=lambda row: row[1] is WordMark.AGREES)


def _moved(looks: Iterable[Marked], by: int) -> list[Marked]:
    return [(TextSpan(mark.start + by, mark.end + by), look) for mark, look in looks]


def marked(text: str, looks: Iterable[Marked]) -> str:
    """A text with words marked; of marks that overlap the first holds, one outside is left out."""
    taken: list[Marked] = []
    for mark, look in looks:
        inside = 0 <= mark.start < mark.end <= len(text)
        if inside and all(mark.end <= m.start or m.end <= mark.start for m, _ in taken):
            taken.append((mark, look))
    pieces, at = [], 0
    for mark, look in sorted(taken, key=lambda row: row[0].start):
        words = escaped(text[mark.start : mark.end])
        pieces += [escaped(text[at : mark.start]), f'<mark class="{look.value}">{words}</mark>']
        at = mark.end
    return "".join([*pieces, escaped(text[at:])])
