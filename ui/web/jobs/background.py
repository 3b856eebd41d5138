"""Work done ahead of need, beside the page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from rag.errors import ScrutinyError


def in_background(task: Callable[[], object]) -> threading.Thread:
    """Run `task` ahead of need; what goes wrong in it is told when it is needed."""

    def quietly() -> None:
        with suppress(ScrutinyError):
            task()

    thread = threading.Thread(target=quietly, daemon=True)
    thread.start()
    return thread
