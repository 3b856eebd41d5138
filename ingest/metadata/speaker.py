"""Who speaks in a document: pieces of evidence, each for somebody, weighed in one place."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from itertools import islice

from ingest.metadata.bodies import (
    OfficialBody,
    body_called,
    inspecting_together,
    joined_names,
    official_bodies,
)
from ingest.metadata.councils_about import council_called, council_in_full, without_capitals
from ingest.metadata.face import SEGMENT_EDGE, DocumentFace, is_addressee
from rag.inspection.frameworks import CATALOGUE
from rag.text.councils import find_councils
from rag.types import Kind


class Role(StrEnum):
    """What sort of speaker one is."""

    INSPECTORATE = "inspectorate"
    OFFICIAL = "official"
    COUNCIL = "council"
    PRESS = "press"
    OTHER = "other"

    @property
    def kind(self) -> Kind:
        """The kind of what such a speaker writes."""
        return _KINDS[self]


_KINDS = {
    Role.INSPECTORATE: Kind.INSPECTION_REPORT,
    Role.OFFICIAL: Kind.OTHER,
    Role.COUNCIL: Kind.COUNCIL_DOCUMENT,
    Role.PRESS: Kind.NEWS,
    Role.OTHER: Kind.OTHER,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one role, and for a publisher where it names one."""

    role: Role
    weight: float
    why: str
    publisher: str = ""
    names: float = 0.0
    """How much more it tells of who published it than of the role."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as far as the evidence goes: `sure_of_role` and `sure_of_publisher` say whether
    it goes far enough to be relied on."""

    role: Role
    publisher: str | None
    agency: str | None
    sure_of_role: bool
    sure_of_publisher: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a paper: what its title, head, foot or text says, and who then speaks."""

    name: str
    role: Role
    where: str
    weight: float
    words: re.Pattern[str]


_NOTHING_KNOWN = 1.0
"""What must be outweighed before a document is anything else but another document."""
_CLEAR = 1.5
"""By how much the best must outweigh the next for it to be relied on."""
_HEAD = 14
_NEWSPAPER = re.compile(
    r"^(?:the\s+)?(?:[\w’'&.-]+\s+){0,4}?(?:Gazette|Post|Echo|Herald|Chronicle|Recorder|Times|"
    r"Argus|Observer|Mercury|News|Weekly|Quarterly|Monthly|Journal|Courier|Telegraph|Guardian|"
    r"Independent|Mail|Express|Star|Standard|Advertiser|Examiner|Press|Sentinel|Bulletin|Review|"
    r"Tribune|Dispatch|Messenger|Magazine|Citizen|Leader|Reporter|Today|Live|BBC News|"
    r"\w+ ?(?:Online|News))$",
    re.IGNORECASE,
)  # fmt: skip
# Bodies that are neither a council nor official, by the form of their names.
_ORGANISATION = re.compile(
    r"\b(?:safeguarding .{0,30}(?:partnership|board)|improvement (?:board|partnership|panel)"
    r"|integrated care (?:board|system|partnership)|NHS .{0,40}trust|foundation trust"
    r"|constabulary|healthwatch\b.*"
    r"|police and crime commissioner|fire (?:and|&) rescue (?:service|authority)"
    r"|association|federation|foundation|institute|alliance|coalition|charity|society|union"
    r"|UNISON|Unite|GMB|ministry of .{3,50}|department (?:for|of) .{3,40}|home office"
    r"|(?:house of commons|house of lords) .{0,60})$",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"\b(?:Labour|Conservatives?|Liberal Democrats?|Lib Dems?|Green Party|Greens|Reform UK|"
    r"Plaid Cymru|SNP|UKIP|Independents|Residents.? (?:Association|Group))\b"
)
_PUBLISHED_BY = re.compile(
    r"^(?:(?:this\s+)?(?:report|document|article|paper)\s+(?:is\s+|was\s+)?)?"
    r"(?:(?:published|issued|produced)\s+by|publisher)\s*:?\s+(?:the\s+)?"
    r"(?P<who>[A-Z][^.,;:()|]{2,80}?)(?:\s+on\b.*|\s+in\s+(?:19|20)\d\d.*|[.,;:()|].*)?$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"(?:^|[.!?”\"]\s*)(?:this\s+)?(?:story|article|report)?\s*(?:was\s+)?(?:taken directly|taken|"
    r"originally published|first published|sourced|reproduced|syndicated)\s+(?:directly\s+)?"
    r"(?:from|by)\s+(?:the\s+)?(?P<who>\S[^.!?]{1,60}(?:\.\w[^.!?\s]*)*)\.?\s*$", re.IGNORECASE
)  # fmt: skip
_INSPECTORATE = re.compile(
    r"(?:\b[A-Z][\w'’-]+\s+(?:(?:and|of|for|the)\s+)?){1,5}Inspectorate\b"
    r"(?:\s+(?:of|for)(?:\s+(?:and|the|of|[A-Z][\w'’-]+))*\s+[A-Z][\w'’-]+)?"
    r"|\bInspectorate\s+(?:of|for)(?:\s+(?:and|the|of|[A-Z][\w'’-]+))*\s+[A-Z][\w'’-]+"
)
_AUTHOR = re.compile(
    r"^(?:(?:a )?report (?:by|of)|by|chaired by|chair:|author:|reviewer:|written by)?\s*"
    r"(?P<who>(?:(?:Professor|Prof|Dr|Sir|Dame|Lord|Lady|Baroness|Judge|Mr|Mrs|Ms)\.?\s+)"
    r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,3}(?:,?\s+(?:KC|QC|CBE|OBE))*(?:, for [A-Z].{2,60})?)$"
)
_INSPECTORS = re.compile(r"\binspectors?\b|\bHMI\b", re.IGNORECASE)
_SPEECH = re.compile(
    r"[”\"’'],?\s+(?:\w+[\s,]+){0,6}?(?:said|says|told|added|explained)\b|"
    r"\b(?:said|says|told|added|explained|stated)\b[^.]{0,40}[:,]\s*[“\"‘]"
)


def speaker_of(
    face: DocumentFace, title: str, *, inspected: bool, kind: Kind | None = None
) -> Speaker:
    """Who speaks in a document of that title; `inspected` says whether it gives days of an
    inspection as its own, and `kind` what kind of document it is, where that is known."""
    agency = _agency(face)
    evidence = tuple(_evidence(face, title, inspected, agency))
    weights = {role: _weight(evidence, role) for role in Role}
    weights[Role.OTHER] += _NOTHING_KNOWN
    if kind is not None:
        weights = {role: weight for role, weight in weights.items() if role.kind is kind}
    role = max(weights, key=lambda one: weights[one])
    others = [weight for other, weight in weights.items() if other.kind is not role.kind]
    publisher, sure = _publisher(face, role, evidence)
    return Speaker(
        role=role,
        publisher=publisher or (agency if role is Role.PRESS else None),
        agency=agency,
        sure_of_role=kind is not None or weights[role] - max(others) >= _CLEAR,
        sure_of_publisher=sure,
        evidence=evidence,
    )


def _weight(evidence: Iterable[Evidence], role: Role) -> float:
    """The weight of all that speaks for a role; what says the same twice counts once."""
    heaviest: dict[str, float] = {}
    for one in evidence:
        if one.role is role:
            heaviest[one.why] = max(one.weight, heaviest.get(one.why, one.weight))
    return sum(heaviest.values())


def _publisher(
    face: DocumentFace, role: Role, evidence: Iterable[Evidence]
) -> tuple[str | None, bool]:
    """Who published it, of those that the evidence for that role names; whether that is sure."""
    weights: defaultdict[str, float] = defaultdict(float)
    for one in evidence:
        if one.role is role and one.publisher:
            weights[one.publisher] += one.weight + one.names
    if not weights:
        return None, False
    best = max(weights, key=lambda name: weights[name])
    others = [weight for name, weight in weights.items() if name != best]
    sure = weights[best] >= 1.5 and weights[best] - max(others, default=0) >= 1
    if role is Role.INSPECTORATE:
        return _jointly(face, best), sure
    return best, sure


# ---------------------------------------------------------------- the evidence


def _evidence(
    face: DocumentFace, title: str, inspected: bool, agency: str | None
) -> Iterator[Evidence]:
    yield from _of_site(face)
    yield from _of_mastheads(face)
    yield from _of_label(face)
    yield from _of_letter(face)
    yield from _of_bodies(face, title)
    yield from _of_forms(face, title)
    yield from _of_inspection(face, inspected)
    yield from _of_council(face, title)
    yield from _of_author(face, title)
    yield from _of_press(face, agency, title)


def speaker_called(name: str) -> tuple[Role, str] | None:
    """Whose name a short text is: an official body's, a council's, a paper's, a party's."""
    called = _called(name)
    if called or not name.isupper():
        return called
    small = without_capitals(name)
    return _called(small[:1].upper() + small[1:])


def _called(name: str) -> tuple[Role, str] | None:
    body = body_called(name)
    if body:
        return (Role.INSPECTORATE if body.inspects else Role.OFFICIAL), body.name
    council = council_called(name)
    if council:
        return Role.COUNCIL, council
    if _NEWSPAPER.match(name) and " " in name:
        return Role.PRESS, name
    organised = _PARTY.search(name) or _ORGANISATION.search(name)
    return (Role.OTHER, name) if organised else None


def site_of(face: DocumentFace) -> str:
    """The name of the site of a web page: the part of its title that names somebody known, else
    the likeliest."""
    known = filter(speaker_called, face.site_names)
    return next(known, next(iter(face.site_names), ""))


def _of_site(face: DocumentFace) -> Iterator[Evidence]:
    site = site_of(face)
    called = speaker_called(site) if site else None
    if called:
        yield Evidence(called[0], 4, "site", called[1])
    elif site:
        yield Evidence(Role.PRESS, 1 if face.hints.published else 0.4, "site", site, 3)
        yield Evidence(Role.OTHER, 0, "site", site, 2)
        yield Evidence(Role.COUNCIL, 0, "site", site, 0.2)
    for body in official_bodies():
        if face.host and face.host.endswith(body.sites or "\0"):
            yield Evidence(_role_of(body), 4, "host", body.name)
    if face.host.endswith(".gov.uk") and find_councils(face.host.replace(".", " ")):
        yield Evidence(Role.COUNCIL, 4, "host")
    elif face.host:
        for role in (Role.PRESS, Role.COUNCIL, Role.OTHER):
            yield Evidence(role, 0, "host", face.host, 0.1)


def _of_mastheads(face: DocumentFace) -> Iterator[Evidence]:
    two_lines = [" ".join(face.mastheads[:2])] if len(face.mastheads) > 1 else []
    for at, line in enumerate((*face.mastheads, *two_lines)):
        name = SEGMENT_EDGE.split(line)[0].strip()
        called = speaker_called(name)
        if called:
            yield Evidence(called[0], 4 if at == 0 else 3, "letterhead", called[1])


def _of_label(face: DocumentFace) -> Iterator[Evidence]:
    for line in face.ends:
        match = _PUBLISHED_BY.match(line)
        if match and match["who"][0].isupper():
            name = match["who"].strip()
            called = speaker_called(name)
            if called:
                yield Evidence(called[0], 4, "publisher named", called[1], 1)
            for role in () if called else Role:
                yield Evidence(role, 0, "publisher named", name, 5)
            return


def _of_letter(face: DocumentFace) -> Iterator[Evidence]:
    if not face.letter:
        return
    closing = "\n".join(face.letter.closing)
    for body in official_bodies():
        if body.signs and body.signs.search(closing):
            yield Evidence(_role_of(body), 4, "signature", body.name)
    council = council_in_full(closing)
    if council:
        yield Evidence(Role.COUNCIL, 4, "signature", council)


def _of_bodies(face: DocumentFace, title: str) -> Iterator[Evidence]:
    """A body's own form of title, where the document names it; its name in the title."""
    opening = "\n".join((title, *(face.letter.subject if face.letter else ()), *face.head[:_HEAD]))
    opening = " ".join(opening.split())
    lines = (*face.text.split("\n"), *face.ends, *face.site_names)
    small = map(without_capitals, filter(str.isupper, lines))
    whole = "\n".join((*lines, *small))
    for body in official_bodies():
        if body.titles and body.titles.search(opening) and body.named.search(whole):
            yield Evidence(_role_of(body), 2, "form of title", body.name)
        if body.marks and body.named.search(whole) and body.marks.search(whole):
            yield Evidence(_role_of(body), 0.5, "marks", body.name)
        leading = body.named.match(re.sub(r"^the\s+", "", title, flags=re.IGNORECASE))
        if leading and re.match(r"\s*(?:[:|(]|[-\u2013\u2014]\s|.s\s)", title[leading.end() :]):
            yield Evidence(_role_of(body), 3, "title begins with it", body.name)


