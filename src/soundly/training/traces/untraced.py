"""No trace at all: the control that every other kind of trace is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.notation import SearchSpace, Words
from soundly.training.traces.best_first import shortest
from soundly.training.traces.written import Judgement, Written, broken, said


@dataclass(frozen=True, slots=True)
class Untraced:
    """The solution alone: the plan that is given, or a shortest one."""

    words: Words = ()

    def write(
        self,
        space: SearchSpace,
        *,
        seed: int,
        most_words: int,  # noqa: ARG002 - no words are never too many
        plan: Words | None = None,
    ) -> Written | None:
        """The solution behind no words; None where there is none."""
        solution = shortest(space, seed=seed) if plan is None else plan
        return None if solution is None else Written((), solution)

    def judge(self, space: SearchSpace, trace: Words, solution: Words) -> Judgement:  # noqa: ARG002
        """Whether there is nothing; then it leads to any solution as well as to another."""
        if trace:
            return broken("no-operation", 0, f"{said(trace)} came, wanted no trace")
        return Judgement(None, True)
