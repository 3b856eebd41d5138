"""Measure how many documents are described right: kind, publisher, councils, dates, title.

    python scripts/measure_descriptions.py --reports FOLDER [--reports FOLDER ...]
    python scripts/measure_descriptions.py --labelled FOLDER [--misses]

A folder of reports holds inspection reports whose file names tell what they are
("ilacs-wrenmoor-05-november-2024.pdf"): the sort of inspection, the council and the day of
publication. Newer ones print their day of publication nowhere else. A labelled
folder holds `described.jsonl` and the documents that it tells of in `text/`. Councils are compared
by their short names; those that a document only mentions may be left out, those that it does not
name may not be given.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.cleaning.clean import clean
from ingest.metadata import dates
from ingest.metadata.describe import described_document
from ingest.reading.readers import read_file
from rag.errors import IngestError
from rag.text.councils import find_council_patterns, find_councils
from rag.types import Description, Kind

FIELDS = ("kind", "publisher", "councils", "published", "inspected", "title")
JUDGED = FIELDS[:-1]
"""The fields that must all be right; the wording of a title is a matter of taste."""
_NAME = re.compile(r"(ilacs|send|jtai)-(.+)-(\d\d-[a-z]+-\d{4})\.pdf")
_PUBLISHERS = {
    "ilacs": ("Ofsted",),
    "send": ("Ofsted", "Care Quality Commission"),
    "jtai": ("Ofsted", "Care Quality Commission"),
}
_MAY_JOIN = {"jtai": ("HMICFRS", "HM Inspectorate of Probation")}
_DAYS_AFTER_LETTER = 3
"""A letter may appear some days after the date on it."""
_LONGEST_INSPECTION = 40
_LATEST_REPORT = 200
_NOT_OF_A_NAME = re.compile(
    r"\b(?:council|city|county|borough|district|metropolitan|town and|constabulary|the)\b|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class MeasuredDocument:
    """A document, what was found of it, and which fields of that are right."""

    name: str
    found: Description
    right: Mapping[str, bool]

    @property
    def all_right(self) -> bool:
        """Whether nothing that matters is wrong."""
        return all(self.right[field] for field in JUDGED)


def main(arguments: Sequence[str] | None = None) -> None:
    """Describe the documents of every folder and print what is right."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--reports", action="append", default=[], type=Path, metavar="FOLDER")
    parser.add_argument("--labelled", action="append", default=[], type=Path, metavar="FOLDER")
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    chosen = parser.parse_args(arguments)
    reports = [one for folder in chosen.reports for one in measured_reports(folder)]
    labelled = [one for folder in chosen.labelled for one in measured_labelled(folder)]
    for sort, measured in (("reports", reports), ("labelled", labelled)):
        if measured:
            print(f"{sort}: {_totals(measured)}")
    if chosen.misses:
        for one in (*reports, *labelled):
            _print_misses(one)


def measured_reports(folder: Path) -> Iterator[MeasuredDocument]:
    """Each report of a folder whose name tells what it is."""
    for path in sorted(folder.glob("*.pdf")):
        match = _NAME.fullmatch(path.name)
        published = match and dates.date_in_file_name(match[3])
        if match and published:
            found = _described(path, path.name)
            right = _report_right(match[1], match[2], published, found)
            yield MeasuredDocument(path.name, found, right)


def measured_labelled(folder: Path) -> Iterator[MeasuredDocument]:
    """Each document that `described.jsonl` tells of, set against what it tells."""
    for line in (folder / "described.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        found = _described(folder / "text" / label["doc"], label["doc"])
        yield MeasuredDocument(label["doc"], found, _label_right(label, found))


def _described(path: Path, name: str) -> Description:
    try:
        reading = read_file(path.read_bytes(), path.name)
    except IngestError:
        return Description("")
    return described_document(name, reading, [page.page for page in clean(reading)])


def _report_right(sort: str, place: str, published: date, found: Description) -> dict[str, bool]:
    council = " ".join(re.split(r"[-\s]+", place.replace("&", "and")))
    spelt = [" ".join(name.casefold().split("-")) for name in found.councils]
    after = (published - found.published).days if found.published else None
    slack = _DAYS_AFTER_LETTER if sort == "jtai" else 0
    first, last = found.inspected_from, found.inspected_to
    return {
        "kind": found.kind is Kind.INSPECTION_REPORT,
        "publisher": _of_inspectorates(found.publisher or "", sort),
        "councils": spelt == [council],
        "published": after is not None and 0 <= after <= slack,
        "inspected": bool(first and last)
        and 0 <= (last - first).days <= _LONGEST_INSPECTION  # type: ignore[operator]
        and 0 < (published - last).days <= _LATEST_REPORT,  # type: ignore[operator]
        "title": "nspection" in found.title and "irector" not in found.title,
    }


def _of_inspectorates(publisher: str, sort: str) -> bool:
    """Whether all of those that made the report are named, and no others."""
    named = set(re.split(r",\s*|\s+and\s+", publisher))
    must = set(_PUBLISHERS[sort])
    return must <= named <= must | set(_MAY_JOIN.get(sort, ()))


def _label_right(label: Mapping[str, object], found: Description) -> dict[str, bool]:
    listed = label["councils"]
    assert isinstance(listed, list)
    wanted, given = list(map(_short, listed)), list(map(_short, found.councils))
    return {
        "kind": found.kind == label["kind"],
        "publisher": _plain(found.publisher or "") == _plain(str(label["publisher"] or "")),
        "councils": given[:1] == wanted[:1] and set(given) <= set(wanted),
        "published": _iso(found.published) == label["published"],
        "inspected": [_iso(found.inspected_from), _iso(found.inspected_to)]
        == [label["inspected_from"], label["inspected_to"]],
        "title": _plain(found.title) == _plain(str(label["title"])),
    }


def _short(council: str) -> str:
    """The short name by which a council is compared, in lower case."""
    listed = find_councils(council) or find_council_patterns(council)
    return " ".join(_NOT_OF_A_NAME.sub(" ", (listed[0] if listed else council).casefold()).split())


def _plain(text: str) -> str:
    """Letters and digits alone, without a leading "the"."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"\W+", " ", re.sub(r"^the\b", "", plain)).split())


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _totals(measured: Sequence[MeasuredDocument]) -> str:
    counts: Counter[str] = Counter()
    for one in measured:
        counts.update(field for field in FIELDS if one.right[field])
        counts["all right"] += one.all_right
    shares = [f"{field} {counts[field]}" for field in (*FIELDS, "all right")]
    return f"{len(measured)} documents; {', '.join(shares)}"


def _print_misses(one: MeasuredDocument) -> None:
    wrong = [field for field in FIELDS if not one.right[field]]
    for field in wrong:
        names = ("inspected_from", "inspected_to") if field == "inspected" else (field,)
        print(one.name, "|", field, "|", *(getattr(one.found, name) for name in names))


if __name__ == "__main__":
    main()
