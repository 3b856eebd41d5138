"""What is done a few at a time is done to all, in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.batches import batches


@given(st.lists(st.integers()), st.integers(1, 9))
def test_batches_hold_every_item_once_in_order_and_none_is_too_large(
    items: list[int], most: int
) -> None:
    parts = list(batches(items, most))
    assert [item for part in parts for item in part] == items
    assert all(1 <= len(part) <= most for part in parts)
