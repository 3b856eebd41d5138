"""The web application: Streamlit runs this file for every visit; each page is a file beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import streamlit as st

from rag.access.login import LoginKind
from rag.access.roles import Permission
from rag.errors import AccessError, NotLoggedIn, ScrutinyError
from ui import PRODUCT
from ui.web import controls
from ui.web.pages import (
    about,
    accessibility,
    administration,
    ask,
    check,
    feedback,
    help,
    library,
    prepare,
    programs,
    record,
    shared,
)
from ui.web.render.access import LOG_OUT, OTHER_LANGUAGE, language_html, outside_html, who_html
from ui.web.render.html import Html, PageLink, frame_html, note_html
from ui.web.session import state
from ui.web.session.language import Language
from ui.web.session.services import WebServices
from ui.wording.dates import spoken_date
from ui.wording.lists import count_words
from ui.wording.translation import N_, tr

HERE = Path(__file__).parent
ADOPTED = (
    "Because you were the first administrator to log in, what was kept here before anyone did is "
    "yours: {}. Nobody else sees them."
)
_TOLD = "told what was taken over"


# What each page calls itself.
HEADINGS = {
    N_("Ask"): N_("Ask the documents"),
    N_("Check"): N_("Check a claim or a speech"),
    N_("Prepare"): N_("Prepare for a meeting"),
    N_("Record"): N_("A council’s record"),
    N_("Library"): N_("Library"),
    N_("Help"): N_("Help"),
    N_("Accessibility"): N_("How accessible these pages are"),
    N_("Feedback"): N_("What readers said of answers"),
    N_("About"): N_("About Scrutiny Desk"),
    N_("Shared"): N_("Shared with you"),
    N_("Administration"): N_("Administration"),
    N_("Programs"): N_("Programs that act for you"),
}
# Not among the ways to all pages: a link leads to each.
_REACHED_ELSEWHERE = frozenset(("Shared", "Accessibility"))


def main() -> None:
    """Draw the frame, and the chosen page in it; to who may not come in, the way in."""
    try:
        services = state.services()
    except AccessError as error:
        _outside(error)
        return
    except ScrutinyError:
        services = None  # each page says why it has nothing to show
    if controls.taken(LOG_OUT.verb):
        st.logout()
        return
    pages = [
        st.Page(ask.show, title="Ask", url_path="ask", default=True),
        st.Page(check.show, title="Check", url_path="check"),
        st.Page(prepare.show, title="Prepare", url_path="prepare"),
        st.Page(record.show, title="Record", url_path="record"),
        st.Page(library.show, title="Library", url_path="library"),
        st.Page(help.show, title="Help", url_path="help"),
        st.Page(about.show, title="About", url_path="about"),
        st.Page(shared.show, title="Shared", url_path="shared", visibility="hidden"),
        st.Page(
            accessibility.show,
            title="Accessibility",
            url_path="accessibility",
            visibility="hidden",
        ),
    ]
    if services and services.person.may(Permission.READ_FEEDBACK):
        pages.append(st.Page(feedback.show, title="Feedback", url_path="feedback"))
    if services and services.settings.api:
        pages.append(st.Page(programs.show, title="Programs", url_path="programs"))
    if services and services.person.may(Permission.MANAGE_PEOPLE):
        pages.append(
            st.Page(administration.show, title="Administration", url_path="administration")
        )
    state.PAGES.update({page.title: page for page in pages})
    page = st.navigation(pages, position="hidden")
    if services:
        _speak(services)
    st.set_page_config(page_title=f"{tr(page.title)} · {PRODUCT}", layout="wide")
    st.html(HERE / "style.css")
    # Places of their own, so that the scripts stay while the page changes below them.
    listening, attending = st.container(key="listening"), st.container(key="attending")
    with listening:
        controls.listen()
    to = controls.chosen_page()
    if to in state.PAGES:
        st.switch_page(state.PAGES[to])
    st.html(_frame(services, pages, page))
    if services:
        _adopted(services)
    page.run()
    with attending:
        controls.pay_attention()


def _frame(services: WebServices | None, pages: Sequence[st.Page], page: st.Page) -> Html:
    """What stands above every page: who is here, the other language, the ways to the pages."""
    links = [
        PageLink(
            one.title,
            one.url_path,
            tr(HEADINGS[one.title]),
            words=tr(one.title),
            current=one.title == page.title,
            listed=one.title not in _REACHED_ELSEWHERE,
        )
        for one in pages
    ]
    frame = frame_html(PRODUCT, spoken_date(datetime.now().astimezone().date()), links)
    if services:
        leaves = services.settings.login.kind is LoginKind.OPENID
        frame = who_html(services.person, leaves=leaves) + frame
        if services.settings.welsh:
            frame = language_html(Language().other()) + frame
    return frame


def _speak(services: WebServices) -> None:
    language = Language()
    if controls.taken(OTHER_LANGUAGE.verb) and services.settings.welsh:
        language.change()
    language.speak(services.settings)


def _outside(error: AccessError) -> None:
    """The page of who is not let in, whatever they came for."""
    paths = [
        *("ask", "check", "prepare", "record", "library", "help", "about", "shared"),
        *("accessibility", "feedback", "administration", "programs"),
    ]
    ways_in = [
        st.Page(partial(_way_in, error), title="Log in", url_path=path, default=path == "ask")
        for path in paths
    ]
    st.navigation(ways_in, position="hidden").run()


def _way_in(error: AccessError) -> None:
    st.set_page_config(page_title=PRODUCT, layout="centered")
    st.html(HERE / "style.css")
    st.html(outside_html(PRODUCT, str(error)))
    if state.shared_services().settings.login.kind is not LoginKind.OPENID:
        return
    controls.come_back_here()
    if isinstance(error, NotLoggedIn):
        st.button("Log in", type="primary", on_click=st.login)
    else:
        st.button("Log out", on_click=st.logout)


def _adopted(services: WebServices) -> None:
    """Tell the first administrator, once a visit, that what was everybody's is now theirs."""
    if st.session_state.setdefault(_TOLD, False):
        return
    st.session_state[_TOLD] = True
    if count := services.administration.people.adopted(services.person):
        st.html(note_html(ADOPTED.format(count_words(count, "thing", "things"))))


# A process that reads files may load its parent's main module again, which may be this one.
if __name__ == "__main__":
    main()
