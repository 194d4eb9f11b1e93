"""Sizes speak for smaller ones only, the nearest first, whatever their outcomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.spend import Spend
from soundly.routing.evidence import Trial
from soundly.routing.window import enough, spanned, window

TRIALS = st.lists(
    st.builds(
        lambda problem, size, covered: Trial(
            str(problem), size, covered, ended=True, spend=Spend(), priced=True
        ),
        st.integers(),
        st.none() | st.integers(1, 9),
        st.booleans(),
    ),
    max_size=30,
)


@given(TRIALS, st.integers(1, 9), st.integers(1, 12))
def test_a_window_holds_whole_sizes_from_its_own_on_and_no_more_than_it_takes(trials, size, wanted):
    taken = window(trials, size=size, wanted=wanted)
    sizes = sorted({each.size for each in taken})
    assert all(each >= size for each in sizes)
    larger = sorted({each.size for each in trials if each.size is not None and each.size >= size})
    assert sizes == larger[: len(sizes)]
    for each in sizes:
        assert sum(t.size == each for t in taken) == sum(t.size == each for t in trials)
    assert len(taken) >= wanted or sizes == larger
    without_the_last = [each for each in taken if each.size != sizes[-1]] if sizes else []
    assert len(without_the_last) < wanted


@pytest.mark.parametrize(
    ("coverage", "doubt", "needed"),
    [(0.95, 0.05, 59), (0.9, 0.05, 29), (0.5, 0.5, 1), (0.0, 0.1, 1)],
)
def test_enough_is_the_shortest_perfect_record_that_would_do(coverage, doubt, needed):
    """59 without a fault is the textbook's number for 95% at 95%."""
    assert enough(coverage=coverage, doubt=doubt, least=1) == needed
    assert enough(coverage=coverage, doubt=doubt, least=100) == 100
    if coverage:
        assert coverage**needed <= doubt < coverage ** (needed - 1)


def test_nothing_shows_a_coverage_of_all():
    assert enough(coverage=1.0, doubt=0.05, least=1) > 10**9


def test_sizes_are_told_as_a_span():
    def trial(size):
        return Trial("p", size, covered=True, ended=True, spend=Spend(), priced=True)

    assert spanned([trial(3), trial(5)]) == "3 to 5"
    assert spanned([trial(3)]) == "3"
    assert spanned([trial(None)]) == spanned([]) == "no size"
