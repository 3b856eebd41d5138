"""Question in, cited answer out. Knows no file format and no screen.

The names below are the public face; each is imported when it is first asked for, so that a program
that only reads settings does not load what answers need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.desk import Desk, open_desk
    from rag.errors import ScrutinyError
    from rag.settings import load_settings
    from rag.types import Answer, Verdict
else:
    _HOMES = {
        "Answer": "types",
        "Desk": "desk",
        "ScrutinyError": "errors",
        "Verdict": "types",
        "load_settings": "settings",
        "open_desk": "desk",
    }

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = ["Answer", "Desk", "ScrutinyError", "Verdict", "load_settings", "open_desk"]
