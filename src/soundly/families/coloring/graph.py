"""The graph that a statement spells, and its spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem

NAME = "coloring"
MAX_VERTICES = 1_000_000

Coloring: TypeAlias = tuple[tuple[str, ...], ...]
"""An answer as read: pairs of vertex and colour, then lines that are none, each alone."""

_PLAIN = re.compile(
    r"p edge (?P<vertices>[1-9][0-9]{0,6}) (?P<count>0|[1-9][0-9]{0,6})\n"
    r"(?P<edges>(?:e [1-9][0-9]{0,6} [1-9][0-9]{0,6}\n)*+)"
)
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True)
class Graph:
    """Vertices are 1 to ``vertices``; an edge has its smaller end first, and edges are in order."""

    vertices: int
    edges: tuple[tuple[int, int], ...]
    colours: int

    def __post_init__(self) -> None:
        if not 1 <= self.vertices <= MAX_VERTICES or self.colours < 1:
            raise ValueError("wanted 1 to 1,000,000 vertices and a colour at least")
        if list(self.edges) != sorted(set(self.edges)):
            raise ValueError("edges are listed twice, or out of order")
        for first, second in self.edges:
            if not 1 <= first < second <= self.vertices:
                raise ValueError(f"({first}, {second}) is no edge of {self.vertices} vertices")

    def neighbours(self) -> Mapping[int, list[int]]:
        """The vertices that each vertex is joined to, in order."""
        joined: dict[int, list[int]] = {each: [] for each in range(1, self.vertices + 1)}
        for first, second in self.edges:
            joined[first].append(second)
            joined[second].append(first)
        return joined

    def problem(self, name: str) -> Problem:
        """The graph as a problem, in DIMACS form."""
        lines = [f"p edge {self.vertices} {len(self.edges)}"]
        lines += [f"e {first} {second}" for first, second in self.edges]
        text = "\n".join(lines) + "\n"
        return Problem(NAME, name, {"graph": text, "colours": str(self.colours)})


def edges_between(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Pairs of vertices as the edges of a graph: smaller end first, in order, each once."""
    return tuple(sorted({(min(pair), max(pair)) for pair in pairs}))


@lru_cache(maxsize=256)
def graph_of(problem: Problem) -> Graph:
    """The graph of a problem; raises `ProblemError` for a statement that is none.

    ``p edge VERTICES EDGES`` comes first (``p col`` is as good), then a line ``e A B`` for each
    edge; lines that begin with the word ``c`` are comments. An edge may be listed in both
    directions, as in some DIMACS files, and then the stated number may count it once or twice.
    """
    if set(problem.statement) != {"graph", "colours"}:
        came = ", ".join(sorted(problem.statement))
        raise ProblemError(f"a colouring problem states graph and colours, and here came {came}")
    colours = problem.statement["colours"]
    if not _NUMBER.fullmatch(colours):
        raise ProblemError(f"{colours!r:.40} is no number of colours", source="colours")
    if plain := _plainly_spelt(problem.statement["graph"], int(colours)):
        return plain
    lines = [
        (number, words)
        for number, line in enumerate(problem.statement["graph"].split("\n"), start=1)
        if (words := line.split()) and words[0] != "c"
    ]
    vertices = _vertices(lines)
    pairs = [_edge(number, words, vertices) for number, words in lines[1:]]
    edges = edges_between(pairs)
    stated = lines[0][1][3]
    if stated not in {str(len(pairs)), str(len(edges))}:
        raise _error(lines[0][0], f"{stated!r:.40} edges are stated, and {len(pairs)} are listed")
    return Graph(vertices, edges, int(colours))


def _plainly_spelt(text: str, colours: int) -> Graph | None:
    """The graph in the one spelling that `Graph.problem` writes; None for any other text."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    numbers = iter(map(int, _NUMBER.findall(match["edges"])))
    edges = tuple(zip(numbers, numbers, strict=True))
    if int(match["count"]) != len(edges):
        return None
    try:
        return Graph(int(match["vertices"]), edges, colours)
    except ValueError:
        return None  # what is wrong with it is said by reading it line by line


def _vertices(lines: list[tuple[int, list[str]]]) -> int:
    if not lines:
        raise _error(1, "the graph is empty, wanted p edge VERTICES EDGES")
    number, words = lines[0]
    if len(words) != 4 or words[0] != "p" or words[1] not in {"edge", "col"}:
        raise _error(number, f"{' '.join(words)!r:.60} came, wanted p edge VERTICES EDGES")
    return _within(number, words[2], MAX_VERTICES, "a number of vertices")


def _edge(number: int, words: list[str], vertices: int) -> tuple[int, int]:
    if len(words) != 3 or words[0] != "e":
        raise _error(number, f"{' '.join(words)!r:.60} came, wanted an edge: e A B")
    first, second = (_within(number, word, vertices, "a vertex") for word in words[1:])
    if first == second:
        raise _error(number, f"vertex {first} is joined to itself, so no colouring is defined")
    return first, second


def _within(number: int, word: str, highest: int, what: str) -> int:
    if not _NUMBER.fullmatch(word) or int(word) > highest:
        raise _error(number, f"{word!r:.40} came, wanted {what} from 1 to {highest}")
    return int(word)


def _error(line: int, reason: str) -> ProblemError:
    return ProblemError(reason, line=line, source="graph")
