"""Sentences are weighed by what they say of the question, each feature by name."""

from __future__ import annotations

import pytest
from invented import passage
from invented import question as read

from rag.question.expansion import Concept, concepts, generic_terms
from rag.question.intent import AnswerType
from rag.retrieval.hybrid import CandidatePool
from rag.retrieval.sentence_features import (
    InformationNeed,
    TermSet,
    WeightedConcept,
    concept_coverage,
    coverage,
    sentences,
    weighted_concepts,
)
from rag.retrieval.weights import SENTENCE, score
from rag.text.tokens import terms
from rag.text.vocabulary import Vocabulary
from rag.types import Hit, Passage

FREQUENCIES = {"care": 900, "leaver": 40, "foster": 9, "caseload": 9}
LEAVERS = Concept((("care", "leaver"), ("leav", "care")))


def weighed(question: str) -> tuple[WeightedConcept, ...]:
    return weighted_concepts(
        concepts(question, Vocabulary.of(FREQUENCIES)), FREQUENCIES, 1000, frozenset({"fallowmer"})
    )


def of(question: str, text: Passage) -> list[dict[str, float]]:
    sought = InformationNeed(read(question), weighed(question))
    pool = CandidatePool({(text.document, text.number): 0.7}, {(text.document, text.number): 0.9})
    return [row[2] for row in sentences([Hit(text, 1.0)], sought, pool, {text.document: 1.0})]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    foster, care = weighed("foster care")
    assert foster.weight > care.weight > 0


def test_a_phrase_is_as_rare_as_its_rarest_word() -> None:
    (phrase,) = weighted_concepts([LEAVERS], FREQUENCIES, 1000, frozenset())
    (leaver,) = weighted_concepts([Concept((("leaver",),))], FREQUENCIES, 1000, frozenset())
    assert phrase.weight == leaver.weight


@pytest.mark.parametrize("word", ["inspectors", "figure", "Fallowmere", "2017"])
def test_words_of_asking_and_of_the_scope_weigh_little(word: str) -> None:
    (item,) = weighed(word)
    assert item.generic
    assert item.weight < weighed("zebra")[0].weight / 5


def test_words_of_asking_are_stems() -> None:
    assert {"inspector", "figur"} <= generic_terms()


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("care leavers are helped", 1.0),
        ("those leaving care are helped", 1.0),
        ("leavers have had care", 0.7),
        ("their care is good", 0.175),
        ("homes", 0.0),
    ],
)
def test_a_phrase_is_said_whole_or_in_part(text: str, share: float) -> None:
    assert concept_coverage(LEAVERS, TermSet.of(terms(text))) == pytest.approx(share)


def test_a_question_is_covered_by_the_weight_of_what_is_said() -> None:
    words = TermSet.of(terms("Foster carers are well supported"))
    assert coverage(weighed("foster homes"), words) == pytest.approx(
        weighed("foster")[0].weight / sum(w.weight for w in weighed("foster homes"))
    )
    assert coverage((), words) == 0.0


def test_each_sentence_has_every_feature_that_has_a_weight() -> None:
    (features,) = of("How many foster homes are there?", passage("There are 12 foster homes."))
    assert SENTENCE.keys() <= features.keys()
    assert all(-1.0 <= value <= 2.0 for value in features.values())


def test_a_heading_counts_as_said_before_the_first_sentence() -> None:
    (features,) = of("caseloads", passage("They are too high.", heading="Caseloads"))
    assert features["covered"] == 0.0
    assert features["covered_before"] == 1.0
    assert features["around"] == 1.0


def test_the_kind_of_thing_asked_for_is_looked_for() -> None:
    found = of("How many homes are there?", passage("There are 12 homes.", "Homes are good."))
    assert [features["typed"] for features in found] == [1.0, 0.0]
    assert [features["counted"] for features in found] == [1.0, 0.0]


def test_nothing_special_asked_for_is_neither_here_nor_there() -> None:
    (features,) = of("Tell me about homes.", passage("Homes are good."))
    assert features["typed"] == features["counted"] == features["tone"] == 0.5


def test_neighbouring_words_of_the_question_are_looked_for_together() -> None:
    near, far = of(
        "foster caseloads",
        passage(
            "Foster team caseloads fell.",
            "Foster carers say that the work has grown and that new caseloads are high.",
        ),
    )
    assert (near["pairs"], far["pairs"]) == (1.0, 0.0)


def test_a_row_that_is_no_sentence_is_known() -> None:
    row, whole = of("homes", passage("Homes Good", "The homes are good ones, it is said."))
    assert (row["short"], row["unended"]) == (1.0, 1.0)
    assert (whole["short"], whole["unended"]) == (0.0, 0.0)


def test_opening_pages_count_for_questions_of_good_and_bad() -> None:
    (features,) = of("What went wrong with homes?", passage("Homes are poor."))
    assert features["opening"] == 1.0
    (features,) = of("What went wrong with homes?", passage("Homes are poor.", page=9))
    assert features["opening"] == 0.0


def test_a_score_is_a_weighted_sum_of_the_features_that_have_weights() -> None:
    assert score({"covered": 2.0, "typed": 1.0}, {"covered": 0.5, "other": 9.0}) == 1.0
    several = read("How many areas were rated good?")
    assert AnswerType.GRADE in several.answer_types
    assert InformationNeed(several, ()).kinds == (AnswerType.NUMBER,)
    assert InformationNeed(read("What was the grade?"), ()).kinds == ()
