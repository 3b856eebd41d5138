"""Pure: what readers said of answers, for whoever looks after the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.saved.feedback import Feedback, FeedbackVerdict
from ui.web.render.html import Html, note_html
from ui.wording.dates import spoken_moment
from ui.wording.lists import count_words
from ui.wording.translation import N_, tr

VERDICTS = {
    FeedbackVerdict.RIGHT: N_("Right"),
    FeedbackVerdict.WRONG: N_("Wrong"),
    FeedbackVerdict.WRONG_SOURCE: N_("Wrong source"),
}
HEADS = (N_("When"), N_("Said"), N_("Question"), N_("Note"), N_("Answer"))
MOST_SHOWN = 200
"""Pieces of feedback that are shown at once; the table that is exported has all."""
_NONE = N_("Nobody has said anything of an answer yet.")
_NONE_SUCH = N_("Nobody has said this of an answer yet.")
_DAMAGED = N_("The answer that was kept with it is damaged.")


def feedback_html(said: Sequence[Feedback], *, narrowed: bool) -> Html:
    """The feedback, as it is ordered, each with the question, the note and the answer."""
    if not said:
        return note_html(tr(_NONE_SUCH if narrowed else _NONE))
    count = count_words(len(said), "answer was judged", "answers were judged")
    if len(said) > MOST_SHOWN:
        count += tr("; the last {} are shown").format(MOST_SHOWN)
    items = Html("<li>{}</li>").each(map(_piece, said[:MOST_SHOWN]))
    return note_html(f"{count}.") + Html('<ul class="changes">{}</ul>').format(items)


def feedback_rows(said: Iterable[Feedback]) -> Iterable[tuple[str, ...]]:
    """The feedback as rows under `HEADS`."""
    for one in said:
        yield one.at, VERDICTS[one.judged], _question(one), one.note, _answer(one)


def _piece(one: Feedback) -> Html:
    note = Html("<p>{}</p>").format(one.note) if one.note else Html()
    return Html(
        '<p class="since">{}: {}</p><p class="meta">{}</p>{}<details class="folded"><summary>{}'
        "</summary><div><p>{}</p></div></details>"
    ).format(
        tr(VERDICTS[one.judged]),
        _question(one),
        spoken_moment(one.at),
        note,
        tr("The answer"),
        _answer(one),
    )


def _question(one: Feedback) -> str:
    return one.answer.question if one.answer else tr(_DAMAGED)


def _answer(one: Feedback) -> str:
    return one.answer.text if one.answer else tr(_DAMAGED)
