"""What is new since a person's last visit is told for as long as the visit lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from invented import SOURCES

from rag.access.people import LOCAL, Person
from rag.access.roles import Role
from rag.saved.visits import Visits, new_since

pytestmark = pytest.mark.usefixtures("engine")

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ANN = Person("ann", "Ann", Role.READER)


class Clock:
    now = NOON

    def __call__(self) -> datetime:
        return self.now

    def after(self, **time: float) -> None:
        self.now += timedelta(**time)


def test_the_first_visit_has_none_before_it_and_the_next_has_the_first(tmp_path: Path) -> None:
    clock = Clock()
    visits = Visits(tmp_path, now=clock)
    assert visits.begin() == ""
    clock.after(days=2)
    assert visits.begin() == NOON.isoformat(timespec="seconds")


def test_a_page_that_is_loaded_anew_does_not_make_what_is_new_old(tmp_path: Path) -> None:
    clock = Clock()
    visits = Visits(tmp_path, now=clock)
    visits.begin()
    clock.after(days=2)
    first = visits.begin()
    for _ in range(5):
        clock.after(minutes=20)
        assert visits.begin() == first


def test_each_person_has_visits_of_their_own(tmp_path: Path) -> None:
    clock = Clock()
    visits = Visits(tmp_path, now=clock)
    visits.begin()
    clock.after(days=2)
    assert visits.of(ANN).begin() == ""
    assert visits.of(LOCAL).begin() != ""


def test_what_was_taken_in_since_is_new_the_last_first() -> None:
    days = ("2026-03-04T11:00:00+00:00", "2026-03-04T13:00:00+00:00", "2026-03-05T09:00:00+00:00")
    documents = [replace(d, added=day) for d, day in zip(SOURCES, days, strict=False)]
    since = NOON.isoformat(timespec="seconds")
    assert [d.name for d in new_since(documents, since)] == ["f2024.pdf", "f2020.pdf"]
    assert new_since(documents, "") == ()
