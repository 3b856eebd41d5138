"""The quality gate: what was reached is kept, over the demonstration and the development set.

The floors stand in `tests/golden/floors.json`, written by `scripts/measure_floors.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from runpy import run_path

import pytest
from shared_data import SHARED, real_embedder

from ingest.events import Status
from ingest.pipeline import ingest
from rag.desk import Desk
from rag.evaluation.floors import (
    WATCHED,
    Floor,
    LoweredFloor,
    raised,
    read_floors,
    watched_shares,
    write_floors,
)
from rag.evaluation.report import Rate
from rag.judge.bundled import bundled_judge
from rag.library.library import Library
from rag.settings import Settings

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
FLOORS = read_floors(GOLDEN / "floors.json")
SETS = {
    "demonstration": (GOLDEN, ROOT / "corpus"),
    "development": (SHARED / "eval", SHARED / "corpus"),
}
FEWEST_TRIED = 150
PROCESSORS = 0.045
"""What models in eight bits differ by from one kind of processor to another: three questions of 72.
Those without VNNI cut sums short that others add up."""


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, float]]:
    """The watched scores of a labelled set, measured once with the real reader and encoder."""

    @cache
    def measured(name: str) -> dict[str, float]:
        labelled, corpus = SETS[name]
        desk = filled(corpus, tmp_path_factory.mktemp(name))
        scores = watched_shares(labelled, desk)
        false = scores["a scripted model: false shown"]
        assert isinstance(false, Rate)
        assert false.total >= FEWEST_TRIED
        return {score: share_of(value) for score, value in scores.items()}

    return measured


def filled(corpus: Path, folder: Path) -> Desk:
    """A desk over a corpus, ingested with the real reader, encoder, judge and stores."""
    library = Library(folder, real_embedder(), bundled_judge())
    totals = ingest([str(corpus)], Settings(folder), library=library)
    assert totals.count(Status.ADDED) > 10
    return Desk(library)


def share_of(score: Rate | float) -> float:
    share = score.share if isinstance(score, Rate) else score
    assert share is not None
    return share


@pytest.mark.slow
@pytest.mark.encoder
@pytest.mark.parametrize("score", WATCHED)
@pytest.mark.parametrize("name", SETS)
def test_what_was_reached_is_kept(
    shares: Callable[[str], dict[str, float]], name: str, score: str
) -> None:
    if not SETS[name][0].exists():
        pytest.skip("the labelled development set stands beside the project, and is not here")
    floor, share = FLOORS[name][score], shares(name)[score]
    exact = score.endswith("verbatim") or floor.share in (0, 1)
    leeway = 0 if exact else PROCESSORS
    assert floor.holds(share + leeway if floor.bound == "at_least" else share - leeway)


@pytest.mark.parametrize("name", SETS)
def test_every_watched_score_has_a_floor(name: str) -> None:
    assert FLOORS[name].keys() == WATCHED.keys()


# ---------------------------------------------------------------- how floors move

RIGHT, FALSE, MEAN = "answers: right", "a scripted model: false shown", "search: page MRR@10"


def test_a_first_measurement_sets_a_floor_that_the_loss_of_one_item_breaks() -> None:
    floors = raised({}, {RIGHT: Rate(50, 61), FALSE: Rate(2, 61), MEAN: 0.8724})
    assert floors == {
        RIGHT: Floor("at_least", 0.819), FALSE: Floor("at_most", 0.033),
        MEAN: Floor("at_least", 0.867),
    }  # fmt: skip
    for score, least, most in ((RIGHT, 49, 50), (FALSE, 3, 2)):
        assert not floors[score].holds(least / 61)
        assert floors[score].holds(most / 61)


def test_a_better_score_raises_its_floor_and_the_same_one_leaves_it() -> None:
    floors = raised({}, {RIGHT: Rate(50, 100)})
    assert raised(floors, {RIGHT: Rate(60, 100)})[RIGHT].share == 0.6
    assert raised(floors, {RIGHT: Rate(50, 100)}) == floors


def test_a_score_under_its_floor_is_an_error_that_names_it() -> None:
    floors = raised({}, {RIGHT: Rate(50, 100)})
    with pytest.raises(LoweredFloor, match=r"answers: right is 0\.400, its floor 0\.500"):
        raised(floors, {RIGHT: Rate(40, 100)})


def test_a_reason_in_the_file_lowers_a_floor_and_stays_there(tmp_path: Path) -> None:
    before = raised({}, {RIGHT: Rate(50, 100)})
    write_floors(
        tmp_path / "floors.json",
        {"set": {RIGHT: replace(before[RIGHT], because="harder questions")}},
    )
    read = read_floors(tmp_path / "floors.json")["set"]
    assert raised(read, {RIGHT: Rate(40, 100)}) == {
        RIGHT: Floor("at_least", 0.4, "harder questions")
    }


def test_the_script_refuses_to_lower_a_floor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = run_path(str(ROOT / "scripts" / "measure_floors.py"))
    file = tmp_path / "floors.json"
    write_floors(file, {"demonstration": {RIGHT: Floor("at_least", 1.0)}})
    script["main"].__globals__["measured"] = lambda *_: {RIGHT: Rate(1, 2)}
    assert script["main"](["--out", str(file)]) == 1
    assert "answers: right" in capsys.readouterr().err
    assert read_floors(file)["demonstration"][RIGHT].share == 1.0
