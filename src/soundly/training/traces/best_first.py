"""A*, with every node that it creates and closes written down.

The manner is Searchformer's (arXiv:2402.14083, section 3): ``create STATE COST ESTIMATE`` puts a
node on the frontier and ``close STATE COST ESTIMATE`` takes one of the cheapest off it. The trace
ends where a goal is closed, so its solution is a shortest one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from random import Random
from typing import Literal

from soundly.core.notation import SearchSpace, Words
from soundly.training.traces.best_first_judge import CLOSE, CREATE, judge
from soundly.training.traces.written import COUNTS, LARGEST_COUNT, Judgement, Written


@dataclass(frozen=True, slots=True)
class _Node:
    """``cost`` in operators from the start; ``parent`` and ``operator`` say how it was reached."""

    state: Hashable
    cost: int
    estimate: int
    parent: _Node | None = None
    operator: Words = ()

    def path(self) -> Words:
        """The operators from the start, one behind the other."""
        operators: list[Words] = []
        node: _Node | None = self
        while node is not None:
            operators.append(node.operator)
            node = node.parent
        return tuple(word for operator in reversed(operators) for word in operator)


@dataclass(frozen=True, slots=True)
class BestFirst:
    """A* with unit costs.

    Of nodes with the least sum of cost and estimate it closes one with the least estimate, and
    among those the seed decides. A state that is reached again at a smaller cost is created again.
    """

    words: Words = (CREATE, CLOSE, *COUNTS)

    def write(
        self,
        space: SearchSpace,
        *,
        seed: int,
        most_words: int,
        plan: Words | None = None,  # noqa: ARG002 - it finds its own
    ) -> Written | None:
        """The run, which ends in a shortest solution.

        None, too, where a cost or an estimate is above 99, for which there is no word.
        """
        trace: list[str] = []
        for operation, node in _search(space, Random(seed)):  # noqa: S311 - traces are no secrets
            if max(node.cost, node.estimate) > LARGEST_COUNT:
                return None
            numbers = (COUNTS[node.cost], COUNTS[node.estimate])
            trace += (operation, *space.words(node.state), *numbers)
            if len(trace) > most_words:
                return None
            if operation == CLOSE and node.estimate == 0:
                return Written(tuple(trace), node.path())
        return None

    def judge(self, space: SearchSpace, trace: Words, solution: Words) -> Judgement:
        """Whether it is a run of A*, whichever of the cheapest nodes it closes.

        What a closed node leads to may be created in any order. ``ends_in_solution`` holds for
        every solution that leads to the closed goal at its cost: a trace does not say by which of
        several shortest ways.
        """
        return judge(space, trace, solution)


def shortest(space: SearchSpace, *, seed: int = 0, most_closed: int = 20_000) -> Words | None:
    """A shortest solution; None where there is none, or none within so many closed nodes."""
    closed = 0
    for operation, node in _search(space, Random(seed)):  # noqa: S311 - traces are no secrets
        if operation == CLOSE:
            if node.estimate == 0:
                return node.path()
            closed += 1
            if closed == most_closed:
                break
    return None


def _search(space: SearchSpace, rng: Random) -> Iterator[tuple[Literal["create", "close"], _Node]]:
    """The operations in their order; a goal that is closed is the last."""
    root = _Node(space.start, 0, space.estimate(space.start))
    costs = {root.state: 0}
    frontier = [(root.estimate, root.estimate, rng.random(), 0, root)]
    created = 1
    yield CREATE, root
    while frontier:
        node = heappop(frontier)[-1]
        if node.cost > costs[node.state]:
            continue
        yield CLOSE, node
        if node.estimate == 0:
            return
        for operator, state in space.successors(node.state):
            cost = node.cost + 1
            if cost < costs.get(state, cost + 1):
                costs[state] = cost
                child = _Node(state, cost, space.estimate(state), node, operator)
                rank = (cost + child.estimate, child.estimate, rng.random(), created)
                heappush(frontier, (*rank, child))
                created += 1
                yield CREATE, child
