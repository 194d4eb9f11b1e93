"""A*: shortest solutions, with the sums by which it found them."""

from __future__ import annotations

from collections import deque

import pytest

from soundly.training.traces import shortest, tracing
from soundly.training.traces.carried_out import carried_out


def breadth_first(space):
    """The operators of a shortest solution, counted."""
    depth = {space.start: 0}
    frontier = deque(depth)
    while frontier:
        state = frontier.popleft()
        if space.estimate(state) == 0:
            return depth[state]
        for _, after in space.successors(state):
            if after not in depth:
                depth[after] = depth[state] + 1
                frontier.append(after)
    return None


def test_its_solutions_are_as_short_as_those_of_breadth_first_search(space):
    for seed in range(3):
        written = tracing("best-first").write(space, seed=seed, most_words=10_000)
        steps = carried_out(space, written.solution).steps
        assert len(steps) == breadth_first(space)
        assert len(carried_out(space, shortest(space, seed=seed)).steps) == len(steps)


def test_a_state_is_created_again_where_a_cheaper_way_is_found(graph):
    """The estimate is a lower bound, but falls by two along one road."""
    roads = {"a": ("b", "d"), "b": ("c",), "c": ("e",), "d": ("e",), "e": ("f",), "f": ("z",)}
    space = graph(roads, a=1, b=1, c=1, d=3, e=1, f=1, z=0)
    written = tracing("best-first").write(space, seed=0, most_words=200)
    assert written.solution == ("to-d", "to-e", "to-f", "to-z")
    text = " ".join(written.trace)
    assert "create e c3 c1" in text
    assert "create e c2 c1" in text
    assert tracing("best-first").judge(space, written.trace, written.solution).ends_in_solution


def test_a_number_without_a_word_ends_in_no_trace(graph):
    assert (
        tracing("best-first").write(graph({"a": ("z",)}, a=100, z=0), seed=0, most_words=99) is None
    )


def test_a_bound_on_closed_nodes_ends_the_search(space):
    assert shortest(space, most_closed=1) is None


@pytest.mark.parametrize("solution", [("to-b", "to-z"), ("to-c", "to-z")])
def test_a_run_ends_in_each_of_several_shortest_solutions(graph, solution):
    space = graph({"a": ("b", "c"), "b": ("z",), "c": ("z",)}, z=0)
    written = tracing("best-first").write(space, seed=0, most_words=99)
    assert tracing("best-first").judge(space, written.trace, solution).ends_in_solution
