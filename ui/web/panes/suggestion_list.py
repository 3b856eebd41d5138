"""What may be meant, offered beside a box while it is typed in; the browser alone narrows it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from ui.web.session.suggestions import Suggestions
from ui.wording.translation import tr

QUESTION_BOX = '[data-testid="stChatInputTextArea"]'
_SCRIPT = Path(__file__).with_name("suggestion_list.js").read_text(encoding="utf-8")
# In the page's own style, which places it over what stands beside the box.
_mounted = st.components.v2.component("scrutiny.suggestions", js=_SCRIPT, isolate_styles=False)


def show(box: str, offered: Suggestions, *, above: bool = False) -> None:
    """Offer suggestions for the box that the CSS selector finds; to be called right before the box
    where they are to stand `above` it, else right after."""
    with st.container(key=f"suggestions-{'above' if above else 'below'}"):
        data = {"box": box, "above": above, "label": tr("Suggestions"), **asdict(offered)}
        _mounted(key=f"suggestions for {box}", data=data)
