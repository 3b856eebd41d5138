"""Who says each sentence of a document, and whether the document stands by it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from rag.speech.replies import reply_to
from rag.speech.utterances import sentence_utterance, utterances
from rag.types import OWN_WORDS, Kind, Passage, Sentence, Span, Status, Utterance, Voice


def passage(number: int, *texts: str, heading: str | None = None) -> Passage:
    sentences = []
    at = 0
    for text in texts:
        sentences.append(Sentence(text, (Span(1, at, at + len(text)),)))
        at += len(text) + 1
    return Passage("a.pdf", number, tuple(sentences), heading)


def by_text(*passages: Passage, kind: Kind = Kind.OTHER) -> Mapping[str, Utterance]:
    said = utterances(passages, kind)
    return {
        sentence.text: said.get((each.number, index), OWN_WORDS)
        for each in passages
        for index, sentence in enumerate(each.sentences)
    }


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The council reviewed the plan in April, ten months late.", Status.ASSERTED),
        ("Residents claim that the wardens ignored them.", Status.ALLEGED),
        ("They are told about their rights by an advocate.", Status.ASSERTED),
        ("It is rumoured that the depot will be sold.", Status.ALLEGED),
        ("Mr Ellwood told us that nobody had called.", Status.REPORTED),
        ("The leader denied that 44 homes had been lost.", Status.DENIED),
        ("The story was untrue.", Status.DENIED),
        ("Question from Ms Ode: Given that 60 children ran away, who will resign?", Status.ASKED),
        ("The council plans to open a home in Maytown.", Status.PLANNED),
        ("Officers expect the number to be 12% higher by 2028.", Status.FORECAST),
        ("The task group recommends one more officer.", Status.RECOMMENDED),
        ("Option A: close the unit. Not recommended.", Status.REJECTED),
        ("Inspectors said that children were safe.", Status.ASSERTED),
        ("Leaders have maintained a strong focus on practice.", Status.ASSERTED),
        ("Mr Ellwood maintained that the road was safe.", Status.ALLEGED),
        ("The officer gives advice on the recording of allegations.", Status.ASSERTED),
        ("Notices were not sent, which would have added to the picture.", Status.ASSERTED),
        ("However, this is not the case for children on the pathway.", Status.ASSERTED),
        ("The records show that six visits were missed.", Status.ASSERTED),
    ],
)
def test_a_sentence_tells_by_its_words_how_it_is_said(text: str, status: Status) -> None:
    assert sentence_utterance(text, Kind.OTHER).status is status


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("2 Families feared that moving would shorten lives.", "Families"),
        ("Head teachers have now told us that routes are late.", "Head teachers"),
        ("It has no power, and the Executive does not think it would help.", "the Executive"),
        ("A headline on 31 May stated that 40 children had gone.", "A headline on 31 May"),
        ("She told us that a new card system would end the problem.", "She"),
    ],
)
def test_who_says_a_sentence_is_named_without_the_words_of_the_verb(
    text: str, speaker: str
) -> None:
    assert sentence_utterance(text, Kind.OTHER).speaker == speaker


def test_a_table_of_complaints_is_no_complaint() -> None:
    table = passage(0, "The council upheld 163 complaints in the year.", heading="Complaints")
    assert by_text(table)["The council upheld 163 complaints in the year."] is OWN_WORDS
    told = passage(0, "The council lost my letters.", heading="The complaint")
    assert by_text(told)["The council lost my letters."].status is Status.ALLEGED


def test_a_plan_is_no_plan_of_inspectors_who_say_what_will_be_published() -> None:
    text = "The report will be published."
    assert sentence_utterance(text, Kind.INSPECTION_REPORT).status is Status.ASSERTED


def test_what_a_complaint_lists_is_alleged_by_the_complainant() -> None:
    said = by_text(
        passage(
            0,
            "Mrs K complains that:",
            "the Council charged her twice;",
            "carers missed 31 visits.",
            heading="The complaint",
        ),
        passage(1, "The Council charged her once.", heading="What I found"),
    )
    assert said["the Council charged her twice;"].status is Status.ALLEGED
    assert said["carers missed 31 visits."].voice is Voice.OTHER
    assert said["The Council charged her once."] == OWN_WORDS


def test_what_the_next_sentence_denies_is_denied() -> None:
    said = by_text(
        passage(
            0, "Councillor Mole said the home had been condemned.", "It did nothing of the sort."
        )
    )
    assert said["Councillor Mole said the home had been condemned."].status is Status.DENIED


def test_what_a_paper_takes_back_is_corrected() -> None:
    said = by_text(
        passage(
            0, "On Friday we wrote that 14 homes would be sold.", "We made a mistake: it is four."
        ),
        kind=Kind.NEWS,
    )
    assert said["On Friday we wrote that 14 homes would be sold."].status is Status.CORRECTED


def test_a_motion_that_was_lost_is_told_as_not_agreed() -> None:
    said = by_text(
        passage(
            0,
            "Moved by Councillor Reed: This council has no confidence in the leader.",
            "On being put to the vote, the motion was LOST.",
        ),
        kind=Kind.COUNCIL_DOCUMENT,
    )
    motion = said["Moved by Councillor Reed: This council has no confidence in the leader."]
    assert (motion.status, motion.speaker) == (Status.REJECTED, "Councillor Reed")


def test_a_denial_holds_for_what_it_denies_and_not_for_the_right_figure() -> None:
    text = "Asked about 90 homeless care leavers, she said that this was not so; there were nine."
    denied = sentence_utterance(text, Kind.OTHER)
    assert denied.within is not None
    assert "nine" not in text[slice(*denied.within)]


def test_an_allegation_has_the_documents_own_finding_for_its_reply() -> None:
    passages = (
        passage(
            0,
            "Mrs K complains that:",
            "the Council charged twice for respite care in March;",
            heading="The complaint",
        ),
        passage(
            1,
            "The plan was reviewed late.",
            "The records show one invoice for respite care in March.",
            "I have seen no evidence of a second charge.",
            heading="What I found",
        ),
    )
    reply = reply_to(passages, Kind.OTHER, (0, 1))
    assert reply
    assert (reply.passage, reply.first <= 1 <= reply.last) == (1, True)


def test_a_question_has_the_answer_after_it_for_its_reply() -> None:
    passages = (
        passage(
            0,
            "Question from Ms Ode: Given that 60 children ran away, who will resign?",
            "The premise is wrong: there were 60 episodes and 17 children.",
        ),
    )
    reply = reply_to(passages, Kind.COUNCIL_DOCUMENT, (0, 0))
    assert reply
    assert (reply.passage, reply.first) == (0, 1)
