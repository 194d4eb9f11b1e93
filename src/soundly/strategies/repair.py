"""Hint and repair: a planner mends a model's plan from where it breaks.

Source: Valmeekam et al., "On the Planning Abilities of Large Language Models", arXiv:2305.15771,
section 5, where a model's plan is what the local search planner LPG starts from. Here its steps are
kept as far as they can be carried out, and a complete planner goes on from there.
"""

from __future__ import annotations

from dataclasses import replace

from soundly.core.continuing import Continuing, Keep, Repaired, Rest
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.core.solver import Solver, SolverFound
from soundly.solvers.kairos import Kairos
from soundly.strategies.sampling import Sampling

_KEEPS = ("prefix", "applicable")


async def repair(
    session: Session,
    *,
    keep: Keep = "prefix",
    planner: Solver | None = None,
    max_seconds: float = 30.0,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(),
) -> Attempt:
    """The model's answer where it is accepted, else the repaired one, judged like any other.

    ``keep`` says which of the model's steps stand: those up to the first that cannot be taken
    (``prefix``), or also the later ones, each as soon as it can be taken (``applicable``). Where
    the planner finds no way on, half of the kept steps are given up, then half of those, down to
    none. The planner is Kairos, for ``max_seconds`` a search, where ``planner`` is None. What could
    not be read has no steps and is not repaired. Costs one call; the trace says how many steps are
    whose. Raises `UsageError` for a family whose answers are no steps.
    """
    continuing = session.continuing
    if continuing is None:
        raise UsageError(
            f"repair: an answer to a problem of family {session.problem.family} has no steps; "
            "wanted a planning problem"
        )
    if keep not in _KEEPS:
        raise UsageError(f"repair: keep is {keep!r}, wanted {' or '.join(_KEEPS)}")
    solver = planner or _kairos(max_seconds)
    request = sampling.request(session.render(style), session.rng)
    attempt = await session.check(await session.generate(request))
    if attempt.accepted or attempt.candidate is None:
        return attempt
    solution = attempt.candidate.solution
    most: int | None = None
    while most is None or most >= 0:
        rest = continuing.rest(solution, keep=keep, most=most)
        found = await _continued(session, rest, solver)
        if found is not None:
            return await _judged(session, continuing, rest, found, keep=keep, solver=solver.name)
        most = len(rest.kept) // 2 if rest.kept else -1
    return replace(attempt, remark=f"{solver.name} could not repair it")


def _kairos(max_seconds: float) -> Kairos:
    try:
        return Kairos(max_seconds=max_seconds)
    except ValueError as error:
        raise UsageError(f"repair: {error}") from error


async def _continued(session: Session, rest: Rest, planner: Solver) -> str | None:
    """The steps behind those that are kept, "" where none is needed, None where none is found."""
    if rest.problem is None:
        return ""
    answer = await session.ask_solver(planner, rest.problem)
    return answer.text if isinstance(answer, SolverFound) else None


async def _judged(
    session: Session, continuing: Continuing, rest: Rest, found: str, *, keep: Keep, solver: str
) -> Attempt:
    whole = continuing.joined(rest, found)
    attempt = await session.check_text(whole.text)
    kept, offered = len(rest.kept), rest.offered
    session.note(Repaired(attempt.number, keep, kept, offered, whole.added, solver))
    return attempt
