"""What the critic is tried with: near misses, and a twin that enumerates all colourings."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from random import Random

from soundly.families.coloring.graph import Coloring, Graph

_ODD_WORDS = ("0", "-1", "01", "1.0", "²", "\uff11", "red", "99999999999999999999", "2 or 3")


def near_miss(coloring: Coloring, graph: Graph, rng: Random) -> Coloring:
    """The colouring after one or two edits. It may still be right."""
    lines = [list(line) for line in coloring]
    for _ in range(rng.choice((1, 2))):
        at = rng.randrange(len(lines)) if lines else 0
        edit = rng.choice(["recolour", "vertex", "drop", "double", "odd", "swap", "rename", "line"])
        if edit == "line" or not lines:
            lines.insert(at, [rng.choice(("and so on", "maybe", "..."))])
        elif edit == "drop":
            del lines[at]
        elif edit == "double":
            lines.append([lines[at][0], str(rng.randint(1, graph.colours))])
        elif edit == "recolour":
            lines[at][-1] = str(rng.randint(0, graph.colours + 1))
        elif edit == "vertex":
            lines[at][0] = str(rng.randint(0, graph.vertices + 1))
        elif edit == "odd":
            lines[at][rng.randrange(len(lines[at]))] = rng.choice(_ODD_WORDS)
        elif edit == "swap":
            other = rng.choice(lines)
            lines[at][-1], other[-1] = other[-1], lines[at][-1]
        else:
            _exchange_colours(lines, graph, rng)
    return tuple(map(tuple, lines))


def _exchange_colours(lines: list[list[str]], graph: Graph, rng: Random) -> None:
    """Two colours change places everywhere, which leaves a right answer right."""
    first, second = (str(rng.randint(1, graph.colours)) for _ in range(2))
    exchanged = {first: second, second: first}
    for line in lines:
        line[-1] = exchanged.get(line[-1], line[-1])


def is_right(text: str, colours: str, coloring: Coloring) -> bool:
    """Whether a colouring is one of all that there are, each written out and compared.

    Reads the statement by itself. Time and memory grow as colours to the power of vertices.
    """
    return tuple(sorted(coloring)) in _all(text, int(colours))


@lru_cache(maxsize=64)
def _all(text: str, colours: int) -> frozenset[Coloring]:
    words = [line.split() for line in text.splitlines()]
    size = next(int(line[2]) for line in words if line[:1] == ["p"])
    joined = [(int(line[1]) - 1, int(line[2]) - 1) for line in words if line[:1] == ["e"]]
    return frozenset(
        tuple(sorted((str(v + 1), str(c)) for v, c in enumerate(choice)))
        for choice in product(range(1, colours + 1), repeat=size)
        if all(choice[a] != choice[b] for a, b in joined)
    )
