"""Official bodies that speak in documents: inspectorates, ombudsmen, auditors, and their marks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rag.inspection.frameworks import CATALOGUE, Inspectorate

_GAP_IN_A_LIST = re.compile(
    r"(?:[\s,();]|\b(?:and|with|the|from|by|of|his|her|hm|majesty.s|inspectorate|fire|rescue|"
    r"services?)\b|&)*",
    re.IGNORECASE,
)
"""What may stand between two inspectorates that a sentence names in one breath."""


@dataclass(frozen=True, slots=True)
class OfficialBody:
    """A body that speaks for itself, and by what its own papers are told."""

    name: str
    inspects: bool
    named: re.Pattern[str]
    titles: re.Pattern[str] | None = None
    signs: re.Pattern[str] | None = None
    marks: re.Pattern[str] | None = None
    sites: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def official_bodies() -> tuple[OfficialBody, ...]:
    """All of them: inspectorates first, each before what only writes of them."""
    inspectorates = [_inspecting(one) for one in CATALOGUE.inspectorates.values()]
    return (*inspectorates, *_others())


def bodies_named(text: str) -> Iterator[tuple[OfficialBody, re.Match[str]]]:
    """Each body that a text names, at each place where it does, in no order."""
    for body in official_bodies():
        for match in body.named.finditer(text):
            yield body, match


def body_called(name: str) -> OfficialBody | None:
    """The body that a short text is the name of, an article and brackets aside."""
    plain = re.sub(r"^the\s+|\s*\([^)]*\)$", "", name.strip(), flags=re.IGNORECASE).strip(" .")
    for body in official_bodies():
        match = body.named.search(plain)
        if match and len(plain.split()) - len(match.group().split()) <= 1:
            return body
    return None


def inspecting_together(text: str) -> tuple[str, ...]:
    """The inspectorates that a text names in one breath, in its order: those that inspected
    jointly; () where it names none so."""
    mentions = sorted(
        (match.start(), match.end(), body.name)
        for body, match in bodies_named(text)
        if body.inspects
    )
    best: list[str] = []
    group: list[str] = []
    last = -1
    for start, end, name in mentions:
        if last >= 0 and not _GAP_IN_A_LIST.fullmatch(text[last:start]):
            group = []
        group = [*group, name]
        last = max(last, end)
        together = list(dict.fromkeys(group))
        if len(together) > max(len(best), 1):
            best = together
    return tuple(best)


def joined_names(names: tuple[str, ...]) -> str:
    """Several bodies as a reader is told them: "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _inspecting(one: Inspectorate) -> OfficialBody:
    return OfficialBody(one.name, True, one.named, one.titles, one.signs, one.signed, one.sites)


def _others() -> list[OfficialBody]:
    data = tomllib.loads(files("ingest.metadata").joinpath("bodies.toml").read_text("utf-8"))
    return [_other(row, data["phrases"]) for row in data["body"]]


def _other(row: Mapping[str, Any], phrases: Mapping[str, str]) -> OfficialBody:
    titles = str(row.get("titles", ""))
    for name, expression in phrases.items():
        titles = titles.replace(f"{{{name}}}", expression)
    return OfficialBody(
        name=row["name"],
        inspects=False,
        named=re.compile(row["named"]),
        titles=re.compile(titles, re.IGNORECASE) if titles else None,
        signs=re.compile(row["signs"]) if "signs" in row else None,
        sites=tuple(row.get("sites", ())),
    )
