"""Scoring of a labelled set: a folder with `qa.jsonl`, `dialogues.jsonl` and `claims.jsonl`.

Any of the three may be missing. `rag.scoring` says when an item counts, `rag.scorecard` what the
rates are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol, TypeVar

from rag.errors import ScrutinyError
from rag.evaluation.metrics import (
    ClaimOutcome,
    LabelledClaim,
    LabelledEvidence,
    LabelledQuestion,
    QuestionOutcome,
    is_both_sided,
    is_cited,
    is_right,
    page_rank,
    passage_rank,
    stands,
)
from rag.evaluation.perturb.trial import (
    FAITHFUL,
    Prepares,
    ScriptedSentence,
    of_claims,
    of_questions,
    trial,
)
from rag.evaluation.report import EvaluationReport
from rag.types import Answer, Citation, Document, Hit, Kind

AskOne = Callable[[str], tuple[str, Sequence[Citation]]]
"""Claim -> its verdict ("supported", "contradicted" or "not_found") and the citations for it."""
OnItem = Callable[[int, int], None]
"""Called with how many items are done, and of how many."""
_SEARCHED = 10
_T = TypeVar("_T")


class BadSet(ScrutinyError):
    """A labelled set cannot be read."""


class DeskLike(Protocol):
    """What is evaluated."""

    def search(self, question: str, k: int = 10) -> tuple[Hit, ...]:
        """The `k` nearest passages, nearest first."""

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """The answer, in view of the answers before it."""

    def page_text(self, document: str, page: int) -> str | None:
        """The stored text of a page, None where it is not held."""


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Questions, conversations and claims with their labels."""

    questions: tuple[LabelledQuestion, ...] = ()
    dialogues: tuple[tuple[LabelledQuestion, ...], ...] = ()
    claims: tuple[LabelledClaim, ...] = ()
    written: tuple[ScriptedSentence, ...] = ()
    """Sentences as a language model might write them, faithful and not."""


def evaluate(
    folder: Path,
    desk: DeskLike,
    *,
    check: AskOne | None = None,
    on_item: OnItem | None = None,
    sample: int | None = None,
) -> EvaluationReport:
    """Put every item of the set in `folder` to the desk and score what comes back.

    Claims are scored only when there is a `check`, or the desk has one. Of a `sample` that many
    questions are put, taken evenly from all, and nothing else. Raises BadSet when the set cannot be
    read.
    """
    items = load_set(folder)
    if sample:
        items = LabelledSet(questions=_evenly(items.questions, sample))
    check = check or _check_of(desk)
    claims = items.claims if check else ()
    done = _Counter(len(items.questions) + len(items.dialogues) + len(claims), on_item)
    return EvaluationReport(
        questions=tuple(done(_question(desk, each)) for each in items.questions),
        dialogues=tuple(done(_dialogue(desk, each)) for each in items.dialogues),
        claims=tuple(done(_claim(check, each)) for each in claims if check),
    )


