"""Whether words are a run of depth-first search: the path is kept beside the trace."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Final

from soundly.core.notation import SearchSpace, Words
from soundly.training.traces.written import Judgement, broken, operations, said

EXPLORE: Final = "explore"
BACKTRACK: Final = "backtrack"
FOUND: Final = "found"


def judge(space: SearchSpace, trace: Words, solution: Words) -> Judgement:
    """The judgement on a trace."""
    search = _Search(space)
    for place, operation in operations(trace, (EXPLORE, BACKTRACK, FOUND)):
        refusal = search.take(operation)
        if refusal is not None:
            code, message = refusal
            return broken(code, place, message)
    if not search.found:
        return broken("unfinished", len(trace), f"it ends without {FOUND}")
    path = tuple(word for operator, _ in search.path for word in operator)
    return Judgement(None, path == solution)


@dataclass
class _Search:
    """``path`` holds the states from the start on, each behind the operator that led to it."""

    space: SearchSpace
    path: list[tuple[Words, Hashable]] = field(default_factory=list)
    explored: set[Hashable] = field(default_factory=set)
    found: bool = False

    def take(self, operation: Words) -> tuple[str, str] | None:
        """Does the operation; or says, with a code, why it cannot come now."""
        if self.found:
            return "behind-the-goal", f"{said(operation)} comes when the search is over"
        head = operation[0]
        if head not in (EXPLORE, BACKTRACK, FOUND):
            return "no-operation", f"{said(operation)} is none of {EXPLORE}, {BACKTRACK}, {FOUND}"
        at_goal = bool(self.path) and self.space.estimate(self.path[-1][1]) == 0
        if at_goal != (head == FOUND):
            where = "at a goal" if at_goal else "where no goal is"
            return "goal-missed" if at_goal else "no-goal", f"{said(operation)} comes {where}"
        if head == EXPLORE:
            return self._explore(operation)
        if head == BACKTRACK:
            return self._backtrack(operation)
        self.found = operation == (FOUND,)
        return None if self.found else ("behind-the-goal", f"{said(operation)}: more than {FOUND}")

    def _explore(self, operation: Words) -> tuple[str, str] | None:
        choices = self._untried(self.path[-1][1]) if self.path else [((), self.space.start)]
        for operator, state in choices:
            if operation == (EXPLORE, *operator, *self.space.words(state)):
                self.path.append((operator, state))
                self.explored.add(state)
                return None
        return (
            "not-untried",
            f"{said(operation)} is no new state with the operator that leads to it",
        )

    def _backtrack(self, operation: Words) -> tuple[str, str] | None:
        if not self.path:
            return "not-begun", f"{said(operation)} comes before anything is explored"
        if next(iter(self._untried(self.path[-1][1])), None) is not None:
            return "untried-left", f"{said(operation)} comes while something is untried"
        path = list(self.path)
        while path and next(iter(self._untried(path[-1][1])), None) is None:
            path.pop()
        if not path or operation != (BACKTRACK, *self.space.words(path[-1][1])):
            return "not-nearest", (
                f"{said(operation)} is not the nearest state from which something is untried"
            )
        self.path = path
        return None

    def _untried(self, state: Hashable) -> Iterator[tuple[Words, Hashable]]:
        return (step for step in self.space.successors(state) if step[1] not in self.explored)
