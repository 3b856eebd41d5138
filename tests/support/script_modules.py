"""The scripts as modules: they are files beside the program, not part of it."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from places import SCRIPTS


def script_module(name: str) -> ModuleType:
    """The script of that name, imported; its `main` has not run."""
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    if str(SCRIPTS) not in sys.path:
        sys.path.append(str(SCRIPTS))  # as Python does for a script that it is told to run
    spec.loader.exec_module(module)
    return module
