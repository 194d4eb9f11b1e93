"""CP-SAT in its worker: a schedule, an assertion, or why neither."""

import pytest

from soundly.core.errors import SolverError
from soundly.solvers import cpsat
from soundly.solvers.cpsat import CpSat, Infeasible, NotScheduled, Scheduled

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]

CHAINS = [[(0, 3), (1, 2)], [(1, 4), (0, 1)]]


async def test_the_shortest_schedule_comes_with_a_bound(anyio_backend):
    """Without a deadline the schedule is as short as can be, and the bound says so."""
    pytest.importorskip("ortools", reason="schedules are found by CP-SAT")
    answer = await CpSat().schedule(CHAINS)
    assert isinstance(answer, Scheduled)
    assert answer.bound == 6
    (first, second), (third, fourth) = answer.starts
    assert first + 3 <= second <= 4
    assert third + 4 <= fourth <= 5


@pytest.mark.parametrize(("deadline", "kind"), [(6, Scheduled), (5, Infeasible), (0, Infeasible)])
async def test_a_deadline_is_kept_or_said_to_be_out_of_reach(deadline, kind, anyio_backend):
    """That it cannot be kept is an assertion."""
    pytest.importorskip("ortools", reason="schedules are found by CP-SAT")
    assert isinstance(await CpSat().schedule(CHAINS, deadline=deadline), kind)


async def test_without_ortools_nothing_is_scheduled(monkeypatch, anyio_backend):
    """What is missing is said with the command that brings it."""
    monkeypatch.setattr(cpsat, "find_spec", lambda name: None)
    answer = await CpSat().schedule(CHAINS)
    assert isinstance(answer, NotScheduled)
    assert "soundly[scheduling]" in answer.reason


async def test_a_worker_that_answers_something_else_is_broken(monkeypatch, anyio_backend):
    """An answer that cannot be read is a failure, and no schedule."""

    async def odd(*args, **options):
        return {"starts": "soon"}

    monkeypatch.setattr(cpsat, "find_spec", lambda name: True)
    monkeypatch.setattr(cpsat, "run_worker", odd)
    with pytest.raises(SolverError, match="starts"):
        await CpSat().schedule(CHAINS)


@pytest.mark.parametrize(
    "limits", [{"max_seconds": 0}, {"max_seconds": float("nan")}, {"max_memory_mb": 0}]
)
async def test_limits_are_numbers_above_zero(limits, anyio_backend):
    """A search without time or memory is a mistake of the caller."""
    with pytest.raises(ValueError, match="max_"):
        CpSat(**limits)