def _evenly(questions: Sequence[LabelledQuestion], number: int) -> tuple[LabelledQuestion, ...]:
    chosen = {n * len(questions) // number for n in range(min(number, len(questions)))}
    return tuple(question for n, question in enumerate(questions) if n in chosen)


def evaluate_checking(
    folder: Path, desk: Prepares, held: Sequence[Document], *, on_item: OnItem | None = None
) -> EvaluationReport:
    """Propose to the desk what a scripted model says of the set in `folder`, true and false; `held`
    are the desk's documents. Raises BadSet when the set cannot be read."""
    items, kinds = load_set(folder), {d.name: d.description.kind for d in held}
    lines = [
        *of_questions(items.questions, lambda name: kinds.get(name, Kind.OTHER)),
        *items.written,
        *of_claims(items.claims),
    ]
    done = _Counter(len(lines), on_item)
    return EvaluationReport(tried=trial(desk, lines, lambda: done(None)))


class _Counter:
    """Passes outcomes through and tells how many have passed."""

    def __init__(self, total: int, on_item: OnItem | None) -> None:
        self._done, self._total, self._on_item = 0, total, on_item

    def __call__(self, outcome: _T) -> _T:
        self._done += 1
        if self._on_item:
            self._on_item(self._done, self._total)
        return outcome


def _check_of(desk: DeskLike) -> AskOne | None:
    """The desk's own check of a claim, as verdict and citations."""
    method = getattr(desk, "check", None)
    if method is None:
        return None

    def check(claim: str) -> tuple[str, Sequence[Citation]]:
        verdict = method(claim)[0]
        return verdict.ruling.value, verdict.citations

    return check


def _question(desk: DeskLike, question: LabelledQuestion) -> QuestionOutcome:
    hits = desk.search(question.text, _SEARCHED) if question.answerable else ()
    return _asked(desk, question, (), hits)[1]


def _dialogue(desk: DeskLike, turns: Sequence[LabelledQuestion]) -> tuple[QuestionOutcome, ...]:
    history: tuple[Answer, ...] = ()
    outcomes = []
    for turn in turns:
        answer, outcome = _asked(desk, turn, history, ())
        history = (*history, answer)
        outcomes.append(outcome)
    return tuple(outcomes)


def _asked(
    desk: DeskLike, question: LabelledQuestion, history: Sequence[Answer], hits: Sequence[Hit]
) -> tuple[Answer, QuestionOutcome]:
    started = perf_counter()
    answer = desk.ask(question.text, history)
    seconds = perf_counter() - started
    shown = (*answer.citations, *answer.nearest)
    verbatim = sum(stands(c.quote, desk.page_text(c.document, c.page)) for c in shown)
    return answer, QuestionOutcome(
        id=question.id,
        question=question.text,
        category=question.category,
        answerable=question.answerable,
        abstained=not answer.answered,
        right=is_right(question, answer),
        cited=is_cited(answer.citations, question.evidence),
        both_sided=is_both_sided(answer.citations, question.evidence),
        quotes=len(shown),
        verbatim=verbatim,
        words=len(answer.text.split()),
        seconds=seconds,
        answer=answer.text,
        page_rank=page_rank(hits, question.evidence),
        passage_rank=passage_rank(hits, question.evidence),
    )


def _claim(check: AskOne, claim: LabelledClaim) -> ClaimOutcome:
    verdict, citations = check(claim.text)
    cited = is_cited(citations, claim.evidence)
    return ClaimOutcome(claim.id, claim.text, claim.label, verdict, cited)


# --- reading a set -------------------------------------------------------------------------------


def load_set(folder: Path) -> LabelledSet:
    """Read the labelled set in `folder`; BadSet names the file and line that cannot be read."""
    found = LabelledSet(
        questions=tuple(_rows(folder / "qa.jsonl", _read_question)),
        dialogues=tuple(_rows(folder / "dialogues.jsonl", _read_dialogue)),
        claims=tuple(_rows(folder / "claims.jsonl", _read_claim)),
        written=tuple(n for row in _rows(folder / "written.jsonl", _read_written) for n in row),
    )
    if not (found.questions or found.dialogues or found.claims):
        raise BadSet(f"{folder} has no qa.jsonl, dialogues.jsonl or claims.jsonl with items in it.")
    return found


def _rows(path: Path, read: Callable[[Mapping[str, Any]], _T]) -> list[_T]:
    if not path.is_file():
        return []
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                rows.append(read(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise BadSet(
                    f"{path}, line {number}, is not a labelled item: {error!r}."
                ) from error
    return rows


def _read_question(row: Mapping[str, Any]) -> LabelledQuestion:
    return _question_of(row, row["id"], row["question"], row.get("category", "question"))


def _read_dialogue(row: Mapping[str, Any]) -> tuple[LabelledQuestion, ...]:
    return tuple(
        _question_of(turn, f"{row['id']}.{n}", turn["user"], f"turn {n}")
        for n, turn in enumerate(row["turns"], 1)
    )


def _question_of(row: Mapping[str, Any], id: str, text: str, category: str) -> LabelledQuestion:
    return LabelledQuestion(
        id=id,
        text=text,
        category=category,
        answerable=bool(row["answerable"]),
        accept=tuple(tuple(group) for group in row.get("accept") or ()),
        evidence=_evidence(row),
    )


def _read_claim(row: Mapping[str, Any]) -> LabelledClaim:
    return LabelledClaim(
        row["id"], row["claim"], row["label"], _evidence(row), row.get("alteration")
    )


def _read_written(row: Mapping[str, Any]) -> list[ScriptedSentence]:
    said = [(text, FAITHFUL) for text in row["faithful"]]
    said += [(each["text"], each["kind"]) for each in row["planted"]]
    return [ScriptedSentence(row["id"], row["question"], text, fault) for text, fault in said]


def _evidence(row: Mapping[str, Any]) -> tuple[LabelledEvidence, ...]:
    places = [row, *(row.get("extra_evidence") or ())]
    return tuple(
        LabelledEvidence(place["doc"], int(place["page"]), place["quote"])
        for place in places
        if place.get("doc") and place.get("quote")
    )
