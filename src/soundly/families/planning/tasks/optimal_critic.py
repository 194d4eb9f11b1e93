"""Valid and of least cost: the validator first, then the proof of the bound."""

from __future__ import annotations

from dataclasses import dataclass, field

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject, unknown
from soundly.families.planning.critic import plan_of
from soundly.families.planning.pddl import GroundAtom, Plan
from soundly.families.planning.problems import validator_of
from soundly.families.planning.tasks.optimal_bounds import NoOptimum
from soundly.families.planning.tasks.optimal_search import OptimalSearch
from soundly.families.planning.validator import Validator


@dataclass(frozen=True, slots=True)
class OptimalPlanCritic:
    """Accepts exactly the valid plans of which it can show that none costs less.

    Where the search for the least cost meets its limits, a valid plan is neither accepted nor
    rejected: the verdict is UNKNOWN, and says how far the search came.
    """

    search: OptimalSearch = field(default_factory=OptimalSearch)
    name: str = "optimal-plan"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; ``ask`` is not used. The first plan of a problem may wait for the search.

        The codes are the validator's, ``not-optimal`` and, for UNKNOWN, ``optimality-unproved``.
        Raises `CriticError` for a candidate whose solution is no plan.
        """
        plan, validator = plan_of(candidate), validator_of(problem)
        verdict = validator.check(plan)
        if not verdict.accepted:
            return verdict
        cost, optimum = validator.cost(plan), await self.search.find(problem)
        if isinstance(optimum, NoOptimum):
            if optimum.exhausted:
                raise CriticError(f"the plan is valid, and the search says that {optimum.reason}")
            message = f"a valid plan of cost {cost}; whether one costs less: {optimum.reason}"
            return unknown(Critique("optimality-unproved", message, "plan"))
        if cost < optimum.cost:
            raise CriticError(
                f"a plan costs {cost}, and the least cost was said to be {optimum.cost}"
            )
        if cost == optimum.cost:
            return ACCEPT
        message = f"the plan costs {cost}, and a plan of cost {optimum.cost} exists"
        return reject(Critique("not-optimal", message, "plan", repair=_detour(validator, plan)))


def _detour(validator: Validator, plan: Plan) -> str | None:
    """Steps that lead back to where they began, if there are any: they can be left out."""
    seen: dict[frozenset[GroundAtom], int] = {}
    for done, state in enumerate(validator.progress(plan)):
        if state in seen:
            return f"steps {seen[state] + 1} to {done} lead back to where they began"
        seen[state] = done
    return None
