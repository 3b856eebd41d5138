"""Verdicts over invented documents: the words that decide, conflicts, and honest silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from cited import assert_cited
from click.testing import CliRunner
from fakes import FakeDesk
from invented import passage, shelved, source

from rag.citation.quote import Quote
from rag.claims.candidates import ClaimEvidence, matter
from rag.claims.check import telling
from rag.claims.decision import elsewhere, rule
from rag.claims.scored_evidence import scored
from rag.claims.table_rows import CELL
from rag.desk import Desk
from rag.judge.port import Entailment
from rag.library.library import Library
from rag.question.filters import EVERYTHING, Filters
from rag.records.verdicts import check_record, checked_record
from rag.types import Agreement, Comparison, Kind, TextSpan, Verdict, VerdictRuling
from ui.cli.check_text import speech_text, verdict_text
from ui.cli.main import main
from ui.cli.services import Services


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    held = shelved(tmp_path_factory.mktemp("claims"))
    yield held
    held.close()


def one(library: Library, claim: str) -> Verdict:
    return Desk(library).check(claim)[0]


CLAIMS = [
    (
        "In 2017, 240 children in Fallowmere were the subject of a child protection plan.",
        VerdictRuling.SUPPORTED, "f2017.pdf", "240",
    ),
    (
        "In 2017, 420 children in Fallowmere were the subject of a child protection plan.",
        VerdictRuling.CONTRADICTED, "f2017.pdf", "the claim says 420",
    ),
    (
        "In 2024 Fallowmere\u2019s care leavers were judged outstanding.",
        VerdictRuling.SUPPORTED, "f2024.pdf", "outstanding",
    ),
    (
        "In 2024 Fallowmere\u2019s care leavers were judged inadequate.",
        VerdictRuling.CONTRADICTED, "f2024.pdf", "the source says outstanding",
    ),
    (
        "The 2024 inspection of Fallowmere was led by Marian Thistlewood.",
        VerdictRuling.CONTRADICTED, "f2024.pdf", "Otto Brackenridge",
    ),
    (
        "In 2017 care leavers in Fallowmere were told what they are entitled to.",
        VerdictRuling.CONTRADICTED, "f2017.pdf", "denies",
    ),
    (
        "Councillor Prudence Oakes said the council had been slow to recruit.",
        VerdictRuling.SUPPORTED, "article.html", "said by",
    ),
    (
        "Councillor Basil Fenn said the council had been slow to recruit.",
        VerdictRuling.CONTRADICTED, "article.html", "not by",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "ruling", "document", "words"), CLAIMS)
def test_a_claim_is_ruled_on_by_the_words_that_decide_it(
    library: Library, claim: str, ruling: VerdictRuling, document: str, words: str
) -> None:
    verdict = one(library, claim)
    assert verdict.ruling is ruling
    assert verdict.citations[0].document == document
    assert words in verdict.explanation


@pytest.mark.parametrize(
    "claim",
    [
        "Fallowmere spent £12 million on agency social workers in 2024.",
        "The leader of Fallowmere won an award for gardening.",
        "In 2019 Thornbeck opened a swimming pool.",
        "38% of foster carers in Thornbeck are over 60.",
    ],
)
def test_what_no_document_says_is_not_found(library: Library, claim: str) -> None:
    verdict = one(library, claim)
    assert verdict.ruling is VerdictRuling.NOT_FOUND
    assert verdict.citations == ()
    assert "No document held" in verdict.explanation


def test_nothing_is_said_of_a_council_that_is_not_held(library: Library) -> None:
    verdict = one(library, "Croydon was judged good overall.")
    assert verdict.ruling is VerdictRuling.NOT_FOUND
    assert "Croydon" in verdict.explanation


@pytest.mark.parametrize("claim", [row[0] for row in CLAIMS])
def test_quotes_are_verbatim_and_marks_lie_within_them(library: Library, claim: str) -> None:
    verdict = one(library, claim)
    assert_cited(library, verdict)
    for ground in verdict.grounds:
        for citation, marks in zip(ground.citations, ground.marks, strict=True):
            assert all(0 <= m.start < m.end <= len(citation.quote) for m in marks)
    assert [c.n for c in verdict.citations] == list(range(1, len(verdict.citations) + 1))


def test_the_deciding_words_are_marked_on_both_sides(library: Library) -> None:
    claim = "In 2017, 420 children in Fallowmere were the subject of a child protection plan."
    verdict = one(library, claim)
    quote, marks = verdict.citations[0].quote, verdict.grounds[0].marks[0]
    assert "420" in [claim[m.start : m.end] for m in verdict.marks]
    assert "240" in [quote[m.start : m.end] for m in marks]


def test_several_claims_give_what_each_gives_alone(library: Library) -> None:
    claims = [row[0] for row in CLAIMS[:3]]
    together = Desk(library).check(*claims)
    assert [v.ruling for v in together] == [one(library, c).ruling for c in claims]


def test_no_claim_is_decided_by_what_a_filter_shuts_out(library: Library) -> None:
    claim = CLAIMS[1][0]
    within = Filters(documents=frozenset({"f2024.pdf"}))
    verdict = Desk(library).check(claim, filters=within)[0]
    shown = (*verdict.citations, *verdict.nearest)
    assert {c.document for c in shown} <= {"f2024.pdf"}
    assert (verdict.searched.documents, verdict.searched.filters) == (1, "f2024.pdf")
    none = Filters(kinds=frozenset({Kind.NEWS}), councils=frozenset({"Thornbeck"}))
    assert "choose another filter" in Desk(library).check(claim, filters=none)[0].explanation


def test_an_empty_library_finds_nothing(tmp_path: Path, library: Library) -> None:
    empty = Library(tmp_path, library.embedder)
    assert one(empty, "Anything.").ruling is VerdictRuling.NOT_FOUND
    empty.close()


@pytest.mark.parametrize(
    ("claim", "core"),
    [
        ("In 2019 too many children in Fallowmere waited.", "too many children in waited."),
        ("Inspectors found that visits were late.", "visits were late."),
        ("At the time of the 2022 inspection, visits were late.", ", visits were late."),
    ],
)
def test_the_matter_of_a_claim_is_without_place_and_inspection(claim: str, core: str) -> None:
    assert matter(claim).replace(" Fallowmere", "").removeprefix(", ") == core.removeprefix(", ")


# ---------------------------------------------------------------- rulings, pure

OLD, NEW = source("f2017.pdf", "Fallowmere"), source("f2024.pdf", "Fallowmere")


def bearing(
    document: str = "f2017.pdf", *found: tuple[str, Agreement], covered: float = 1.0
) -> ClaimEvidence:
    quote = Quote(passage("Some words.", document=document), 0, 0)
    compared = tuple(Comparison(aspect, finding, (TextSpan(0, 1),)) for aspect, finding in found)
    features = {"covered": covered, "around": covered, "cosine": covered}
    features |= {f"{c.finding.value} {c.aspect}": 1.0 for c in compared}
    return ClaimEvidence(quote, NEW if document == "f2024.pdf" else OLD, features, compared)


DIFFERS, AGREES, ADDS = Agreement.DIFFERS, Agreement.AGREES, Agreement.ADDS


@pytest.mark.parametrize(
    ("held", "ruling"),
    [
        ([bearing("f2017.pdf", ("number", AGREES))], VerdictRuling.SUPPORTED),
        ([bearing("f2017.pdf", ("number", DIFFERS))], VerdictRuling.CONTRADICTED),
        ([bearing("f2017.pdf", ("number", ADDS))], VerdictRuling.NOT_FOUND),
        ([bearing("f2017.pdf", ("name", ADDS))], VerdictRuling.NOT_FOUND),
        ([bearing(covered=0.1)], VerdictRuling.NOT_FOUND),
        ([], VerdictRuling.NOT_FOUND),
        (
            [bearing("f2017.pdf", ("grade", AGREES)), bearing("f2017.pdf", ("grade", DIFFERS))],
            VerdictRuling.CONTRADICTED,
        ),
    ],
)
def test_the_surest_sentence_rules(held: list[ClaimEvidence], ruling: VerdictRuling) -> None:
    assert rule(held).ruling is ruling


def test_another_document_that_says_otherwise_is_a_conflict() -> None:
    held = [bearing("f2017.pdf", ("number", AGREES)), bearing("f2024.pdf", ("number", DIFFERS))]
    assert [p.bearing.document.name for p in rule(held).against] == ["f2024.pdf"]


def test_a_document_that_restates_another_is_no_second_source() -> None:
    held = [bearing("f2017.pdf", ("number", AGREES)), bearing("f2024.pdf", ("number", DIFFERS))]
    assert rule(held, {"f2017.pdf": ("f2024.pdf",)}).against == ()


def test_a_document_that_disagrees_with_itself_is_a_conflict() -> None:
    agreeing, differing = (
        bearing("f2017.pdf", ("number", AGREES)),
        bearing("f2017.pdf", ("number", DIFFERS)),
    )
    elsewhere_in_it = replace(
        differing,
        quote=Quote(replace(differing.quote.passage, number=9), 0, 0),
        features={**differing.features, "cosine": 0.9},
    )
    assert [p.bearing for p in rule([agreeing, elsewhere_in_it]).against] == [elsewhere_in_it]
    assert rule([agreeing, differing]).against == ()
    part = replace(elsewhere_in_it, features={**elsewhere_in_it.features, "covered": 0.6})
    assert rule([agreeing, part]).against == ()


def test_a_figure_of_another_time_is_told_as_that() -> None:
    once = bearing("f2024.pdf", ("number", AGREES), ("occasion", ADDS))
    now = bearing("f2017.pdf", ("number", DIFFERS), ("occasion", AGREES))
    contradicted = rule([now, once])
    assert contradicted.ruling is VerdictRuling.CONTRADICTED
    assert [p.bearing for p in contradicted.once] == [once]
    missed = rule([once])
    assert (missed.ruling, [p.bearing for p in missed.once]) == (VerdictRuling.NOT_FOUND, [once])
    told = bearing("f2024.pdf", ("number", AGREES), ("occasion", ADDS), covered=0.5)
    assert rule([told]).once == ()


def test_a_figure_of_another_time_contradicts_only_where_it_surely_bears() -> None:
    other = bearing("f2017.pdf", ("number", DIFFERS), ("occasion", ADDS), covered=0.5)
    assert rule([other]).ruling is VerdictRuling.NOT_FOUND


def test_what_is_said_whole_of_another_council_contradicts() -> None:
    nothing = rule([])
    told = bearing("f2017.pdf", ("council", DIFFERS))
    assert elsewhere(nothing, [told], {}).ruling is VerdictRuling.CONTRADICTED
    part = replace(told, features={**told.features, "covered": 0.5})
    assert elsewhere(nothing, [part], {}).ruling is VerdictRuling.NOT_FOUND


def test_findings_of_one_kind_count_once() -> None:
    twice = bearing("f2017.pdf", ("number", DIFFERS))
    twice = replace(twice, features={**twice.features, "differs number": 2.0})
    assert scored(twice).parts == scored(bearing("f2017.pdf", ("number", DIFFERS))).parts


# ---------------------------------------------------------------- records, terminal, command


def test_a_record_keeps_the_contract(library: Library) -> None:
    record = check_record(one(library, CLAIMS[1][0]))
    assert {"claim", "verdict", "explanation", "citations"} <= set(record)
    assert record["verdict"] == "contradicted"
    assert {"n", "document", "page", "quote", "sha256"} <= set(record["citations"][0])


def test_a_speech_is_checked_piece_by_piece(library: Library) -> None:
    desk = Desk(library)
    checked = desk.check_speech(f"{CLAIMS[0][0]} Why was that?")
    assert [bool(one.verdict) for one in checked] == [True, False]
    record = checked_record(checked[1])
    assert record["checkable"] is False
    assert "verdict" not in record
    assert "question" in record["explanation"]
    assert checked_record(checked[0])["verdict"] == "supported"
    shown = speech_text(checked)
    assert "SUPPORTED" in shown
    assert "NOT CHECKABLE: Why was that?" in shown


def test_the_verdict_says_of_which_time_a_figure_is_true(library: Library) -> None:
    verdict = one(
        library, "In 2024 there were 240 children with a child protection plan in Fallowmere."
    )
    assert verdict.ruling is not VerdictRuling.SUPPORTED
    assert "It is true of another time:" in verdict.explanation
    shown = (*verdict.citations, *verdict.nearest)
    assert "f2017.pdf" in {c.document for c in shown}


def judged(held: ClaimEvidence, entailed: float, contradicted: float) -> ClaimEvidence:
    return replace(held, entailment=Entailment(entailed, contradicted, 1 - entailed - contradicted))


@pytest.mark.parametrize(
    ("held", "ruling"),
    [
        (judged(bearing(covered=0.6), 0.01, 0.98), VerdictRuling.CONTRADICTED),
        (judged(bearing(covered=0.6), 0.05, 0.5), VerdictRuling.NOT_FOUND),
        (judged(bearing(covered=0.6), 0.98, 0.01), VerdictRuling.SUPPORTED),
        (judged(bearing(covered=0.6), 0.15, 0.1), VerdictRuling.NOT_FOUND),
        (judged(bearing("f2017.pdf", ("status", ADDS)), 0.98, 0.01), VerdictRuling.NOT_FOUND),
        (judged(bearing("f2017.pdf", ("status", DIFFERS)), 0.98, 0.01), VerdictRuling.NOT_FOUND),
    ],
)
def test_a_judge_must_be_sure_and_what_is_only_said_bears_nothing_out(
    held: ClaimEvidence, ruling: VerdictRuling
) -> None:
    assert rule([held]).ruling is ruling


def test_a_claim_rests_on_the_sentence_of_which_the_judge_is_sure() -> None:
    sure, other = judged(bearing(covered=0.6), 0.98, 0.01), judged(bearing(covered=0.9), 0.1, 0.1)
    decision = rule([other, sure])
    assert decision.ruling is VerdictRuling.SUPPORTED
    assert [ground.bearing for ground in decision.grounds] == [sure]


def test_a_value_in_a_table_decides_and_one_that_differs_bears_nothing_out() -> None:
    same = bearing("f2017.pdf", (CELL, AGREES), ("number", AGREES), covered=0.9)
    assert rule([judged(same, 0.01, 0.98)]).ruling is VerdictRuling.SUPPORTED
    other = bearing("f2017.pdf", (CELL, AGREES), ("number", DIFFERS), covered=0.9)
    assert rule([judged(other, 0.01, 0.98)]).ruling is VerdictRuling.CONTRADICTED
    assert rule([judged(other, 0.98, 0.01)]).ruling is VerdictRuling.NOT_FOUND


@pytest.mark.parametrize("aspect", ["number", "date", "negation", "direction"])
def test_the_same_words_but_for_one_respect_contradict_where_the_judge_holds_so(
    aspect: str,
) -> None:
    found = bearing("news.txt", (aspect, DIFFERS), covered=0.95)
    assert rule([judged(found, 0.05, 0.85)]).ruling is VerdictRuling.CONTRADICTED
    less = bearing("news.txt", (aspect, DIFFERS), covered=0.5)
    assert rule([judged(less, 0.3, 0.4)]).ruling is VerdictRuling.NOT_FOUND


def test_the_same_words_with_the_same_figures_support_unless_the_judge_holds_otherwise() -> None:
    same = bearing("news.txt", ("number", AGREES), covered=0.95)
    assert rule([judged(same, 0.2, 0.75)]).ruling is VerdictRuling.SUPPORTED
    assert rule([judged(same, 0.02, 0.95)]).ruling is not VerdictRuling.SUPPORTED


def test_a_line_that_every_report_prints_bears_out_no_more_than_it_says() -> None:
    line = bearing("f2017.pdf", ("name", AGREES), covered=0.6)
    printed = replace(line, features={**line.features, "printed": 1.0})
    assert rule([judged(printed, 0.3, 0.3)]).ruling is VerdictRuling.SUPPORTED
    more = replace(printed, features={**printed.features, "unsaid": 1.0})
    assert rule([judged(more, 0.3, 0.3)]).ruling is VerdictRuling.NOT_FOUND


def test_figures_of_something_else_contradict_whatever_a_judge_holds() -> None:
    crossed = bearing("news.txt", ("number", DIFFERS), covered=0.8)
    crossed = replace(crossed, features={**crossed.features, "crossed": 1.0})
    assert rule([judged(crossed, 0.9, 0.05)]).ruling is VerdictRuling.CONTRADICTED


@pytest.mark.parametrize("found", [(), (("number", DIFFERS),)])
def test_a_report_that_a_newer_one_follows_does_not_contradict_a_claim_of_now(
    found: tuple[tuple[str, Agreement], ...],
) -> None:
    then = judged(bearing("f2017.pdf", *found, covered=0.9), 0.01, 0.98)
    assert rule([then]).ruling is VerdictRuling.CONTRADICTED
    outdated = replace(then, features={**then.features, "outdated": 1.0})
    assert rule([outdated]).ruling is VerdictRuling.NOT_FOUND


def test_another_figure_of_another_date_does_not_contradict() -> None:
    found = (("number", DIFFERS), ("date", DIFFERS))
    then = judged(bearing("f2017.pdf", *found, covered=0.6), 0.01, 0.98)
    assert rule([then]).ruling is VerdictRuling.NOT_FOUND
    same = judged(bearing("f2017.pdf", ("number", DIFFERS), covered=0.6), 0.01, 0.98)
    assert rule([same]).ruling is VerdictRuling.CONTRADICTED
    dated = (("number", AGREES), ("date", DIFFERS))
    moved = judged(bearing("f2017.pdf", *dated, covered=0.6), 0.01, 0.98)
    assert rule([moved]).ruling is VerdictRuling.CONTRADICTED


def test_what_a_judge_alone_contradicts_is_marked_by_the_words_that_both_say() -> None:
    shared = (Comparison("words", AGREES, (TextSpan(0, 2),), (TextSpan(3, 5),)),)
    decision = rule([judged(replace(bearing(covered=0.6), shared=shared), 0.01, 0.98)])
    assert decision.grounds[0].says_otherwise
    assert telling(decision.grounds[0]) == [*shared]


def test_words_that_both_say_are_marked_where_nothing_else_tells() -> None:
    shared = (Comparison("words", AGREES, (TextSpan(0, 2),), (TextSpan(3, 5),)),)
    placed = scored(replace(bearing(), shared=shared))
    assert telling(placed) == [*shared]
    assert telling(scored(bearing("f2017.pdf", ("number", AGREES)))) != [*shared]
    assert telling(scored(replace(bearing("f2017.pdf", ("number", DIFFERS)), shared=shared))) == [
        Comparison("number", DIFFERS, (TextSpan(0, 1),))
    ]


def test_a_verdict_shows_its_conflicts_and_nearest(library: Library) -> None:
    told = one(library, CLAIMS[0][0])
    shown = verdict_text(replace(told, conflicts=told.grounds, nearest=told.citations))
    assert "Other documents say otherwise" in shown
    assert "The nearest that was found" in shown


class CheckingDesk(FakeDesk):
    """A desk that finds nothing, and holds nothing to choose filters among."""

    library = SimpleNamespace(documents=tuple)

    def check(self, *claims: str, filters: Filters = EVERYTHING) -> tuple[Verdict, ...]:
        self.filters.append(filters)
        return tuple(Verdict(claim, VerdictRuling.NOT_FOUND, "Nothing.") for claim in claims)


def run(tmp_path: Path, *words: str, feed: str | None = None) -> tuple[int, str]:
    services = Services(open_desk=lambda settings: CheckingDesk())  # type: ignore[arg-type,return-value]
    result = CliRunner().invoke(
        main, ["--library", str(tmp_path), *words], obj=services, input=feed
    )
    return result.exit_code, result.output


def test_the_command_checks_a_claim_and_a_batch(tmp_path: Path) -> None:
    assert '"verdict": "not_found"' in run(tmp_path, "check", "A claim is made.", "--json")[1]
    assert run(tmp_path, "check", "A claim is made.")[1].startswith("NOT FOUND: A claim is made.")
    code, shown = run(tmp_path, "check", "--from", "-", feed='{"id": 7, "claim": "A claim."}\n')
    assert (code, shown.splitlines()[0]) == (0, "[7]")
    one_claim = '{"id": 8, "claim": "One is so. Two is not so."}\n'
    record = json.loads(run(tmp_path, "check", "--json", "--from", "-", feed=one_claim)[1])
    assert (record["id"], record["claim"]) == (8, "One is so. Two is not so.")


def test_a_speech_given_to_the_command_is_one_object_for_each_piece(tmp_path: Path) -> None:
    speech = "Caseloads are too high. Why is that? Visits were late."
    lines = [json.loads(line) for line in run(tmp_path, "check", speech, "--json")[1].splitlines()]
    assert [line.get("verdict") for line in lines] == ["supported", None, "supported"]
    assert [line["checkable"] for line in lines] == [True, False, True]
    assert "NOT CHECKABLE: Why is that?" in run(tmp_path, "check", speech)[1]


def test_a_batch_of_claims_names_the_line_that_is_none(tmp_path: Path) -> None:
    code, shown = run(tmp_path, "check", "--from", "-", feed='{"id": 7, "turns": []}\n')
    assert (code, '"claim": "..."' in shown) == (1, True)


def test_a_speech_that_is_too_long_is_a_mistake(tmp_path: Path) -> None:
    assert run(tmp_path, "check", "It is so. " * 3000)[0] == 2


@pytest.mark.parametrize(
    "words", [("check",), ("check", "A claim.", "--from", "-"), ("check", " ")]
)
def test_a_check_of_nothing_or_of_two_things_is_a_mistake(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert run(tmp_path, *words, feed="")[0] == 2
