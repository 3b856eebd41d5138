"""Pure: a turn of the conversation: the question, its answer or refusal, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from rag.saved.feedback import FeedbackVerdict
from rag.types import Answer, Citation, ScopePart, Searched, Statement, Voice
from ui.web.controls import Action
from ui.web.render.chips import Chips
from ui.web.render.html import button, copy_button, escaped, export_button, removable
from ui.web.render.lines import words_html
from ui.wording.answers import (
    HEADINGS,
    answer_for_paper,
    citations_of,
    searched_line,
    statements_by_voice,
    understood_as,
)
from ui.wording.attribution_note import MODELS_WORDS, WAITING, is_models_own, is_written, who_wrote
from ui.wording.sources import source_line

JUDGED = {
    FeedbackVerdict.RIGHT: "Right",
    FeedbackVerdict.WRONG: "Wrong",
    FeedbackVerdict.WRONG_SOURCE: "Wrong source",
}


def question_html(question: str, number: int) -> str:
    """The heading under which a turn of the conversation stands."""
    return (
        f'<h2 class="question" id="question-{number}" tabindex="-1">'
        f'<span class="who">Question {number}</span> '
        f'<span class="words">{escaped(question)}</span></h2>'
    )


def answer_html(
    answer: Answer, number: int, judged: FeedbackVerdict | None = None, *, exporting: bool = False
) -> str:
    """An answer or a refusal as answer `number` of the conversation.

    `judged` is what the reader has said of it, `exporting` whether its downloads are open.
    """
    body = _answered(answer, number) if answer.answered else _refused(answer, number)
    return (
        f'<article class="answer" aria-label="Answer to question {number}">'
        f"{_understood(answer)}{_scope(answer.searched, number)}{body}"
        f"{_tools(answer, number, judged, exporting)}</article>"
    )


def growing_html(answer: Answer | None, number: int) -> str:
    """What is told so far of answer `number`, and that more may come; None before anything is."""
    so_far = ""
    if answer and answer.answered:
        so_far = _understood(answer) + _scope(answer.searched, number) + _voices(answer, number)
    look = "answer later" if number > 1 else "answer"
    return (
        f'<article class="{look}" aria-busy="true" aria-label="Answer to question {number}">'
        f'{so_far}<p class="waiting" role="status">{escaped(WAITING)}</p></article>'
    )


def _understood(answer: Answer) -> str:
    understood = understood_as(answer)
    if not understood:
        return ""
    return f'<p class="understood">Understood as: <q>{escaped(understood)}</q></p>'


def _scope(searched: Searched, number: int) -> str:
    """What was read out of the question, each part with the button that takes it away."""
    parts = "".join(
        removable(
            part.words,
            Action("without", (str(number), part.key)),
            f"Ask again without {part.words}",
        )
        for part in searched.parts
    )
    left_out = "".join(_left_out(part, number) for part in searched.left_out)
    return _chips("Looked first at", parts) + _chips("Left out", left_out)


def _chips(heading: str, chips: str) -> str:
    if not chips:
        return ""
    return f'<div class="scope"><span>{escaped(heading)}</span><ul>{chips}</ul></div>'


def _left_out(part: ScopePart, number: int) -> str:
    action = Action("within", (str(number), part.key))
    again = button(action, "+", look="away", label=f"Ask again with {part.words} +")
    return f'<li class="tag struck"><span>{escaped(part.words)}</span>{again}</li>'


# ---------------------------------------------------------------- answers


def _answered(answer: Answer, number: int) -> str:
    searched = searched_line(answer.searched, scope=False)
    notice = f'<p class="notice">{escaped(answer.notice)}</p>' if answer.notice else ""
    return (
        f'{_voices(answer, number)}{notice}<p class="searched">{escaped(searched)}</p>'
        f'<p class="engine">{escaped(who_wrote(answer))}</p>'
    )


def _voices(answer: Answer, number: int) -> str:
    chips = Chips(number)

    def statement(said: Statement) -> str:
        cited = citations_of(said, answer)
        marks = "&nbsp;".join(chips.html(citation) for citation in cited)
        return f"<p>{words_html(said.text, cited)}&nbsp;{marks}</p>{_rests_on(said, cited)}"

    return "".join(
        _voice(voice, said, statement) for voice, said in statements_by_voice(answer.statements)
    )


def _voice(
    voice: Voice, statements: Iterable[Statement], statement: Callable[[Statement], str]
) -> str:
    items = "".join(
        f"<li>{''.join(map(statement, run))}{_attribution(source)}</li>"
        for source, run in groupby(statements, key=lambda statement: statement.source)
    )
    return (
        f'<section class="voice voice-{voice.value}"><h3>{escaped(HEADINGS[voice])}</h3>'
        f"<ul>{items}</ul></section>"
    )


def _attribution(source: str) -> str:
    return f'<p class="source-label">{escaped(source)}</p>' if source else ""


def _rests_on(statement: Statement, cited: Sequence[Citation]) -> str:
    """Under a model's words those of the source, letter for letter."""
    if not is_models_own(statement, cited):
        return ""
    quotes = " ".join(words_html(" ".join(each.quote.split()), (each,)) for each in cited)
    return f'<p class="rests"><span>{escaped(MODELS_WORDS)}</span> {quotes}</p>'


# ---------------------------------------------------------------- refusals


def _refused(answer: Answer, number: int) -> str:
    return (
        f'<section class="refusal"><h3>Not in the documents</h3><p>{escaped(answer.text)}</p>'
        f"{nearest_html(answer.nearest, number)}</section>"
    )


def nearest_html(citations: Sequence[Citation], number: int) -> str:
    """The nearest passages of a refusal, folded away; `number` is that of the answer."""
    if not citations:
        return ""
    passages = "".join(_near(citation, number) for citation in citations)
    return (
        '<details class="nearest"><summary>Nearest passages '
        f"({len(citations)}): related words, not an answer</summary>{passages}</details>"
    )


def _near(citation: Citation, number: int) -> str:
    # Nothing is marked: no words of theirs are quoted in answer to the question.
    look = button(
        Action("near", (str(number), str(citation.n))),
        "Show it on its page",
        label=f"Show it on its page: {citation.title}, {source_line(citation)}",
        key=f"near-{number}-{citation.n}",
    )
    return (
        f'<div class="near"><p class="title">{escaped(citation.title)}</p>'
        f'<p class="meta">{escaped(source_line(citation))}</p>'
        f"<blockquote>{escaped(citation.quote)}</blockquote>{look}</div>"
    )


# ---------------------------------------------------------------- what can be done with it


def _tools(answer: Answer, number: int, judged: FeedbackVerdict | None, exporting: bool) -> str:
    said = "".join(
        button(
            Action("judge", (str(number), each.value)),
            words,
            pressed=each is judged,
            label=f"This answer is {words.casefold()}"
            if each is not FeedbackVerdict.WRONG_SOURCE
            else "This answer cites the wrong source",
            key=f"judge-{number}-{each.value}",
        )
        for each, words in JUDGED.items()
    )
    wrote = f"\n{who_wrote(answer)}" if is_written(answer) else ""
    copied = copy_button("Copy answer", answer_for_paper(answer) + wrote)
    exported = export_button(
        str(number), "Export this answer as Word, PDF or Markdown", opened=exporting
    )
    return (
        f'<div class="tools">{copied}{exported}'
        f'<span class="judge" role="group" aria-label="Was this answer right?">'
        f"<span>Was this right?</span>{said}</span></div>"
    )
