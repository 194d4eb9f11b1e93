"""The SAT solver in its worker: a model, a log that holds, or why neither."""

import random

import pytest

from soundly.kernel.drat import check_refutation
from soundly.solvers import sat
from soundly.solvers.sat import Refuted, Sat, Satisfied, Undecided

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]


def pigeons(holes: int) -> list[list[int]]:
    """One pigeon more than holes: short to say, and long to refute."""
    place = [[pigeon * holes + hole + 1 for hole in range(holes)] for pigeon in range(holes + 1)]
    clashes = [
        [-place[a][hole], -place[b][hole]]
        for hole in range(holes)
        for a in range(holes + 1)
        for b in range(a)
    ]
    return place + clashes


async def test_a_model_satisfies_every_clause(anyio_backend):
    """What is called a model is one."""
    rng = random.Random(1)
    clauses = [[rng.choice((-1, 1)) * v for v in rng.sample(range(1, 31), 3)] for _ in range(80)]
    answer = await Sat().decide(clauses)
    assert isinstance(answer, Satisfied)
    assert all(set(clause) & set(answer.literals) for clause in clauses)


@pytest.mark.parametrize("clauses", [pigeons(5), [[1], [-1]], [[1, 2], [-1, 2], [-2]]])
async def test_a_refutation_brings_a_proof_that_holds(clauses, anyio_backend):
    """The log is checked by the kernel, also where nothing had to be searched."""
    answer = await Sat().decide(clauses)
    assert isinstance(answer, Refuted)
    check_refutation(30, clauses, answer.proof)


async def test_a_search_stops_at_its_limit(anyio_backend):
    """Out of time is neither yes nor no."""
    answer = await Sat(max_seconds=0.2).decide(pigeons(13))
    assert answer == Undecided("no answer within 0.2 s")


async def test_without_python_sat_nothing_is_decided(monkeypatch, anyio_backend):
    """What is missing is said with the command that brings it."""
    monkeypatch.setattr(sat, "find_spec", lambda name: None)
    answer = await Sat().decide([[1]])
    assert isinstance(answer, Undecided)
    assert "soundly[sat]" in answer.reason


@pytest.mark.parametrize(
    "limits", [{"max_seconds": 0}, {"max_seconds": float("nan")}, {"max_memory_mb": 0}]
)
async def test_limits_are_numbers_above_zero(limits, anyio_backend):
    """A search without time or memory is a mistake of the caller."""
    with pytest.raises(ValueError, match="max_"):
        Sat(**limits)
