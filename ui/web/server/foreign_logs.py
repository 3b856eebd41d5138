"""Has what Streamlit and its server log written as our own logs are."""

from __future__ import annotations

import logging

import streamlit.logger

_PREFIXES = ("streamlit", "uvicorn", "websockets")
_SILENT = ("uvicorn.access",)
"""Those whose every record names a document or a conversation: addresses do."""


def take_over() -> None:
    """Let the loggers of the server leave their records to ours, those too that come later."""
    setattr(streamlit.logger, "setup_formatter", _leave_to_root)  # noqa: B010
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] in _PREFIXES:
            _leave_to_root(logging.getLogger(name))


def _leave_to_root(logger: logging.Logger) -> None:
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True
    logger.disabled = logger.name in _SILENT
