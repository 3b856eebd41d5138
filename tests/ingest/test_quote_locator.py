"""Quoted words are found among the characters of a page, and boxed line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages.quote_locator import Rect, find, lines

WORD = st.text(st.characters(categories=("L", "N"), include_characters=",.;%\u2019()"), min_size=1)
WORDS = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
GAP = st.sampled_from([" ", "\r\n", "  ", " \r\n "])
BOILERPLATE = "Inspection of Anytown council 4"


def squashed(text: str) -> str:
    return "".join(
        char for char in text if not char.isspace() and char not in "-\ufffe\u2010\u2011"
    )


def found(page: str, marked: str, around: str = "") -> list[str]:
    """The characters of the page that are marked, a string for each range."""
    return [page[start:end] for start, end in find(page, marked, around)]


@given(WORDS, WORDS, WORDS, GAP)
def test_words_between_spaces_are_found_as_they_stand(
    before: str, quote: str, after: str, gap: str
) -> None:
    page = f"{before}{gap}{quote.replace(' ', gap)}{gap}{after}"
    assert squashed("".join(found(page, quote))) == squashed(quote)


@given(st.text(), st.text(), st.text())
def test_whatever_is_marked_is_the_whole_quote_in_order(
    page: str, marked: str, around: str
) -> None:
    ranges = find(page, marked, around)
    assert list(ranges) == sorted(ranges)
    assert all(0 <= start < end <= len(page) for start, end in ranges)


@given(
    st.lists(st.sampled_from(["Leaders", "know", "their", "children", "well."]), max_size=30),
    st.lists(st.sampled_from(["Leaders", "know", "their", "children", "well."]), max_size=12),
    st.integers(1, 6),
)
def test_no_word_is_marked_that_is_not_of_the_quote(
    page: list[str], quote: list[str], width: int
) -> None:
    rows = [" ".join(page[at : at + width]) for at in range(0, len(page), width)]
    marked = found("\r\n".join(rows), " ".join(quote))
    assert squashed("".join(marked)) in ("", squashed("".join(quote)))


@pytest.mark.parametrize(
    ("page", "marked", "expected"),
    [
        ("The super\ufffe\r\nvision is poor.", "The supervision is poor.", 1),
        ("The super\u00ad\r\nvision is poor.", "The supervision is poor.", 1),
        ("A multi-\r\nagency hub works.", "A multi-agency hub works.", 1),
        ("A multi\u2011agency hub works.", "A multi-agency hub works.", 1),
        ("Sta\ufb00 are \ufb01ne here.", "Staff are fine here.", 1),
        ("Chil\u200bdren are\u00a0safe.", "Children are safe.", 1),
        ("\uf0b7 Leaders know.\r\n\uf0b7 They act.", "Leaders know. They act.", 1),
        ("23.Leaders know.", "Leaders know.", 1),
        ("Leaders know.3 They act.", "Leaders know.", 1),
        ("Leaders know it.", "Leaders know it not.", 0),
        ("Goodbye to all.", "Good", 0),
        ("It is ungood.", "good", 0),
        ("", "Words.", 0),
        ("Words.", " ", 0),
        ("- -", "-", 0),
    ],
)
def test_cleaned_words_are_found_among_raw_ones(page: str, marked: str, expected: int) -> None:
    assert len(find(page, marked)) == expected


def test_a_line_end_hyphen_is_marked_with_its_word() -> None:
    page = "So super\ufffe\r\nvision is poor."
    assert found(page, "supervision is poor.") == ["super\ufffe\r\nvision is poor."]


def test_a_running_head_within_a_quote_is_not_marked() -> None:
    page = f"Too few children are seen\r\n{BOILERPLATE}\r\nby their social worker in time."
    marked = found(page, "Too few children are seen by their social worker in time.")
    assert marked == ["Too few children are seen", "by their social worker in time."]


@pytest.mark.parametrize(
    "page",
    [
        # What stands between is no whole line; is not passed over by a line's end; is too long.
        f"Too few children are seen {BOILERPLATE} by their social worker in time.",
        f"Too few children are seen\r\n{BOILERPLATE} by their social worker in time.",
        f"Too few children are seen\r\n{'words ' * 200}\r\nby their social worker in time.",
        "Too few children are seen\r\nby someone else, and not\r\nby their social",
        "by their social worker in time.\r\nToo few children are seen",
    ],
)
def test_words_that_only_resemble_the_quote_are_not_marked(page: str) -> None:
    assert not find(page, "Too few children are seen by their social worker in time.")


TWICE = (
    "Health. Areas for improvement. Wait less.\r\nCare. Areas for improvement. Visit more often."
)


@pytest.mark.parametrize(
    ("around", "place"),
    [
        ("", 0),
        ("Areas for improvement. Wait less.", 0),
        ("Areas for improvement. Visit more often.", 1),
        ("It spends on Care. Areas for improvement. Visit more often. And so on.", 1),
        ("Of something else altogether. Areas for improvement. Nothing like it.", 0),
        ("A passage that does not have the words.", 0),
    ],
)
def test_of_two_places_the_one_in_the_passage_is_marked(around: str, place: int) -> None:
    starts = [TWICE.index("Areas"), TWICE.rindex("Areas")]
    assert find(TWICE, "Areas for improvement.", around)[0][0] == starts[place]


def test_a_page_of_the_same_words_is_searched_within_bounds() -> None:
    assert find("ab " * 50_000, "ab", "ab " * 500) == ((0, 2),)
    assert not find("leaders " * 20_000 + "\r\n", "leaders " * 3_000 + "know")


# ---------------------------------------------------------------- boxes


def row(text: str, left: float = 0, top: float = 0, size: float = 10) -> list[Rect]:
    """The rectangles of the characters of one line, spaces apart."""
    return [
        Rect(left + n * size / 2, top, left + (n + 1) * size / 2, top + size)
        for n, char in enumerate(text)
        if char != " "
    ]


def test_characters_of_one_line_share_a_box() -> None:
    assert lines(row("Leaders know it")) == (Rect(0, 0, 75, 10),)


def test_each_line_has_a_box_in_reading_order() -> None:
    made = lines([*row("Leaders know", 50), *row("their children.", 0, 12)])
    assert made == (Rect(50, 0, 110, 10), Rect(0, 12, 75, 22))


def test_a_raised_footnote_mark_is_in_the_box_of_its_line() -> None:
    assert len(lines([*row("well."), *row("3", 25, -2, 6), *row("They", 32)])) == 1


def test_cells_of_a_row_and_columns_have_boxes_of_their_own() -> None:
    assert len(lines([*row("Overall"), *row("Good", 100)])) == 2
    assert len(lines([*row("at the foot", 0, 500), *row("at the head", 300, 0)])) == 2


def test_words_set_down_the_page_have_one_box_a_line() -> None:
    down = [rect.turned() for rect in [*row("Leaders know"), *row("their children.", 0, 12)]]
    assert lines(down) == (Rect(0, 0, 10, 60), Rect(12, 0, 22, 75))


def test_nothing_has_no_box() -> None:
    assert lines([]) == ()


@given(
    st.lists(
        st.builds(
            lambda x, y, w, h: Rect(x, y, x + w, y + h),
            *(st.integers(0, 999) for _ in range(2)),
            *(st.integers(1, 40) for _ in range(2)),
        ),
        max_size=30,
    )
)
def test_every_character_is_in_a_box(rects: list[Rect]) -> None:
    made = lines(rects)
    assert len(made) <= len(rects)
    assert all(any(box == box.joined(rect) for box in made) for rect in rects)
