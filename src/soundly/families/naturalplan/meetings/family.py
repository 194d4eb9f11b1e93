"""Meeting planning as a family."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.naturalplan.meetings import audit
from soundly.families.naturalplan.meetings.canonical import canonical_form
from soundly.families.naturalplan.meetings.critic import MeetingCritic, plan_of
from soundly.families.naturalplan.meetings.day import NAME, day_of
from soundly.families.naturalplan.meetings.draws import DIAL, draw_crowded, draw_day
from soundly.families.naturalplan.meetings.prompts import conversation
from soundly.families.naturalplan.meetings.reading import format_plan, read_plan
from soundly.families.naturalplan.meetings.solver import MeetingSolver, certify_plan


@dataclass(frozen=True, slots=True)
class MeetingFamily:
    """As many friends as possible in one day; a size is a number of friends."""

    name: str = NAME
    critic: MeetingCritic = field(default_factory=MeetingCritic)
    dial: Dial = DIAL

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """Dynamic programming, which finds or proves."""
        return (MeetingSolver(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time. The most is wanted."""
        return draw_day(size=size, seed=seed)[0].problem(f"{NAME}-{size}-{seed}")

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance of this size in which all are wanted, and not all can be met."""
        return draw_crowded(size=size, seed=seed).problem(f"{NAME}-unsolvable-{size}-{seed}")

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in names and the order of rows."""
        return canonical_form(day_of(problem))

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; raises `ProblemError` for an unreadable day."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002 - answers read alike
        """The plan that an answer proposes, as `read_plan` says."""
        return read_plan(text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The plan as evidence, word by word as it was read."""
        return certify_plan(problem, plan_of(candidate))

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A plan with one or two edits, which may still be right, as an answer.

        Raises `UsageError` for an answer that holds no plan.
        """
        reading = read_plan(answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of plans, not of {answer!r:.80}")
        plan = plan_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        return format_plan(audit.near_miss(plan, day_of(problem), rng))

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the plan is right, every order of friends tried; for seven friends at most."""
        stated = problem.statement
        return audit.is_right(stated["meeting"], stated["goal"], plan_of(candidate))
