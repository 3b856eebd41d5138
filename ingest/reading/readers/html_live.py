"""Live pages: entries, each with its time, in the order of the page.

An article finder takes one entry for the article and loses the times of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.reading.readers.html_hidden import Element
from ingest.reading.readers.visible_text import visible_line

_LIVE = re.compile(r"\blive\b", re.IGNORECASE)
_LIVE_DATA = re.compile(r'"@type"\s*:\s*\[?[^\]}]{0,80}"LiveBlogPosting"')
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])[.:][0-5]\d\b|\b(?:1[0-2]|[1-9])\s?[ap]\.?m\b", re.IGNORECASE
)
_LEAST_ENTRIES = 3
_LEAST_SHARE = 0.4
"""What share of the page's words the entries hold: comments under an article hold less."""
_LONGEST_TIME = 40
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMES = dict.fromkeys(_HEADINGS, "head") | {"li": "item"}
_LEFT_OUT = ("nav", "aside", "footer", "form", "button", "figure", "script", "style")
_INSIDE = frozenset((*_HEADINGS, "p", "li", "td", "th", "blockquote"))


def is_live(tree: Element) -> bool:
    """Whether a page says that it is live, in its data or its title."""
    data = (script.text or "" for script in tree.iter("script"))
    titles = (title.text_content() for title in tree.iter("title", "h1"))
    return any(map(_LIVE_DATA.search, data)) or any(map(_LIVE.search, titles))


def live_body(tree: Element) -> Element | None:
    """The entries of a live page as blocks of trafilatura's kind, the time of each as its heading.

    None where fewer than three have a time, or they hold less than most of the page.
    """
    times = [element for element in tree.iter("time") if _is_entry_time(element)]
    if len(times) < _LEAST_ENTRIES:
        return None
    around = _common(times)
    if _words(around) < _LEAST_SHARE * _words(tree):
        return None
    body = tree.makeelement("body")
    apart = (time for time in times if not any(e.tag in _INSIDE for e in time.iterancestors()))
    for block in _blocks(around, frozenset(apart)):
        body.append(block)
    return body


def _is_entry_time(element: Element) -> bool:
    text = visible_line(element.text_content())
    if len(text) > _LONGEST_TIME or not _CLOCK.search(text):
        return False
    return not any(around.tag in _LEFT_OUT for around in element.iterancestors())


def _common(elements: Sequence[Element]) -> Element:
    """The nearest element that all of these stand in."""
    shared = list(elements[0].iterancestors())
    for element in elements[1:]:
        around = set(element.iterancestors())
        shared = [ancestor for ancestor in shared if ancestor in around]
    return shared[0]


def _words(element: Element) -> int:
    return len(element.text_content().split())


def _blocks(around: Element, times: frozenset[Element]) -> Iterator[Element]:
    time = ""
    for tag, text in _texts(around, times):
        if tag == "time":
            time = text
            continue
        if time and tag != "head":
            yield _made(around, "head", time)
        yield _made(around, tag, f"{time} {text}" if time and tag == "head" else text)
        time = ""


def _texts(element: Element, times: frozenset[Element]) -> Iterator[tuple[str, str]]:
    """The blocks inside an element in order, each by its tag and text."""
    if element.tag in _LEFT_OUT or not isinstance(element.tag, str):
        return
    if element in times:
        yield "time", visible_line(element.text_content())
    elif element.tag == "table":
        for row in element.iter("tr"):
            cells = (visible_line(cell.text_content()) for cell in row)
            yield from _worded("p", " | ".join(filter(None, cells)))
    elif element.tag in _INSIDE or next(element.iterchildren(), None) is None:
        yield from _worded(_NAMES.get(element.tag, "p"), element.text_content())
    else:
        yield from _worded("p", element.text or "")
        for child in element:
            yield from _texts(child, times)
            yield from _worded("p", child.tail or "")


def _worded(tag: str, text: str) -> Iterator[tuple[str, str]]:
    if shown := visible_line(text):
        yield tag, shown


def _made(like: Element, tag: str, text: str) -> Element:
    made = like.makeelement("list" if tag == "item" else tag)
    holder = made
    if tag == "item":
        holder = like.makeelement("item")
        made.append(holder)
    holder.text = text
    return made
