"""Adding documents: files from the reader's computer, or pages by their web addresses."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ingest.sources.upload import IngestSource, Upload
from rag.errors import ScrutinyError
from ui.web import controls
from ui.web.controls import Attention
from ui.web.jobs.ingest_job import MOST_FILES, limits_problem
from ui.web.render.html import note_html, problem_html
from ui.web.session.addresses import MOST_ADDRESSES, addresses, no_addresses
from ui.web.session.library_session import LibrarySession
from ui.web.session.services import WebServices
from ui.wording.translation import N_, tr

_OTHERS = N_("The others are being added.")


def show(services: WebServices, browsing: LibrarySession, *, expanded: bool) -> None:
    """Draw the two forms."""
    with st.expander(tr("Add documents"), expanded=expanded, key=f"adding {browsing.uploads}"):
        files, pages = st.columns(2, gap="medium")
        with files:
            _files(services, browsing)
        with pages:
            _addresses(services, browsing)


def _files(services: WebServices, browsing: LibrarySession) -> None:
    most = services.settings.max_file_mb
    with st.form("add files", border=False):
        files = st.file_uploader(
            tr("Files from this computer"),
            accept_multiple_files=True,
            max_upload_size=most,
            key=f"files {browsing.uploads}",
        )
        st.html(
            note_html(
                tr(
                    "Up to {} files at once, each of up to {} MB: PDF, Word (.docx), Excel "
                    "(.xlsx), PowerPoint (.pptx), OpenDocument (.odt, .ods), tables (.csv), "
                    "pictures of pages, saved web pages, e-mail (.eml), Markdown or plain text. "
                    "They stay on this machine."
                ).format(MOST_FILES, most)
            )
        )
        if not st.form_submit_button(tr("Add these files")):
            return
        problem = limits_problem([(file.name, file.size) for file in files], most)
        if not files:
            problem = tr(
                "No file is chosen, or it is still on its way. Choose one or more, wait until "
                "each is listed, then add them."
            )
        if problem:
            st.html(problem_html(problem))
            return
        _start(services, browsing, [Upload(file.name, file.getvalue()) for file in files])


def _addresses(services: WebServices, browsing: LibrarySession) -> None:
    with st.form("add addresses", border=False):
        text = st.text_area(
            tr("Web addresses, one on each line"),
            height=110,
            key=_addresses_key(browsing),
            placeholder="https://",
        )
        st.html(
            note_html(
                tr(
                    "Up to {} at once. Each page is fetched once from its site and kept here; "
                    "nothing else leaves this machine."
                ).format(MOST_ADDRESSES)
            )
        )
        if not st.form_submit_button(tr("Add these pages")):
            return
        urls, problem = addresses(text)
        if not urls:
            st.html(problem_html(problem))
            return
        # What can be fetched is; the lines that cannot are told beside it.
        beside = f"{problem} {tr(_OTHERS)}" if problem else ""
        _start(services, browsing, urls, beside=beside, left=no_addresses(text))


def _addresses_key(browsing: LibrarySession) -> str:
    return f"addresses {browsing.uploads}"


def _start(
    services: WebServices,
    browsing: LibrarySession,
    sources: Sequence[IngestSource],
    *,
    beside: str = "",
    left: str = "",
) -> None:
    """Begin to add the sources; `beside` says what could not be among them, and `left` is what
    stays in the box of addresses."""
    try:
        services.jobs.start(sources, services.settings, services.library)
    except ScrutinyError as error:
        st.html(problem_html(str(error)))
        return
    browsing.uploads += 1
    st.session_state[_addresses_key(browsing)] = left
    browsing.problem = beside
    controls.attend(Attention.FOCUS, "job-title")
    st.rerun()
