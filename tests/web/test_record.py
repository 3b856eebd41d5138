"""The Record page in each of its states, driven without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fakes
import pytest
from driven import Opened, alone, choose, html_of
from invented import shelved
from streamlit.testing.v1 import AppTest

from ui.web.session.services import WebServices

page = alone("record")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[WebServices]:
    held = shelved(tmp_path / "held")
    yield replace(fakes.bench(tmp_path / "library"), library=held)
    held.close()


def compare(app: AppTest) -> str:
    return html_of(next(b for b in app.button if b.label == "Compare").click().run())


def test_the_council_with_most_reports_is_shown_first(app: AppTest) -> None:
    html = html_of(app)
    assert app.selectbox[0].value == "Fallowmere"
    assert app.selectbox[0].options == ["Fallowmere", "Thornbeck"]
    assert "Outstanding" in html
    assert 'src="data:image/png;base64,' in html
    assert 'scope="row">Overall effectiveness' in html
    assert 'class="events"' in html


def test_a_library_without_a_council_says_what_to_do(opened: Opened, tmp_path: Path) -> None:
    empty = fakes.bench(tmp_path / "empty", empty=True)
    app = opened(lambda: empty)
    assert "No document about a council is held." in html_of(app)
    assert not app.selectbox


def test_another_council_is_chosen_and_what_was_open_closes(app: AppTest) -> None:
    html_of(app)
    assert 'class="viewer"' in choose(app, "open", "1", "1")
    html = html_of(app.selectbox[0].select("Thornbeck").run())
    assert 'class="viewer"' not in html
    assert "No earlier report with a list of what must improve is held" in html


def test_two_inspections_are_compared_with_both_quotes(app: AppTest) -> None:
    assert "Inspected 6 to 24 March 2017, then" not in html_of(app)
    html = compare(app)
    assert "Inspected 6 to 24 March 2017, then inspected 7 to 18 October 2024" in html


def test_inspections_in_the_wrong_order_say_so(app: AppTest) -> None:
    earlier, later = app.selectbox[1], app.selectbox[2]
    earlier.select("f2024.pdf")
    later.select("f2017.pdf")
    assert "choose the earlier inspection first" in compare(app)


def test_a_chip_opens_the_source_of_its_own_part(app: AppTest) -> None:
    html_of(app)
    graded, dated = choose(app, "open", "1", "1"), choose(app, "open", "3", "1")
    assert 'class="viewer"' in graded
    assert 'class="viewer"' in dated
    assert graded != dated
    assert "This record" in choose(app, "close")


@pytest.mark.parametrize("part", ["judgements", "timeline"])
def test_a_part_is_downloaded_in_each_format(app: AppTest, part: str) -> None:
    html_of(app)
    choose(app, "export", part)
    labels = [b.proto.label for b in app.get("download_button")]
    assert labels == ["Word", "PDF", "Markdown", "Table (CSV)"]


def test_what_changed_is_downloaded_once_it_is_compared(app: AppTest) -> None:
    compare(app)
    choose(app, "export", "changes")
    assert len(app.get("download_button")) == 4


@pytest.mark.parametrize("line", ["open:9:9", "open:x:1", "open:2:1", "nothing", ""])
def test_a_control_that_makes_no_sense_does_nothing(app: AppTest, line: str) -> None:
    app.session_state["chosen control"] = line
    html_of(app.run())
    assert not app.markdown
