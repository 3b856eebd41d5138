"""What is worked out once: kept where it belongs, without one question waiting for another."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from rag.once import worked_out_once

BOTH = 2
SECONDS = 20


@dataclass(frozen=True)
class Asked:
    together: threading.Barrier
    worked: list[int] = field(default_factory=list)

    @worked_out_once
    def evidence(self) -> str:
        """Comes only where another is worked out at the same time."""
        self.worked.append(1)
        self.together.wait(SECONDS)
        return f"worked out {len(self.worked)} times"


def test_two_questions_are_worked_on_at_the_same_time_and_each_once() -> None:
    together = threading.Barrier(BOTH)
    asked = [Asked(together) for _ in range(BOTH)]
    threads = [threading.Thread(target=lambda one=one: one.evidence) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not together.broken
    assert [one.evidence for one in asked] == ["worked out 1 times"] * BOTH
