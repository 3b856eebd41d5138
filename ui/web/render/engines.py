"""Pure: the switch between quotes and a language model's words, and why there is none."""

from __future__ import annotations

from ui.web.controls import Action
from ui.web.render.html import button, escaped
from ui.wording.attribution_note import EXTRACTIVE

QUOTES, MODEL = "quotes", "model"


def engines_html(engine: str, *, quotes_only: bool) -> str:
    """The two ways of answering, the chosen one pressed; empty where there is no model."""
    if engine == EXTRACTIVE:
        return ""
    quotes = button(
        Action("engine", (QUOTES,)), "Quotes only", pressed=quotes_only, key="engine-quotes"
    )
    model = button(
        Action("engine", (MODEL,)),
        "Written by the model",
        pressed=not quotes_only,
        label=f"Written by the model {engine}",
        key="engine-model",
    )
    return (
        f'<div class="engines" role="group" aria-label="How answers are made">{quotes}{model}</div>'
    )


def no_model_html(problem: str) -> str:
    """That the language model that is set cannot be used, and that quotes need none."""
    if not problem:
        return ""
    return (
        f'<p class="notice">No language model is used: {escaped(problem)} '
        "Until then answers are quoted from the documents.</p>"
    )
