"""Documents that restate each other are linked; those that share boilerplate are not."""

from __future__ import annotations

import random

from rag.library.near_duplicates import MOST_HOLDERS, related, sketch


def prose(seed: int, words: int = 400) -> str:
    chance = random.Random(seed)
    return " ".join(f"word{chance.randrange(5000)}" for _ in range(words))


def links(**texts: str) -> dict[str, list[str]]:
    return related({name: sketch([text]) for name, text in texts.items()})


def test_a_restated_text_is_linked_both_ways() -> None:
    found = links(
        report=prose(1, 3000), article=f"{prose(2, 60)} {prose(1, 3000)[:3000]}", other=prose(3)
    )
    assert found == {"report": ["article"], "article": ["report"], "other": []}


def test_spacing_case_and_page_breaks_make_no_difference() -> None:
    text = prose(1)
    assert list(sketch([text.upper()])) == list(sketch([text.replace(" ", "\n  ")]))


def test_a_few_words_in_common_are_no_link() -> None:
    assert links(a=f"{prose(1)} {prose(9, 20)}", b=f"{prose(9, 20)} {prose(2)}") == {
        "a": [],
        "b": [],
    }


def test_wording_that_everyone_shares_links_nobody() -> None:
    boilerplate = prose(7, 300)
    texts = {f"d{n}": f"{prose(n, 100)} {boilerplate}" for n in range(MOST_HOLDERS + 1)}
    assert not any(links(**texts).values())


def test_short_and_empty_texts_are_no_trouble() -> None:
    assert links(a="", b="Two words") == {"a": [], "b": []}
