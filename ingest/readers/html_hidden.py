"""What a web page holds but does not show: taken out before any of its text is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

# An lxml element: trafilatura hands the tree over, so that nothing here need import lxml.
Element = Any

_NEVER_SHOWN = ("script", "style", "template", "noscript", "object", "iframe", "svg", "select")
_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)"
    r"|font-size:(?:0+(?:\.0*)?[a-z%]*|(?:0?\.\d+|1)p[xt]|0?\.[0-2]\d*r?em)(?:!|;|$)|font:[01]p[xt]"
    r"|(?:max-)?(?:height|width):0(?:px)?(?:!|;|$)"
    r"|opacity:0?(?:\.0\d*)?(?:!|;|$)"
    r"|color:(?:transparent|rgba\([^)]*[,/]0(?:\.0\d*)?\)|hsla\([^)]*[,/]0(?:\.0\d*)?\))"
    r"|(?:left|right|top|text-indent|margin-left|margin-top):-(?:999|\d{4,})"
    r"|clip:rect\([01](?:px)?[, ]|clip-path:inset\((?:50|100)%\))"
)
_WHITE_INK = re.compile(r"(?:^|;)color:(?:white|#fff(?:fff)?|rgba?\(255,255,255(?:,1)?\))(?:!|;|$)")
# A style sheet fades things in and slides them about, so that only the plain forms count there.
_SHEET_HIDING = re.compile(r"(?:^|;)(?:display:none|visibility:hidden|font-size:0(?:px)?(?:;|$))")
_SIMPLE_SELECTOR = re.compile(r"[a-z][a-z0-9]*|[.#][\w-]+|(?<=[\w-])[.#][\w-]+", re.IGNORECASE)
_WHOLE_SELECTOR = re.compile(r"[a-z][a-z0-9]*[.#][\w-]+(?:[.#][\w-]+)*|(?:[.#][\w-]+)+", re.I)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MAX_CSS = 2_000_000
_MAX_SELECTORS = 500


@dataclass(frozen=True, slots=True)
class _Selector:
    """An element named by its tag, classes and identifier alone: "p.aside", "#note"."""

    tag: str | None
    classes: frozenset[str]
    identifier: str | None

    def matches(self, element: Element) -> bool:
        return (
            (self.tag is None or element.tag == self.tag)
            and (self.identifier is None or element.get("id") == self.identifier)
            and self.classes <= set((element.get("class") or "").split())
        )


def drop_hidden(tree: Element) -> None:
    """Take out, in place, whatever a reader of the page in a browser would not see.

    That is scripts, comments, templates, and elements hidden by attribute, by their own style or
    by a plain rule of the page's style sheet.
    """
    selectors = _hiding_selectors(tree)
    _drop(tree, [e for e in tree.iter() if _is_hidden(e)])
    _drop_by_sheet(tree, selectors)


def _drop_by_sheet(tree: Element, selectors: Iterable[_Selector]) -> None:
    doomed = {e: None for e in tree.iter() if any(selector.matches(e) for selector in selectors)}
    # A page whose style sheet hides most of its text means a script to show it.
    hidden = sum(_length(e) for e in doomed if e.getparent() not in doomed)
    if hidden * 2 < _length(tree):
        _drop(tree, doomed)


def _drop(tree: Element, elements: Iterable[Element]) -> None:
    for element in elements:
        if element is not tree and element.tag not in ("html", "body", "head"):
            parent = element.getparent()
            if parent is not None:
                _drop_keeping_tail(parent, element)


def _drop_keeping_tail(parent: Element, element: Element) -> None:
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
    style = _compact(element.get("style", ""))
    return bool(style) and (
        _HIDING.search(style) is not None
        or (_WHITE_INK.search(style) is not None and not _stands_on_colour(element))
    )


def _stands_on_colour(element: Element) -> bool:
    """Whether the element or one around it is given a background: white ink then shows."""
    around = [element, *element.iterancestors()]
    return any("background" in e.get("style", "") or e.get("bgcolor") for e in around)


def _compact(style: str) -> str:
    return re.sub(r"\s+", "", style).lower()


def _hiding_selectors(tree: Element) -> tuple[_Selector, ...]:
    sheets = "\n".join(style.text or "" for style in tree.iter("style"))[:_MAX_CSS]
    names = {
        name.strip()
        for names, rules in _rules(_CSS_COMMENT.sub("", sheets))
        if _SHEET_HIDING.search(_compact(rules))
        for name in names.split(",")
        if _WHOLE_SELECTOR.fullmatch(name.strip())
    }
    return tuple(_selector(name) for name in sorted(names)[:_MAX_SELECTORS])


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """The rules that always hold as (selectors, declarations): those inside @media are left."""
    depth = 0
    for part in re.split(r"(?<=[{}])", css):
        if part.endswith("{"):
            depth += 1
            names = part[:-1].rpartition(";")[2]
        elif part.endswith("}"):
            if depth == 1 and not names.lstrip().startswith("@"):
                yield names, part[:-1]
            depth = max(depth - 1, 0)


def _selector(name: str) -> _Selector:
    parts = _SIMPLE_SELECTOR.findall(name.strip())
    return _Selector(
        tag=next((part.lower() for part in parts if part[0] not in ".#"), None),
        classes=frozenset(part[1:] for part in parts if part[0] == "."),
        identifier=next((part[1:] for part in parts if part[0] == "#"), None),
    )
