"""A file that a page offers is its maker's, known again by their log-in."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import ROOT

from rag.access.login import SECRET_HEADER, Login
from ui.web.session import downloads as downloads_module
from ui.web.session.downloads import Downloads
from ui.web.session.identity import credential

OPENID = Login(openid_file=Path("login.toml"))
FILE = b"An answer"


def cookie(line: str) -> str:
    return credential(OPENID, {"cookie": [line]})


def test_who_it_was_made_for_may_have_a_file_with_every_log_in_of_theirs_and_nobody_else() -> None:
    downloads = Downloads()
    for shown, person in (("one", "ann"), ("other", "ann"), ("third", "ben")):
        downloads.note_login(shown, person)
    downloads.note_file(FILE, "ann")
    given = [
        each for each in ("one", "other", "third", "", "4th") if downloads.may_have(FILE, each)
    ]
    assert given == ["one", "other"]
    assert not downloads.may_have(b"Another answer", "one")
    # The same was made for another too.
    downloads.note_file(FILE, "ben")
    assert downloads.may_have(FILE, "third")
    assert downloads.may_have(FILE, "one")


def test_only_so_many_files_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads_module, "MOST_KEPT", 2)
    downloads = Downloads()
    downloads.note_login("one", "ann")
    for content in (b"1", b"2", b"1", b"3"):
        downloads.note_file(content, "ann")
    assert [downloads.may_have(each, "one") for each in (b"1", b"2", b"3")] == [True, False, True]


@pytest.mark.parametrize(
    ("line", "is_same"),
    [
        ("_streamlit_user=signed; _streamlit_user__1=rest", True),
        ("_streamlit_xsrf=x;_streamlit_user__1=rest;  _streamlit_user=signed", True),
        ("_streamlit_user=signed", False),
        ("_streamlit_user=signet; _streamlit_user__1=rest", False),
        ("x_streamlit_user=signed; _streamlit_user__1=rest", False),
    ],
)
def test_a_log_in_is_known_again_by_its_whole_cookie(line: str, is_same: bool) -> None:
    whole = cookie("_streamlit_user=signed; _streamlit_user__1=rest; other=1")
    assert (cookie(line) == whole) is is_same


@pytest.mark.parametrize(
    "line", ["", "_streamlit_xsrf=x", "_streamlit_user=", "_streamlit_users=x"]
)
def test_who_has_no_log_in_shows_none(line: str) -> None:
    assert cookie(line) == ""
    assert credential(OPENID, {}) == ""


def test_behind_a_proxy_it_is_the_proxy_that_says_who_asks(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 32)
    login = Login(proxy_header="X-Person", proxy_secret_file=tmp_path / "secret")
    secret = {SECRET_HEADER.casefold(): ["s" * 32]}
    assert credential(login, {"x-person": ["Ann"], **secret})
    assert not credential(login, {"x-person": ["Ann"]})
    assert not credential(login, {"x-person": ["Ann", "Ben"], **secret})


def test_every_page_gives_its_files_by_the_one_button_that_notes_whose_they_are() -> None:
    modules = (ROOT / "ui/web").rglob("*.py")
    direct = [path.name for path in modules if "st.download_button(" in path.read_text("utf-8")]
    assert direct == ["download.py"]
