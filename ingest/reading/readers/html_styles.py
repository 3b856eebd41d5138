"""CSS adapter, the only importer of tinycss2 and cssselect2: what a style hides, and of what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError
from cssselect2.compiler import CompiledSelector
from cssselect2.parser import (
    AttributeSelector,
    ClassSelector,
    CombinedSelector,
    IDSelector,
    LocalNameSelector,
    Selector,
)
from cssselect2.parser import parse as parse_selectors
from tinycss2.color4 import parse_color

_LENGTH = re.compile(r"(?<![\w.#])(?:calc\( ?)?(-?\d*\.?\d+)([a-z%]*)")
_LEAST_SIZE = {"": 1, "px": 2, "pt": 2, "em": 0.3, "rem": 0.3, "%": 25, "vw": 0.3, "vh": 0.3}
"""What type is at least as large as, in each unit, to be read at all."""
_FAR = {"px": 999, "pt": 750, "em": 60, "rem": 60, "vw": 100, "vh": 100, "%": 100, "": 999}
"""How far off in each unit nothing shows any more."""
_ASIDE = ("left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top", "inset")
_NO_ROOM = ("height", "width", "max-height", "max-width")
_SHRUNK = re.compile(
    r"scale[xy]?\( ?0?(?:\.0\d*)?[,) ]|rotate[xy]\( ?-?90deg|translate(?:x|y|3d)?\([^)]*-?\d{4,}px"
    r"|translate(?:x|y|3d)?\( ?-?(?:[2-9]\d\d|\d{4,})(?:%|vw|vh)"
)
_CUT = re.compile(
    r"rect\( ?[01](?:px)?[ ,]|inset\( ?(?:50|100)%|circle\( ?0|polygon\( ?0 0 ?, ?0 0"
)
_MOVING = ("transition", "animation", "transform", "animation-name", "will-change")
_LONGEST_STYLE = 4_000
"""How many characters, or tokens, of one style are read: no page needs more."""
_MAX_CSS = 2_000_000
_LONG_FIGURE = re.compile(r"\d{1000,}")
"""What Python does not make a number of."""
Declarations = Mapping[str, str]


def declarations(style: Any) -> Declarations:
    """The properties that a style, or its tokens, sets, in lower case, with single spaces; the last
    one counts."""
    values = {}
    nodes = style[:_LONGEST_STYLE]
    for node in tinycss2.parse_blocks_contents(nodes, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            values[node.lower_name] = _plain_text(node.value).lower()
    return values


def _plain_text(tokens: Any) -> str:
    """Tokens as text with single spaces; nothing for brackets in hundreds of brackets."""
    try:
        return " ".join(tinycss2.serialize(tokens).split())
    except RecursionError:
        return ""


def hides(style: Declarations) -> bool:
    """Whether an element with this style of its own is not seen, whatever is round it."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("content-visibility") == "hidden"
        or style.get("zoom") in ("0", "0%")
        or _is_minute(style)
        or _is_faint(style)
        or _is_elsewhere(style)
        or any(_is_nothing(style.get(name)) for name in _NO_ROOM)
    )


def hides_in_a_sheet(style: Declarations) -> bool:
    """The same of a rule of a style sheet, which fades things in and slides them about: only the
    plain forms count, and words for screen readers alone."""
    if style.get("display") == "none" or style.get("visibility") == "hidden":
        return True
    if _is_nothing(style.get("font-size")):
        return True
    if any(name in style for name in _MOVING):
        return False
    if _is_faint(style):
        return True
    lifted = style.get("position") in ("absolute", "fixed")
    same = ink(style) is not None and paper(style) not in (None, _UNKNOWN)
    return (lifted and _is_elsewhere(style)) or (same and is_lost(ink(style), paper(style)))


def _is_minute(style: Declarations) -> bool:
    size = _LENGTH.match(style.get("font-size", ""))
    if size is None:
        sizes = (m for m in _LENGTH.finditer(style.get("font", "")) if m[2] or m[1] == "0")
        size = next(sizes, None)
    return size is not None and abs(float(size[1])) < _LEAST_SIZE.get(size[2].rstrip(")"), 0)


def _is_faint(style: Declarations) -> bool:
    opacity = _LENGTH.match(style.get("opacity", ""))
    if opacity is not None:
        return float(opacity[1]) < (10 if opacity[2] == "%" else 0.1)
    return bool(re.search(r"opacity\( ?0?(?:\.0\d*)?%? ?\)", style.get("filter", "")))


def _is_elsewhere(style: Declarations) -> bool:
    aside = (_LENGTH.match(style.get(name, "")) for name in _ASIDE)
    if any(at and -float(at[1]) >= _FAR.get(at[2], 999) for at in aside):
        return True
    cut = f"{style.get('clip', '')} {style.get('clip-path', '')}"
    return bool(_CUT.search(cut) or _SHRUNK.search(style.get("transform", "")))


def _is_nothing(value: str | None) -> bool:
    length = _LENGTH.fullmatch(value or "")
    return length is not None and float(length[1]) == 0


# --- ink and paper -------------------------------------------------------------------------------

