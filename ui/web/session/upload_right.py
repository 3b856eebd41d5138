"""Which open pages may send files: those of who may add documents, as they were at the last click.

Streamlit takes a file from whoever has a page open, and holds it in memory: a reader, and on a
server with a log-in who has not logged in yet, could fill that.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from streamlit.runtime.scriptrunner import get_script_run_ctx

MOST_PAGES = 10_000
"""Open pages that are remembered; of more, those that were clicked in last."""


class UploadRight:
    """The pages that may send files, by what Streamlit calls their sessions."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: OrderedDict[str, None] = OrderedDict()

    def note(self, page: str, *, may: bool) -> None:
        """Have a page be allowed to send files, or not any more."""
        with self._lock:
            self._pages.pop(page, None)
            if may:
                self._pages[page] = None
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)

    def has(self, page: str) -> bool:
        """Whether a page may send files."""
        with self._lock:
            return page in self._pages


UPLOAD_RIGHT = UploadRight()
"""That of the pages of this server."""


def note_this_page(*, may: bool) -> None:
    """Note whether the page that is being drawn may send files."""
    context = get_script_run_ctx()
    if context is not None:
        UPLOAD_RIGHT.note(context.session_id, may=may)
