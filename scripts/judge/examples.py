"""The examples that a judge is fitted to, from labelled data and from invented documents.

`LEARN` is a folder as its own README describes it: questions, claims, rewordings and sentences over
real reports in groups of councils. The invented documents are lines of JSON, each an excerpt with
what was asked, stated and read of it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from rag.citation.source_label import source_label
from rag.judge.inputs import SENTENCE_WORDS, text_in_place
from rag.judge.port import Span
from rag.judge.scores import POLARITIES, STATUSES, THEMES
from rag.library.library import Library
from rag.question.filters import EVERYTHING, filtered_documents
from rag.question.question import read_question
from rag.retrieval.judged import span_of
from rag.retrieval.search import DEPTH, retrieve
from rag.types import Passage

_LABEL_OF = {
    "supported": 0, "entailed": 0, "entailment": 0,
    "contradicted": 1, "contradiction": 1,
    "not_found": 2, "neutral": 2,
}  # fmt: skip
_THEME_OF = {
    "child_protection": "protection", "send": "education_send", "education": "education_send",
    "front_door": "referrals_thresholds", "health": "health_mental_health",
    "participation_voice": "voice",
}  # fmt: skip
INVENTED = "invented"
PUBLIC = "public"
GENRE = "genre"
"""Of the labelled data's invented papers of other kinds."""
UNKNOWN = -100
"""The class of what is not labelled."""
_BETWEEN = re.compile(r"[\W_]+")
_LEAST, _RUN = 8, 0.8
_NEITHER = _LABEL_OF["neutral"]
_LONGER = re.compile(r"\w{4,}")
_CLOSE = 3
"""Sentences that a statement's own may span to be read with what stands around them."""
IN_PLACE, BESIDE = "in place", "beside"
"""The kinds of pairs that are made of a statement: with what stands around its sentences, and with
another sentence that is like it."""


@dataclass(frozen=True, slots=True)
class AnswerExample:
    """A question, and the spans that answer it and that do not, the likeliest first."""

    group: str
    question: str
    right: tuple[Span, ...]
    wrong: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PairExample:
    """A source and a statement; `label`: 0 entailed, 1 contradicted, 2 neither."""

    group: str
    source: Span
    statement: str
    label: int
    kind: str


@dataclass(frozen=True, slots=True)
class ReadingExample:
    """A span and the places of its classes in the model's scores; UNKNOWN where not labelled."""

    group: str
    span: Span
    polarity: int
    status: int
    theme: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Examples:
    """What a model is fitted to or measured on."""

    answers: tuple[AnswerExample, ...] = ()
    pairs: tuple[PairExample, ...] = ()
    readings: tuple[ReadingExample, ...] = ()

    def of(self, groups: Sequence[str]) -> Examples:
        """Those of some groups."""
        return Examples(
            tuple(each for each in self.answers if each.group in groups),
            tuple(each for each in self.pairs if each.group in groups),
            tuple(each for each in self.readings if each.group in groups),
        )

    def __add__(self, other: Examples) -> Examples:
        return Examples(
            self.answers + other.answers, self.pairs + other.pairs, self.readings + other.readings
        )


def rows(path: Path) -> Iterator[Mapping[str, Any]]:
    """The records of a file of JSON lines, packed or not; none where there is no such file."""
    if not path.is_file():
        return
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


# ---------------------------------------------------------------- over real reports


