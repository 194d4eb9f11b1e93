"""Whether systems were asked the same instances."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.bench.report.asked import Asked, asked, asked_alike, asked_apart

from .results import from_file, result

ASKED = st.lists(
    st.tuples(
        st.sampled_from(["single", "refine", "kairos"]),
        st.sampled_from(["blocksworld", "logistics"]),
        st.integers(0, 2),
        st.booleans(),
    ),
    unique=True,
)


@given(ASKED)
def test_a_family_is_told_where_one_system_met_an_instance_that_another_did_not(cells):
    results = tuple(
        result(strategy=strategy, family=family, seed=seed, solvable=solvable)
        for strategy, family, seed, solvable in cells
    )
    told = {
        family
        for strategy, family, *instance in cells
        for other, of, *_ in cells
        if of == family and (other, family, *instance) not in cells
    }
    assert set(asked_apart(results)) == told


def test_the_same_seed_and_size_with_another_label_is_another_instance():
    solvable, unsolvable = result(strategy="a"), result(strategy="b", solvable=False)
    assert not asked_alike((solvable, unsolvable))
    assert asked_alike((solvable, result(strategy="b")))


def test_sessions_that_are_about_one_instance_are_told():
    again = tuple(from_file(name=name, seed=seed) for name in "pq" for seed in range(20))
    assert asked(again).repeated
    assert str(asked(again)) == "2 of planning in 40 sessions"
    once = tuple(from_file(name=name) for name in "pq")
    assert not asked(once).repeated
    assert str(asked(once)) == "2 of planning"


def test_no_instance_was_asked_in_no_session():
    with pytest.raises(ValueError, match="0 sessions came"):
        Asked(frozenset({("planning", "p")}), ("planning",), 0)
