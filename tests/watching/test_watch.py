"""What is new in a watched folder, feed or page is taken in once, and nothing else is."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from shared_data import WordEmbedder

from ingest.events import Status
from ingest.sources.fetch import Fetched, fetch, suggest_name
from ingest.watching.links import MOST_BYTES, MOST_LINKS, PlaceKind, read_listing
from ingest.watching.watch import SETTLED_SECONDS, Look, Watcher
from ingest.watching.watchlist import MOST_TRIES, Watchlist
from rag.errors import Unfetchable, Unreadable, WatchError
from rag.library.library import Library
from rag.library.schema import WATCH_TABLES
from rag.settings import Settings
from ui.cli.main import main
from ui.cli.services import Services

SITE = "https://gazette.example"
ARTICLE = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>Fallowmere has filled "
    "{1} social work posts, the council said on Monday, after a long search for staff. Councillors "
    "on the scrutiny committee asked how many of them will stay.</p></article></body></html>"
)
RSS = (
    """<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>{}</channel></rss>"""
)
ATOM = (
    """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>G</title>{}</feed>"""
)
ITEM = "<item><title>Posts</title><link>{}</link></item>"
ENTRY = '<entry><title>Posts</title><link href="{}"/></entry>'


class Web:
    """A few addresses and what is there; counts what is asked of it."""

    def __init__(self) -> None:
        self.pages: dict[str, str | bytes] = {}
        self.asked: list[str] = []

    def fetch(self, address: str, settings: Settings) -> Fetched:
        self.asked.append(address)
        if address not in self.pages:
            raise Unfetchable(f"{address} answered with error 404.", "Check the address.")
        page = self.pages[address]
        data = page.encode() if isinstance(page, str) else page
        kind = "text/html" if b"<html" in data else "application/xml"
        return Fetched(data, address, suggest_name(address, kind))


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library", WordEmbedder())
    yield library
    library.close()


@pytest.fixture
def watchlist(library: Library) -> Iterator[Watchlist]:
    watchlist = Watchlist(library.folder)
    yield watchlist
    watchlist.close()


@pytest.fixture
def watcher(library: Library, watchlist: Watchlist, web: Web) -> Iterator[Watcher]:
    with Watcher(Settings(library.folder), watchlist, library, fetch=web.fetch) as watcher:
        yield watcher


def looked(watcher: Watcher) -> Look:
    """The one look at the one place."""
    (look,) = watcher.look_at_due()
    return look


# ---------------------------------------------------------------- feeds and pages


@pytest.mark.parametrize(("feed", "item"), [(RSS, ITEM), (ATOM, ENTRY)], ids=["RSS", "Atom"])
def test_what_is_new_in_a_feed_is_taken_in_once(
    watcher: Watcher, library: Library, web: Web, feed: str, item: str
) -> None:
    web.pages[f"{SITE}/one"] = ARTICLE.format("Nine posts filled", "nine")
    web.pages[f"{SITE}/feed"] = feed.format(item.format(f"{SITE}/one"))
    assert watcher.add(f"{SITE}/feed").kind is PlaceKind.FEED
    assert looked(watcher).taken_in == ("gazette.example/one.html",)
    web.pages[f"{SITE}/two"] = ARTICLE.format("Twelve posts filled", "twelve")
    web.pages[f"{SITE}/feed"] = feed.format(item.format("/two") + item.format(f"{SITE}/one#top"))
    assert looked(watcher).taken_in == ("gazette.example/two.html",)
    assert looked(watcher).outcomes == ()
    assert web.asked.count(f"{SITE}/one") == 1
    assert len(library.documents()) == 2
    assert set(library.origins().values()) == {f"{SITE}/one", f"{SITE}/two"}


def test_an_inspectorates_page_gives_its_reports_and_not_its_other_links(
    watcher: Watcher, library: Library, web: Web
) -> None:
    report = "https://files.ofsted.gov.uk/v1/file/50999999"
    web.pages["https://reports.example/provider/44"] = (
        f'<html><body><a href="/about">About</a><a href="{report}">Report</a>'
        '<a href="letter.pdf?x=1">Letter</a><a href="mailto:a@b">Mail</a>'
        '<a href="javascript:x()">x</a></body></html>'
    )
    web.pages[report] = ARTICLE.format("Inspection of Fallowmere", "nine")
    assert watcher.add("https://reports.example/provider/44").kind is PlaceKind.PAGE
    look = looked(watcher)
    assert set(web.asked[2:]) == {report, "https://reports.example/provider/letter.pdf?x=1"}
    assert [each.status for each in look.outcomes].count(Status.ADDED) == 1
    assert len(library.documents()) == 1


def test_what_cannot_be_fetched_is_tried_again_and_then_given_up(
    watcher: Watcher, web: Web
) -> None:
    web.pages[f"{SITE}/feed"] = RSS.format(ITEM.format(f"{SITE}/late"))
    watcher.add(f"{SITE}/feed")
    for _ in range(MOST_TRIES + 2):
        assert looked(watcher).taken_in == ()
    assert web.asked.count(f"{SITE}/late") == MOST_TRIES


def test_a_feed_that_is_down_is_told_and_the_next_is_looked_at(
    watcher: Watcher, watchlist: Watchlist, web: Web
) -> None:
    web.pages[f"{SITE}/feed"] = web.pages[f"{SITE}/other"] = RSS.format("")
    for name in ("feed", "other"):
        watcher.add(f"{SITE}/{name}")
    del web.pages[f"{SITE}/feed"]
    first, second = watcher.look_at_due()
    assert ("404" in first.problem, second.problem) == (True, "")
    assert ["404" in place.problem for place in watchlist.places()] == [True, False]


def test_a_feed_cannot_lead_into_the_network_that_it_is_read_in(
    library: Library, watchlist: Watchlist, web: Web
) -> None:
    inner = "http://127.0.0.1:9/secret"
    web.pages[f"{SITE}/feed"] = RSS.format(ITEM.format(inner) + ITEM.format("file:///etc/passwd"))

    def guarded(address: str, settings: Settings) -> Fetched:
        return fetch(address, settings) if address == inner else web.fetch(address, settings)

    with Watcher(Settings(library.folder), watchlist, library, fetch=guarded) as watcher:
        watcher.add(f"{SITE}/feed")
        (outcome,) = looked(watcher).outcomes
    assert "not on the open internet" in outcome.reason
    assert library.documents() == ()


def test_feeds_and_pages_are_asked_no_more_often_than_is_set(watcher: Watcher, web: Web) -> None:
    web.pages[f"{SITE}/feed"] = RSS.format("")
    watcher.add(f"{SITE}/feed")
    now = datetime.now(UTC)
    assert len(list(watcher.look_at_due(now))) == 1
    assert list(watcher.look_at_due(now + timedelta(minutes=30))) == []
    assert len(list(watcher.look_at_due(now + timedelta(minutes=61)))) == 1


# ---------------------------------------------------------------- hostile listings


def test_a_hostile_listing_is_bounded() -> None:
    many = RSS.format("".join(ITEM.format(f"{SITE}/{n}") for n in range(MOST_LINKS + 50)))
    assert len(read_listing(many.encode(), SITE).links) == MOST_LINKS
    with pytest.raises(Unreadable, match="larger than"):
        read_listing(b"<rss>" + b" " * MOST_BYTES, SITE)
    with pytest.raises(Unreadable, match="neither a feed"):
        read_listing(b"%PDF-1.7", SITE)
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    began = time.monotonic()
    read_listing(f"{bomb}]><rss><channel>{ITEM.format('&j;')}</channel></rss>".encode(), SITE)
    assert time.monotonic() - began < 10


@given(st.binary(max_size=400))
def test_whatever_a_site_sends_is_a_listing_or_is_refused(data: bytes) -> None:
    for head in (b"", b"<rss><channel><item>", b"<html><a href='", b"<feed>"):
        try:
            links = read_listing(head + data, SITE).links
        except Unreadable:
            continue
        assert all(link.startswith(("http://", "https://")) for link in links)


# ---------------------------------------------------------------- folders


def settled(path: Path) -> None:
    """As if a file had been there for a while."""
    old = time.time() - 10 * SETTLED_SECONDS
    os.utime(path, (old, old))


def test_what_is_put_into_a_folder_is_taken_in_when_it_has_come_to_rest(
    watcher: Watcher, library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    assert watcher.add(str(folder)).kind is PlaceKind.FOLDER
    (folder / "minutes.txt").write_text("The committee met on 2 July 2026 and asked about posts.")
    assert looked(watcher).outcomes == (), "it may still be being copied"
    settled(folder / "minutes.txt")
    assert looked(watcher).taken_in == ("minutes.txt",)
    assert looked(watcher).outcomes == ()
    (folder / "minutes.txt").unlink()
    looked(watcher)
    assert [each.name for each in library.documents()] == ["minutes.txt"], "nothing is removed"


def test_a_folder_that_is_gone_is_told_and_found_again(watcher: Watcher, tmp_path: Path) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    watcher.add(str(folder))
    folder.rename(tmp_path / "away")
    assert "is not there" in looked(watcher).problem
    (tmp_path / "away").rename(folder)
    assert looked(watcher).problem == ""
    with pytest.raises(WatchError, match="no folder"):
        watcher.add(str(tmp_path / "never"))


def test_while_another_program_writes_nothing_is_lost(
    watcher: Watcher, library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "minutes.txt").write_text("The committee met on 2 July 2026 and asked about posts.")
    settled(folder / "minutes.txt")
    watcher.add(str(folder))
    other = Library(library.folder, WordEmbedder())
    with other.writing():
        assert "Another program is writing" in looked(watcher).problem
    other.close()
    assert looked(watcher).taken_in == ("minutes.txt",)


# ---------------------------------------------------------------- the command


def test_the_command_adds_lists_looks_and_removes(tmp_path: Path) -> None:
    folder, held = tmp_path / "incoming", tmp_path / "library"
    folder.mkdir()
    (folder / "minutes.txt").write_text("The committee met on 2 July 2026 and asked about posts.")
    settled(folder / "minutes.txt")
    services = Services(open_library=lambda settings: Library(held, WordEmbedder()))

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(
            main, ["--library", str(held), "watch", *words], obj=services,
            env={"SCRUTINY_LOG": "off"},
        )  # fmt: skip
        assert result.exit_code == code, result.output
        return result.output

    assert "Nothing is watched" in run("list")
    assert f"watching the folder {folder}" in run("add", str(folder))
    assert "minutes.txt" in run("--once")
    assert run("--once") == ""
    assert "1 place watched" in run("list")
    (record,) = map(json.loads, run("list", "--json").splitlines())
    assert (record["kind"], record["problem"]) == ("folder", "")
    folder.rename(tmp_path / "away")
    assert "is not there" in run("--once", code=1)
    assert "is not there" in run("list")
    assert "no longer watching" in run("remove", str(folder))
    assert "is not watched" in run("remove", str(folder), code=1)
    assert (held / WATCH_TABLES.file).exists()
