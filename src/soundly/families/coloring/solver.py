"""A SAT solver that colours graphs, or proves that they cannot be coloured."""

from __future__ import annotations

from dataclasses import dataclass, field

from soundly.core.certificate import certify
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAnswer,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.families.coloring.graph import NAME, Graph, graph_of
from soundly.families.coloring.reading import format_coloring
from soundly.kernel.coloring import MAX_CLAUSES, clauses, read_graph
from soundly.solvers.sat import Refuted, Sat, Undecided

_STARTS = 50


@dataclass(frozen=True, slots=True)
class ColoringSolver:
    """Glucose on the formula that the kernel derives from the statement.

    The vertices of a large clique get their colours beforehand, which spares the proof every
    exchange of colours. The proof is the kernel's to check.
    """

    sat: Sat = field(default_factory=Sat)
    name: str = "coloring-sat"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """A colouring, a proof that there is none, or why neither; `SolverError` as `Sat` does."""
        if problem.family != NAME:
            return SolverNotForThis(f"{self.name} colours graphs, and {problem.name!r} is no graph")
        graph = graph_of(problem)
        if (graph.vertices + len(graph.edges)) * graph.colours > MAX_CLAUSES:
            return SolverGaveUp(f"the formula has more than {MAX_CLAUSES} clauses")
        clique = greedy_clique(graph)
        answer = await self.sat.decide(clauses(read_graph(problem.statement), clique))
        if isinstance(answer, Undecided):
            return SolverGaveUp(answer.reason)
        if isinstance(answer, Refuted):
            evidence = {"clique": clique, "proof": answer.proof}
            return SolverProved(
                certify(problem, claim="unsolvable", kind="coloring-drat", evidence=evidence)
            )
        colours: dict[int, int] = {}
        for literal in answer.literals:
            if literal > 0:
                vertex, colour = divmod(literal - 1, graph.colours)
                colours.setdefault(vertex + 1, colour + 1)
        return SolverFound(format_coloring([(str(v), str(c)) for v, c in sorted(colours.items())]))


def greedy_clique(graph: Graph) -> list[int]:
    """Vertices all joined to each other, the largest such set that a short greedy search finds.

    It begins at each of the vertices of the highest degrees, and the next one is always the
    candidate of the highest degree. No more vertices than there are colours are looked for.
    """
    neighbours = {vertex: set(joined) for vertex, joined in graph.neighbours().items()}
    by_degree = sorted(neighbours, key=lambda vertex: (-len(neighbours[vertex]), vertex))
    rank = {vertex: place for place, vertex in enumerate(by_degree)}
    best: list[int] = []
    for start in by_degree[:_STARTS]:
        clique, candidates = [start], neighbours[start]
        while candidates and len(clique) < graph.colours:
            chosen = min(candidates, key=rank.__getitem__)
            clique.append(chosen)
            candidates = candidates & neighbours[chosen]
        best = max(best, clique, key=len)
    return best