def _of_forms(face: DocumentFace, title: str) -> Iterator[Evidence]:
    title_lines = (title, *((" ".join(face.letter.subject),) if face.letter else ()))
    places = {
        "title": title_lines,
        "head": (*title_lines, *_salient(face)),
        "foot": face.foot,
        "text": tuple(face.text.split("\n")),
    }
    for form in _forms():
        if any(form.words.search(line) for line in places[form.where]):
            yield Evidence(form.role, form.weight, form.name)


def _salient(face: DocumentFace) -> tuple[str, ...]:
    """The lines of the head that may say what the paper is: not those to whom a letter goes."""
    above = set(face.letter.above) if face.letter else set()
    head = (line for line in face.head if not (line in above and is_addressee(line)))
    names = (*face.site_names, face.hints.page_title or "")
    return (*islice(head, _HEAD), *filter(None, names))


def _of_inspection(face: DocumentFace, inspected: bool) -> Iterator[Evidence]:
    inspectors = len(_INSPECTORS.findall(face.text))
    if inspected:
        yield Evidence(Role.INSPECTORATE, 1.5, "days of an inspection")
        if inspectors >= 2:
            yield Evidence(Role.INSPECTORATE, 1, "inspectors")
    whole = "\n".join((face.text, *face.ends))
    named = [" ".join(match.group().split()) for match in _INSPECTORATE.finditer(whole)]
    named = [re.sub(r"^(?:The|This|An?)\s+", "", name) for name in named]
    if named:
        yield Evidence(Role.INSPECTORATE, 0, "named", max(named, key=named.count), 0.4)


