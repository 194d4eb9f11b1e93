"""The laws of a solver: what it finds is judged, what it proves is re-checked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias, get_args

import anyio

from soundly.core.family import Family
from soundly.core.outcome import Outcome, Status
from soundly.core.problem import Problem
from soundly.core.session import Attempt, Result, Session
from soundly.core.solver import (
    Solver,
    SolverAnswer,
    SolverAsserted,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.engine import solve
from soundly.engine.evidence import recheck_for
from soundly.kernel import Refused
from soundly.testing.law import LawBroken, require


@dataclass(frozen=True)
class SolverCase:
    """A solver with a problem that has a solution and one that has none, both of one family.

    ``unsolvable`` is None for a family whose problems all have a solution.
    """

    solver: Solver
    family: Family
    solvable: Problem
    unsolvable: Problem | None = None


SolverLaw: TypeAlias = Callable[[SolverCase], Awaitable[None]]


async def what_is_found_is_judged(case: SolverCase) -> None:
    """On a solvable problem the session ends SOLVED by the solver, or the solver gives up."""
    outcome = await _consulted(case, case.solvable)
    require(
        outcome.status in (Status.SOLVED, Status.UNSOLVED),
        f"{case.solver.name} says {outcome.status} of a problem that has a solution",
    )
    require(outcome.asserted is None, f"{case.solver.name} asserts: {outcome.asserted}")


async def asserted_is_not_proved(case: SolverCase) -> None:
    """On an unsolvable problem nothing is found, and only a proof ends UNSOLVABLE."""
    if case.unsolvable is None:
        return
    answer = await case.solver.solve(case.unsolvable)
    outcome = await _consulted(case, case.unsolvable)
    proved = isinstance(answer, SolverProved)
    wanted = Status.UNSOLVABLE if proved else Status.UNSOLVED
    require(outcome.status is wanted, f"{answer!r:.200} ended {outcome.status}, wanted {wanted}")
    if isinstance(answer, SolverAsserted):
        require(bool(outcome.asserted), "the outcome does not say that a solver asserted it")


async def proofs_are_about_the_problem(case: SolverCase) -> None:
    """What a solver proves, the kernel accepts for this problem, and for no other."""
    if case.unsolvable is None:
        return
    answer = await case.solver.solve(case.unsolvable)
    if not isinstance(answer, SolverProved):
        return
    try:
        recheck_for(case.unsolvable, answer.certificate, claim="unsolvable")
    except Refused as refused:
        raise LawBroken(f"the kernel refuses the proof: {refused}") from refused
    try:
        recheck_for(case.solvable, answer.certificate, claim="unsolvable")
    except Refused:
        return
    raise LawBroken("a proof is accepted for another problem")


async def answers_are_of_the_four_kinds(case: SolverCase) -> None:
    """A solver finds, proves, asserts or gives up, and says why where there is a why."""
    for problem in filter(None, (case.solvable, case.unsolvable)):
        answer: SolverAnswer = await case.solver.solve(problem)
        kinds = get_args(SolverAnswer)
        require(isinstance(answer, kinds), f"{case.solver.name} answered {answer!r:.200}")
        if isinstance(answer, SolverAsserted | SolverGaveUp | SolverNotForThis):
            require(bool(answer.reason), f"{case.solver.name} gives no reason")


async def cancelling_ends_the_search(case: SolverCase) -> None:
    """A cancelled search is gone soon, and the next one works."""
    with anyio.fail_after(30), anyio.move_on_after(0.02):
        await case.solver.solve(case.solvable)
    require(
        isinstance(
            await case.solver.solve(case.solvable), SolverFound | SolverGaveUp | SolverAsserted
        ),
        f"{case.solver.name} does not answer after a cancelled search",
    )


async def _consulted(case: SolverCase, problem: Problem) -> Outcome:
    attempts: list[Attempt] = []

    async def ask_the_solver(session: Session) -> Result:
        result = await session.consult(case.solver)
        if isinstance(result, Attempt):
            attempts.append(result)
        return result

    outcome = await solve(problem, family=case.family, strategy=ask_the_solver)
    for attempt in attempts:
        require(attempt.accepted, f"{case.solver.name} found what is wrong: {attempt.critiques}")
    return outcome


SOLVER_LAWS: tuple[SolverLaw, ...] = (
    what_is_found_is_judged,
    asserted_is_not_proved,
    proofs_are_about_the_problem,
    answers_are_of_the_four_kinds,
    cancelling_ends_the_search,
)
"""Every law of a solver: run each over each of your cases."""
