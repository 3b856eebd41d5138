"""Web page adapter, the only importer of trafilatura: the article as headings, paragraphs, rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document

from ingest.reading.raised import begins_note, without_marks
from ingest.reading.readers.html_hidden import Element, drop_hidden
from ingest.reading.readers.html_live import is_live, live_body
from ingest.reading.readers.html_tables import Tables, plain_marks, plain_tables
from ingest.reading.readers.visible_text import visible_line
from ingest.reading.tables import table_lines
from ingest.types import ExtractedLine, ExtractedPages, Hints, LineRole
from rag.errors import NoText, Unreadable

MAX_HTML_BYTES = 20 * 1024 * 1024
_NO_ARTICLE = NoText(
    "It is a web page with no article text in it.",
    "Open it in a browser and save it as PDF, or give the address of the article itself.",
)
# Where a page states in so many words when it was published; "modified" and "created" are
# something else, and a date in an address or in running text is a guess.
_PUBLISHED_META = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time",
    "og:pubdate", "datepublished", "dateissued", "dcterms.issued", "dc.date.issued",
    "dc.date.publication", "dc.issued", "govuk:first-published-at", "citation_publication_date",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish_date", "publish-date",
    "publication_date", "publication-date", "published", "published_time", "published_date",
    "date_published", "originalpublicationdate", "article.published", "date",
)  # fmt: skip
_ISO_DATE = re.compile(r"(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)")
# Lines that a site sets round every article: invitations, not news.
_INVITATION = re.compile(
    r"^\W*+(?:"
    r"(?:please )?(?:sign up|subscribe|register|log ?in)"
    r" (?:now|here|today|to|for|free|with|below|using)\b.*\b(?:newsletters?|emails?|alerts?|inbox"
    r"|updates|account|comment|continue|read(?:ing)?|free|today|subscriptions?)\b.*"
    r"|(?:sign up|subscribe|log ?in)(?: (?:now|here|today))?"
    r"|.*\b(?:our|free|daily|weekly|email|morning) newsletters?\b.*"
    r"|.*\bupdates? (?:right |straight |direct )?(?:in|to) your inbox\b.*"
    r"|(?:share|like|print|save|email|tweet|comment)"
    r"(?: (?:this|via|on)(?: (?:article|story|page|post|facebook|twitter|x|linkedin|email))?)?"
    r"|follow \S.{0,60}\bon (?:instagram|facebook|twitter|x|linkedin|youtube|tiktok)\b.*"
    r"|like this story\?.*|(?:have|got) a (?:tip|story)\b.*\?.*|tell us what you think.*"
    r"|(?:read|see|watch) (?:more|also|next)(?: ?[:»>].*)?|also on \S+\.\w{2,} .*|don['’]t miss"
    r"|related(?: (?:stories|articles|content|topics|coverage|news|links))?(?: ?:.*)?"
    r"|recommended (?:for you|stories|articles)|you may also like|more (?:from|on this)\b.{0,60}"
    r"|(?:most (?:read|popular)|trending)(?: (?:now|news|stories|articles))?"
    r"|(?:\d+ )?comments?|advertisement|sponsored(?: content)?|loading"
    r"|(?:.* )?all rights reserved.*|(?:copyright )?© ?\d{4}.*"
    r")\W*$",
    re.IGNORECASE,
)
_LONGEST_INVITATION = 220
# An article is read with the strict rules; a page that is not laid out as one (lists, tables,
# committee papers) loses most of its text to them and is read with the ordinary rules.
_STRICT_LOSES = 2.0
_BEFORE_SITE = re.compile(r"\s+[-–—|·:»]\s+")
_LONGEST_SITE = 6
"""Words of a site's name."""


def read_html(data: bytes, url: str | None = None) -> ExtractedPages:
    """Read the main text of a web page, without navigation, comments or anything hidden.

    Raises NoText when there is no article in it, Unreadable when it is too large or broken.
    """
    if len(data) > MAX_HTML_BYTES:
        raise Unreadable(
            f"It is a web page of more than {MAX_HTML_BYTES // 2**20} MiB.",
            "Save the article alone, or print it to PDF.",
        )
    tree = parse_html(data)
    hints = _hints(tree, url)
    live = is_live(tree)
    drop_hidden(tree)
    plain_marks(tree)
    tables = plain_tables(tree)
    body = live_body(tree) if live else None
    if body is None:
        body = _body(tree)
    lines = tuple(_without_furniture(_lines(body, tables), hints.title))
    if not any(line.role is not LineRole.HEADING for line in lines):
        raise _NO_ARTICLE
    return ExtractedPages(pages=(lines,), hints=hints, format="html")