def _of_council(face: DocumentFace, title: str) -> Iterator[Evidence]:
    top = "\n".join((title, *_salient(face)))
    named = council_in_full(top)
    if named:
        formatted = face.format in ("docx", "pdf")
        yield Evidence(Role.COUNCIL, 1.5 if formatted else 0.6, "named at the top", named)
    elsewhere = council_in_full("\n".join((*face.head, face.text)))
    if elsewhere:
        yield Evidence(Role.COUNCIL, 0.3, "named", elsewhere)
    elif not named and find_councils(top):
        yield Evidence(Role.COUNCIL, 0.3, "named")


def _of_author(face: DocumentFace, title: str) -> Iterator[Evidence]:
    """Whose report a review is that a council had made."""
    made = next(form for form in _forms() if form.name == "a review that a council had made")
    if made.words.search(title):
        for line in face.head[:_HEAD]:
            match = _AUTHOR.match(line)
            if match:
                yield Evidence(Role.COUNCIL, 5, "author", match["who"])
                return


def _of_press(face: DocumentFace, agency: str | None, title: str) -> Iterator[Evidence]:
    if agency:
        yield Evidence(Role.PRESS, 3, "agency", agency)
    if face.format == "html":
        if face.hints.author:
            yield Evidence(Role.PRESS, 1.5, "author")
        if face.hints.published:
            yield Evidence(Role.PRESS, 1.5, "day in the page")
    if face.format in ("html", "text", "markdown"):
        spoken = len(_SPEECH.findall(face.text))
        if spoken >= 2:
            yield Evidence(Role.PRESS, 2, "people are quoted")
    first = face.mastheads[0] if face.mastheads else ""
    name = SEGMENT_EDGE.split(first)[0].strip()
    if name and len(name.split()) <= 5 and len(face.mastheads) > 1:
        yield Evidence(Role.PRESS, 0.2, "first line", name)
        for role in (Role.OTHER, Role.OFFICIAL) if name != title else ():
            yield Evidence(role, 0, "first line", name, 0.2)


