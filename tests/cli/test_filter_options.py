"""The options of `ask` and `search` that say which documents are looked at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from click.testing import CliRunner, Result

from rag.desk import Desk
from rag.question.filters import EVERYTHING, Filters
from rag.types import Answer, Hit, Kind
from ui.cli.main import main
from ui.cli.services import Services

OPTIONS = (
    *("--kind", "news", "--kind", "council_document", "--council", "fallowmere"),
    *("--from-year", "2015", "--to-year", "2025", "--document", "article.html"),
)
CHOSEN = Filters(
    frozenset({Kind.NEWS, Kind.COUNCIL_DOCUMENT}),
    frozenset({"Fallowmere"}),
    2015,
    2025,
    frozenset({"article.html"}),
)


@dataclass
class WatchedDesk:
    """A desk that keeps the filters that it was given."""

    desk: Desk
    filters: list[Filters] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.library = self.desk.library

    def ask(
        self, question: str, history: Sequence[Answer] = (), *, filters: Filters = EVERYTHING
    ) -> Answer:
        self.filters.append(filters)
        return self.desk.ask(question, history, filters=filters)

    def search(
        self, question: str, k: int = 10, *, filters: Filters = EVERYTHING
    ) -> tuple[Hit, ...]:
        self.filters.append(filters)
        return self.desk.search(question, k, filters=filters)

    def run(self, *words: str, feed: str | None = None) -> Result:
        services = Services(open_desk=lambda settings: self)  # type: ignore[arg-type,return-value]
        return CliRunner().invoke(main, words, obj=services, input=feed)


@pytest.fixture
def watched(desk: Desk) -> WatchedDesk:
    return WatchedDesk(desk)


def test_a_filter_goes_with_every_question_of_a_batch(watched: WatchedDesk) -> None:
    batch = '{"id": 1, "question": "posts?"}\n{"id": 2, "turns": [{"user": "a"}, {"user": "b"}]}'
    assert watched.run("ask", "--from", "-", *OPTIONS, feed=batch).exit_code == 0
    assert watched.filters == [CHOSEN] * 3
    assert watched.run("search", "posts", *OPTIONS).exit_code == 0
    assert watched.filters[3:] == [CHOSEN]
    assert watched.run("ask", "posts?").exit_code == 0
    assert watched.filters[4:] == [EVERYTHING]


def test_only_what_is_let_through_is_printed(watched: WatchedDesk) -> None:
    output = watched.run("search", "social work posts", "--kind", "news", "--json").stdout
    assert {hit["document"] for hit in json.loads(output)["hits"]} == {"article.html"}
    record = json.loads(watched.run("ask", "What of posts?", "--kind", "news", "--json").stdout)
    assert {citation["document"] for citation in record["citations"]} == {"article.html"}
    assert (record["searched"]["documents"], record["searched"]["filters"]) == (1, "press reports")


def test_a_filter_that_leaves_nothing_is_told(watched: WatchedDesk) -> None:
    result = watched.run("ask", "Why?", "--kind", "news", "--council", "Thornbeck")
    assert result.exit_code == 0
    message = "No document in the library is a press report about Thornbeck: choose another filter."
    assert message in " ".join(result.stdout.split())


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--council", "Fallowmeer"], "Did you mean Fallowmere?"),
        (["--document", "fallowmere-2024.pdf"], "f2024.pdf"),
        (["--from-year", "2018", "--to-year", "2015"], "the earlier one first"),
    ],
)
def test_a_filter_on_what_is_not_held_is_one_clean_sentence(
    watched: WatchedDesk, command: str, options: list[str], message: str
) -> None:
    result = watched.run(command, "posts?", *options)
    assert (result.exit_code, result.stdout, watched.filters) == (1, "", [])
    assert message in result.stderr


@pytest.mark.parametrize("options", [["--kind", "blog"], ["--from-year", "soon"]])
def test_a_filter_that_is_none_is_a_mistake_in_the_command(
    watched: WatchedDesk, options: list[str]
) -> None:
    assert watched.run("ask", "posts?", *options).exit_code == 2
