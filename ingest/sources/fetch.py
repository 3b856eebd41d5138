"""Fetches a document from a public web address: the only importer of httpcore."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

import httpcore

from rag.errors import Unfetchable
from rag.settings import Settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_MIB = 1024 * 1024
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CHECK = "Check the address, or download the document and add the file."
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "message/rfc822": ".eml",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: `url` is where it was found in the end, after any redirects."""

    data: bytes
    url: str
    suggested_name: str


def is_public(address: Address) -> bool:
    """Whether an address is on the open internet: not private, local, reserved or multicast.

    An IPv6 address that stands for an IPv4 one is judged by that.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64 or address in ipaddress.IPv6Network("::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def fetch(
    url: str, settings: Settings, *, allowed: Callable[[Address], bool] = is_public
) -> Fetched:
    """Fetch a document over http or https; `allowed` says which network addresses may be asked.

    Raises Unfetchable for another scheme, an address that is not allowed (at each redirect too),
    an error answer, and past the limits on size, time and redirects.
    """
    deadline = time.monotonic() + settings.fetch_seconds
    backend = _GuardedBackend(allowed, deadline)
    limit = settings.max_file_mb * _MIB
    with httpcore.ConnectionPool(network_backend=backend) as pool:
        target = _checked(url)
        for _ in range(MAX_REDIRECTS + 1):
            try:
                answer = _get(pool, target, limit)
            except (httpcore.TimeoutException, TimeoutError) as error:
                raise Unfetchable(
                    f"{target} did not answer in {settings.fetch_seconds} seconds.", _CHECK
                ) from error
            except _ERRORS as error:
                raise _unreached(target, error) from error
            if isinstance(answer, Fetched):
                return answer
            target = _checked(urljoin(target, answer))
    raise Unfetchable(f"{url} redirects more than {MAX_REDIRECTS} times.", _CHECK)


_ERRORS = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    ssl.SSLError,
    OSError,
)


def _unreached(target: str, error: BaseException) -> Unfetchable:
    """What a fault of the connection means to who sees it."""
    causes = (error, error.__cause__, error.__context__)
    numbers = {cause.errno for cause in causes if isinstance(cause, OSError)}
    if numbers & _NO_NETWORK:
        return _no_network(target)
    if errno.ECONNREFUSED in numbers:
        return Unfetchable(f"{target} cannot be reached: its site refuses connections.", _CHECK)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Unfetchable(f"{target} cannot be reached: its certificate does not hold.", _CHECK)
    return Unfetchable(f"{target} cannot be reached: the connection broke off.", _CHECK)


def _no_network(target: str) -> Unfetchable:
    return Unfetchable(
        f"This machine could not reach the network to ask for {target}.",
        "Try again when it is connected, or download the document elsewhere and add the file.",
    )


_NO_NETWORK = frozenset((errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH))


def _checked(url: str) -> str:
    """The address in plain ASCII; raises Unfetchable unless it is a whole http(s) address."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Unfetchable(f"{url} is not a web address.", _CHECK) from error
    if parts.scheme not in ("http", "https"):
        raise Unfetchable(
            f"{url} is not an http or https address.", "Only web addresses are fetched."
        )
    if not host or parts.username is not None or parts.password is not None:
        raise Unfetchable(f"{url} is not a plain web address.", _CHECK)
    return urlunsplit(
        parts._replace(
            netloc=_netloc(host, port),
            path=quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"),
            query=quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]"),
            fragment="",
        )
    )


def _netloc(host: str, port: int | None) -> str:
    try:
        name = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Unfetchable(f"{host} is not the name of a web site.", _CHECK) from error
    return name if port is None else f"{name}:{port}"


def _get(pool: httpcore.ConnectionPool, url: str, limit: int) -> Fetched | str:
    """The document, or the address that the answer redirects to."""
    with pool.stream("GET", url, headers=_headers()) as response:
        headers = {key.decode("latin-1").lower(): value for key, value in response.headers}
        if response.status in _REDIRECTS and "location" in headers:
            return headers["location"].decode("utf-8", errors="replace")
        if response.status != 200:
            raise Unfetchable(f"{url} answered with error {response.status}.", _CHECK)
        stated = headers.get("content-length", b"0")
        if stated.isdigit() and int(stated) > limit:
            raise _too_large(url, limit)
        data = _limited(response.iter_stream(), url, limit)
    encoding = headers.get("content-encoding", b"").decode("latin-1").strip().lower()
    content_type = headers.get("content-type", b"").decode("latin-1")
    media = content_type.split(";")[0].strip().lower()
    return Fetched(
        data=_unpacked(data, encoding, url, limit),
        url=url,
        suggested_name=suggest_name(url, media),
    )


