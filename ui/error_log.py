"""What nobody foresaw: written to a log, and told in one sentence."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path

from rag.errors import ScrutinyError
from rag.settings import load_settings
from ui.wording.printable import printable

LOG = "errors.log"


def unforeseen(error: Exception, library: Path | None) -> str:
    """Log what nobody foresaw; the sentence that tells of it and names the log.

    The log is in the folder `library`, or else in that of the settings.
    """
    log = _logged(error, library)
    where = f"; the details are in {log}" if log else ""
    return printable(f"Something unexpected went wrong ({type(error).__name__}){where}.")


def _logged(error: Exception, library: Path | None) -> Path | None:
    """Write the traceback to the log; None where that cannot be done."""
    try:
        log = load_settings(library=library, model=False).library / LOG
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as lines:
            lines.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n")
            lines.writelines(traceback.format_exception(error))
            lines.write("\n")
    except (OSError, ScrutinyError):
        return None
    return log
