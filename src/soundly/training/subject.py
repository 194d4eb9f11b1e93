"""What is learnt: a family with its notation, its instances and the digest of what each one is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from soundly.config.families import make_family
from soundly.config.strategies import make_solver
from soundly.core.candidate import Candidate, Found
from soundly.core.errors import SolverError, UsageError
from soundly.core.family import Family
from soundly.core.notation import END, PLAN, Notated, Notation, Statement, Words
from soundly.core.problem import Problem
from soundly.core.solver import Solver, SolverFound
from soundly.core.splits import Splits, is_held_out
from soundly.core.verdict import Verdict
from soundly.critics.no_model import no_model

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Subject:
    """A family that draws instances and has a notation."""

    family: Family
    draws: Splits
    notation: Notation

    @classmethod
    def of(cls, name: str) -> Subject:
        """The family by name; raises `UsageError` for one that cannot be trained on."""
        return _subject(name)

    def draw(self, size: int, seed: int) -> Problem:
        """The family's instance of this size and seed."""
        return self.draws.draw(size=size, seed=seed)

    def is_held_out(self, problem: Problem) -> bool:
        """Whether it is kept from training, by either of its forms."""
        family_form = f"{self.family.name}\n{self.draws.canonical_form(problem)}"
        return is_held_out(form_of(self.notation.state(problem))) or is_held_out(family_form)

    async def solved(self, problem: Problem, teacher: str) -> Words:
        """The teacher's solution in the notation's words.

        Raises `SolverError` where it has none, or one that the family's critic does not accept.
        """
        found = await _solver(teacher).solve(problem)
        if not isinstance(found, SolverFound):
            raise SolverError(f"{teacher} has no solution of {problem.name}: {found}")
        candidate, verdict = await self.judged(problem, found.text)
        if candidate is None or verdict is None or not verdict.accepted:
            raise SolverError(f"{teacher}: its solution of {problem.name} is not accepted")
        return self.notation.solution(problem, candidate.solution)

    async def require_accepted(self, problem: Problem, solution: Words) -> None:
        """Raises `SolverError` for a solution in words that the family's critic does not accept."""
        spelt = self.notation.state(problem).spelt((PLAN, *solution, END))
        _, verdict = await self.judged(problem, spelt)
        if verdict is None or not verdict.accepted:
            raise SolverError(
                f"a search's solution of {problem.name} is not accepted: {spelt!r:.80}"
            )

    async def judged(self, problem: Problem, text: str) -> tuple[Candidate | None, Verdict | None]:
        """What the family reads in an answer, and what its critic says; None where it reads none.

        Raises `CriticError` where the critic breaks.
        """
        reading = self.family.read(problem, text)
        if not isinstance(reading, Found):
            return None, None
        candidate = Candidate(reading.solution, reading.canonical, "training")
        return candidate, await self.family.critic.judge(problem, candidate, no_model)


def form_of(statement: Statement) -> str:
    """The digest of what a problem is: the same for problems that differ in names alone.

    That holds as far as the notation numbers names by their part in the problem.
    """
    text = "\n".join((statement.notation, *statement.words))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


@lru_cache(maxsize=32)
def _solver(teacher: str) -> Solver:
    name, _, options = teacher.partition(":")
    return make_solver(name, options)


@lru_cache(maxsize=32)
def _subject(name: str) -> Subject:
    family = make_family(name)
    notation = family.notation if isinstance(family, Notated) else None
    if notation is None:
        raise UsageError(f"family {name} has no notation to train a model on")
    if not isinstance(family, Splits):
        raise UsageError(f"family {name} draws no instances to train a model on")
    return Subject(family, family, notation)
