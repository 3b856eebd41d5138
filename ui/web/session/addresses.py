"""Pure: web addresses as a person types them, one on each line."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from ui.wording.lists import count_words, listed
from ui.wording.translation import tr

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
        return (), tr("No address is typed. Write one on each line.")
    found = tuple(filter(is_web_address, lines))
    if len(found) > MOST_ADDRESSES:
        return (), tr("These are {} addresses. Add at most {} at once.").format(
            len(found), MOST_ADDRESSES
        )
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
    are = tr("is not a web address") if len(lines) == 1 else tr("are not web addresses")
    return tr(
        "{} {}: one must begin with http:// or https:// and name a site. Copy it from the browser."
    ).format(listed(named), are)


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
