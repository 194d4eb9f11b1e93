"""The quick ways of drawing and of reading a graph are the slow ones, sooner done."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.coloring.draws import _pairs, draw_colorable, draw_uncolorable
from soundly.families.coloring.graph import graph_of


def stated(graph, colours="3"):
    return Problem("coloring", "mine", {"graph": graph, "colours": colours})


@pytest.mark.parametrize("size", [2, 3, 4, 5, 7, 8, 9, 16, 17, 33, 1_000])
def test_pairs_come_from_the_stream_as_randrange_draws_them(size):
    one, other = Random(7), Random(7)
    for pair in islice(_pairs(one, size), 300):
        first, second = other.randrange(size), other.randrange(size - 1)
        second += second >= first
        assert pair == (min(first, second) + 1, max(first, second) + 1)


@pytest.mark.parametrize("draw", [lambda **at: draw_colorable(**at)[0], draw_uncolorable])
def test_our_own_spelling_is_read_as_the_same_with_a_comment_is(draw):
    for seed in range(30):
        graph = draw(size=4 + seed, seed=seed)
        text = graph.problem("drawn").statement["graph"]
        assert graph_of(stated(text)) == graph_of(stated(f"c a comment\n{text}")) == graph


@pytest.mark.parametrize(
    ("graph", "says"),
    [
        ("p edge 3 2\ne 1 2\n", "2. edges are stated"),
        ("p edge 3 1\ne 2 2\n", "joined to itself"),
        ("p edge 3 1\ne 1 4\n", "a vertex from 1 to 3"),
        ("p edge 3 1\ne 1 2\ne 1 3", "1. edges are stated"),
        ("p edge 9999999 0\n", "1 to 1000000"),
        ("p edge 03 1\ne 1 2\n", "a number of vertices"),
        ("p edge 3 1\ne 1 ２\n", "a vertex from 1 to 3"),  # noqa: RUF001 - a look-alike
    ],
)
def test_what_is_wrong_with_a_graph_in_our_spelling_is_said_by_its_line(graph, says):
    with pytest.raises(ProblemError, match=says):
        graph_of(stated(graph))


@pytest.mark.parametrize("graph", ["p edge 3 2\ne 2 3\ne 1 2\n", "p edge 3 1\ne 2 1\n"])
def test_edges_in_another_order_are_put_in_order(graph):
    assert list(graph_of(stated(graph)).edges) == sorted(graph_of(stated(graph)).edges)
