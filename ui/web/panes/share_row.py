"""The link by which something that is open is shared, made, shown and taken back."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from rag.saved.shares import ShareKind
from ui.web import controls
from ui.web.controls import Action, Attention
from ui.web.render.access import link_html
from ui.web.session.services import WebServices
from ui.web.session.state import Visit
from ui.wording.dates import spoken_moment

LINK = "link"
"""What names the link in the address of the page that it opens."""


def show(services: WebServices, visit: Visit, kind: ShareKind, item: str) -> None:
    """Draw the link to something, where it is open."""
    if visit.sharing != item:
        return
    share = services.shares.shared(services.person, kind, item)
    if share:
        st.html(link_html(kind.value, item, address(share.token), spoken_moment(share.at)))


def address(token: str) -> str:
    """The whole address of a link."""
    here = urlsplit(st.context.url or "")
    # What follows the address of the desk is the page that is open now.
    base = here.path.rsplit("/", 1)[0]
    return f"{here.scheme}://{here.netloc}{base}/shared?{urlencode({LINK: token})}"


def do(action: Action | None, services: WebServices, visit: Visit) -> bool:
    """Open, close or withdraw a link; False where something else was asked for."""
    match action:
        case Action("share", (kind, item)):
            if visit.sharing == item:
                visit.sharing = None
            else:
                services.shares.share(services.person, ShareKind(kind), item)
                visit.sharing = item
            controls.attend(Attention.BACK)
        case Action("unshare", (kind, item)):
            services.shares.withdraw(services.person, ShareKind(kind), item)
            visit.sharing = None
            controls.attend(Attention.FOCUS, f"share-{kind}")
        case _:
            return False
    return True
