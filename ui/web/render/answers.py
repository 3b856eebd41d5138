"""Pure: a turn of the conversation: the question, its answer or refusal, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rag.question.older import NO_OLDER, Older
from rag.saved.feedback import FeedbackVerdict
from rag.types import Answer, Citation, Searched, Statement, Voice
from ui.web.controls import Action
from ui.web.render.chips import Chips
from ui.web.render.html import Html, button, copy_button, export_button, removable, tools_html
from ui.web.render.lines import age_html, marks_html, source_html, voice_html, words_html
from ui.wording.answers import (
    ASKED_BACK,
    HEADINGS,
    REFUSED,
    abbreviations_line,
    answer_for_paper,
    citations_of,
    read_as,
    searched_line,
    statements_by_voice,
    understood_as,
)
from ui.wording.attribution_note import MODELS_WORDS, WAITING, is_models_own, is_written, who_wrote
from ui.wording.sources import committee_citation, older_note, source_line
from ui.wording.translation import N_, tr

JUDGED = {
    FeedbackVerdict.RIGHT: (N_("Right"), N_("This answer is right")),
    FeedbackVerdict.WRONG: (N_("Wrong"), N_("This answer is wrong")),
    FeedbackVerdict.WRONG_SOURCE: (N_("Wrong source"), N_("This answer cites the wrong source")),
}
"""What a reader may say of an answer: the button's words, and what they mean."""
_CHOICES_SHOWN = 8
_NEAREST = N_("The nearest that was found ({}): related words, not an answer")


def question_html(question: str, number: int) -> Html:
    """The heading under which a turn of the conversation stands."""
    return Html(
        '<h2 class="question" id="question-{0}" tabindex="-1"><span class="who">{2}</span>'
        ' <span class="words">{1}</span></h2>'
    ).format(number, question, tr("Question {}").format(number))


def answer_html(
    answer: Answer,
    number: int,
    judged: FeedbackVerdict | None = None,
    *,
    exporting: bool = False,
    own: bool = True,
    older: Older = NO_OLDER,
) -> Html:
    """An answer or a refusal as answer `number` of the conversation.

    `judged` is what the reader has said of it, `exporting` whether its downloads are open; one that
    is not their `own` they can read and copy; which sources are `older` reports is told.
    """
    copy = _copy(answer, older)
    return Html('<article class="answer" aria-label="{}">{}{}{}{}{}</article>').format(
        tr("Answer to question {}").format(number),
        _understood(answer),
        _scope(answer.searched, number) if own else "",
        _answered(answer, number, older)
        if answer.answered
        else _refused(answer, number, older, own=own),
        _sources_on_paper(answer, older),
        _tools(number, judged, exporting, copy) if own else tools_html(copy),
    )


def growing_html(answer: Answer | None, number: int) -> Html:
    """What is told so far of answer `number`, and that more may come; None before anything is."""
    so_far = Html()
    if answer and answer.answered:
        so_far = _understood(answer) + _scope(answer.searched, number) + _voices(answer, number)
    return Html(
        '<article class="{}" aria-busy="true" aria-label="{}">{}'
        '<p class="waiting" role="status">{}</p></article>'
    ).format(
        "answer later" if number > 1 else "answer",
        tr("Answer to question {}").format(number),
        so_far,
        tr(WAITING),
    )


def _understood(answer: Answer) -> Html:
    told = Html()
    if understood := understood_as(answer):
        told += Html('<p class="understood">{} <q>{}</q></p>').format(
            tr("Understood as:"), understood
        )
    if misspelt := read_as(answer):
        told += Html('<p class="understood">{}</p>').format(misspelt)
    return told


def _scope(searched: Searched, number: int) -> Html:
    """What was read out of the question, each part with the button that takes it away."""
    parts, left_out = Html(), Html()
    for part in searched.parts:
        without = Action("without", (str(number), part.key))
        parts += removable(part.words, without, tr("Ask again without {}").format(part.words))
    for part in searched.left_out:
        within = Action("within", (str(number), part.key))
        again = button(within, "+", look="away", label=tr("Ask again with {} +").format(part.words))
        left_out += Html('<li class="tag struck"><span>{}</span>{}</li>').format(part.words, again)
    return _chips(tr("Looked first at"), parts) + _chips(tr("Left out"), left_out)


def _chips(heading: str, chips: Html) -> Html:
    if not chips:
        return Html()
    return Html('<div class="scope"><span>{}</span><ul>{}</ul></div>').format(heading, chips)


def _answered(answer: Answer, number: int, older: Older) -> Html:
    short = abbreviations_line(answer)
    return Html('{}{}{}<p class="searched">{}</p><p class="engine">{}</p>').format(
        _voices(answer, number, older),
        Html('<p class="notice">{}</p>').format(answer.notice) if answer.notice else "",
        Html('<p class="searched abbreviations">{}</p>').format(short) if short else "",
        searched_line(answer.searched, scope=False),
        who_wrote(answer),
    )


