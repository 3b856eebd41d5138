"""A watched feed or page -> the addresses of its documents; the only importer of feedparser.

It runs in a reading process: what a site sends is hostile.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from rag.errors import Unreadable

MOST_BYTES = 8 * 2**20
"""Of a feed or a page that is watched."""
MOST_LINKS = 200
"""That are taken of one at once, in the order in which it gives them."""
LONGEST_LINK = 2000
"""Characters."""
_TABLE = Path(__file__).with_name("document_links.toml")


class PlaceKind(StrEnum):
    """What a watched place is."""

    FOLDER = "folder"
    FEED = "feed"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or a page lists: the addresses of documents, each once, in its own order."""

    kind: PlaceKind
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentLinks:
    """What tells that a link leads to a document."""

    endings: tuple[str, ...]
    sites: tuple[tuple[str, str], ...]

    def match(self, address: str) -> bool:
        """Whether an address is that of a document."""
        parts = urlsplit(address)
        path, host = parts.path, (parts.hostname or "").casefold()
        if PurePosixPath(path.casefold()).suffix in self.endings:
            return True
        return any(fnmatchcase(host, h) and fnmatchcase(path, p) for h, p in self.sites)


@cache
def document_links() -> DocumentLinks:
    """What `document_links.toml` says."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    sites = tuple((site["host"], site["path"]) for site in table["sites"])
    return DocumentLinks(tuple(table["endings"]), sites)


def read_listing(data: bytes, address: str) -> Listing:
    """What a feed (RSS, Atom) or a web page at an address lists.

    A feed's entries are documents whatever their addresses; of a page, the links that lead to
    some. Raises Unreadable for what is too large or neither.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(
            f"It is larger than {MOST_BYTES // 2**20} MiB.", "Watch a page that lists less."
        )
    if _is_feed(data):
        return Listing(PlaceKind.FEED, _several(_entries(data, address), address))
    page = _PageLinks()
    page.feed(data.decode("utf-8", "replace"))
    if not page.is_page:
        raise Unreadable(
            "It is neither a feed (RSS or Atom) nor a web page.", "Check the address in a browser."
        )
    base = urljoin(address, page.base)
    known = document_links()
    links = (link for link in _several(page.links, base, most=None) if known.match(link))
    return Listing(PlaceKind.PAGE, tuple(links)[:MOST_LINKS])


def _is_feed(data: bytes) -> bool:
    """Whether the first element is that of a feed: a page that only speaks of one is none."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf")) and b"<html" not in head


def _entries(data: bytes, address: str) -> Iterator[str]:
    # Imported here: only who watches needs it.
    import feedparser

    # As a file, for a string might be taken for an address to be fetched.
    feed: Any = feedparser.parse(
        BytesIO(data), response_headers={"content-location": address}, sanitize_html=False
    )
    known = document_links()
    for entry in feed.entries:
        enclosed = [str(each.get("href", "")) for each in entry.get("enclosures", ())]
        papers = [link for link in enclosed if known.match(urljoin(address, link))]
        yield from papers or [str(entry.get("link", ""))]


def _several(links: Iterable[str], base: str, most: int | None = MOST_LINKS) -> tuple[str, ...]:
    """The whole addresses of links, http and https alone, each once."""
    found: dict[str, None] = {}
    for link in links:
        try:
            address = urldefrag(urljoin(base, link.strip())).url
            usable = urlsplit(address).scheme in ("http", "https") and bool(
                urlsplit(address).netloc
            )
        except ValueError:
            continue
        if usable and len(address) <= LONGEST_LINK and address.isprintable() and link.strip():
            found[address] = None
        if most and len(found) >= most:
            break
    return tuple(found)


class _PageLinks(HTMLParser):
    """The links of a page, in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.base = ""
        self.is_page = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link."""
        self.is_page = self.is_page or tag in ("html", "body", "a")
        href = dict(attrs).get("href")
        if href and tag == "a":
            self.links.append(href)
        elif href and tag == "base" and not self.base:
            self.base = href
