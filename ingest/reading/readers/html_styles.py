"""Pure: what a piece of CSS hides, and which elements its rules are for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.reading.readers.html_colours import Colour, colour

_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$")
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

LONGEST_STYLE = 4_000
"""How many characters of one style are read: no page needs more."""
MOST_PARTS = 3
"""Of how many elements a selector may tell."""
Declarations = Mapping[str, str]


def declarations(style: str) -> Declarations:
    """The properties that a style sets, in lower case, with single spaces; the last one counts."""
    plain = _ESCAPED.sub(_unescaped, _without_comments(style[:LONGEST_STYLE])).lower()
    found = {}
    for line in plain.split(";"):
        name, colon, value = line.partition(":")
        if colon:
            found[name.strip()] = " ".join(_IMPORTANT.sub("", value).split())
    return found


def _without_comments(css: str) -> str:
    before, *commented = css.split("/*")
    return before + "".join(part.partition("*/")[2] for part in commented)


def _unescaped(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else 0
    return match[2] if match[2] else chr(number) if 0 < number < 0x110000 else ""


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
    same = ink(style) is not None and paper(style) not in (None, _UNTOLD)
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

_UNTOLD = Colour(-1, -1, -1, 1)
"""The colour of a background that is a picture, or named in a way that is not known."""
_WHITE = 235
_CONTRAST = 20
_FAINTEST = 0.1


def ink(style: Declarations) -> Colour | None:
    """The colour that a style gives to letters, None where it gives none that is known."""
    return colour(style.get("color", ""))


def paper(style: Declarations) -> Colour | None:
    """The colour that a style gives to what stands behind; None where it gives none."""
    value = style.get("background-color") or style.get("background")
    if not value or value in ("none", "inherit", "initial", "unset"):
        return None
    found = colour(value)
    return None if found and found.alpha < _FAINTEST else found or _UNTOLD


def is_lost(written: Colour | None, behind: Colour | None) -> bool:
    """Whether letters of a colour cannot be told from what is behind them: white paper, if None."""
    if written is None:
        return False
    if written.alpha < _FAINTEST:
        return True
    if behind is None:
        return min(written.channels) > _WHITE
    pairs = zip(written.channels, behind.channels, strict=True)
    return behind is not _UNTOLD and all(abs(a - b) <= _CONTRAST for a, b in pairs)


# --- rules ---------------------------------------------------------------------------------------

_ALWAYS = re.compile(r"@(?:media(?: only)? (?:screen|all)|layer\b[^{]*|supports\b[^{]*)$")


def rules(css: str) -> Iterator[tuple[str, Declarations]]:
    """The rules that hold on every screen as (selectors, declarations)."""
    around: list[str] = []
    for part in re.split(r"(?<=[{}])", _without_comments(css)):
        if part.endswith("{"):
            around.append(" ".join(part[:-1].rpartition(";")[2].split()))
        elif part.endswith("}") and around:
            names = around.pop()
            if not names.startswith("@") and all(_ALWAYS.match(name) for name in around):
                yield names, declarations(part[:-1])


_COMPOUND = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)?"
    r"(?P<rest>(?:[.#][\w-]+|\[ ?[\w-]+ ?(?:= ?[\"']?[^\"'\]]*[\"']? ?)?\])*)",
    re.IGNORECASE,
)
_REST = re.compile(r"[.#][\w-]+|\[ ?([\w-]+) ?(?:= ?[\"']?([^\"'\]]*?)[\"']? ?)?\]")


@dataclass(frozen=True, slots=True)
class Compound:
    """What one element is named by: "p.aside", "#note", "div[data-x]"."""

    tag: str | None
    classes: frozenset[str]
    identifier: str | None
    attributes: tuple[tuple[str, str | None], ...] = ()
    child: bool = False
    """Whether it is to stand in the element named before it and in no other between."""

    @property
    def is_telling(self) -> bool:
        """Whether it names more than a sort of element."""
        return bool(self.classes or self.identifier or self.attributes)


def selector(name: str) -> tuple[Compound, ...] | None:
    """The elements that a plain selector names, outermost first; None for any other selector, and
    for what only holds while a page's scripts have not run."""
    words = re.sub(r" ?> ?", " >", name.strip()).split()
    if len(words) > MOST_PARTS:
        return None
    made = [_compound(word) for word in words]
    parts = tuple(part for part in made if part is not None)
    if not parts or len(parts) < len(made) or not parts[-1].is_telling:
        return None
    scripted = any({"no-js", "nojs", "js"} & part.classes for part in parts)
    return None if scripted else parts


def _compound(word: str) -> Compound | None:
    match = _COMPOUND.fullmatch(word.removeprefix(">"))
    if match is None or not match.group():
        return None
    parts = list(_REST.finditer(match["rest"]))
    named = [part.group() for part in parts]
    return Compound(
        tag=match["tag"].lower() if match["tag"] else None,
        classes=frozenset(part[1:] for part in named if part[0] == "."),
        identifier=next((part[1:] for part in named if part[0] == "#"), None),
        attributes=tuple((part[1].lower(), part[2]) for part in parts if part[1]),
        child=word.startswith(">"),
    )
