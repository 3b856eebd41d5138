"""Logs are one line of JSON an event, and hold no word of a document or of a question."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented import ARTICLE, FALLOWMERE_2024, shelved
from shared_data import WordEmbedder

from ingest.pipeline import ingest
from rag import logs
from rag.desk import Desk
from rag.errors import SettingsError
from rag.library.library import Library
from rag.logs import Event, log
from rag.settings import Settings, load_settings
from rag.upkeep.backup import back_up
from ui.error_log import LOG, unforeseen

QUESTION = "How were care leavers in Fallowmere judged, asks Councillor Quillfeather?"
CLAIM = "Thornbeck has no foster carers named Ambrose."
SECRET = "confidential: Fallowmere, sk-123456"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "desk.log"
    logs.start(logs.OFF)


@pytest.fixture
def servers() -> Iterator[None]:
    """The server's loggers as they are at first: one run by another test in this process has set
    their level and kept what they say to itself."""
    loggers = [logging.getLogger(name) for name in ("uvicorn", "uvicorn.error")]
    before = [(each.level, each.propagate, each.disabled) for each in loggers]
    for each in loggers:
        each.setLevel(logging.NOTSET)
        each.propagate, each.disabled = True, False
    yield
    for each, (level, propagate, disabled) in zip(loggers, before, strict=True):
        each.setLevel(level)
        each.propagate, each.disabled = propagate, disabled


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def used(tmp_path: Path) -> None:
    """Everything that a day brings: papers in and refused, questions, claims, errors, a backup."""
    papers = tmp_path / "Fallowmere papers"
    papers.mkdir()
    (papers / "Oakes on caseloads.txt").write_text("Councillor Prudence Oakes said: too high.")
    (papers / "Thistlewood broken.pdf").write_bytes(b"%PDF-1.7 broken")
    settings = Settings(tmp_path / "library")
    shelved(settings.library).close()
    library = Library(settings.library, WordEmbedder())
    ingest([str(papers)], settings, library=library)
    desk = Desk(library)
    desk.ask(QUESTION)
    desk.check(CLAIM)
    back_up(settings, tmp_path / "desk.zip")
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        unforeseen(error, settings.library)
        logging.getLogger("streamlit.web").error("Uncaught %s", SECRET, exc_info=error)
    logging.getLogger("uvicorn.error").warning("Shutting down")
    library.close()


WORDS = (
    "fallowmere", "thornbeck", "oakes", "quillfeather", "caseloads", "thistlewood", "ambrose",
    "care leavers", "foster", "sk-123456", "confidential", ".pdf", ".txt",
    *(word.casefold() for text in (*FALLOWMERE_2024, *ARTICLE) for word in text.split()
      if len(word) > 9 and word.isalpha()),
)  # fmt: skip


@pytest.mark.usefixtures("servers")
def test_the_default_level_holds_no_word_of_documents_or_questions(
    tmp_path: Path, file: Path
) -> None:
    logs.start(str(file))
    used(tmp_path)
    text = file.read_text().casefold()
    assert [word for word in WORDS if word in text] == []
    assert not [word for word in WORDS if word in (tmp_path / "library" / LOG).read_text()]
    told = lines(file)
    assert all({"at", "level", "event"} <= line.keys() for line in told)
    assert {Event.DOCUMENT, Event.INGESTED, Event.ANSWERED, Event.CHECKED, Event.BACKED_UP} <= {
        line["event"] for line in told
    }
    (error,) = [line for line in told if line["event"] == Event.UNFORESEEN]
    assert error["error"] == "ValueError"
    assert str(error["where"]).endswith("used")
    statuses = [line["status"] for line in told if line["event"] == Event.DOCUMENT]
    assert sorted(map(str, statuses)) == ["added", "refused"]
    assert "Shutting down" in {line.get("message") for line in told}


def test_words_are_logged_where_that_is_asked_for(tmp_path: Path, file: Path) -> None:
    logs.start(str(file), "debug")
    used(tmp_path)
    text = file.read_text()
    assert QUESTION in text
    assert CLAIM in text
    assert "Oakes on caseloads.txt" in text
    assert SECRET in text


def test_nothing_is_logged_where_nothing_is_set(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    logs.start(logs.OFF)
    log(Event.SERVING)
    assert capfd.readouterr().err == ""
    logs.start(logs.STDERR)
    log(Event.SERVING, port=8501)
    assert json.loads(capfd.readouterr().err)["port"] == 8501
    logs.start(logs.OFF)


def test_a_level_leaves_out_what_is_below_it_and_warnings_are_lines_too(file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logs.start(str(file), "warning")
        log(Event.ANSWERED)
        warnings.warn("deprecated", stacklevel=1)
        logs.start(logs.OFF)
    (line,) = lines(file)
    assert (line["level"], line["logger"]) == ("warning", "py.warnings")


def test_a_log_that_was_moved_away_goes_on_in_a_new_file(file: Path) -> None:
    logs.start(str(file))
    log(Event.SERVING)
    file.rename(file.with_suffix(".1"))
    log(Event.STOPPED)
    assert [line["event"] for line in lines(file)] == [Event.STOPPED]


def test_what_cannot_be_logged_to_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SCRUTINY_LOG"):
        logs.start(str(tmp_path / "no folder" / "desk.log"))
    with pytest.raises(SettingsError, match="SCRUTINY_LOG_LEVEL"):
        load_settings({"SCRUTINY_LOG_LEVEL": "loud"})
    assert load_settings({"SCRUTINY_LOG": "stderr", "SCRUTINY_LOG_LEVEL": "Debug"}).log == "stderr"
