"""A checked text as HTML: nothing of it is markup, and the deciding words are marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import fakes
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import Seen

from rag.saved.checks import CheckLine
from rag.types import CheckedPart, ClaimPart, PartKind, TextSpan, Verdict, VerdictRuling
from ui.web.render.checks import (
    WordMark,
    check_html,
    claims_html,
    copy_html,
    earlier_html,
    marked,
    parts_html,
)

ANYTHING = st.text(st.characters(codec=None))
LOOKS = st.lists(
    st.tuples(
        st.builds(TextSpan, st.integers(-2, 30), st.integers(-2, 30)), st.sampled_from([*WordMark])
    )
)


def checked(verdict: Verdict, text: str = "") -> CheckedPart:
    return CheckedPart(ClaimPart(text or verdict.claim, 0, PartKind.CLAIM, verdict.claim), verdict)


def unchecked(kind: PartKind, text: str) -> CheckedPart:
    return CheckedPart(ClaimPart(text, 0, kind))


def whole(pieces: Sequence[CheckedPart]) -> str:
    """Everything that a check is drawn as."""
    lines = [CheckLine("x", piece.part.text, piece.part.text) for piece in pieces]
    return "".join(
        (
            check_html(pieces),
            copy_html(pieces),
            claims_html(pieces),
            parts_html(pieces),
            earlier_html(lines, "x"),
        )
    )


ALL = [
    checked(fakes.supported("Caseloads are too high.")),
    checked(fakes.contradicted("The council promised 42 posts.")),
    checked(fakes.not_found("It won the cup.")),
    unchecked(PartKind.QUESTION, "Why?"),
]


@given(ANYTHING)
def test_a_check_has_the_same_tags_whatever_its_words_are(text: str) -> None:
    plain, wild = Seen(whole(_saying("word"))), Seen(whole(_saying(f"a{text}")))
    assert wild.tags == plain.tags
    assert {name for name, _ in wild.attributes} == {name for name, _ in plain.attributes}


def _saying(words: str) -> list[CheckedPart]:
    """A claim of each ruling, and a piece that is none, whose words are all these."""
    made = fakes.hostile_verdict(words)
    (ground,) = made.grounds
    cited = replace(
        ground.citations[0],
        title=words,
        publisher=words,
        document=words,
        paragraph=words,
        quote=words,
        context=words,
    )
    ground = replace(
        ground,
        citations=(cited,),
        marks=((TextSpan(0, 1),),),
        comparisons=(replace(ground.comparisons[0], in_claim=(TextSpan(0, 1),)),),
    )
    verdict = replace(
        made, claim=words, explanation=words, grounds=(ground,), conflicts=(ground,), marks=()
    )
    missed = replace(
        verdict, ruling=VerdictRuling.NOT_FOUND, grounds=(), conflicts=(), nearest=(cited,)
    )
    return [checked(verdict), checked(missed), unchecked(PartKind.OPINION, words)]


def test_a_hostile_check_shows_as_text() -> None:
    pieces = [checked(fakes.hostile_verdict(fakes.HOSTILE))]
    seen = Seen(whole(pieces))
    assert not {"img", "script", "iframe", "a"} & set(seen.tags)
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert not [name for name, _ in seen.attributes if name in ("href", "src")]
    assert fakes.HOSTILE in seen.text


@given(st.text(max_size=30), LOOKS)
def test_marking_loses_no_word(text: str, looks: list[tuple[TextSpan, WordMark]]) -> None:
    seen = Seen(marked(text, looks))
    assert seen.text == text.encode("utf-8", "replace").decode().replace("\r", "\r")
    assert set(seen.tags) <= {"mark"}


def test_of_marks_that_overlap_the_first_holds() -> None:
    looks = [
        (TextSpan(2, 5), WordMark.DIFFERS),
        (TextSpan(0, 3), WordMark.AGREES),
        (TextSpan(5, 6), WordMark.ADDS),
    ]
    assert marked("abcdef", looks) == (
        'ab<mark class="differs">cde</mark><mark class="adds">f</mark>'
    )


# ---------------------------------------------------------------- what is told


@pytest.mark.parametrize(
    ("piece", "icon", "words"),
    [
        (ALL[0], "✓", "Supported"),
        (ALL[1], "✕", "Contradicted"),
        (ALL[2], "?", "Not found"),
        (ALL[3], "–", "Not checkable"),
    ],
)
def test_a_verdict_is_a_word_and_an_icon_and_a_colour(
    piece: CheckedPart, icon: str, words: str
) -> None:
    html = claims_html([piece])
    assert re.search(
        rf'class="verdict is-[\w-]+"><span class="icon" aria-hidden="true">{re.escape(icon)}'
        rf"</span> {words}</span>",
        html,
    )


def test_differing_words_are_marked_on_both_sides_and_agreeing_ones_otherwise() -> None:
    html = claims_html([ALL[1]])
    assert html.count('<mark class="differs">42</mark>') == 1
    assert html.count('<mark class="differs">24</mark>') == 1
    assert '<mark class="agrees">nine</mark>' in html
    assert '<mark class="agrees">Caseloads</mark> are' in claims_html([ALL[0]])


def test_sources_that_disagree_stand_side_by_side_and_it_says_which_decides() -> None:
    html = claims_html([ALL[1]])
    council, press = html.index("The council, 2024"), html.index("The press, date not known")
    assert council < html.index("The verdict rests on this.") < press
    assert html.count("The verdict rests on this.") == 1


def test_quotes_are_grouped_by_who_speaks() -> None:
    html = claims_html([ALL[0]])
    assert re.findall("<h4>(.*?)</h4>", html) == ["Inspection findings", "Press reports"]
    assert "page 5, paragraph 23" in html


def test_a_quote_that_has_quotation_marks_is_given_no_others() -> None:
    verdict = fakes.supported("Caseloads are too high.")
    said = replace(verdict.grounds[1].citations[0], quote="“It is so.”")
    ground = replace(verdict.grounds[1], citations=(said,), marks=((),))
    html = claims_html([checked(replace(verdict, grounds=(ground,)))])
    assert '<q class="quoted">“It is so.”</q>' in html


def test_a_quote_that_runs_over_a_page_has_a_chip_for_each_page() -> None:
    verdict = fakes.supported("Caseloads are too high.")
    both = tuple(replace(fakes.REPORT, n=n, page=4 + n) for n in (1, 2))
    ground = replace(verdict.grounds[0], citations=both)
    html = claims_html([checked(replace(verdict, grounds=(ground,)))])
    assert re.findall(r'data-act="(open:1:\d)"', html) == ["open:1:1", "open:1:2"]


def test_each_chip_has_an_id_of_its_own() -> None:
    ids = [value for name, value in Seen(claims_html(ALL)).attributes if name == "id"]
    assert len(set(ids)) == len(ids)


def test_a_completed_claim_shows_what_was_checked() -> None:
    verdict = fakes.contradicted("Fallowmere promised 42 posts.")
    html = claims_html([checked(verdict, "It promised 42 posts.")])
    assert '<span class="words">It promised 42 posts.</span>' in html
    assert "Checked as: " in html
    assert 'Fallowmere promised <mark class="differs">42</mark> posts.' in html


def test_a_claim_is_marked_where_it_stands_in_the_words_as_written() -> None:
    verdict = fakes.contradicted("The council promised 42 posts.")
    html = claims_html([checked(verdict, "And the council promised 42 posts.")])
    assert 'And the council promised <mark class="differs">42</mark> posts.' in html
    assert "Checked as" not in html


def test_what_was_not_found_says_what_was_searched() -> None:
    html = claims_html([ALL[2]])
    assert "Searched 4 documents dated 1 February 2021 to 1 July 2024." in html
    assert '<details class="nearest"><summary>The nearest that was found (1)' in html
    assert "<mark" not in html


def test_a_piece_that_is_no_claim_says_why() -> None:
    assert "A question, not a claim: ask it instead." in claims_html([ALL[3]])


def test_the_contents_lead_to_each_piece() -> None:
    goes = [value for name, value in Seen(parts_html(ALL)).attributes if name == "data-go"]
    ids = [value for name, value in Seen(claims_html(ALL)).attributes if name == "id"]
    assert goes == [f"claim-{n}-title" for n in (1, 2, 3, 4)]
    assert set(goes) <= set(ids)


def test_the_checks_kept_are_listed_with_their_days() -> None:
    lines = [CheckLine("b", "word word", "2026-03-04"), CheckLine("a", "First.", "2026-03-03")]
    html = earlier_html(lines, "b")
    assert html.index("word word") < html.index("First.")
    assert "4 March 2026" in html
    assert 'id="check-b" aria-current="true"' in html


def test_a_check_is_copied_whole() -> None:
    (copied,) = (value for name, value in Seen(copy_html(ALL)).attributes if name == "data-copy")
    assert copied
    assert copied.startswith("3 claims: 1 supported")
