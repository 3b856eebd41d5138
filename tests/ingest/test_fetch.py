"""Fetching from the web: only public addresses, within limits."""

from __future__ import annotations

import errno
import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ingest.sources.fetch import Address, Fetched, fetch, is_public, suggest_name
from rag.errors import Unfetchable
from rag.settings import Settings

PAGE = b"<html><body><p>Words</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """A small web site with a few bad habits."""

    seen: list[dict[str, str]] = []  # noqa: RUF012 - each request adds to the one list

    def do_GET(self) -> None:
        self.seen.append(dict(self.headers))
        path, _, query = self.path.partition("?")
        match path:
            case "/to":
                self._answer(302, b"", Location=query)
            case "/loop":
                self._answer(302, b"", Location="/loop")
            case "/slow":
                self._trickle()
            case "/large":
                self._answer(200, b"x" * (1024 * 1024 + 1))
            case "/endless":
                self._endless()
            case "/packed":
                self._answer(200, gzip.compress(PAGE), Content_Encoding="gzip")
            case "/bomb":
                self._answer(200, gzip.compress(b"\0" * 8_000_000), Content_Encoding="gzip")
            case "/odd":
                self._answer(200, PAGE, Content_Encoding="br")
            case "/gone":
                self._answer(404, b"")
            case _:
                self._answer(200, PAGE, Content_Type="text/html; charset=utf-8")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _trickle(self) -> None:
        try:
            for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up half way is what some of the tests are about."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = Server(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(library=tmp_path, max_file_mb=1, fetch_seconds=5)


def anywhere(address: Address) -> bool:
    return True


def only_loopback_four(address: Address) -> bool:
    return str(address) == "127.0.0.1"


def test_a_page_is_fetched_under_an_honest_name(site: str, settings: Settings) -> None:
    found = fetch(f"{site}/news/story", settings, allowed=anywhere)
    assert found == Fetched(PAGE, f"{site}/news/story", "127.0.0.1/news-story.html")
    headers = Site.seen[-1]
    assert headers["User-Agent"].startswith("scrutiny-desk/")
    assert headers["Accept-Encoding"] == "identity"


def test_a_redirect_is_followed_to_its_end(site: str, settings: Settings) -> None:
    found = fetch(f"{site}/to?/to?/story%20one", settings, allowed=anywhere)
    assert found.url == f"{site}/story%20one"


def test_a_packed_answer_is_unpacked(site: str, settings: Settings) -> None:
    assert fetch(f"{site}/packed", settings, allowed=anywhere).data == PAGE


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "redirects more than 5 times"),
        ("/large", "larger than 1 MiB"),
        ("/endless", "larger than 1 MiB"),
        ("/bomb", "larger than 1 MiB"),
        ("/odd", "unknown packing"),
        ("/gone", "error 404"),
        ("/to?file:///etc/passwd", "not an http or https address"),
        ("/to?ftp://example.org/x", "not an http or https address"),
        ("/to?http://[::1]/", "not on the open internet"),
        ("/to?http://10.0.0.1/", "not on the open internet"),
        ("/to?http://169.254.169.254/latest/meta-data/", "not on the open internet"),
        ("/to?http://localtest:hidden@example.org/", "not a plain web address"),
    ],
)
def test_a_bad_answer_is_refused(site: str, settings: Settings, path: str, reason: str) -> None:
    with pytest.raises(Unfetchable, match=reason) as refusal:
        fetch(site + path, settings, allowed=only_loopback_four)
    assert refusal.value.remedy


def test_a_site_that_trickles_is_left_at_the_time_limit(site: str, tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(Unfetchable, match="did not answer in 1 seconds"):
        fetch(f"{site}/slow", Settings(library=tmp_path, fetch_seconds=1), allowed=anywhere)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:8501/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "https://127.0.0.1/",
    ],
)
def test_addresses_inside_the_building_are_refused(url: str, settings: Settings) -> None:
    with pytest.raises(Unfetchable, match=r"not on the open|No web site|reach the network"):
        fetch(url, settings)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/report.pdf",
        "gopher://example.org/",
        "javascript:alert(1)",
        "report.pdf",
        "http://",
        "http://user:word@example.org/",
        "http://example.org:port/",
        "http://[half/",
        "http://" + "a" * 70 + ".example/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str, settings: Settings) -> None:
    with pytest.raises(Unfetchable):
        fetch(url, settings)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("64:ff9b::5db8:d70e", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::7f00:1", False),
        ("::", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("fec0::1", False),
        ("240.0.0.1", False),
        ("192.0.2.1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_the_address_that_was_checked_is_the_one_connected_to(
    site: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its meaning between check and connection gains nothing."""
    port = int(site.rpartition(":")[2])
    answers = iter(["127.0.0.1", "10.0.0.1"])

    def look_up(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        address = next(answers) if host == "rebinding.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    found = fetch(f"http://rebinding.example:{port}/x", settings, allowed=only_loopback_four)
    assert found.data == PAGE
    assert Site.seen[-1]["Host"] == f"rebinding.example:{port}"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), "No web site called nobody.example was found"),
        (socket.gaierror(socket.EAI_AGAIN, ""), "could not reach the network to ask for nobody"),
    ],
)
def test_a_network_out_of_reach_is_told_from_a_name_that_nobody_has(
    fault: OSError, said: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(Unfetchable, match=said):
        fetch("http://nobody.example/", settings)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENETUNREACH, "could not reach the network"),
        (errno.ECONNREFUSED, "refuses connections"),
        (errno.EPIPE, "the connection broke off"),
    ],
)
def test_a_fault_of_the_connection_is_told_in_words(
    number: int, said: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))]

    def connect(*_: object, **__: object) -> None:
        raise OSError(number, "words for programmers")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unfetchable, match=said) as told:
        fetch("http://far.example/", settings)
    assert "programmers" not in str(told.value)


def test_a_name_with_one_private_address_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(*_: object, **__: object) -> list[tuple[object, ...]]:
        both = ("93.184.215.14", "192.168.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in both]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(Unfetchable, match="192\\.168"):
        fetch("http://two-faced.example/", settings)


@pytest.mark.parametrize(
    ("url", "media", "name"),
    [
        ("https://files.example/r/Report%20One.PDF", "application/pdf", "Report-One.pdf"),
        ("https://files.example/", "text/html", "index.html"),
        ("https://files.example/a.b/story", "text/html", "a.b-story.html"),
        ("https://files.example/view.php", "application/pdf", "view.php.pdf"),
        ("https://files.example/../../etc/passwd", "", "etc-passwd"),
    ],
)
def test_a_name_is_made_of_the_address(url: str, media: str, name: str) -> None:
    assert suggest_name(url, media).removeprefix("files.example/").removeprefix("r-") == name


def test_two_queries_of_one_page_have_two_names() -> None:
    one, two = (suggest_name(f"https://x.example/v?id={n}", "text/html") for n in (1, 2))
    assert one != two
