"""Pure: web addresses as a person types them, one on each line."""

from __future__ import annotations

from urllib.parse import urlsplit

MOST_ADDRESSES = 50


def is_web_address(text: str) -> bool:
    """Whether a text is a whole http or https address."""
    try:
        parts = urlsplit(text)
        gapless = not any(map(str.isspace, text))
        return parts.scheme in ("http", "https") and bool(parts.hostname) and gapless
    except ValueError:
        return False


def addresses(text: str) -> tuple[tuple[str, ...], str]:
    """The addresses, each once, and the sentence that says why they cannot be used, or ""."""
    lines = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    wrong = next((line for line in lines if not is_web_address(line)), None)
    if not lines:
        return (), "No address is typed. Write one on each line."
    if wrong is not None:
        return (), (
            f"“{wrong}” is not a web address: it must begin with http:// or https:// and name a "
            "site. Copy it from the browser."
        )
    if len(lines) > MOST_ADDRESSES:
        return (), f"These are {len(lines)} addresses. Add at most {MOST_ADDRESSES} at once."
    return lines, ""
