"""The Prepare page in each of its states, driven without a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import exported
import fakes
import pytest
from driven import Opened, alone, choose, html_of
from streamlit.testing.v1 import AppTest

from rag.access.people import LOCAL
from rag.errors import PackStopped
from rag.library.library import Library
from rag.packs.build import OnProgress, PackProgress, Step
from rag.packs.edits import edited_pack
from rag.packs.request import PackSubject
from rag.packs.tracker import TrackedStatus, TrackerNote, tracked_items
from rag.packs.types import Pack
from rag.types import Stop
from ui.turns import TooManyWaiting, Turns
from ui.web.jobs.pack_job import PackJobs
from ui.web.session.services import WebServices

page = alone("prepare")


class SlowMake:
    """Makes the pack of the tests, but not before it is told to; heeds a wish to stop."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = threading.Event()
        self.asked: list[PackSubject] = []
        self.error: Exception | None = None

    def __call__(
        self,
        library: Library,
        subject: PackSubject,
        today: date,
        *,
        progress: OnProgress,
        stop: Stop,
    ) -> Pack:
        self.asked.append(subject)
        progress(PackProgress(Step.CHANGES, 3, 7))
        self.begun.set()
        while not self.go.wait(0.01):
            if stop():
                raise PackStopped("It was stopped.")
        if self.error:
            raise self.error
        return replace(exported.pack(), subject=subject.words, topic=subject.topic)


@pytest.fixture
def make() -> Iterator[SlowMake]:
    made = SlowMake()
    yield made
    made.go.set()


@pytest.fixture
def bench(tmp_path: Path, make: SlowMake) -> WebServices:
    made = fakes.bench(tmp_path / "library")
    return replace(made, making=PackJobs(made.library, made.packs, make))


def ask_for(app: AppTest, words: str) -> str:
    """The page's HTML after a pack was asked for."""
    app.text_input[0].set_value(words)
    return html_of(next(b for b in app.button if b.label == "Make the pack").click().run())


def ended(bench: WebServices) -> None:
    """Wait until the pack that is being made is made, or is not."""
    for _ in range(1000):
        view = bench.making.view()
        if view is None or not view.running:
            return
        threading.Event().wait(0.01)
    raise AssertionError("it goes on")


def made(app: AppTest, bench: WebServices, make: SlowMake, words: str = "Fallowmere") -> str:
    """The page's HTML with a pack that was made."""
    make.go.set()
    ask_for(app, words)
    ended(bench)
    return html_of(app.run())


# ---------------------------------------------------------------- asking for a pack


def test_the_page_says_what_it_makes_and_offers_subjects(app: AppTest) -> None:
    html = html_of(app)
    assert "The pack holds questions to ask and why" in html
    assert "Packs that are made are kept and listed here." in html
    assert [b.label for b in app.button][1:] == ["Fallowmere", "Care leavers in Fallowmere"]


def test_an_empty_library_says_how_to_fill_it(opened: Opened, tmp_path: Path) -> None:
    empty = fakes.bench(tmp_path / "empty", empty=True)
    app = opened(lambda: empty)
    assert "Add reports and articles on the Library page" in html_of(app)
    assert next(b for b in app.button if b.label == "Make the pack").disabled


def test_a_library_that_cannot_be_opened_is_one_sentence(opened: Opened) -> None:
    app = opened(fakes.broken_bench)
    assert "The library was made with another model." in html_of(app)
    assert not app.text_input


def test_what_is_not_clear_says_what_to_type(app: AppTest, make: SlowMake) -> None:
    assert "No document is about Croydon." in ask_for(app, "Croydon")
    assert not make.asked


