"""Which reports give which grade, worked out once for each list of documents: a question of all
councils looks at those that it counts, not at every report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.inspection.frameworks import CATALOGUE
from rag.inspection.reports import all_stated_grades
from rag.library.corpus import Corpus
from rag.question.held import NOWHERE, documents_at, held_documents, kept
from rag.retrieval.search import SAME_FIT, Retrieved
from rag.types import Document

Places = NDArray[np.intp]
_Rung = tuple[str, int]
"""A scale by its name, and a rank on it."""


@dataclass(frozen=True, slots=True)
class GradedReports:
    """Where the reports stand that give a grade, by the area that they judge."""

    of_area: Mapping[str, Mapping[_Rung, Places]]

    def graded(self, area: str, word: str) -> Places:
        """Where those stand that call an area by a grade, "to be good" or not, in their order."""
        found = [NOWHERE]
        for (scale, rank), places in self.of_area.get(area, {}).items():
            step = CATALOGUE.scales[scale].read(word)
            if step and step[1] == rank:
                found.append(places)
        return np.unique(np.concatenate(found))


def extreme_grade(library: Corpus, retrieved: Retrieved, area: str, *, highest: bool) -> str | None:
    """The lowest or the highest grade that the reports that fit a question best give an area, on
    the scale by which most of them judge it; None where none does."""
    held = held_documents(retrieved.documents)
    fitting = retrieved.fit.best(SAME_FIT, held.reports())
    graded = kept(retrieved.documents, "graded", lambda: _graded_reports(library, retrieved))
    counts: dict[str, dict[int, int]] = {}
    for (scale, rank), places in graded.of_area.get(area, {}).items():
        count = len(np.intersect1d(places, fitting))
        if count:
            counts.setdefault(scale, {})[rank] = count
    if not counts:
        return None
    scale = max(counts, key=lambda name: sum(counts[name].values()))
    rank = max(counts[scale]) if highest else min(counts[scale])
    return CATALOGUE.scales[scale].words[rank - 1]


def reports_given(library: Corpus, retrieved: Retrieved, area: str, word: str) -> list[Document]:
    """Of the inspection reports that fit a question best, those that give an area a grade, the
    newest first."""
    held = held_documents(retrieved.documents)
    fitting = retrieved.fit.best(SAME_FIT, held.reports())
    graded = kept(retrieved.documents, "graded", lambda: _graded_reports(library, retrieved))
    places = np.intersect1d(graded.graded(area, word), fitting)
    newest_first = places[np.argsort(-held.days[places], kind="stable")]
    return documents_at(retrieved.documents, newest_first)


def _graded_reports(library: Corpus, retrieved: Retrieved) -> GradedReports:
    places = held_documents(retrieved.documents).reports()
    reports = documents_at(retrieved.documents, places)
    found: dict[str, dict[_Rung, list[int]]] = {}
    for place, stated in zip(places.tolist(), all_stated_grades(library, reports), strict=True):
        judged: set[str] = set()
        for row in stated.rows:
            for area in row.areas - judged:
                rungs = found.setdefault(area, {})
                rungs.setdefault((row.scale, row.rank), []).append(place)
            judged |= row.areas
    arrays: dict[str, dict[_Rung, Places]] = {}
    for area, rungs in found.items():
        arrays[area] = {rung: np.array(at, np.intp) for rung, at in rungs.items()}
    return GradedReports(arrays)
