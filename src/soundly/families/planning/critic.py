"""The validator as a critic."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import Guarantee, Verdict
from soundly.families.planning.pddl import Plan
from soundly.families.planning.problems import validator_of


@dataclass(frozen=True, slots=True)
class PlanCritic:
    """Accepts exactly the plans that run from the initial state to the goal.

    A rejection lists every unmet literal of the failing action, or every unmet goal. Quality is
    not judged: a plan may be as long and as dear as it likes.
    """

    name: str = "plan-validator"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The validator's verdict; ``ask`` is not used, so judging costs nothing.

        Raises `CriticError` for a candidate whose solution is no plan.
        """
        return validator_of(problem).check(plan_of(candidate))


def plan_of(candidate: Candidate) -> Plan:
    """The plan that a candidate proposes; raises `CriticError` where it proposes something else."""
    return plan_in(candidate.solution)


def plan_in(plan: object) -> Plan:
    """The solution as a plan; raises `CriticError` where it is something else."""
    if not isinstance(plan, tuple):
        raise CriticError(f"a plan is a tuple of steps, not a {type(plan).__name__}")
    for step in plan:
        if not (isinstance(step, tuple) and all(isinstance(word, str) for word in step)):
            raise CriticError(f"a step is a tuple of names, not {step!r:.80}")
    return plan
