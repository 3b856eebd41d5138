"""Pure: what the program is, does and will not do, for people who will repeat what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.settings import ModelMode
from rag.types import Document
from ui.web.render.engines import BY_MODEL, no_model_html
from ui.web.render.html import Html
from ui.web.session.library_summary import newest_of, summary
from ui.web.session.quality import Quality
from ui.wording.attribution_note import EXTRACTIVE
from ui.wording.dates import spoken_date
from ui.wording.translation import N_, tr

_DOES = (
    N_(
        "It answers questions from the documents in its library, in their own words. "
        "Every quotation is word for word on the page that its number opens."
    ),
    N_(
        "It tells inspectors' findings, the council's own statements and press reports "
        "apart, and always says which is which."
    ),
    N_(
        "It says so when the documents do not tell, says what was searched, and offers "
        "the nearest words to read for yourself."
    ),
    N_(
        "It checks claims, a sentence or a whole speech: each is supported, "
        "contradicted or not found, with the words that decide it, and both sides "
        "where the sources disagree."
    ),
    N_("It keeps your conversations, with their sources as they stood on the day."),
)
_ALONE = N_("It works on this machine alone. No question and no document is sent anywhere.")
_CHECKS_MODEL = N_(
    "It lets a language model write where you choose that, and shows a sentence of "
    "the model's only where words of a named page bear it out, and those words "
    "with it. The check goes by rules, and a cunning turn of phrase may pass it: "
    "before you repeat such a sentence, read the source's words under it."
)
_POINTS = N_(
    "The language model helps to choose sentences, and the documents' own words are quoted: it can "
    "choose a wrong one, and cannot invent one."
)
_DOES_NOT = (
    N_("It does not know anything that is not in its library, and does not look on the internet."),
    N_(
        "It does not infer. A report that gives no overall judgement has none, and an "
        "undated article stays undated."
    ),
    N_("It gives no advice and has no opinions, and sums nothing up that no page says."),
    N_(
        "A scanned page is read by machine, and says so; a figure that was not surely read is "
        "marked."
    ),
    N_("A refusal means that the documents searched do not tell, not that a thing did not happen."),
    N_(
        "A claim that is not found may still be true. A verdict is about the documents, not the "
        "world."
    ),
    N_("It can choose a sentence that does not quite answer. Read the page before you quote it."),
)
_NO_MODEL = N_("Quotations only. No language model writes any part of an answer.")
_MODEL = N_(
    "{engine}, a language model, where “{by_model}” is chosen on the Ask page, which {does}; "
    "quotations where “Quotes only” is. Claims are checked without it. When it is down or too "
    "slow, the program chooses what is quoted and the answer says so."
)
_DOES_WITH_MODEL = {
    ModelMode.POINT: N_("helps to choose the sentences that are quoted and writes none"),
    ModelMode.WRITE: N_("writes sentences that are checked"),
}


_MEASURED = N_(
    "Measured on real reports of councils on which nothing in the program was made: expect as much "
    "for a council of your own. A quotation always stands on its page; whether it is the best "
    "answer, read the page and judge."
)


@dataclass(frozen=True, slots=True)
class Engines:
    """What can answer ("extractive" or "provider:model"), what is sent to a model, why the
    one that is set cannot be used, and what it does; empty where there is no such thing."""

    engine: str = EXTRACTIVE
    sent: str = ""
    problem: str = ""
    mode: ModelMode = ModelMode.POINT


def about_html(
    documents: Sequence[Document], quality: Quality, engines: Engines, version: str, folder: str
) -> Html:
    """The whole page; `folder` is where the library is kept, "" for who need not know."""
    with_model = _POINTS if engines.mode is ModelMode.POINT else _CHECKS_MODEL
    more = _ALONE if engines.engine == EXTRACTIVE else with_model
    sections = {
        tr("What it does"): _list((*_DOES, more)),
        tr("What it will not do"): _list(_DOES_NOT),
        tr("What is in the library"): _library(documents, folder),
        tr("Who writes the answers"): _engines(engines),
        tr("How good it is"): _quality(quality),
        tr("Version"): Html("<p>Scrutiny Desk {}</p>").format(version),
    }
    section = Html("<section><h2>{}</h2>{}</section>")
    return Html('<div class="about">{}</div>').format(section.each(sections, sections.values()))


def _engines(engines: Engines) -> Html:
    if engines.engine == EXTRACTIVE:
        return Html("<p>{}</p>{}").format(tr(_NO_MODEL), no_model_html(engines.problem))
    model = tr(_MODEL).format(
        engine=engines.engine,
        by_model=tr(BY_MODEL[engines.mode]),
        does=tr(_DOES_WITH_MODEL[engines.mode]),
    )
    return Html("<p>{}</p><p>{}</p>").format(model, engines.sent)


def _list(lines: Sequence[str]) -> Html:
    return Html("<ul>{}</ul>").format(Html("<li>{}</li>").each(map(tr, lines)))


def _library(documents: Sequence[Document], folder: str) -> Html:
    contents = tr("Nothing yet: add documents on the Library page.")
    if documents:
        newest = newest_of(documents)
        until = tr(" The newest is dated {}.").format(spoken_date(newest)) if newest else ""
        contents = summary(documents) + until
    kept = (
        Html('<p class="file">{} <span>{}</span></p>').format(tr("Kept in"), folder)
        if folder
        else ""
    )
    return Html("<p>{}</p>{}").format(contents, kept)


def _quality(quality: Quality) -> Html:
    rates = {
        tr("Questions with an answer, answered right"): quality.right,
        tr("Questions with an answer, the right page cited"): quality.cited,
        tr("Quotations that stand word for word on the page cited"): quality.verbatim,
        tr("Questions without an answer, refused"): quality.refused,
        tr("Questions with an answer, wrongly refused"): quality.refused_wrongly,
        tr("Claims, supported, contradicted or not found rightly"): quality.checked,
    }
    counts = (tr("{} of {}").format(rate.count, rate.total) for rate in rates.values())
    return Html(
        '<p>{}</p><table><caption class="unseen">{}</caption><tbody>{}</tbody></table>'
    ).format(
        tr(_MEASURED),
        tr("Measured quality"),
        Html('<tr><th scope="row">{}</th><td>{}</td></tr>').each(rates, counts),
    )
