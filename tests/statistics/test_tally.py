"""What broke or was refused never counts against a system."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.statistics.intervals import Proportion
from soundly.statistics.tally import Tally

COUNTS = st.integers(0, 50)
TALLIES = st.builds(Tally, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)


@given(TALLIES, COUNTS, COUNTS)
def test_what_broke_or_was_refused_changes_no_share(tally, broken, refused):
    more = tally + Tally(broken=broken, refused=refused)
    assert (more.accuracy, more.coverage, more.selective_accuracy) == (
        tally.accuracy,
        tally.coverage,
        tally.selective_accuracy,
    )


@given(TALLIES)
def test_accuracy_is_coverage_times_selective_accuracy(tally):
    answered, selective = tally.coverage, tally.selective_accuracy
    assert tally.accuracy.count * answered.of * selective.of == (
        answered.count * selective.count * tally.accuracy.of
    )


def test_an_answer_that_says_nothing_is_not_answered_and_not_right():
    tally = Tally(right=6, wrong=2, unreadable=2, broken=5, refused=7)
    assert tally.accuracy == Proportion(6, 10)
    assert tally.coverage == Proportion(8, 10)
    assert tally.selective_accuracy == Proportion(6, 8)


@pytest.mark.parametrize("count", [-1, 0.5, True])
def test_a_count_is_a_whole_number(count):
    with pytest.raises(ValueError, match="whole numbers from 0 on"):
        Tally(broken=count)
