"""The downloads that "Export" opens, driven without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import fakes
import pytest
from driven import alone, ask, choose, opening, whole
from streamlit.testing.v1 import AppTest

from ui.export.formats import Format
from ui.web.panes import export_row
from ui.web.session.services import WebServices


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What each row of downloads would make, by the name of its file."""
    rows: list[tuple[str, Any]] = []
    drawn = export_row.show

    def show(key: str, name: str, make: Any, *formats: Any) -> None:
        rows.append((name, make))
        drawn(key, name, make, *formats)

    monkeypatch.setattr(export_row, "show", show)
    return rows


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch, bench: WebServices) -> Iterator[AppTest]:
    with opening(monkeypatch, whole) as opened:
        yield opened(lambda: bench)


@pytest.fixture
def checking(monkeypatch: pytest.MonkeyPatch, bench: WebServices) -> Iterator[AppTest]:
    with opening(monkeypatch, alone("check")) as opened:
        yield opened(lambda: bench)


def downloads(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


def test_an_answer_has_no_downloads_before_they_are_asked_for(asking: AppTest) -> None:
    html = ask(asking, "Are caseloads too high?")
    assert 'aria-label="Export this answer as Word, PDF or Markdown"' in html
    assert 'aria-expanded="false"' in html
    assert not downloads(asking)


def test_export_opens_the_downloads_of_its_answer_and_closes_them(asking: AppTest) -> None:
    ask(asking, "Are caseloads too high?")
    ask(asking, "Who won the cup?")
    assert 'aria-expanded="true"' in choose(asking, "export", "2")
    assert downloads(asking) == ["Word", "PDF", "Markdown"]
    choose(asking, "export", "2")
    assert not downloads(asking)


def test_what_is_downloaded_is_that_answer(asking: AppTest, made: list[tuple[str, Any]]) -> None:
    ask(asking, "Are caseloads too high?")
    ask(asking, "Who won the cup?")
    choose(asking, "export", "1")
    name, make = made[-1]
    assert name == "Are caseloads too high?"
    content = export_row._content(make, Format.MARKDOWN).decode()
    assert content.startswith("# Are caseloads too high?")
    assert fakes.REPORT.quote in content.replace("\\", "")


def test_the_whole_conversation_is_exported_from_its_place_in_the_list(
    asking: AppTest, made: list[tuple[str, Any]]
) -> None:
    ask(asking, "Are caseloads too high?")
    ask(asking, "Who won the cup?")
    choose(asking, "export", "all")
    assert downloads(asking) == ["Word", "PDF", "Markdown"]
    content = export_row._content(made[-1][1], Format.MARKDOWN).decode()
    assert "## Question 2: Who won the cup?" in content


def test_a_conversation_exported_after_a_newer_report_came_tells_that_its_source_is_older(
    asking: AppTest, bench: WebServices, made: list[tuple[str, Any]]
) -> None:
    ask(asking, "Are caseloads too high?")
    fakes.hold(bench.library, fakes.NEWER_REPORT)
    choose(asking, "export", "all")
    content = export_row._content(made[-1][1], Format.MARKDOWN).decode()
    sources = content[content.index("## Sources") :]
    assert "Older: the newest inspection held is of May 2026." in sources


def test_another_conversation_begins_with_its_downloads_closed(asking: AppTest) -> None:
    ask(asking, "Are caseloads too high?")
    choose(asking, "export", "1")
    next(each for each in asking.button if each.label == "New conversation").click().run()
    ask(asking, "Are caseloads too high?")
    assert not downloads(asking)


def test_a_check_is_exported_as_a_paper_or_a_table(
    checking: AppTest, made: list[tuple[str, Any]]
) -> None:
    checking.text_area[0].set_value("Caseloads are too high. The council promised 42 posts.")
    next(b for b in checking.button if b.label == "Check the claims").click().run()
    choose(checking, "export", "check")
    assert downloads(checking) == ["Download as text", "Word", "PDF", "Markdown", "Table (CSV)"]
    content = export_row._content(made[-1][1], Format.CSV).decode("utf-8-sig")
    assert '"Contradicted"' in content


def test_hostile_words_are_in_no_label_and_in_no_name_of_a_file(asking: AppTest) -> None:
    ask(asking, f"What is {fakes.HOSTILE}?")
    choose(asking, "export", "1")
    assert downloads(asking) == ["Word", "PDF", "Markdown"]
    assert not asking.markdown
