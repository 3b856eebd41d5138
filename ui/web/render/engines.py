"""Pure: the switch between quotes and a language model, and why there is none."""

from __future__ import annotations

from rag.settings import ModelMode
from ui.web.controls import Action
from ui.web.render.html import Html, button
from ui.wording.attribution_note import EXTRACTIVE
from ui.wording.translation import N_, tr

QUOTES, MODEL = "quotes", "model"
BY_MODEL = {
    ModelMode.POINT: N_("Chosen with the model"),
    ModelMode.WRITE: N_("Written by the model"),
}
"""What answers are with a language model, as the switch says it."""


def engines_html(engine: str, mode: ModelMode, *, quotes_only: bool) -> Html:
    """The two ways of answering, the chosen one pressed; empty where there is no model."""
    if engine == EXTRACTIVE:
        return Html()
    quotes = button(
        Action("engine", (QUOTES,)), tr("Quotes only"), pressed=quotes_only, key="engine-quotes"
    )
    model = button(
        Action("engine", (MODEL,)),
        tr(BY_MODEL[mode]),
        pressed=not quotes_only,
        label=f"{tr(BY_MODEL[mode])} {engine}",
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
