"""Office files are zip packages of XML: which are safe to open, and their parts parsed.

The only importer of lxml."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from rag.errors import Unreadable

MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_XML_BYTES = 64 * 1024 * 1024
MAX_PARTS = 5000
# XML packs to a tenth or a twentieth of its size; only a bomb packs to a two-hundredth.
_MAX_RATIO = 200
_SMALL = 1024 * 1024
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_FRESH_COPY = "Open it in its own program and save a fresh copy, or save it as PDF."

XmlElement = Any
"""An lxml element."""


def refuse_bomb(data: bytes, what: str) -> None:
    """Raise Unreadable unless a package unpacks to a sane size and declares no entities; `what`
    it is ("Word document") stands in the reason."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _refuse_sizes(parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _refuse_entities(package, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise damaged(what) from error


def _refuse_sizes(parts: list[zipfile.ZipInfo]) -> None:
    # zipfile reads no more of a part than it declares, so that what is declared is the limit.
    unpacked = sum(part.file_size for part in parts)
    swollen = len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES
    for part in parts:
        long_xml = part.filename.lower().endswith(".xml") and part.file_size > MAX_XML_BYTES
        if long_xml or part.file_size > max(_SMALL, _MAX_RATIO * part.compress_size):
            swollen = True
    if swollen:
        raise Unreadable(
            "It unpacks to far more than a document holds, as a zip bomb does.",
            "Do not open it unless you trust the sender; ask for a PDF.",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("It is locked with a password.", "Save a copy without the password.")


def _refuse_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    tail = b""
    with package.open(part) as stream:
        # Without noughts, so that UTF-16 hides nothing.
        while chunk := stream.read(_SMALL).replace(b"\0", b""):
            if _DECLARATION.search(tail + chunk):
                raise Unreadable(
                    "It declares XML entities, which no Office document does.",
                    "Do not open it unless you trust the sender; ask for a PDF.",
                )
            tail = chunk[-16:]


def damaged(what: str) -> Unreadable:
    """The refusal of a package that cannot be opened or parsed."""
    return Unreadable(f"It is a damaged {what}.", _FRESH_COPY)


def read_part(data: bytes, name: str, what: str) -> XmlElement:
    """The root of an XML part of a package that `refuse_bomb` has let pass.

    Raises Unreadable where there is no such part, or it is not XML.
    """
    # Nothing is fetched and nothing stands for anything else; depth is limited by libxml2.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return etree.fromstring(package.read(name), parser)
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise damaged(what) from error


def stream_part(data: bytes, name: str, tags: Sequence[str], what: str) -> Iterator[XmlElement]:
    """The elements of these local names in an XML part, one after another, none held for long."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(name.lstrip("/")) as part:
            parsing = etree.iterparse(
                part, tag=[f"{{*}}{tag}" for tag in tags], resolve_entities=False, no_network=True
            )
            for _, element in parsing:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, EOFError) as error:
        raise damaged(what) from error
