"""What is measured on is never what was fitted to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from script_modules import script_module


@given(st.lists(st.sampled_from([f"report {n}" for n in range(14)]), max_size=40))
def test_no_document_is_fitted_to_and_measured_on_at_once(documents: list[str]) -> None:
    measured: list[int] = []
    for held_out, rest in script_module("labelled").folds(documents):
        assert {documents[n] for n in held_out}.isdisjoint(documents[n] for n in rest)
        assert sorted([*held_out, *rest]) == list(range(len(documents)))
        measured += held_out
    assert sorted(measured) == (list(range(len(documents))) if len(set(documents)) > 1 else [])