class LearnExamples:
    """The examples of a folder of labelled data, over a library of its reports."""

    def __init__(self, learn: Path, library: Library, dice: random.Random) -> None:
        self._learn, self._library, self._dice = learn, library, dice
        self._documents = {document.name: document for document in library.documents()}
        self._within = filtered_documents(EVERYTHING, library.documents())
        self._labels = {n: source_label(d.description) for n, d in self._documents.items()}
        self._pages: dict[tuple[str, int], list[Span]] = defaultdict(list)
        self._places: dict[tuple[str, str], tuple[Passage, int]] = {}
        for document in library.documents():
            for passage in library.passages(document.name):
                before = ""
                for place, sentence in enumerate(passage.sentences):
                    self._places[document.name, sentence.text] = passage, place
                    label = self._labels[document.name]
                    span = Span(sentence.text, before, passage.heading or "", label)
                    self._pages[document.name, sentence.page].append(span)
                    before = sentence.text

    def examples(self) -> Examples:
        """Questions, statements and sentences."""
        return Examples(tuple(self._answers()), tuple(self._pairs()), tuple(self._readings()))

    def of_reports(self, folder: Path) -> Examples:
        """What was asked and claimed of the reports besides, whose sentences are known there by
        their marks."""
        written = [row for path in sorted(folder.glob("*.jsonl")) for row in rows(path)]
        marked = {
            (name, mark_of(span.text)): span
            for (name, _), spans in self._pages.items()
            for span in spans
        }
        answers: list[AnswerExample] = []
        pairs: list[PairExample] = []
        for row in written:
            group = str(row["group"])
            spans = [marked[d, m] for d, m in row["sentences"] if (d, m) in marked]
            if "question" in row:
                answers.append(self._asked(group, str(row["question"]), spans))
            elif spans:
                source = Span(" ".join(span.text for span in spans), label=spans[0].label)
                label = _LABEL_OF[str(row["label"])]
                pair = PairExample(group, source, str(row["claim"]), label, str(row["kind"]))
                pairs += [pair, *self._in_place(pair, str(row["sentences"][0][0]), spans)]
        return Examples(tuple(answers), tuple(pairs))

    def _in_place(
        self, pair: PairExample, document: str, spans: Sequence[Span]
    ) -> Iterator[PairExample]:
        """A pair with what stands around its sentences, where they stand in one passage."""
        places = [
            self._places[document, s.text] for s in spans if (document, s.text) in self._places
        ]
        passages = {passage.number for passage, _ in places}
        if len(places) == len(spans) and len(passages) == 1:
            passage = places[0][0]
            texts = [sentence.text for sentence in passage.sentences]
            numbers = [number for _, number in places]
            yield from _placed(pair, passage.heading or "", texts, numbers)

    def _answers(self) -> Iterator[AnswerExample]:
        for row in (*rows(self._learn / "qa.jsonl"), *rows(self._learn / "pairs.jsonl")):
            quotes = [row] if row.get("quote") else []
            quotes += row.get("extra_evidence") or []
            right = [span for each in quotes for span in self._quoted(each)]
            yield self._asked(str(row.get("group", "")), str(row["question"]), right)

    def _asked(self, group: str, question: str, right: Sequence[Span]) -> AnswerExample:
        """A question with what answers it, found or not, and with what else is found for it."""
        read = read_question(question, self._within)
        library = self._library
        found = retrieve(library, library.embedder, read, self._within, depth=DEPTH)
        spans = (span_of(e, self._documents[e.passage.document]) for e in found.quotable)
        texts = {span.text for span in right}
        wrong = tuple(span for span in spans if span.text not in texts)
        return AnswerExample(group, question, tuple(dict.fromkeys(right)), wrong)

    def _quoted(self, row: Mapping[str, Any]) -> Iterator[Span]:
        """The sentences of a page, or of one beside it, that a quote is of."""
        document, page = str(row["doc"]), int(row["page"])
        for near in (page - 1, page, page + 1):
            for span in self._pages.get((document, near), ()):
                if overlaps(span.text, str(row["quote"])):
                    yield span

    def _pairs(self) -> Iterator[PairExample]:
        """Rewordings and claims against their quotes, and true ones against other sentences of the
        same page."""
        for row in rows(self._learn / "rewordings.jsonl"):
            group, source = str(row["group"]), self._source(row)
            for kind in ("close", "free"):
                yield PairExample(group, source, str(row[kind]), 0, kind)
                for other in self._beside(row, 2):
                    yield PairExample(group, other, str(row[kind]), 2, "beside")
            for false in row["false"]:
                yield PairExample(group, source, str(false["text"]), 1, str(false["kind"]))
            yield PairExample(group, source, str(row["unsupported"]), 2, "unsupported")
        for row in rows(self._learn / "genres" / "claims.jsonl"):
            if row.get("quote"):
                label = _LABEL_OF[str(row["label"])]
                yield PairExample(GENRE, Span(str(row["quote"])), str(row["claim"]), label, "claim")
        for row in rows(self._learn / "claims.jsonl"):
            if not row.get("quote"):
                continue
            group, claim = str(row["group"]), str(row["claim"])
            yield PairExample(
                group, self._source(row), claim, _LABEL_OF[str(row["label"])], "claim"
            )
            for other in self._beside(row, 1):
                yield PairExample(group, other, claim, 2, "beside")

    def _source(self, row: Mapping[str, Any]) -> Span:
        return Span(str(row["quote"]), label=self._labels.get(str(row["doc"]), ""))

    def _beside(self, row: Mapping[str, Any], most: int) -> list[Span]:
        quote = str(row["quote"])
        others = [
            span
            for span in self._pages[str(row["doc"]), int(row["page"])]
            if len(span.text.split()) > 7 and not overlaps(span.text, quote)
        ]
        return self._dice.sample(others, min(most, len(others)))

    def _readings(self) -> Iterator[ReadingExample]:
        groups = {str(row["doc"]): str(row["group"]) for row in rows(self._learn / "pairs.jsonl")}
        for row in rows(self._learn / "sentences.jsonl"):
            name, text = str(row["doc"]), str(row["text"])
            on_page = self._pages.get((name, int(row["page"])), ())
            heading = next((span.heading for span in on_page if span.text == text), "")
            theme = _THEME_OF.get(str(row["theme"]), str(row["theme"]))
            yield ReadingExample(
                groups.get(name, ""),
                Span(text, str(row.get("before") or ""), heading, self._labels.get(name, "")),
                POLARITIES.index(row["polarity"]),
                UNKNOWN,
                THEMES.index(theme),
                bool(row["stands_alone"]),
            )


