"""Swapped traces: each problem gets another one's."""

import pytest

from soundly.core.errors import UsageError
from soundly.training.traces import swapped


def test_swapped_traces_are_those_of_other_problems_of_the_size():
    traces = [(f"{size}", f"{number}") for number, size in enumerate("3343443")]
    for seed in range(5):
        given = swapped(traces, list("3343443"), seed=seed)
        assert sorted(given) == sorted(traces)
        for own, other in zip(traces, given, strict=True):
            assert own != other
            assert own[0] == other[0]
        assert given == swapped(traces, list("3343443"), seed=seed)
    assert len({swapped(traces, list("3343443"), seed=seed) for seed in range(9)}) > 1


def test_the_only_problem_of_a_size_has_nobody_to_swap_with():
    with pytest.raises(UsageError, match="one problem of size 4"):
        swapped([("a",), ("b",), ("c",)], [3, 3, 4], seed=0)
