"""A plan carried out state by state: ``do OPERATOR then STATE``.

No search: the shortest thoughts from which each next operator's conditions can be read off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from soundly.core.errors import UsageError
from soundly.core.notation import SearchSpace, Words
from soundly.training.traces.best_first import shortest
from soundly.training.traces.carried_out import carried_out
from soundly.training.traces.written import Judgement, Written, broken, operations, said

DO: Final = "do"
THEN: Final = "then"


@dataclass(frozen=True, slots=True)
class Progression:
    """The states of a given plan; without one, those of a shortest solution."""

    words: Words = (DO, THEN)

    def write(
        self, space: SearchSpace, *, seed: int, most_words: int, plan: Words | None = None
    ) -> Written | None:
        """The plan and its states; None where there is no plan, or the states take more words.

        Raises `UsageError` for a plan that cannot be carried out on the space, or misses the goal.
        """
        if plan is None:
            plan = shortest(space, seed=seed)
        if plan is None:
            return None
        done = carried_out(space, plan)
        if done.unread is not None or space.estimate(done.state):
            what = "cannot be carried out" if done.unread is not None else "does not reach the goal"
            raise UsageError(f"a plan that {what} came: {said(plan[done.unread or 0 :])}")
        trace = tuple(
            word
            for operator, state in done.steps
            for word in (DO, *operator, THEN, *space.words(state))
        )
        return Written(trace, plan) if len(trace) <= most_words else None

    def judge(self, space: SearchSpace, trace: Words, solution: Words) -> Judgement:
        """Whether each state follows from the one before it by its operator, up to a goal.

        ``ends_in_solution`` holds for the operators of the trace, one behind the other.
        """
        state = space.start
        operators: list[str] = []
        for place, operation in operations(trace, (DO,)):
            if operation[0] != DO or THEN not in operation:
                return broken("no-operation", place, f"{said(operation)} is not {DO} … {THEN} …")
            behind = operation.index(THEN)
            operator, words = operation[1:behind], operation[behind + 1 :]
            after = [after for tried, after in space.successors(state) if tried == operator]
            if not after:
                return broken("not-possible", place, f"{said(operator)} cannot be done there")
            state = after[0]
            if words != space.words(state):
                message = f"{said(words)} came, and it leads to {said(space.words(state))}"
                return broken("wrong-state", place + behind + 1, message)
            operators += operator
        if space.estimate(state):
            return broken("unfinished", len(trace), "it ends before the goal is reached")
        return Judgement(None, tuple(operators) == solution)