def test_a_pack_is_made_step_by_step_and_opened(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    html = ask_for(app, "care leavers in Fallowmere")
    make.begun.wait(5)
    html = html_of(app.run())
    assert "Making a pack: care leavers in Fallowmere" in html
    assert "Comparing inspections: part 4 of 7." in html
    assert '<progress max="7" value="3"' in html
    make.go.set()
    ended(bench)
    html = html_of(app.run())
    assert 'id="pack-title"' in html
    assert "Care leavers in Fallowmere</h2>" in html
    assert "keep to “care leavers”" in html
    assert make.asked[0].topic == "care leavers"
    assert [line.number for line in bench.packs.listed()] == [1]


def test_a_pack_is_stopped_and_nothing_is_kept(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    ask_for(app, "Fallowmere")
    make.begun.wait(5)
    choose(app, "stop-pack")
    ended(bench)
    html = html_of(app.run())
    assert "It was stopped: no pack was made, and nothing was kept." in html
    assert not bench.packs.listed()
    assert "It was stopped" not in choose(app, "dismiss-pack")


def test_what_goes_wrong_is_one_sentence(app: AppTest, bench: WebServices, make: SlowMake) -> None:
    make.error = ValueError("a bug")
    make.go.set()
    ask_for(app, "Fallowmere")
    ended(bench)
    html = html_of(app.run())
    assert "Something unexpected went wrong (ValueError)" in html
    assert not bench.packs.listed()


def test_packs_asked_for_at_once_wait_their_turn_and_their_makers_are_told(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    other = bench.making.of("ben", bench.packs.of(replace(LOCAL, key="ben")))
    other.start(PackSubject("Fallowmere", "Fallowmere"))
    make.begun.wait(5)
    ask_for(app, "Fallowmere")
    ask_for(app, "care leavers in Fallowmere")
    for _ in range(500):
        html = html_of(app.run())
        if "Waiting for its turn" in html:
            break
    assert "Waiting for its turn: 1 pack is made before it. Yours that wait behind it: 1." in html
    assert len(make.asked) == 1
    choose(app, "stop-pack")
    make.go.set()
    ended(bench)
    assert [subject.words for subject in make.asked][1:] == ["care leavers in Fallowmere"]
    assert [line.subject for line in bench.packs.listed()] == ["care leavers in Fallowmere"]


def test_a_line_of_packs_that_is_full_says_so(
    tmp_path: Path, make: SlowMake, bench: WebServices
) -> None:
    making = PackJobs(bench.library, bench.packs, make, turns=Turns("Ask later.", most=2))
    for _ in range(2):
        making.start(PackSubject("Fallowmere", "Fallowmere"))
    with pytest.raises(TooManyWaiting, match="Ask later"):
        making.start(PackSubject("Fallowmere", "Fallowmere"))
    make.go.set()
    ended(replace(bench, making=making))
    making.start(PackSubject("Fallowmere", "Fallowmere"))
    ended(replace(bench, making=making))


def test_a_pack_that_failed_is_told_of_though_another_was_made_after_it(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    make.error = ValueError("a bug")
    ask_for(app, "Fallowmere")
    make.go.set()
    ended(bench)
    make.error = None
    bench.making.start(PackSubject("Fallowmere", "Fallowmere"))
    ended(bench)
    assert "Something unexpected went wrong" in html_of(app.run())
    assert "The pack is made." in choose(app, "dismiss-pack")


def test_a_pack_that_another_has_asked_for_is_offered_and_not_opened(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    make.go.set()
    bench.making.start(PackSubject("Fallowmere", "Fallowmere"))
    ended(bench)
    html = html_of(app.run())
    assert "The pack is made." in html
    assert 'id="pack-title"' not in html
    assert 'id="pack-title"' in choose(app, "pack", "1")


# ---------------------------------------------------------------- a pack


def test_a_pack_has_all_its_parts_with_a_chip_at_each_line(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    html = made(app, bench, make)
    for name in ("questions", "judgements", "changes", "timeline", "briefing", "sources"):
        assert f'id="{name}-title"' in html
        assert f'data-go="{name}-title"' in html
    assert html.count('class="enquiry"') == 3
    assert "Why to ask: still a concern at the later inspection" in html
    assert '<td class="none">not judged' in html
    assert 'src="data:image/png;base64,' in html
    assert "The chart in words" in html
    assert "Adoption" in html or "adoption" in html
    assert html.count('class="chip"') > 20
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_a_chip_opens_its_source(app: AppTest, bench: WebServices, make: SlowMake) -> None:
    made(app, bench, make)
    pack = bench.packs.get(1).pack
    plan = next(c for c in pack.enquiries[0].why[1].citations)
    html = choose(app, "open", "1", str(plan.n))
    assert fakes.PLAN.title in html
    assert 'class="viewer"' in html
    assert "Packs made" not in html
    assert "Packs made" in choose(app, "close")


def test_questions_are_moved_left_out_and_put_back(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    html = made(app, bench, make)
    assert html.index("in team 1") < html.index("in team 2")
    html = choose(app, "move", "key-2", "-1")
    assert html.index("in team 2") < html.index("in team 1")
    assert app.session_state["steps of attention"][-1]["id"] == "down-key-2"
    html = choose(app, "leave-out", "key-1")
    assert "Left out (1)" in html
    assert html.count('class="enquiry"') == 2
    kept = bench.packs.get(1)
    assert [e.key for e in edited_pack(kept.pack, kept.arrangement).enquiries] == ["key-2", "key-3"]
    html = choose(app, "put-in", "key-1")
    assert "Left out" not in html
    assert html.count('class="enquiry"') == 3


def test_a_question_is_reworded_and_its_wording_undone(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    made(app, bench, make)
    choose(app, "reword", "key-1")
    (area,) = app.text_area
    assert area.value == "How many cases does a social worker in team 1 hold?"
    assert area.label == "Question 1 in your words"
    area.set_value("Who answers <b>for this</b>?")
    html = html_of(next(b for b in app.button if b.label == "Keep this wording").click().run())
    assert "Who answers &lt;b&gt;for this&lt;/b&gt;?" in html
    assert "put into these words by whoever prepared the pack" in html
    assert not app.text_area
    choose(app, "reword", "key-1")
    html = html_of(next(b for b in app.button if b.label == "Back to as made").click().run())
    assert "How many cases does a social worker in team 1 hold?" in html


def test_made_again_a_pack_keeps_what_was_changed(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    made(app, bench, make)
    choose(app, "move", "key-3", "-2")
    choose(app, "make-again", "1")
    ended(bench)
    html = html_of(app.run())
    assert html.index("in team 3") < html.index("in team 1")
    assert make.asked[-1].council == "Fallowmere"


def test_a_pack_is_exported_as_it_was_arranged(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    made(app, bench, make)
    assert 'aria-expanded="true"' in choose(app, "export", "pack")
    labels = [b.proto.label for b in app.get("download_button")]
    assert labels[:3] == ["Word", "PDF", "Markdown"]
    assert 'aria-expanded="true"' not in choose(app, "export", "pack")


def test_a_pack_is_deleted_only_after_it_was_asked(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    made(app, bench, make)
    assert "Delete this pack for good" in choose(app, "delete-pack", "1")
    assert "Delete this pack for good" not in choose(app, "delete-pack-not")
    assert len(bench.packs.listed()) == 1
    choose(app, "delete-pack", "1")
    html = choose(app, "delete-pack-certainly", "1")
    assert "The pack was deleted for good." in html
    assert 'id="pack-title"' not in html
    assert not bench.packs.listed()


def test_a_pack_that_is_gone_or_damaged_says_so(app: AppTest, bench: WebServices) -> None:
    assert "No pack of the number 7 is kept" in choose(app, "pack", "7")
    assert "No pack of the number 7" not in html_of(app.run())


def test_hostile_words_reach_the_page_only_as_escaped_text(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    pack = exported.pack()
    (first, *others) = pack.enquiries
    bad = replace(
        pack,
        subject=fakes.HOSTILE,
        enquiries=(replace(first, theme=fakes.HOSTILE, good_answer=(fakes.HOSTILE,)), *others),
        sources=(replace(pack.sources[0], title=fakes.HOSTILE, document=fakes.HOSTILE),),
        briefing=replace(pack.briefing, uncovered=(fakes.HOSTILE,)),
    )
    number = bench.packs.keep(bad).number
    html = choose(app, "pack", str(number))
    assert "&lt;img src=x" in html
    assert "<img src=x" not in html
    assert not app.markdown
    assert not [b for b in app.button if "img" in b.label]


@pytest.mark.parametrize(
    "line", ["open:9:9", "pack:x", "move:gone:1", "move:key-1:x", "leave-out:gone", "nothing", ""]
)
def test_a_control_that_makes_no_sense_does_nothing(
    app: AppTest, bench: WebServices, make: SlowMake, line: str
) -> None:
    made(app, bench, make)
    app.session_state["chosen control"] = line
    html_of(app.run())
    assert len(bench.packs.listed()) == 1


# ---------------------------------------------------------------- what is followed


def test_what_was_raised_and_noted_holds_when_the_pack_is_made_again(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    made(app, bench, make)
    (key,) = (i.key for i in tracked_items(exported.pack()) if "supervision" in i.line.text)
    choose(app, "track", key, "raised")
    choose(app, "track-note", key)
    app.text_area[-1].set_value("Asked on <b>4 May</b>.")
    html = html_of(next(b for b in app.button if b.label == "Keep this note").click().run())
    assert "<strong>Your note:</strong> Asked on &lt;b&gt;4 May&lt;/b&gt;." in html
    html = made(app, bench, make, "Fallowmere")
    assert f'id="track-{key}-raised" aria-pressed="true"' in html
    assert "Asked on" in html


def test_what_the_pack_gives_no_more_is_kept_until_it_is_forgotten(
    app: AppTest, bench: WebServices, make: SlowMake
) -> None:
    bench.tracker.keep("Fallowmere", "gone", TrackerNote(TrackedStatus.RAISED, "x", "Old item"))
    assert "Followed before" in made(app, bench, make)
    assert "Followed before" not in choose(app, "track", "gone", "open")


@pytest.mark.parametrize("action", [("track", "gone", "done"), ("track", "x", "nonsense")])
def test_what_is_not_followed_cannot_be_marked(
    app: AppTest, bench: WebServices, make: SlowMake, action: tuple[str, ...]
) -> None:
    made(app, bench, make)
    choose(app, *action)
    assert not bench.tracker.on("Fallowmere")
