"""The critic of colourings: every fault at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.coloring.graph import Coloring, Graph, graph_of

_FAR = 12
"""Digits beyond which a number is no vertex, and is not turned into one."""


@dataclass(frozen=True, slots=True)
class ColoringCritic:
    """Accepts exactly the answers that give each vertex one colour, and no edge one colour twice.

    A rejection lists every line that is none, every vertex that is unknown, missing or coloured
    twice, every colour that does not exist, and every edge of one colour.
    """

    name: str = "coloring"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate whose solution is no colouring."""
        return check(graph_of(problem), coloring_of(candidate))


def coloring_of(candidate: Candidate) -> Coloring:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    solution = candidate.solution
    if not isinstance(solution, tuple):
        raise CriticError(f"a colouring is a tuple of pairs, not a {type(solution).__name__}")
    for line in solution:
        if not (isinstance(line, tuple) and line and all(isinstance(word, str) for word in line)):
            raise CriticError(f"a colouring has pairs of words, not {line!r:.80}")
    return solution


def check(graph: Graph, coloring: Coloring) -> Verdict:
    """The verdict on a colouring of this graph."""
    colours: dict[int, int] = {}
    critiques: list[Critique] = []
    for line in coloring:
        vertex = _number(line[0], graph.vertices)
        if len(line) != 2:
            message = f"{' '.join(line)!r:.80} is no vertex with its colour, as in 3: 1"
            critiques.append(Critique("unclear-line", message))
        elif vertex is None:
            message = f"{line[0]!r:.40} is no vertex: they are 1 to {graph.vertices}"
            critiques.append(Critique("unknown-vertex", message))
        elif vertex in colours:
            message = "it is given a colour more than once"
            critiques.append(Critique("coloured-twice", message, where=f"vertex {vertex}"))
        else:
            colours[vertex] = _number(line[1], graph.colours) or 0
            if not colours[vertex]:
                message = f"{line[1]!r:.40} is no colour: they are 1 to {graph.colours}"
                critiques.append(Critique("unknown-colour", message, where=f"vertex {vertex}"))
    critiques += _missing(graph, colours)
    critiques += _conflicts(graph, colours)
    return reject(*critiques) if critiques else ACCEPT


def _missing(graph: Graph, colours: Mapping[int, int]) -> Iterator[Critique]:
    for vertex in range(1, graph.vertices + 1):
        if vertex not in colours:
            yield Critique("no-colour", "it is given no colour", where=f"vertex {vertex}")


def _conflicts(graph: Graph, colours: Mapping[int, int]) -> Iterator[Critique]:
    """One critique for each edge of one colour, with a colour that would be free at one end."""
    faulty = [
        edge for edge in graph.edges if colours.get(edge[0], 0) == colours.get(edge[1], 0) != 0
    ]
    neighbours = graph.neighbours() if faulty else {}
    for edge in faulty:
        repair = None
        for vertex in edge:
            near = {colours.get(each) for each in neighbours[vertex]}
            free = next((c for c in range(1, graph.colours + 1) if c not in near), None)
            if free is not None:
                repair = f"no neighbour of {vertex} has colour {free}"
                break
        message = f"both ends have colour {colours[edge[0]]}"
        yield Critique("same-colour", message, where=f"edge {edge[0]} {edge[1]}", repair=repair)


def _number(word: str, highest: int) -> int | None:
    """The number that a word spells, from 1; None for any other, and for other spellings."""
    if not (word.isascii() and word.isdigit()) or word[0] == "0" or len(word) > _FAR:
        return None
    return int(word) if int(word) <= highest else None