Colour = tuple[int, int, int, float]
"""Red, green and blue from 0 to 255, and how much of it covers what is behind, 0 to 1."""
_UNKNOWN: Colour = (-1, -1, -1, 1)
"""The colour of a background that is a picture, or named in a way that is not known."""
_WHITE = 235
_CONTRAST = 20
_FAINTEST = 0.1


def colour(value: str) -> Colour | None:
    """The first colour that a CSS value names, None for a picture or where none is known."""
    if "url(" in value or "gradient(" in value:
        return None
    for token in tinycss2.parse_component_value_list(value):
        try:
            parsed = parse_color(token)
            if parsed is not None and parsed != "currentcolor":
                red, green, blue = (round(255 * part) for part in parsed.to("srgb").coordinates)
                return red, green, blue, parsed.alpha
        except (ArithmeticError, NotImplementedError, TypeError, ValueError):
            # A colour space, a part left out ("none") or a figure that cannot be worked out.
            continue
    return None


def ink(style: Declarations) -> Colour | None:
    """The colour that a style gives to letters, None where it gives none that is known."""
    return colour(style.get("color", ""))


def paper(style: Declarations) -> Colour | None:
    """The colour that a style gives to what stands behind; None where it gives none."""
    value = style.get("background-color") or style.get("background")
    if not value or value in ("none", "inherit", "initial", "unset"):
        return None
    behind = colour(value)
    return None if behind and behind[3] < _FAINTEST else behind or _UNKNOWN


def is_lost(written: Colour | None, behind: Colour | None) -> bool:
    """Whether letters of a colour cannot be told from what is behind them: white paper, if None."""
    if written is None:
        return False
    if written[3] < _FAINTEST:
        return True
    if behind is None:
        return min(written[:3]) > _WHITE
    pairs = zip(written[:3], behind[:3], strict=True)
    return behind is not _UNKNOWN and all(abs(a - b) <= _CONTRAST for a, b in pairs)


# --- rules ---------------------------------------------------------------------------------------

_EVERY_SCREEN = re.compile(r"(?:only )?(?:screen|all)$")
_DEEPEST = 8
_MAX_NAMES = 20_000
_LONGEST_NAME = 300
_MAX_SELECTORS = 2_000
_MOST_PARTS = 3
"""Of how many elements a selector may tell: each more costs a walk to the root."""
_SCRIPTED = ("no-js", "nojs", "js")


def hidden_by_sheets(tree: Any, sheets: Iterable[str]) -> Iterator[Any]:
    """The elements of an lxml tree that a plain rule of a style sheet hides, outermost first."""
    names: set[str] = set()
    room = _MAX_CSS
    for sheet in sheets:
        for selectors, style in rules(_LONG_FIGURE.sub("0", sheet[:room])):
            if hides_in_a_sheet(style):
                names.update(selectors.split(","))
        room = max(0, room - len(sheet))
    plain = map(selector, sorted(names)[:_MAX_NAMES])
    matcher = Matcher()
    for compiled in islice(filter(None, plain), _MAX_SELECTORS):
        matcher.add_selector(compiled, None)
    for element in ElementWrapper.from_html_root(tree).iter_subtree():
        if matcher.match(element):
            yield element.etree_element


def rules(css: Any, depth: int = 0) -> Iterator[tuple[str, Declarations]]:
    """The rules that hold on every screen as (selectors, declarations), of CSS or its tokens."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield _plain_text(rule.prelude), declarations(rule.content)
        elif rule.type == "at-rule" and rule.content is not None and depth < _DEEPEST:
            on_screens = _EVERY_SCREEN.match(_plain_text(rule.prelude).lower())
            at = rule.lower_at_keyword
            if at in ("layer", "supports") or (at == "media" and on_screens):
                yield from rules(rule.content, depth + 1)


def selector(name: str) -> CompiledSelector | None:
    """A plain selector ready to match; None for any other, and for what only holds while a page's
    scripts have not run."""
    if len(name) > _LONGEST_NAME:
        return None
    try:
        (parsed,) = parse_selectors(name)
        # cssselect2 makes Python of a selector: of plain ones, with every name in it quoted.
        return CompiledSelector(parsed) if _is_plain(parsed) else None
    except (SelectorError, NotImplementedError, RecursionError):
        return None


def _is_plain(parsed: Selector) -> bool:
    """Whether a selector tells of few elements, and of the last by more than its tag."""
    parts = list(_parts(parsed.parsed_tree))
    if parsed.pseudo_element is not None or len(parts) > _MOST_PARTS:
        return False
    for tests in parts:
        if not tests or not all(map(_is_plain_test, tests)):
            return False
    return not all(isinstance(test, LocalNameSelector) for test in parts[0])


def _is_plain_test(test: object) -> bool:
    if isinstance(test, ClassSelector):
        return test.class_name not in _SCRIPTED
    if isinstance(test, AttributeSelector):
        return test.operator in (None, "=")
    return isinstance(test, (LocalNameSelector, IDSelector))


def _parts(tree: Any) -> Iterator[list[Any]]:
    """The tests that a selector has for each element, innermost first; none where one is odd."""
    while isinstance(tree, CombinedSelector):
        yield tree.right.simple_selectors if tree.combinator in (" ", ">") else []
        tree = tree.left
    yield tree.simple_selectors
