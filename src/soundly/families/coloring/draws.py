"""Graphs to colour: random ones with a hidden colouring, and ones with a hidden obstacle."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.families.coloring.graph import MAX_VERTICES, Graph, edges_between

COLOURS = 3
DIAL = Dial(smallest=4, trained=12)

_GROETZSCH_SIZE = 11

_EDGES_A_VERTEX = 2.2
"""Near 2.35, where random graphs lose their 3-colourings: few are left, so guessing fails."""


def draw_colorable(*, size: int, seed: int) -> tuple[Graph, tuple[int, ...]]:
    """A graph of this many vertices, and a colouring of it: the colour of each vertex in turn.

    Vertices fall into three classes of nearly one size, and edges are drawn evenly from all pairs
    of vertices of different classes: small graphs vary in how many they have, or there would be
    but one of some sizes. Raises `UsageError` for fewer than four vertices, or
    more than a graph may have.
    """
    rng = _random("colorable", size, seed)
    colours = [number % COLOURS + 1 for number in range(size)]
    rng.shuffle(colours)
    allowed = (size**2 - sum(colours.count(colour) ** 2 for colour in set(colours))) // 2
    most = min(round(_EDGES_A_VERTEX * size), allowed)
    wanted, edges = rng.randint(min(most, 2 * size - 4), most), set[tuple[int, int]]()
    for first, second in _pairs(rng, size):
        if colours[first - 1] != colours[second - 1]:
            edges.add((first, second))
            if len(edges) == wanted:
                break
    return Graph(size, tuple(sorted(edges)), COLOURS), tuple(colours)


def draw_uncolorable(*, size: int, seed: int) -> Graph:
    """A graph of this many vertices that three colours do not suffice for.

    Hidden in it is an odd wheel: a ring of three or more vertices, odd in number, all joined to one
    more. From 11 vertices on it is as often the Grötzsch graph, which has no triangle. The other
    edges are drawn evenly from all pairs, up to as many in all as `draw_colorable` draws at most.
    """
    rng = _random("uncolorable", size, seed)
    vertices = rng.sample(range(1, size + 1), size)
    if size >= _GROETZSCH_SIZE and rng.random() < 0.5:
        obstacle = edges_between((vertices[a], vertices[b]) for a, b in _groetzsch())
    else:
        rim = rng.randrange(3, size, 2)
        obstacle = edges_between((vertices[a], vertices[b]) for a, b in _wheel(rim))
    edges = set(obstacle)
    wanted = min(round(_EDGES_A_VERTEX * size), size * (size - 1) // 2)
    pairs = _pairs(rng, size)
    while len(edges) < wanted:
        edges.add(next(pairs))
    return Graph(size, tuple(sorted(edges)), COLOURS)


def _wheel(rim: int) -> list[tuple[int, int]]:
    """A ring of so many vertices, and a hub that is joined to all of them."""
    return [(at, (at + 1) % rim) for at in range(rim)] + [(at, rim) for at in range(rim)]


def _groetzsch() -> list[tuple[int, int]]:
    """A ring of five, a shadow of each joined to its neighbours, and a hub joined to the shadows.

    The smallest graph without triangles that needs four colours (Grötzsch; Mycielski, 1955).
    """
    ring = [(at, (at + 1) % 5) for at in range(5)]
    shadows = [(5 + at, (at + step) % 5) for at in range(5) for step in (1, 4)]
    return ring + shadows + [(5 + at, 10) for at in range(5)]


def _random(kind: str, size: int, seed: int) -> Random:
    if not DIAL.smallest <= size <= MAX_VERTICES:
        raise UsageError(f"size is {size}, wanted {DIAL.smallest} to {MAX_VERTICES} vertices")
    return Random(f"{kind} {size} {seed}")  # noqa: S311 - instances are not secrets


def _pairs(rng: Random, size: int) -> Iterator[tuple[int, int]]:
    """Pairs of different vertices without end, the smaller one first.

    Random bits are drawn until they are below the bound, as ``randrange`` does at twice the time.
    """
    bits, others = rng.getrandbits, size - 1
    width, width_of_others = size.bit_length(), others.bit_length()
    while True:
        first = bits(width)
        while first >= size:
            first = bits(width)
        second = bits(width_of_others)
        while second >= others:
            second = bits(width_of_others)
        yield (second + 1, first + 1) if second < first else (first + 1, second + 2)
