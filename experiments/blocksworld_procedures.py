"""Three procedures that solve Blocksworld, as plans in the notation's words, for `pseudo_moves`."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from soundly.core.notation import Words
from soundly.core.problem import Problem
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.notation import BlocksworldNotation
from soundly.families.planning.notation.space import BlocksworldSpace

FAMILY, NOTATION = blocksworld(), BlocksworldNotation()
TABLE = -1


@dataclass(frozen=True, slots=True)
class Drawn:
    """A problem that was drawn, with what draws it again."""

    problem: Problem
    size: int
    seed: int
    words: Words


def drawn(sizes: Sequence[int], *, first: int) -> Iterator[Drawn]:
    """Problems of these sizes in turn, from a seed on."""
    for seed in count(first):
        size = sizes[seed % len(sizes)]
        problem = FAMILY.draw(size=size, seed=seed)
        yield Drawn(problem, size, seed, NOTATION.state(problem).words)


def take(stream: Iterator[Drawn], number: int, seen: set[Words]) -> list[Drawn]:
    """So many whose words are new: equal words mean one problem, whatever its blocks are called."""
    found: list[Drawn] = []
    for each in stream:
        if each.words not in seen:
            seen.add(each.words)
            found.append(each)
        if len(found) == number:
            return found
    return found


def by_tables(problem: Drawn) -> Words:
    """Everything misplaced goes to the table, then the towers are built."""
    plan = FAMILY.draw_solved(size=problem.size, seed=problem.seed).plan
    return NOTATION.solution(problem.problem, plan)


def by_stacking(problem: Drawn) -> Words:
    """A block goes where it is wanted as soon as that can be; else one that is in the way, down."""
    space = NOTATION.space(problem.problem)
    if not isinstance(space, BlocksworldSpace):
        raise TypeError("another space than Blocksworld's")
    below, wanted, words = list(space.start), space.wanted, list[str]()

    def placed(block: int) -> bool:
        while block != TABLE:
            if below[block] != wanted.get(block, below[block]):
                return False
            block = below[block]
        return True

    while True:
        tops = [each for each in range(len(below)) if each not in below and not placed(each)]
        if not tops:
            return tuple(words)
        ready = [
            each
            for each in tops
            if (to := wanted.get(each, TABLE)) == TABLE or (to not in below and placed(to))
        ]
        block = (ready or [each for each in tops if below[each] != TABLE])[0]
        to = wanted.get(block, TABLE) if ready else TABLE
        under = below[block]
        words += (
            ["pick-up", f"#{block}"] if under == TABLE else ["unstack", f"#{block}", f"#{under}"]
        )
        words += ["put-down", f"#{block}"] if to == TABLE else ["stack", f"#{block}", f"#{to}"]
        below[block] = to


def by_search(problem: Drawn) -> Words:
    """A shortest plan, by A* (Hart, Nilsson & Raphael 1968)."""
    space, number = NOTATION.space(problem.problem), count()
    waiting: list[tuple[int, int, int, Hashable, Words]] = [(0, 0, 0, space.start, ())]
    closed: set[Hashable] = set()
    while waiting:
        _, _, cost, state, words = heapq.heappop(waiting)
        if state in closed:
            continue
        closed.add(state)
        if space.estimate(state) == 0:
            return words
        for step, after in space.successors(state):
            total = 1 - cost + space.estimate(after)
            heapq.heappush(waiting, (total, next(number), cost - 1, after, (*words, *step)))
    raise ValueError(f"{problem.problem.name} has no plan")


PROCEDURES: Mapping[str, Callable[[Drawn], Words]] = {
    "by-tables": by_tables,
    "by-stacking": by_stacking,
    "by-search": by_search,
}
