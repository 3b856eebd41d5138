"""How well questions and claims about councils not met are told, as it was last measured.

`make quality` measures and writes the figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.evaluation.report import Rate

RECORD = Path(__file__).with_name("quality.json")


@dataclass(frozen=True, slots=True)
class Quality:
    """What was counted over labelled questions and claims."""

    right: Rate
    cited: Rate
    verbatim: Rate
    refused: Rate
    refused_wrongly: Rate
    checked: Rate
    """Claims with the right verdict."""


def quality_of(scores: Mapping[str, Mapping[str, Any]]) -> Quality:
    """The figures in the scores of a report's record (`rag.scorecard.Report.to_record`)."""
    answers, refusals = scores["answers"], scores["refusals"]
    rows = (
        answers["right"],
        answers["cited"],
        answers["quotes verbatim"],
        refusals["recall"],
        refusals["answerable ones refused"],
        scores["claims"]["accuracy"],
    )
    return Quality(*(Rate(row["count"], row["total"]) for row in rows))


def measured() -> Quality:
    """The figures as they were last written down."""
    return quality_of(json.loads(RECORD.read_text(encoding="utf-8")))