def _agency(face: DocumentFace) -> str | None:
    """Where the text says that it was taken from ("Story taken directly from ...")."""
    for line in (*face.ends[:12], *face.ends[-12:]):
        match = _AGENCY.search(line)
        if match:
            return match["who"].strip(" .")
    return None


# ---------------------------------------------------------------- inspectorates


def _role_of(body: OfficialBody) -> Role:
    return Role.INSPECTORATE if body.inspects else Role.OFFICIAL


def _jointly(face: DocumentFace, name: str) -> str:
    """An inspectorate with those that it inspected with."""
    opening = " ".join((*face.head, *face.text.split("\n")[:60]))[:6000]
    together = inspecting_together(opening)
    if name in together:
        return joined_names(together)
    inspectorate = CATALOGUE.inspectorates.get(name)
    led = inspectorate.jointly_led if inspectorate else None
    if inspectorate and led and led.search("\n".join((face.text, *face.ends))):
        return joined_names((name, inspectorate.partner))
    return name


@lru_cache(maxsize=1)
def _forms() -> tuple[Form, ...]:
    rows = tomllib.loads(files("ingest.metadata").joinpath("forms.toml").read_text("utf-8"))["form"]
    forms: list[Form] = []
    for row in rows:
        words = "|".join(f"(?:{line})" for line in row["words"].splitlines() if line)
        pattern = re.compile(words, re.IGNORECASE)
        forms.append(Form(row["name"], Role(row["speaks"]), row["where"], row["weight"], pattern))
    return tuple(forms)
