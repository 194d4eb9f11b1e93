"""The critic of travel plans: thirteen constraints, each judged for itself, every fault told."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Guarantee, Verdict, reject
from soundly.families.travel.commonsense import COMMONSENSE
from soundly.families.travel.hard import HARD
from soundly.families.travel.itinerary import itinerary_of
from soundly.families.travel.plan import Plan, plan_of
from soundly.families.travel.statement import trip_of
from soundly.families.travel.world import Trip


@dataclass(frozen=True, slots=True)
class TravelCritic:
    """Accepts exactly the plans that keep all thirteen constraints.

    A critique's code is the constraint that is broken, and ``step`` is the day.
    """

    name: str = "travel-planning"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate whose solution is no plan."""
        return check(trip_of(problem), plan_of(candidate))


def check(trip: Trip, plan: Plan) -> Verdict:
    """The verdict on a plan for this trip, the constraints in the order of the paper."""
    itinerary = itinerary_of(trip, plan)
    constraints = (*COMMONSENSE.values(), *HARD.values())
    critiques = [each for constraint in constraints for each in constraint(itinerary)]
    return reject(*critiques) if critiques else ACCEPT