def parse_html(data: bytes) -> Element:
    """The lxml tree of a page, its encoding found out; raises Unreadable when there is none."""
    tree = trafilatura.load_html(data)
    if tree is None:
        raise Unreadable("It is not a web page that can be parsed.", "Save the page again.")
    return tree


def _body(tree: Element) -> Element | None:
    strict, ordinary = _extract(tree, strict=True), _extract(tree, strict=False)
    return ordinary if _words(ordinary) > _STRICT_LOSES * _words(strict) else strict


def _extract(tree: Element, *, strict: bool) -> Element | None:
    document = trafilatura.bare_extraction(
        deepcopy(tree),
        output_format="xml",
        favor_precision=strict,
        include_comments=False,
        include_tables=True,
    )
    return document.body if isinstance(document, Document) else None


def _words(body: Element | None) -> int:
    return 0 if body is None else sum(len(text.split()) for text in body.itertext())


def _lines(body: Element | None, tables: Tables) -> Iterator[ExtractedLine]:
    if body is None:
        return
    yield from _text_line(body.text, LineRole.PARAGRAPH)
    for block in body:
        yield from _block(block, tables)
        yield from _text_line(block.tail, LineRole.PARAGRAPH)


def _block(block: Element, tables: Tables) -> Iterator[ExtractedLine]:
    match block.tag:
        case "table":
            lines = tables.at(block)
            yield from table_lines(_grid(block)) if lines is None else lines
        case "list" if block.get("rend") == "dl":
            yield from _definitions(block)
        case "list":
            for item in block.iter("item"):
                yield from _split_at_breaks(item, LineRole.ITEM, skip="list")
        case "head":
            yield from _text_line(" ".join(block.itertext()), LineRole.HEADING)
        case "quote" | "div" | "body" if len(block):
            yield from _lines(block, tables)
        case _:
            yield from _split_at_breaks(block, LineRole.PARAGRAPH)


def _grid(table: Element) -> list[list[str]]:
    return [
        [visible_line(" ".join(cell.itertext())) for cell in row.iter("cell")]
        for row in table.iter("row")
    ]


def _definitions(block: Element) -> Iterator[ExtractedLine]:
    """Each definition with its term: "Decision: Approved."."""
    term, used = "", True
    for item in block.iter("item"):
        text = visible_line(" ".join(item.itertext()))
        if (item.get("rend") or "").startswith("dt"):
            if not used:
                yield from _text_line(term, LineRole.ITEM)
            term, used = text.rstrip(":"), False
        elif text:
            yield from _text_line(f"{term}: {text}" if term else text, LineRole.ITEM)
            used = True
    if not used:
        yield from _text_line(term, LineRole.ITEM)


def _split_at_breaks(block: Element, role: LineRole, skip: str = "") -> Iterator[ExtractedLine]:
    """The text of a block, one line for each part between <br>; `skip` names tags to leave."""
    parts: list[str] = [""]
    for text in _inline(block, skip):
        if text is None:
            parts.append("")
        else:
            parts[-1] += text
    yield from chain.from_iterable(_text_line(part, role) for part in parts)


def _inline(block: Element, skip: str) -> Iterator[str | None]:
    """The running text of a block in order, None for a line break."""
    yield block.text or ""
    for child in block:
        if child.tag == "lb":
            yield None
        elif child.tag != skip:
            yield from _inline(child, skip)
        yield child.tail or ""


def _text_line(text: str | None, role: LineRole) -> Iterator[ExtractedLine]:
    shown = visible_line(text or "")
    if shown:
        role = LineRole.NOTE if begins_note(shown) else role
        yield ExtractedLine(text=without_marks(shown), role=role)


def _without_furniture(
    lines: Iterator[ExtractedLine], title: str | None
) -> Iterator[ExtractedLine]:
    """Leave out the invitations to share and subscribe, and the title, which is in the hints."""
    for number, line in enumerate(lines):
        if len(line.text) <= _LONGEST_INVITATION and _INVITATION.match(line.text):
            continue
        if number < 2 and title is not None and line.text.casefold() == title.casefold():
            continue
        yield line


