"""What nobody foresaw: written to a log, and told in one sentence."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

from rag.errors import ScrutinyError
from rag.logs import Event, log, trace
from rag.settings import load_settings
from ui.wording.printable import printable

LOG = "errors.log"


def unforeseen(error: Exception, library: Path | None) -> str:
    """Log what nobody foresaw; the sentence that tells of it and names the log.

    The log is in the folder `library`, or else in that of the settings.
    """
    log(Event.UNFORESEEN, logging.ERROR, error=error)
    file = _logged(error, library)
    where = f"; the details are in {file}" if file else ""
    return printable(f"Something unexpected went wrong ({type(error).__name__}){where}.")


def _logged(error: Exception, library: Path | None) -> Path | None:
    """Write where it went wrong to the log; None where that cannot be done.

    What the error says may repeat words of a document: it is written where words are logged.
    """
    try:
        settings = load_settings(library=library, model=False)
        file = settings.library / LOG
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8", errors="backslashreplace") as lines:
            lines.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n")
            lines.write(trace(error, with_words=settings.log_level == "debug"))
            lines.write("\n")
    except (OSError, ScrutinyError):
        return None
    return file