def mark_of(sentence: str) -> str:
    """By what a sentence of a report is known where its words are not to be repeated."""
    return hashlib.sha256(_BETWEEN.sub("", sentence.casefold()).encode()).hexdigest()[:12]


def overlaps(sentence: str, quote: str) -> bool:
    """Whether one stands in the other, or nearly: a run of four fifths of the shorter in both."""
    one, other = (_BETWEEN.sub("", text.casefold()) for text in (sentence, quote))
    shorter = min(len(one), len(other))
    if shorter < _LEAST:
        return False
    run = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return run.size >= _RUN * shorter


# ---------------------------------------------------------------- invented documents


def invented_examples(folder: Path, dice: random.Random) -> Examples:
    """The examples of every file of invented documents."""
    documents = [row for path in sorted(folder.glob("*.jsonl")) for row in rows(path)]
    answers: list[AnswerExample] = []
    pairs: list[PairExample] = []
    readings: list[ReadingExample] = []
    for row in documents:
        spans, aside = _spans(row), _spans(dice.choice(documents))
        answers += [_asked(asked, spans, aside) for asked in row["questions"]]
        pairs += _stated(row, spans)
        readings += _read(row["readings"], spans)
    return Examples(tuple(answers), tuple(pairs), tuple(readings))


def _spans(row: Mapping[str, Any]) -> list[Span]:
    sentences = [str(each) for each in row["sentences"]]
    before = ["", *sentences]
    heading, label = str(row["heading"]), str(row["label"])
    return [Span(text, b, heading, label) for text, b in zip(sentences, before, strict=False)]


def _read(readings: Sequence[Mapping[str, Any]], spans: Sequence[Span]) -> list[ReadingExample]:
    """How each sentence is meant."""
    return [
        ReadingExample(
            INVENTED,
            span,
            POLARITIES.index(read["polarity"]),
            STATUSES.index(read["status"]),
            THEMES.index(read["theme"]),
            bool(read["alone"]),
        )
        for span, read in zip(spans, readings, strict=True)
    ]


def _asked(asked: Mapping[str, Any], spans: Sequence[Span], aside: Sequence[Span]) -> AnswerExample:
    answering = {int(number) for number in asked["answers"]}
    right = tuple(spans[number] for number in sorted(answering))
    wrong = [span for number, span in enumerate(spans) if number not in answering]
    return AnswerExample(INVENTED, str(asked["q"]), right, (*wrong, *aside[:2]))


def _stated(row: Mapping[str, Any], spans: Sequence[Span]) -> Iterator[PairExample]:
    """Each statement against its sentences, against these in their place, and, where they tell,
    against the likest other one, which does not."""
    texts = [span.text for span in spans]
    for stated in row["statements"]:
        numbers = [int(number) for number in stated["source"]]
        source = Span(" ".join(texts[number] for number in numbers), label=str(row["label"]))
        label, statement = _LABEL_OF[str(stated["label"])], str(stated["text"])
        pair = PairExample(INVENTED, source, statement, label, str(stated["kind"]))
        yield pair
        yield from _placed(pair, str(row["heading"]), texts, numbers)
        others = [text for number, text in enumerate(texts) if number not in numbers]
        if label != _NEITHER and others:
            likest = max(others, key=lambda text: _alike(text, statement))
            other = Span(likest, label=source.label)
            yield PairExample(INVENTED, other, statement, _NEITHER, BESIDE)


def _placed(
    pair: PairExample, heading: str, sentences: Sequence[str], numbers: Sequence[int]
) -> Iterator[PairExample]:
    """A pair with what stands around its sentences, where those stand close together."""
    first, last = min(numbers), max(numbers)
    if last - first < _CLOSE:
        source = replace(pair.source, text=text_in_place(heading, sentences, first, last))
        yield replace(pair, source=source, kind=IN_PLACE)


