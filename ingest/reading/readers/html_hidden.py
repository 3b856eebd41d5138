"""What a web page holds but does not show: taken out before any of its text is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ingest.reading.readers.html_styles import (
    Colour,
    Declarations,
    colour,
    declarations,
    hidden_by_sheets,
    hides,
    ink,
    is_lost,
    paper,
)

# An lxml element: trafilatura hands the tree over, so that nothing here need import lxml.
Element = Any

_NEVER_SHOWN = (
    *("script", "style", "template", "noscript", "noframes", "noembed", "object", "iframe", "svg"),
    *("math", "select", "datalist", "dialog", "canvas", "audio", "video", "textarea"),
)
# What style sheets everywhere call words that only a screen reader speaks.
_UNSEEN_CLASSES = frozenset(
    {"sr-only", "visually-hidden", "visuallyhidden", "govuk-visually-hidden", "a11y-hidden"}
    | {"screen-reader-text", "screen-reader-only", "element-invisible"}
)


def drop_hidden(tree: Element) -> None:
    """Take out, in place, whatever a reader of the page in a browser would not see.

    That is scripts, comments, templates, and elements hidden by attribute, by their own style or
    by a plain rule of the page's style sheet.
    """
    sheets = [style.text or "" for style in tree.iter("style")]
    _drop(tree, [element for element in tree.iter() if _is_hidden(element)])
    hidden = dict.fromkeys(hidden_by_sheets(tree, sheets))
    # A page whose style sheet hides most of its text means a script to show it.
    length = sum(_length(element) for element in hidden if element.getparent() not in hidden)
    if length * 2 < _length(tree):
        _drop(tree, hidden)


def _drop(tree: Element, elements: Iterable[Element]) -> None:
    for element in elements:
        if element is not tree and element.tag not in ("html", "body", "head"):
            drop_keeping_tail(element)


def drop_keeping_tail(element: Element) -> None:
    """Take an element out of its tree, but not the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def _length(element: Element) -> int:
    return sum(len(text) for text in element.itertext())


def _is_hidden(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NEVER_SHOWN:
        return True
    if "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true":
        return True
    if not _UNSEEN_CLASSES.isdisjoint((element.get("class") or "").split()):
        return True
    style = _style(element)
    written = ink(style)
    if written is None and element.tag == "font":
        written = colour((element.get("color") or "").strip().lower())
    # Letters of the colour of what stands behind them are lost.
    return hides(style) or (written is not None and is_lost(written, _behind(element)))


def _style(element: Element) -> Declarations:
    style = element.get("style")
    return declarations(style) if style else {}


def _behind(element: Element) -> Colour | None:
    """The nearest background that the element or one around it is given, None for none."""
    for behind in (element, *element.iterancestors()):
        attribute = {"background": (behind.get("bgcolor") or "").lower()}
        background = paper(_style(behind)) or paper(attribute)
        if background is not None:
            return background
    return None
