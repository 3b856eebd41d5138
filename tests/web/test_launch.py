"""How the server is started."""

from __future__ import annotations

import threading
import tomllib

from rag.errors import ScrutinyError
from ui.web.jobs.background import in_background
from ui.web.server import launch


def test_the_server_listens_on_loopback_and_to_no_other_name_unless_told() -> None:
    flags = launch.arguments(
        address=launch.LOOPBACK, port=8600, open_browser=False, max_file_mb=200
    )
    assert flags[:2] == ["run", str(launch.SITE)]
    assert "--server.address=127.0.0.1" in flags
    assert "--server.port=8600" in flags
    assert "--server.allowedHosts=localhost" in flags
    assert "--server.headless=true" in flags


def test_a_server_for_others_answers_to_the_names_that_they_know_it_by() -> None:
    flags = launch.arguments(address="0.0.0.0", port=8501, open_browser=True, max_file_mb=200)
    assert "--server.address=0.0.0.0" in flags
    assert "--server.headless=false" in flags
    assert not [flag for flag in flags if "allowedHosts" in flag]


def test_nothing_is_reported_to_anyone_and_no_trace_reaches_a_reader() -> None:
    config = tomllib.loads(launch.APP.with_name(".streamlit").joinpath("config.toml").read_text())
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["toolbarMode"] == "minimal"


def test_nobody_waits_after_each_click_while_everything_is_gone_through_for_garbage() -> None:
    config = tomllib.loads(launch.APP.with_name(".streamlit").joinpath("config.toml").read_text())
    assert config["runner"]["postScriptGC"] is False


def test_what_goes_wrong_ahead_of_need_is_told_when_it_is_needed() -> None:
    begun = threading.Event()

    def task() -> None:
        begun.set()
        raise ScrutinyError("Not now.")

    in_background(task).join(timeout=5)
    assert begun.is_set()