def _alike(text: str, statement: str) -> float:
    """The share of a statement's longer words that a text has."""
    own, said = (set(_LONGER.findall(each.casefold())) for each in (text, statement))
    return len(own & said) / max(1, len(said))


def quoted_examples(folder: Path, dice: random.Random) -> Examples:
    """What is said of every invented quote, and of another one that a true statement is held
    against."""
    quotes = [row for path in sorted(folder.glob("*.jsonl")) for row in rows(path)]
    pairs: list[PairExample] = []
    for row in quotes:
        true, false, unsaid = (_said(row, fields) for fields in _QUOTED)
        source, other = _quoted(row), _quoted(dice.choice(quotes))
        pairs += [PairExample(INVENTED, source, text, 0, kind) for kind, text in true]
        pairs += [PairExample(INVENTED, source, text, 1, kind) for kind, text in false]
        pairs += [PairExample(INVENTED, source, text, 2, kind) for kind, text in unsaid]
        if other.text != source.text:
            pairs.append(PairExample(INVENTED, other, dice.choice(true)[1], 2, "other"))
    return Examples(pairs=tuple(pairs))


_QUOTED = (
    ("close", "free", "claim"),
    ("false", "false_close", "false_free", "false_claim"),
    ("added", "beside"),
)
"""The fields of what a quote bears out, what it contradicts, and what it leaves open."""


def _quoted(row: Mapping[str, Any]) -> Span:
    return Span(str(row["quote"]), label=str(row["label"]))


def _said(row: Mapping[str, Any], fields: Sequence[str]) -> list[tuple[str, str]]:
    """The statements of some fields: each its kind, and its text."""
    given = ((field, each) for field in fields for each in row.get(field, ()))
    return [
        (field, each) if isinstance(each, str) else (str(each["kind"]), str(each["text"]))
        for field, each in given
    ]


def asked_examples(folder: Path, dice: random.Random) -> Examples:
    """What is asked of every excerpt that is there for its questions alone."""
    excerpts = [row for path in sorted(folder.glob("*.jsonl")) for row in rows(path)]
    answers = [
        _asked(asked, _spans(row), _spans(dice.choice(excerpts)))
        for row in excerpts
        for asked in row["questions"]
    ]
    return Examples(answers=tuple(answers))


def stated_examples(folder: Path) -> Examples:
    """What is stated of every excerpt that is there for its statements alone."""
    excerpts = [row for path in sorted(folder.glob("*.jsonl")) for row in rows(path)]
    return Examples(pairs=tuple(pair for row in excerpts for pair in _stated(row, _spans(row))))


# ---------------------------------------------------------------- public data


def public_examples(learn: Path, pairs: int, questions: int, dice: random.Random) -> Examples:
    """Some of the public entailment pairs, and some of the public questions."""
    return Examples(_public_questions(learn, questions, dice), _public_pairs(learn, pairs, dice))


def _public_questions(learn: Path, most: int, dice: random.Random) -> tuple[AnswerExample, ...]:
    """Questions with the sentences that were held against each; those with a long one are left
    out."""
    by_question: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows(learn / "public" / "question_sentence.jsonl.gz"):
        by_question[str(row["question"])].append(row)
    found = []
    for question, own in by_question.items():
        spans = [Span(str(row["sentence"])) for row in own]
        if all(len(span.text.split()) < SENTENCE_WORDS for span in spans):
            answers = [bool(row["answers"]) for row in own]
            right = tuple(span for span, yes in zip(spans, answers, strict=True) if yes)
            wrong = tuple(span for span, yes in zip(spans, answers, strict=True) if not yes)
            found.append(AnswerExample(PUBLIC, question, right, wrong))
    return tuple(dice.sample(found, min(most, len(found))))


def _public_pairs(learn: Path, most: int, dice: random.Random) -> tuple[PairExample, ...]:
    """Pairs of all sources in equal parts as far as they go; those that say no more than "not
    entailed" are left out."""
    by_source: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows(learn / "public" / "nli.jsonl.gz"):
        if row["label"] in _LABEL_OF and len(row["premise"]) < 600:
            by_source[str(row["source"]).split("-")[0]].append(row)
    share = most // max(1, len(by_source))
    chosen = [row for own in by_source.values() for row in dice.sample(own, min(share, len(own)))]
    return tuple(
        PairExample(
            PUBLIC,
            Span(str(row["premise"])),
            str(row["hypothesis"]),
            _LABEL_OF[str(row["label"])],
            str(row["source"]),
        )
        for row in chosen
    )
