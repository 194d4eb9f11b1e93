"""A reference solver as a strategy, so that it can stand as a stage of a cascade."""

from __future__ import annotations

from soundly.core.session import Attempt, Result, Session
from soundly.core.solver import Solver


async def consult(session: Session, *, solver: Solver) -> Result:
    """The solver's solution if the critic accepts it, its checked proof, or None. Costs no call."""
    result = await session.consult(solver)
    return None if isinstance(result, Attempt) and not result.accepted else result
