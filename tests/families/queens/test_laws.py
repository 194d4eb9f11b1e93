"""The family, its critic and its solver keep the laws."""

import pytest

from soundly.core.candidate import Candidate
from soundly.core.splits import draw_from, split_of
from soundly.families.queens.board import board_of
from soundly.families.queens.critic import check
from soundly.families.queens.family import QueensFamily
from soundly.families.queens.solver import QueensSolver
from soundly.testing import (
    CRITIC_LAWS,
    FAMILY_LAWS,
    SOLVER_LAWS,
    CriticCase,
    FamilyCase,
    SolverCase,
)

FAMILY = QueensFamily()
PROBLEM = FAMILY.draw(size=8, seed=1)
RIGHT = FAMILY.right_answer(size=8, seed=1)
WRONG = (
    RIGHT.replace("\n3: ", "\n33: "),
    RIGHT.replace("\n8: ", "\n7: "),
    RIGHT.replace("[ANSWER]", "[ANSWER]\n1: 1\n1: 2"),
    RIGHT.replace("[ANSWER END]", "or so\n[ANSWER END]"),
    "[ANSWER]\n1: 1\n[ANSWER END]",
)


def candidate(text: str) -> Candidate:
    found = FAMILY.read(PROBLEM, text)
    return Candidate(found.solution, found.canonical, "test")


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", FAMILY_LAWS, ids=lambda law: law.__name__)
async def test_the_family_keeps(law, anyio_backend):
    await law(FamilyCase(FAMILY, PROBLEM, (RIGHT,), WRONG))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", CRITIC_LAWS, ids=lambda law: law.__name__)
async def test_the_critic_keeps(law, anyio_backend):
    right, wrong = (candidate(RIGHT),), tuple(map(candidate, WRONG))
    await law(CriticCase(FAMILY.critic, PROBLEM, right, wrong))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", SOLVER_LAWS, ids=lambda law: law.__name__)
async def test_the_solver_keeps(law, anyio_backend):
    pytest.importorskip("pysat", reason="the proofs come from python-sat")
    unsolvable = FAMILY.draw_unsolvable(size=8, seed=1)
    await law(SolverCase(QueensSolver(), FAMILY, PROBLEM, unsolvable))


@pytest.mark.parametrize("size", [5, 6, 9, 40])
def test_the_solution_that_an_instance_was_made_from_is_right(size):
    """Whatever is drawn comes with a placement that the critic has to accept."""
    for seed in range(20):
        problem = FAMILY.draw(size=size, seed=seed)
        found = FAMILY.read(problem, FAMILY.right_answer(size=size, seed=seed))
        assert check(board_of(problem), found.solution).accepted
        assert 1 <= len(board_of(problem).placed) <= size - 2


def test_the_splits_can_be_drawn_from_at_every_trained_size():
    """Train, held-out and beyond each give instances, and each instance knows its side."""
    sizes = range(FAMILY.dial.smallest, FAMILY.dial.trained + 1)
    for split, size in (*(("train", s) for s in sizes), *(("held-out", s) for s in sizes)):
        problem = draw_from(FAMILY, split, size=size, seed=3)
        assert split_of(FAMILY, problem, size=size) == split
    assert split_of(FAMILY, FAMILY.draw(size=13, seed=0), size=13) == "beyond"
