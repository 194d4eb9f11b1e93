"""Satisfiability as a family."""

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
from soundly.families.satisfiability import audit
from soundly.families.satisfiability.canonical import canonical_form
from soundly.families.satisfiability.critic import SatCritic, assignment_of
from soundly.families.satisfiability.drawing import DIAL, draw_satisfiable, draw_unsatisfiable
from soundly.families.satisfiability.formula import NAME, formula_of
from soundly.families.satisfiability.prompts import conversation, spell
from soundly.families.satisfiability.reading import format_assignment, is_literal, read_answer
from soundly.families.satisfiability.solver import SatSolver


@dataclass(frozen=True, slots=True)
class SatFamily:
    """Formulas to satisfy; a size is a number of variables, and clauses have three literals.

    A problem of one's own states any formula in DIMACS form.
    """

    name: str = NAME
    critic: SatCritic = field(default_factory=SatCritic)
    dial: Dial = DIAL

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """One SAT solver, which finds or proves."""
        return (SatSolver(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time. It can be satisfied."""
        return draw_satisfiable(size=size, seed=seed)[0].problem(f"{NAME}-{size}-{seed}")

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance of this size that cannot be satisfied: the same one every time."""
        formula = draw_unsatisfiable(size=size, seed=seed)
        return formula.problem(f"{NAME}-unsolvable-{size}-{seed}")

    def right_answer(self, *, size: int, seed: int) -> str:
        """An answer to the instance that `draw` gives: the model hidden in it, no search."""
        return spell(draw_satisfiable(size=size, seed=seed)[1])

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in numbers, signs and order."""
        return canonical_form(formula_of(problem))

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; raises `ProblemError` for an unreadable formula."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002 - answers read alike
        """The assignment that an answer proposes, as `read_answer` says."""
        return read_answer(text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The literals as evidence; a word that is none goes in as it was read."""
        words = assignment_of(candidate)
        literals = [int(word) if is_literal(word) else word for word in words]
        return certify(problem, claim="solved", kind="sat", evidence={"literals": literals})

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """An assignment with one or two edits, which may still be right, as an answer.

        Raises `UsageError` for an answer that holds no assignment.
        """
        reading = read_answer(answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of assignments, not of {answer!r:.80}")
        words = assignment_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        return format_assignment(audit.near_miss(words, formula_of(problem).variables, rng))

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether all that the candidate leaves open gives a model; for 16 variables at most."""
        return audit.is_right(problem.statement["formula"], assignment_of(candidate))
