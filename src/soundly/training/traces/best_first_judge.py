"""Whether words are a run of A*: the frontier is kept beside the trace, operation by operation."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Final

from soundly.core.notation import SearchSpace, Words
from soundly.training.traces.carried_out import carried_out
from soundly.training.traces.written import Judgement, broken, count_word, operations, said

CREATE: Final = "create"
CLOSE: Final = "close"


def judge(space: SearchSpace, trace: Words, solution: Words) -> Judgement:
    """The judgement on a trace; it looks once through the frontier for each closed node."""
    frontier = _Frontier(space)
    for place, operation in operations(trace, (CREATE, CLOSE)):
        refusal = frontier.take(operation)
        if refusal is not None:
            code, message = refusal
            return broken(code, place, message)
    if frontier.goal is None:
        return broken("unfinished", len(trace), "it ends before a goal is closed")
    done = carried_out(space, solution)
    found = done.unread is None and (done.state, len(done.steps)) == frontier.goal
    return Judgement(None, found)


@dataclass
class _Frontier:
    """What a run knows: the costs of all states, the open ones, and what has to come next.

    ``due`` are the operations that create what the last closed node leads to. ``goal`` is the
    closed goal and its cost, once there is one.
    """

    space: SearchSpace
    costs: dict[Hashable, int] = field(default_factory=dict)
    open: set[Hashable] = field(default_factory=set)
    due: dict[Words, Hashable] = field(default_factory=dict)
    goal: tuple[Hashable, int] | None = None

    def __post_init__(self) -> None:
        self._let_be_due(self.space.start, 0)

    def take(self, operation: Words) -> tuple[str, str] | None:
        """Does the operation; or says, with a code, why it cannot come now."""
        if self.goal is not None:
            return "behind-the-goal", f"{said(operation)} comes when the search is over"
        if operation[0] == CREATE:
            return self._create(operation)
        if operation[0] == CLOSE:
            return self._close(operation)
        return "no-operation", f"{said(operation)} is neither {CREATE} nor {CLOSE}"

    def _create(self, operation: Words) -> tuple[str, str] | None:
        if operation not in self.due:
            return "not-due", (
                f"{said(operation)} is nothing that the last closed node leads to at a new or "
                "smaller cost, or it is created twice"
            )
        self.open.add(self.due.pop(operation))
        return None

    def _close(self, operation: Words) -> tuple[str, str] | None:
        if self.due:
            return "not-created", f"{said(next(iter(self.due)))} has to come before"
        totals = {state: self._total(state) for state in self.open}
        least = min(totals.values(), default=0)
        for state, total in totals.items():
            if self._spelt(CLOSE, state) == operation:
                if total > least:
                    return (
                        "not-cheapest",
                        f"{said(operation)}: an open node is {total - least} less",
                    )
                self._expand(state)
                return None
        return "not-open", f"{said(operation)} is no open node with its cost and estimate"

    def _expand(self, state: Hashable) -> None:
        self.open.remove(state)
        cost = self.costs[state]
        if self.space.estimate(state) == 0:
            self.goal = state, cost
            return
        for _, after in self.space.successors(state):
            self._let_be_due(after, cost + 1)

    def _let_be_due(self, state: Hashable, cost: int) -> None:
        if cost < self.costs.get(state, cost + 1):
            self.costs[state] = cost
            self.due[self._spelt(CREATE, state)] = state

    def _total(self, state: Hashable) -> int:
        return self.costs[state] + self.space.estimate(state)

    def _spelt(self, head: str, state: Hashable) -> Words:
        numbers = self.costs[state], self.space.estimate(state)
        return (head, *self.space.words(state), *map(count_word, numbers))
