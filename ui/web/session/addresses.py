"""Pure: web addresses as a person types them, one on each line."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from ui.wording.lists import count_words, listed

MOST_ADDRESSES = 50
_NAMED = 3
"""Lines that are no addresses of which each is named."""
_LONGEST = 100


def is_web_address(text: str) -> bool:
    """Whether a text is a whole http or https address."""
    try:
        parts = urlsplit(text)
        gapless = not any(map(str.isspace, text))
        return parts.scheme in ("http", "https") and bool(parts.hostname) and gapless
    except ValueError:
        return False


def addresses(text: str) -> tuple[tuple[str, ...], str]:
    """The addresses, each once, and the sentence that says which lines are none, or why none can be
    used; "" where all can."""
    lines = _lines(text)
    if not lines:
        return (), "No address is typed. Write one on each line."
    found = tuple(filter(is_web_address, lines))
    if len(found) > MOST_ADDRESSES:
        return (), f"These are {len(found)} addresses. Add at most {MOST_ADDRESSES} at once."
    return found, _wrong([line for line in lines if line not in found])


def no_addresses(text: str) -> str:
    """The lines that are no addresses, to be put right where they were typed."""
    return "\n".join(line for line in _lines(text) if not is_web_address(line))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _wrong(lines: Sequence[str]) -> str:
    """Which lines are no addresses, and what one must look like."""
    if not lines:
        return ""
    named = [f"“{_short(line)}”" for line in lines[:_NAMED]]
    if more := len(lines) - len(named):
        named.append(count_words(more, "more line", "more lines"))
    are = "is not a web address" if len(lines) == 1 else "are not web addresses"
    return (
        f"{listed(named)} {are}: one must begin with http:// or https:// and name a site. Copy it "
        "from the browser."
    )


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
