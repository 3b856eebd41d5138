"""How an answer, the start and the pages grow with the library: invented reports by the thousand.

    python tests/bench/bench_growth.py [PASSAGES ...] [--folder FOLDER] [--build] [--judge]

The passages are sentences of the demonstration with a third of their words drawn anew (Zipf over
its words, and a long tail of words that few passages have); their vectors are those of the
sentences with noise. A library of a million takes about an hour to make: FOLDER keeps it. No judge
is asked unless --judge is given: it takes as long whatever is held, and hides how the rest grows.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import io
import json
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from ingest.pipeline import ingest
from rag.desk import Desk
from rag.judge.bundled import bundled_judge
from rag.judge.port import Judge
from rag.library.encoder import open_embedder
from rag.library.library import Library
from rag.library.trash import StoredDocument
from rag.settings import Settings
from rag.types import Description, Document, Kind, Page, Passage, Sentence, Span

ROOT = Path(__file__).parents[2]
SIZES = (10_000, 100_000)
CEILING = 2.0
"""The p95 of the largest library over that of the smallest."""
COUNCILS = (
    "Barnet", "Bexley", "Bolton", "Bradford", "Brent", "Bromley", "Bury", "Calderdale", "Camden",
    "Cornwall", "Coventry", "Croydon", "Cumbria", "Derby", "Devon", "Doncaster", "Dorset",
    "Dudley", "Durham", "Ealing", "Enfield", "Essex", "Gateshead", "Hackney", "Halton",
    "Haringey", "Harrow", "Hartlepool", "Havering", "Hillingdon", "Hounslow", "Islington", "Kent",
    "Kirklees", "Knowsley", "Lambeth", "Lancashire", "Leeds", "Leicester", "Lewisham",
    "Lincolnshire", "Liverpool", "Luton", "Manchester", "Medway", "Merton", "Middlesbrough",
    "Newham", "Norfolk", "Northumberland", "Nottingham", "Oldham", "Oxfordshire", "Peterborough",
    "Plymouth", "Portsmouth", "Reading", "Redbridge", "Rochdale", "Rotherham", "Rutland",
    "Salford", "Sandwell", "Sefton", "Sheffield", "Shropshire", "Slough", "Solihull", "Somerset",
    "Southampton", "Southwark", "Stockport", "Suffolk", "Sunderland", "Surrey", "Sutton",
    "Swindon", "Tameside", "Thurrock", "Torbay", "Trafford", "Wakefield", "Walsall", "Wandsworth",
    "Warrington", "Warwickshire", "Westminster", "Wigan", "Wiltshire", "Wirral", "Wokingham",
    "Wolverhampton", "Worcestershire", "York",
)  # fmt: skip
ASKED = (
    "Are caseloads too high?",
    "What did inspectors say about care leavers?",
    "What did inspectors say about care leavers in {council}?",
    "Are social workers' caseloads too high in {council}?",
    "How was {council} children's services judged in {year}?",
    "When was the last inspection of {council}?",
    "What does {council} plan to do about recruitment?",
    "How many children are in care in {council}?",
    "Do children wait too long for an assessment?",
    "What has changed for care leavers in {council} since {year}?",
    "What do the latest reports say about the front door?",
    "How much does {council} spend on agency social workers?",
    "What did the press say about {council}?",
    "Which councils were judged inadequate in {year}?",
    "Is supervision of social workers good enough?",
    "Are children missing from care found quickly in {council}?",
    "What do inspectors say about MASH and early help?",
    "Who is the director of children's services in {council}?",
    "Are placements for children in care stable?",
    "How does {council} compare with {other} on care leavers?",
)
PAGES, PASSAGES_A_PAGE, SENTENCES = 10, 8, 2
DRAWN_ANEW, TAIL, NOISE = 0.35, 0.02, 0.6
TAIL_WORDS = 200_000
BATCH = 25
"""Documents that are held in one go."""


# ---------------------------------------------------------------- invented reports


@dataclass(frozen=True, slots=True)
class Source:
    """What passages are made of: sentences as lists of words, a vector for each, words to draw."""

    sentences: list[list[str]]
    vectors: NDArray[np.float32]
    words: NDArray[np.str_]
    chances: NDArray[np.float64]


def source() -> Source:
    """The sentences and words of the demonstration."""
    embedder = open_embedder()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library=Path(folder))
        library = Library(settings.library, embedder)
        ingest([str(ROOT / "corpus")], settings, library=library)
        texts: dict[str, None] = {}
        for document in library.documents():
            for passage in library.passages(document.name):
                texts.update(dict.fromkeys(s.text for s in passage.sentences))
        library.close()
    kept = [text for text in texts if 6 <= len(text.split()) <= 40]
    words = [text.split() for text in kept]
    named, counts = np.unique([word for row in words for word in row], return_counts=True)
    return Source(words, embedder.encode(kept), named, counts / counts.sum())


def documents(material: Source, count: int, seed: int = 1) -> Iterator[StoredDocument]:
    """So many invented documents, each with its passages and vectors."""
    random = np.random.default_rng(seed)
    tail = _tail(random)
    for number in range(count):
        description = _description(random, number)
        name = f"invented/{number:06}.pdf"
        yield _document(random, material, tail, name, description)


def _tail(random: np.random.Generator) -> list[str]:
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    return ["".join(row) for row in letters[random.integers(0, 26, (TAIL_WORDS, 8))]]


def _description(random: np.random.Generator, number: int) -> Description:
    council = COUNCILS[number % len(COUNCILS)]
    day = date(2010, 1, 1) + timedelta(days=int(random.integers(0, 365 * 16)))
    kind = (Kind.INSPECTION_REPORT, Kind.COUNCIL_DOCUMENT, Kind.NEWS)[int(random.integers(0, 3))]
    if kind is Kind.NEWS:
        title = f"{council} children's services: what happened on {day:%d %B %Y}"
        return Description(title, f"{council} Gazette", kind, day, councils=(council,))
    if kind is Kind.COUNCIL_DOCUMENT:
        title = f"Improvement plan number {number} of {council}"
        return Description(title, f"{council} Council", kind, day, councils=(council,))
    title = f"Inspection of {council} children's services {day.year}"
    return Description(
        title, "Ofsted", kind, day + timedelta(days=40), day - timedelta(days=4), day,
        councils=(council,),
    )  # fmt: skip


def _document(
    random: np.random.Generator,
    material: Source,
    tail: Sequence[str],
    name: str,
    description: Description,
) -> StoredDocument:
    many = PAGES * PASSAGES_A_PAGE
    chosen = random.integers(0, len(material.sentences), (many, SENTENCES))
    drawn = iter(random.choice(material.words, 4096, p=material.chances).tolist())
    chances = iter(random.random(many * SENTENCES * 40).tolist())
    strange = iter(random.integers(0, len(tail), many * SENTENCES * 4).tolist())

    def varied(words: Sequence[str]) -> str:
        made: list[str] = []
        for word in words:
            chance = next(chances)
            if chance < TAIL:
                made.append(tail[next(strange, 0)])
            else:
                made.append(next(drawn, word) if chance < DRAWN_ANEW else word)
        return " ".join(made)

    passages: list[Passage] = []
    pages: list[Page] = []
    for page in range(1, PAGES + 1):
        text = ""
        for _ in range(PASSAGES_A_PAGE):
            number, sentences = len(passages), []
            for sentence in chosen[len(passages)]:
                told = varied(material.sentences[sentence])
                sentences.append(Sentence(told, (Span(page, len(text), len(text) + len(told)),)))
                text += f"{told} "
            passages.append(Passage(name, number, tuple(sentences), None, str(number + 1)))
        pages.append(Page(page, text))
    vectors = material.vectors[chosen].mean(axis=1)
    vectors += NOISE * random.standard_normal(vectors.shape, np.float32) / vectors.shape[1] ** 0.5
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return StoredDocument(
        Document(name, sha256, description, tuple(pages)), tuple(passages), vectors, "invented"
    )


def build(folder: Path, passages: int, material: Source) -> None:
    """Make a library of so many passages, or go on making it."""
    library = Library(folder, open_embedder())
    held, batch, started = len(library.documents()), [], time.perf_counter()
    count = max(passages // (PAGES * PASSAGES_A_PAGE), 1)
    with library.writing():
        for number, document in enumerate(documents(material, count)):
            if number < held:
                continue
            batch.append(document)
            if len(batch) == BATCH or number == count - 1:
                library.put_all(batch)
                batch = []
                if number % 500 < BATCH:
                    taken = time.perf_counter() - started
                    print(f"  {number + 1} documents held, {taken:.0f} s", file=sys.stderr)
        library.recover()
    library.close()


# ---------------------------------------------------------------- what is measured


@dataclass
class Measured:
    """Milliseconds, seconds and mebibytes of one library."""

    passages: int
    documents: int
    p50: float
    p95: float
    first: float
    """Seconds from a library just opened to its first answer, encoder loaded."""
    page: float
    """Seconds for what the Library page reads, once more after the first time."""
    memory: float
    parts: dict[str, float]


def questions(first: int = 0) -> list[str]:
    """The questions, with councils and years, those of the list from `first` on."""
    asked: list[str] = []
    for n, question in enumerate(ASKED * 3, first):
        council, other = COUNCILS[7 * n % len(COUNCILS)], COUNCILS[(11 * n + 5) % len(COUNCILS)]
        asked.append(question.format(council=council, other=other, year=2012 + n % 13))
    return asked


def measured(folder: Path, judge: Judge | None) -> Measured:
    """Time every question, after a round of warming up: of the same questions, or, where a judge is
    asked, which knows a pair again that it was asked of, of other councils."""
    library = Library(folder, open_embedder(), judge)
    library.embedder.encode(["warm"])
    desk, asked = Desk(library), questions()
    started = time.perf_counter()
    desk.ask(asked[0])
    first = time.perf_counter() - started
    for question in questions(1)[::-1] if judge else asked[::-1]:
        desk.ask(question)
    taken: list[float] = []
    for question in asked:
        started = time.perf_counter()
        desk.ask(question)
        taken.append((time.perf_counter() - started) * 1000)
    cuts = quantiles(taken, n=20)
    started = time.perf_counter()
    _ = library.entries(), library.documents(), library.relations(), library.aside()
    page = time.perf_counter() - started
    return Measured(
        library.passage_count(), len(library.documents()), cuts[9], cuts[18], first, page,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, parts(desk, asked),
    )  # fmt: skip


def parts(desk: Desk, asked: Sequence[str]) -> dict[str, float]:
    """Mean milliseconds of a question in each of its parts."""
    import rag.answering.refusal
    import rag.desk
    import rag.question.question
    import rag.retrieval.hybrid
    import rag.retrieval.search

    spent: dict[str, float] = {}
    watched = {
        "lexical": (desk.library, "matching"),
        "dense": (desk.library, "nearest"),
        "passages": (desk.library, "passages_at"),
        "vocabulary": (rag.retrieval.search, "concepts"),
        "fit": (rag.retrieval.search, "scope_fit"),
        "scope": (rag.desk, "read_question"),
        "encoding": (desk.library.embedder, "encode"),
        "evidence": (rag.retrieval.search, "_evidence"),
        "answer": (rag.desk, "answer_or_refusal"),
    }
    with ExitStack() as stack:
        for name, (owner, attribute) in watched.items():
            timed = _timed(getattr(owner, attribute), name, spent)
            stack.enter_context(patch.object(owner, attribute, timed))
        started = time.perf_counter()
        for question in asked:
            desk.ask(question)
        spent["all"] = time.perf_counter() - started
    return {name: 1000 * seconds / len(asked) for name, seconds in spent.items()}


def _timed(
    call: Callable[..., object], name: str, spent: dict[str, float]
) -> Callable[..., object]:
    def timed(*arguments: object, **named: object) -> object:
        started = time.perf_counter()
        try:
            return call(*arguments, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - started

    return timed


def profiled(folder: Path) -> str:
    """The functions that take most of the time of warm questions."""
    desk, asked = Desk(Library(folder, open_embedder())), questions()
    for question in asked:
        desk.ask(question)
    with cProfile.Profile() as profile:
        for question in asked:
            desk.ask(question)
    out = io.StringIO()
    pstats.Stats(profile, stream=out).sort_stats("tottime").print_stats(35)
    return out.getvalue()


# ---------------------------------------------------------------- the figures


def shown(rows: Sequence[Measured]) -> str:
    """A table: a line for each library, then where the time goes."""
    lines = ["passages  documents   p50 ms   p95 ms  first s   page s  memory MiB"]
    lines += [
        f"{m.passages:8} {m.documents:10} {m.p50:8.1f} {m.p95:8.1f} {m.first:8.2f} {m.page:8.3f} "
        f"{m.memory:11.0f}"
        for m in rows
    ]
    names = list(rows[0].parts)
    lines.append("mean ms   " + " ".join(f"{name:>10}" for name in names))
    lines += [
        f"{m.passages:8}  " + " ".join(f"{m.parts.get(name, 0.0):10.1f}" for name in names)
        for m in rows
    ]
    return "\n".join(lines)


def main() -> int:
    """Print a table and JSON; the exit code tells whether the ceiling holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("passages", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--folder", type=Path, help="Keeps the libraries.")
    parser.add_argument("--build", action="store_true", help="Make the libraries and no more.")
    parser.add_argument("--judge", action="store_true", help="Have sentences judged by meaning.")
    parser.add_argument("--profile", action="store_true", help="Print where the time goes.")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        judge = bundled_judge() if given.judge else None
        print(json.dumps(vars(measured(given.folder, judge))))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        material = source() if not all((folder / f"{n}.made").exists() for n in given.passages) \
            else None  # fmt: skip
        rows: list[Measured] = []
        for passages in given.passages:
            if material and not (folder / f"{passages}.made").exists():
                build(folder / str(passages), passages, material)
                (folder / f"{passages}.made").touch()
            if given.profile:
                print(profiled(folder / str(passages)))
            elif not given.build:
                rows.append(_in_own_process(folder / str(passages), judge=given.judge))
    if not rows:
        return 0
    ratio = rows[-1].p95 / rows[0].p95
    print(shown(rows))
    print(f"p95 of the largest over the smallest: {ratio:.2f} (at most {CEILING})")
    print(json.dumps({"ratio": ratio, "libraries": [vars(row) for row in rows]}))
    return 0 if ratio <= CEILING else 1


def _in_own_process(folder: Path, *, judge: bool) -> Measured:
    """The figures of one library, with the memory of a program that opens no other."""
    command = [sys.executable, __file__, "--one", "--folder", str(folder)]
    command += ["--judge"] if judge else []
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    sys.exit(main())
