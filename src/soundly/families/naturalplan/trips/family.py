"""Trip planning as a family."""

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
from soundly.families.naturalplan.trips import audit
from soundly.families.naturalplan.trips.canonical import canonical_form
from soundly.families.naturalplan.trips.critic import TripCritic, plan_of
from soundly.families.naturalplan.trips.draws import DIAL, draw_stranded, draw_trip
from soundly.families.naturalplan.trips.prompts import conversation
from soundly.families.naturalplan.trips.reading import format_trip, read_trip_plan
from soundly.families.naturalplan.trips.solver import TripSolver, steps_of
from soundly.families.naturalplan.trips.trip import NAME, trip_of


@dataclass(frozen=True, slots=True)
class TripFamily:
    """Every city for its days, by direct flights; a size is a number of cities."""

    name: str = NAME
    critic: TripCritic = field(default_factory=TripCritic)
    dial: Dial = DIAL

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """A search over orders, which finds or proves."""
        return (TripSolver(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time. There is a trip."""
        return draw_trip(size=size, seed=seed)[0].problem(f"{NAME}-{size}-{seed}")

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance of this size without a trip: the same one every time."""
        return draw_stranded(size=size, seed=seed).problem(f"{NAME}-unsolvable-{size}-{seed}")

    def right_answer(self, *, size: int, seed: int) -> str:
        """An answer to the instance that `draw` gives: the trip hidden in it, no search."""
        trip, order = draw_trip(size=size, seed=seed)
        return format_trip(list(steps_of(trip, list(order))))

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in names and the order of rows."""
        return canonical_form(trip_of(problem))

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; raises `ProblemError` for an unreadable trip."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002 - answers read alike
        """The trip that an answer proposes, as `read_trip_plan` says."""
        return read_trip_plan(text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The plan as evidence, word by word as it was read."""
        evidence = {"plan": [list(step) for step in plan_of(candidate)]}
        return certify(problem, claim="solved", kind="trip-plan", evidence=evidence)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A plan with one or two edits, which may still be right, as an answer.

        Raises `UsageError` for an answer that holds no plan.
        """
        reading = read_trip_plan(answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of plans, not of {answer!r:.80}")
        plan = plan_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        return format_trip(audit.near_miss(plan, trip_of(problem), rng))

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the plan is right, every order of cities tried; for seven cities at most."""
        return audit.is_right(problem.statement["trip"], plan_of(candidate))
