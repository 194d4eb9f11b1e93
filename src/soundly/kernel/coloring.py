"""The kinds ``coloring`` and ``coloring-drat``: a graph coloured, and one that cannot be.

A statement has ``graph``, in DIMACS form (``p edge 3 2``, ``e 1 2``, ``e 2 3``), and ``colours``,
a number. Evidence of a colouring is ``{"colouring": [["1", "2"], …]}``: vertex, colour. Evidence
that there is none is ``{"clique": [4, 1, 7], "proof": "…"}``: the proof, in DRAT, refutes
`clauses`, in which the vertices of the clique have the colours 1, 2, 3. Colours can be exchanged,
so if there is a colouring at all, then there is one that gives a clique these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from soundly.kernel.amount import amount
from soundly.kernel.drat import check_refutation
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.refused import Refused

MAX_VERTICES = 1_000_000
MAX_CLAUSES = 1_000_000
"""So many clauses, and so many variables, are written out and checked in seconds."""

_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True)
class Graph:
    """Vertices are 1 to ``vertices``; an edge has its smaller end first."""

    vertices: int
    edges: frozenset[tuple[int, int]]
    colours: int


def check_coloring(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless each vertex has one colour, and no edge has one colour at both ends."""
    graph = read_graph(statement)
    (pairs,) = fields_of(evidence, "colouring")
    colours: dict[int, int] = {}
    for pair in list_of(pairs, "colouring"):
        if not isinstance(pair, list) or len(pair) != 2:
            raise Refused(f"{pair!r:.80} is no pair of a vertex and a colour")
        vertex, colour = (_number(each, "a number in a colouring") for each in pair)
        if vertex > graph.vertices or colour > graph.colours:
            raise Refused(f"vertex {vertex} or colour {colour} does not exist")
        if vertex in colours:
            raise Refused(f"vertex {vertex} is coloured twice")
        colours[vertex] = colour
    if len(colours) != graph.vertices:
        raise Refused(f"{len(colours)} of {graph.vertices} vertices are coloured")
    for first, second in sorted(graph.edges):
        if colours[first] == colours[second]:
            raise Refused(f"{first} and {second} are joined and have colour {colours[first]}")
    vertices = amount(graph.vertices, "vertex", "vertices")
    return f"{vertices} coloured with at most {amount(graph.colours, 'colour')}"


def check_uncolorable(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the proof refutes the graph's formula, the clique coloured in its order."""
    graph = read_graph(statement)
    listed, proof = fields_of(evidence, "clique", "proof")
    if not isinstance(proof, str):
        raise Refused(f"the proof has to be a string, not {type(proof).__name__}")
    clique: list[int] = []
    for vertex in list_of(listed, "clique"):
        if not isinstance(vertex, int) or isinstance(vertex, bool):
            raise Refused(f"{vertex!r:.80} is no vertex")
        if not 1 <= vertex <= graph.vertices:
            raise Refused(f"vertex {vertex} does not exist")
        for other in clique:
            if (min(vertex, other), max(vertex, other)) not in graph.edges:
                raise Refused(f"{other} and {vertex} are not joined, so this is no clique")
        clique.append(vertex)
        if len(clique) > graph.colours:
            raise Refused(f"a clique of at most {graph.colours} vertices can have these colours")
    if graph.vertices + len(graph.edges) * graph.colours > MAX_CLAUSES:
        raise Refused(f"the formula has more than {MAX_CLAUSES} clauses")
    if graph.vertices * graph.colours > MAX_CLAUSES:
        raise Refused(f"the formula has more than {MAX_CLAUSES} variables")
    steps = check_refutation(graph.vertices * graph.colours, clauses(graph, clique), proof)
    colours = amount(graph.colours, "colour does", "colours do")
    return f"{colours} not suffice: refuted in {amount(steps, 'step')}"


def clauses(graph: Graph, clique: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The formula, satisfiable exactly if the graph can be coloured.

    Variable ``(v - 1) * colours + c`` says that vertex ``v`` has colour ``c``. A vertex may have
    more than one: any one of them will do.
    """
    colours = graph.colours
    for vertex in range(graph.vertices):
        yield tuple(range(vertex * colours + 1, (vertex + 1) * colours + 1))
    for first, second in sorted(graph.edges):
        for colour in range(1, colours + 1):
            yield -((first - 1) * colours + colour), -((second - 1) * colours + colour)
    for colour, vertex in enumerate(clique, start=1):
        yield ((vertex - 1) * colours + colour,)


def read_graph(statement: Mapping[str, object]) -> Graph:
    """The graph and the number of colours that a statement spells."""
    text = statement.get("graph")
    if set(statement) != {"graph", "colours"} or not isinstance(text, str):
        raise Refused("the statement has to have the texts graph and colours")
    colours = _number(statement["colours"], "a number of colours")
    lines = [words for line in text.split("\n") if (words := line.split()) and words[0] != "c"]
    if not lines or len(lines[0]) != 4 or lines[0][:2] not in (["p", "edge"], ["p", "col"]):
        raise Refused("the graph has to begin with p edge VERTICES EDGES")
    vertices = _number(lines[0][2], "a number of vertices")
    if vertices > MAX_VERTICES:
        raise Refused(f"the graph has {vertices} vertices; at most {MAX_VERTICES} are read")
    edges: set[tuple[int, int]] = set()
    for words in lines[1:]:
        if len(words) != 3 or words[0] != "e":
            raise Refused(f"{' '.join(words):.80} is no edge")
        first, second = sorted(_number(word, "a vertex") for word in words[1:])
        if second > vertices or first == second:
            raise Refused(f"{first} and {second} are not two vertices of the graph")
        edges.add((first, second))
    if lines[0][3] not in {str(len(lines) - 1), str(len(edges))}:
        raise Refused(f"the graph states {lines[0][3]:.20} edges and lists {len(lines) - 1}")
    return Graph(vertices, frozenset(edges), colours)


def _number(text: object, what: str) -> int:
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise Refused(f"{text!r:.80} is not {what}")
    return int(text)
