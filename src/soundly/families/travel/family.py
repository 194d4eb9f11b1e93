"""Travel planning as a family."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.travel import audit, twin
from soundly.families.travel.canonical import canonical_form
from soundly.families.travel.critic import TravelCritic
from soundly.families.travel.draws import DIAL, draw_trip
from soundly.families.travel.plan import format_plan, plan_of
from soundly.families.travel.prompts import conversation
from soundly.families.travel.reading import read_answer
from soundly.families.travel.solver import TravelSolver
from soundly.families.travel.statement import NAME, problem_of, trip_of
from soundly.families.travel.unsolvable import draw_unsolvable


@dataclass(frozen=True, slots=True)
class TravelFamily:
    """Trips to plan under TravelPlanner's thirteen constraints, in worlds that are generated.

    A size is a number of days; 3, 5 and 7 days visit 1, 2 and 3 cities.
    """

    name: str = NAME
    critic: TravelCritic = field(default_factory=TravelCritic)
    dial: Dial = DIAL

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """One solver, which proves by adding up or searches with CP-SAT."""
        return (TravelSolver(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time. It has a solution."""
        trip, _ = draw_trip(size=size, seed=seed)
        return problem_of(trip, f"{NAME}-{size}-{seed}")

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance of this size that no plan solves: the same one every time."""
        return draw_unsolvable(size=size, seed=seed, name=f"{NAME}-unsolvable-{size}-{seed}")

    def right_answer(self, *, size: int, seed: int) -> str:
        """An answer to the instance that `draw` gives: the plan hidden in it, no search."""
        return format_plan(draw_trip(size=size, seed=seed)[1])

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in names, times and the order of rows."""
        return canonical_form(trip_of(problem))

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; raises `ProblemError` for an unreadable statement."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002 - answers read alike
        """The plan that an answer proposes, as `read_answer` says."""
        return read_answer(text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The plan as evidence, word by word as it was read."""
        days = [[list(pair) for pair in day] for day in plan_of(candidate)]
        return certify(problem, claim="solved", kind="travel-plan", evidence={"plan": days})

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A plan with one or two edits, which may still be right, as an answer.

        Raises `UsageError` for an answer that holds no plan.
        """
        reading = read_answer(answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of plans, not of {answer!r:.80}")
        plan = plan_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        return format_plan(audit.near_miss(plan, trip_of(problem), rng))

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the candidate is right, asked of the tables row by row."""
        return twin.is_right(problem.statement, candidate.canonical)