def _sources_on_paper(answer: Answer, older: Older) -> Html:
    """The sources as a committee paper names them, for when the page is printed."""
    if not answer.citations:
        return Html()
    items = Html("<li>[{}] {}</li>").each(
        (citation.n for citation in answer.citations),
        (committee_citation(citation, older) for citation in answer.citations),
    )
    return Html(
        '<div class="on-paper"><p><strong>{}</strong></p><ul class="plain">{}</ul></div>'
    ).format(tr("Sources"), items)


def _voices(answer: Answer, number: int, older: Older = NO_OLDER) -> Html:
    chips = Chips(number, older=older)
    voices = Html()
    for voice, statements in statements_by_voice(answer.statements):
        voices += _voice(voice, statements, answer, chips)
    return voices


def _voice(voice: Voice, statements: Iterable[Statement], answer: Answer, chips: Chips) -> Html:
    items = []
    for source, group in groupby(statements, key=lambda statement: statement.source):
        of_source = list(group)
        words = Html().join(_statement(statement, answer, chips) for statement in of_source)
        age = chips.age(citations_of(of_source[0], answer))
        items.append(words + source_html(source, age))
    return voice_html(voice, tr(HEADINGS[voice]), 3, *items)


def _statement(statement: Statement, answer: Answer, chips: Chips) -> Html:
    """A statement with its chips, and under a model's words those of the source."""
    cited = citations_of(statement, answer)
    words = words_html(statement.text, cited)
    marked = Html("<p>{}&nbsp;{}</p>").format(words, marks_html(cited, chips))
    return marked + _rests_on(statement, cited)


def _rests_on(statement: Statement, cited: Sequence[Citation]) -> Html:
    """Under a model's words those of the source, letter for letter."""
    if not is_models_own(statement, cited):
        return Html()
    quotes = Html(" ").join(
        words_html(" ".join(citation.quote.split()), (citation,)) for citation in cited
    )
    return Html('<p class="rests"><span>{}</span> {}</p>').format(MODELS_WORDS, quotes)


def _refused(answer: Answer, number: int, older: Older, *, own: bool) -> Html:
    if answer.choices:
        return Html('<section class="refusal"><h3>{}</h3><p>{}</p>{}</section>').format(
            tr(ASKED_BACK), answer.text, _choices(answer.choices, number) if own else ""
        )
    return Html('<section class="refusal"><h3>{}</h3><p>{}</p>{}</section>').format(
        tr(REFUSED), answer.text, nearest_html(answer.nearest, number, older)
    )


def _choices(names: Sequence[str], number: int) -> Html:
    """The councils to choose from, each a button; those after the first few are folded away."""
    buttons = []
    for place, name in enumerate(names, start=1):
        label = tr("Ask this of {}").format(name)
        action = Action("choose", (str(number), name))
        buttons.append(button(action, name, label=label, key=f"choice-{number}-{place}"))
    more = Html()
    if others := buttons[_CHOICES_SHOWN:]:
        more = Html('<details class="nearest"><summary>{} ({})</summary>{}</details>').format(
            tr("Another council"), len(others), tools_html(*others)
        )
    return tools_html(*buttons[:_CHOICES_SHOWN]) + more


def nearest_html(citations: Sequence[Citation], number: int, older: Older = NO_OLDER) -> Html:
    """The nearest passages of a refusal, folded away; `number` is that of the answer."""
    if not citations:
        return Html()
    return Html('<details class="nearest"><summary>{}</summary>{}</details>').format(
        tr(_NEAREST).format(len(citations)),
        Html().join(_near(citation, number, older) for citation in citations),
    )


def _near(citation: Citation, number: int, older: Older) -> Html:
    # Nothing is marked: no words of theirs are quoted in answer to the question.
    look = button(
        Action("near", (str(number), str(citation.n))),
        tr("Show it on its page"),
        label=tr("Show it on its page: {}, {}").format(citation.title, source_line(citation)),
        key=f"near-{number}-{citation.n}",
    )
    age = age_html(older_note(citation.document, older))
    return Html(
        '<div class="near"><p class="title">{}</p><p class="meta">{}{}</p>'
        "<blockquote>{}</blockquote>{}</div>"
    ).format(citation.title, source_line(citation), age, citation.quote, look)


def _tools(number: int, judged: FeedbackVerdict | None, exporting: bool, copy: Html) -> Html:
    exported = export_button(
        str(number), tr("Export this answer as Word, PDF or Markdown"), opened=exporting
    )
    verdicts = Html()
    for verdict, (words, label) in JUDGED.items():
        verdicts += button(
            Action("judge", (str(number), verdict.value)),
            tr(words),
            pressed=verdict is judged,
            label=tr(label),
            key=f"judge-{number}-{verdict.value}",
        )
    return Html(
        '<div class="tools">{}{}<span class="judge" role="group" aria-label="{}"><span>{}</span>{}'
        "</span></div>"
    ).format(copy, exported, tr("Was this answer right?"), tr("Was this right?"), verdicts)


def _copy(answer: Answer, older: Older) -> Html:
    wrote = f"\n{who_wrote(answer)}" if is_written(answer) else ""
    return copy_button(tr("Copy answer"), answer_for_paper(answer, older) + wrote)
