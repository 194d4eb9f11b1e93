"""Job-shop scheduling as a family."""

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
from soundly.families.jobshop import audit
from soundly.families.jobshop.bounds import best_bound
from soundly.families.jobshop.canonical import canonical_form
from soundly.families.jobshop.critic import JobShopCritic, answer_of
from soundly.families.jobshop.draws import DIAL, draw_schedulable, draw_unschedulable
from soundly.families.jobshop.prompts import conversation
from soundly.families.jobshop.reading import format_answer, format_starts, read_answer
from soundly.families.jobshop.schedule import complete_starts
from soundly.families.jobshop.shop import NAME, shop_of
from soundly.families.jobshop.solver import JobShopSolver


@dataclass(frozen=True, slots=True)
class JobShopFamily:
    """Job shops; a size is a number of jobs, and as many machines.

    A problem of one's own states a shop in OR-Library's form, with a deadline or without one: then
    every schedule that can be kept is accepted, and `gap_of` says how far it is from the shortest.
    """

    name: str = NAME
    critic: JobShopCritic = field(default_factory=JobShopCritic)
    dial: Dial = DIAL

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """One solver, which finds, proves or asserts."""
        return (JobShopSolver(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time. Its deadline can be kept."""
        return draw_schedulable(size=size, seed=seed)[0].problem(f"{NAME}-{size}-{seed}")

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance whose deadline cannot be kept: the same one every time."""
        shop = draw_unschedulable(size=size, seed=seed)
        return shop.problem(f"{NAME}-unsolvable-{size}-{seed}")

    def right_answer(self, *, size: int, seed: int) -> str:
        """An answer to the instance that `draw` gives: the schedule that set its deadline."""
        return format_starts(draw_schedulable(size=size, seed=seed)[1])

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in how jobs and machines are numbered."""
        return canonical_form(shop_of(problem))

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; raises `ProblemError` for an unreadable shop."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002 - answers read alike
        """The schedule that an answer proposes, as `read_answer` says."""
        return read_answer(text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The starts as evidence, with the best bound that is known; orders become starts first.

        What is no schedule of all operations is handed on as it was read, for the kernel to refuse.
        """
        shop, answer = shop_of(problem), answer_of(candidate)
        starts = complete_starts(shop, answer)
        if starts is None:
            rows: list[object] = [" ".join(line) for line in answer]
        else:
            rows = [list(map(str, row)) for row in starts]
        evidence = {"starts": rows, "bound": best_bound(shop).evidence()}
        return certify(problem, claim="solved", kind="job-shop", evidence=evidence)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A schedule in some form, with up to two edits, which may still be right, as an answer.

        Raises `UsageError` for an answer that holds no schedule.
        """
        reading = read_answer(answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of schedules, not of {answer!r:.80}")
        lines = answer_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        return format_answer(audit.near_miss(lines, shop_of(problem), rng))

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether a timetable can be filled in with the schedule, unit by unit."""
        stated = problem.statement
        deadline = stated.get("deadline")
        return audit.is_right(stated["instance"], deadline, answer_of(candidate))
