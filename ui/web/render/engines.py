"""Pure: the switch between quotes and a language model's words, and why there is none."""

from __future__ import annotations

from ui.web.controls import Action
from ui.web.render.html import Html, button
from ui.wording.attribution_note import EXTRACTIVE
from ui.wording.translation import tr

QUOTES, MODEL = "quotes", "model"


def engines_html(engine: str, *, quotes_only: bool) -> Html:
    """The two ways of answering, the chosen one pressed; empty where there is no model."""
    if engine == EXTRACTIVE:
        return Html()
    quotes = button(
        Action("engine", (QUOTES,)), tr("Quotes only"), pressed=quotes_only, key="engine-quotes"
    )
    model = button(
        Action("engine", (MODEL,)),
        tr("Written by the model"),
        pressed=not quotes_only,
        label=tr("Written by the model {}").format(engine),
        key="engine-model",
    )
    return Html('<div class="engines" role="group" aria-label="{}">{}{}</div>').format(
        tr("How answers are made"), quotes, model
    )


def no_model_html(problem: str) -> Html:
    """That the language model that is set cannot be used, and that quotes need none."""
    if not problem:
        return Html()
    return Html('<p class="notice">{}</p>').format(
        tr(
            "No language model is used: {} Until then answers are quoted from the documents."
        ).format(problem)
    )