def _hints(tree: Element, url: str | None) -> Hints:
    stated = extract_metadata(deepcopy(tree), default_url=url, extensive=False)
    title, site = _stated(stated.title), _stated(stated.sitename)
    if site and " " in site and site.partition(".")[0] in _window_title(tree):
        # Part of the title that has a full stop in it is taken for an address.
        site = None
    title = _page_title(tree, title)
    return Hints(
        title=title,
        publisher=site or _site_in_title(tree, title),
        published=_published(tree),
        source_url=_web_address(url) or _web_address(stated.url),
        author=_stated(stated.author),
        page_title=_stated(tree.findtext(".//head/title")),
    )


def _page_title(tree: Element, stated: str | None) -> str | None:
    """The title of the page: its one main heading where its window bears that too, else as stated.

    A stated title may be that of one entry of many; a main heading, that of every such page.
    """
    window = _window_title(tree)
    whole, last = _split_title(window)
    main = [visible_line(heading.text_content()) for heading in tree.iter("h1")]
    if len(main) != 1 or not window or not main[0]:
        return stated
    if main[0].casefold() in window.casefold() and main[0] != last:
        return _stated(main[0])
    told = set(re.findall(r"\w+", window.casefold()))
    words = re.findall(r"\w+", main[0].casefold())
    unlike = sum(word in told for word in words) * 2 < len(words)
    if unlike and stated == main[0] and last and not _has_social_title(tree):
        return _stated(whole)
    return stated


def _site_in_title(tree: Element, title: str | None) -> str | None:
    """The name of the site, that a window bears after the title of the page."""
    whole, last = _split_title(_window_title(tree))
    follows = title is not None and whole.casefold().startswith(title.casefold())
    named = last[:1].isupper() and len(last.split()) <= _LONGEST_SITE
    return last if follows and named else None


def _window_title(tree: Element) -> str:
    return visible_line(next((t.text_content() for t in tree.iter("title")), ""))


def _split_title(window: str) -> tuple[str, str]:
    """The title in a window, and the name of the site behind it."""
    found = list(_BEFORE_SITE.finditer(window))
    if not found:
        return window, ""
    return window[: found[-1].start()], window[found[-1].end() :]


def _has_social_title(tree: Element) -> bool:
    return any(meta.get("property") == "og:title" for meta in tree.iter("meta"))


def _stated(value: str | None) -> str | None:
    return visible_line(value or "")[:300] or None


def _web_address(value: str | None) -> str | None:
    return value if value and urlsplit(value).scheme in ("http", "https") else None


def _published(tree: Element) -> date | None:
    """The publication date that the page's own markup states, or None."""
    for stated in chain(_dates_in_json(tree), _dates_in_meta(tree), _dates_in_time(tree)):
        if published := _parse_date(stated):
            return published
    return None


def _dates_in_meta(tree: Element) -> Iterator[str]:
    stated: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content := meta.get("content"):
            stated.setdefault(name.lower(), content)
    for name in _PUBLISHED_META:
        if name in stated:
            yield stated[name]


def _dates_in_time(tree: Element) -> Iterator[str]:
    for element in tree.iter("time", "span", "div", "p"):
        marked = (element.get("itemprop") or "").lower() == "datepublished"
        if marked or (element.tag == "time" and "pubdate" in element.attrib):
            yield element.get("datetime") or element.get("content") or element.text_content()


def _dates_in_json(tree: Element) -> Iterator[str]:
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                yield from _published_in(json.loads(script.text or ""))
            except (ValueError, RecursionError):
                continue


def _published_in(value: Any) -> Iterator[str]:
    """The `datePublished` of the page itself: lists of other pages' dates are not looked into."""
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            stated = node.get("datePublished")
            if isinstance(stated, str):
                yield stated
            yield from _published_in(node.get("@graph", []))


def _parse_date(stated: str) -> date | None:
    stated = stated.strip()[:60]
    match = _ISO_DATE.match(stated)
    try:
        day = date(*map(int, match.groups())) if match else parsedate_to_datetime(stated).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day if day.year >= 1900 else None