def _headers() -> list[tuple[bytes | str, bytes | str]]:
    program = f"scrutiny-desk/{version('scrutiny-desk')} (reads one document for its user)"
    return [
        ("User-Agent", program),
        ("Accept", "text/html, application/pdf, text/plain, */*;q=0.5"),
        ("Accept-Encoding", "identity"),
    ]


def _limited(chunks: Iterable[bytes], url: str, limit: int) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > limit:
            raise _too_large(url, limit)
    return bytes(data)


def _unpacked(data: bytes, encoding: str, url: str, limit: int) -> bytes:
    """Some servers pack what was asked for plain."""
    if encoding in ("", "identity"):
        return data
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise Unfetchable(f"{url} answered in an unknown packing ({encoding}).", _CHECK)
    unpacker = zlib.decompressobj(wbits=47)
    try:
        plain = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise Unfetchable(f"{url} sent a damaged answer.", _CHECK) from error
    if len(plain) > limit:
        raise _too_large(url, limit)
    return plain


def _too_large(url: str, limit: int) -> Unfetchable:
    return Unfetchable(
        f"{url} is larger than {limit // _MIB} MiB.",
        "Download it and add the parts you need, or raise SCRUTINY_MAX_FILE_MB.",
    )


def suggest_name(url: str, media: str) -> str:
    """A file name for what an address gave: its host and path, its suffix by its media type."""
    parts: SplitResult = urlsplit(url)
    path = PurePosixPath(unquote(parts.path))
    suffix = _SUFFIXES.get(media) or (path.suffix if len(path.suffix) <= 5 else "")
    stem = str(path.with_suffix("")) if path.suffix.lower() == suffix.lower() else str(path)
    if parts.query:
        stem += "-" + sha256(parts.query.encode()).hexdigest()[:8]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-.") or "index"
    host = re.sub(r"[^A-Za-z0-9.-]+", "-", parts.hostname or "").strip("-.")
    return f"{host}/{plain[-150:]}{suffix}"


class _GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name, checks every address that it stands for, and connects to one of those.

    The name is not looked up again, so that it cannot come to mean another address in between.
    """

    def __init__(self, allowed: Callable[[Address], bool], deadline: float) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _resolve(host, port, _left(self._deadline))
        for address in addresses:
            if not self._allowed(address):
                raise Unfetchable(
                    f"{host} is at {address}, which is not on the open internet.",
                    "Only public addresses are fetched: download the document and add the file.",
                )
        return _TimedStream(self._connect_any(addresses, port), self._deadline)

    def _connect_any(self, addresses: list[Address], port: int) -> httpcore.NetworkStream:
        for address in addresses[:-1]:
            try:
                share = _left(self._deadline) / 2
                return self._sockets.connect_tcp(str(address), port, timeout=share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._sockets.connect_tcp(str(addresses[-1]), port, timeout=_left(self._deadline))


class _TimedStream(httpcore.NetworkStream):
    """A connection that ends at the deadline, however slowly its other end trickles."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=_left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=_left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _TimedStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _resolve(host: str, port: int, seconds: float) -> list[Address]:
    """The addresses that a name stands for; the look-up has no time limit of its own."""
    addresses: list[Address] = []
    faults: list[OSError | UnicodeError] = []
    thread = threading.Thread(target=_look_up, args=(host, port, addresses, faults), daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TimeoutError
    if not addresses:
        # Only a name server that answers can say that there is no such name.
        numbers = {fault.errno for fault in faults if isinstance(fault, socket.gaierror)}
        if numbers - _NO_SUCH_NAME:
            raise _no_network(host)
        raise Unfetchable(f"No web site called {host} was found.", _CHECK)
    return addresses


_NO_SUCH_NAME = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)
)


def _look_up(
    host: str, port: int, addresses: list[Address], faults: list[OSError | UnicodeError]
) -> None:
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        faults.append(error)
        return
    # A scope ("fe80::1%eth0") marks a link-local address and does not change what it is.
    for entry in entries:
        address = ipaddress.ip_address(str(entry[4][0]).split("%")[0])
        if address not in addresses:
            addresses.append(address)
