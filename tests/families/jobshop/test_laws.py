"""The family, its critic and its solver keep the laws."""

import pytest

from soundly.core.candidate import Candidate
from soundly.core.splits import draw_from, split_of
from soundly.families.jobshop.critic import check
from soundly.families.jobshop.family import JobShopFamily
from soundly.families.jobshop.shop import shop_of
from soundly.families.jobshop.solver import JobShopSolver
from soundly.testing import (
    CRITIC_LAWS,
    FAMILY_LAWS,
    SOLVER_LAWS,
    CriticCase,
    FamilyCase,
    SolverCase,
)

FAMILY = JobShopFamily()
PROBLEM = FAMILY.draw(size=4, seed=1)
RIGHT = FAMILY.right_answer(size=4, seed=1)
WRONG = (
    RIGHT.replace("job 1: ", "job 11: "),
    RIGHT.replace("job 1: ", "job 1: 0 "),
    RIGHT.replace("[ANSWER]", "[ANSWER]\njob 0: 0 100 200 300"),
    RIGHT.replace("[ANSWER END]", "or so\n[ANSWER END]"),
    "[ANSWER]\njob 0: 0 0 0 0\n[ANSWER END]",
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
    pytest.importorskip("ortools", reason="schedules are found by CP-SAT")
    unsolvable = FAMILY.draw_unsolvable(size=4, seed=1)
    await law(SolverCase(JobShopSolver(), FAMILY, PROBLEM, unsolvable))


@pytest.mark.parametrize("size", [3, 4, 6, 10])
def test_the_schedule_that_set_the_deadline_keeps_it(size):
    """Whatever is drawn comes with a schedule that the critic has to accept."""
    for seed in range(8):
        problem = FAMILY.draw(size=size, seed=seed)
        found = FAMILY.read(problem, FAMILY.right_answer(size=size, seed=seed))
        assert check(shop_of(problem), found.solution).accepted


def test_the_splits_can_be_drawn_from_at_every_trained_size():
    """Train, held-out and beyond each give instances, and each instance knows its side."""
    sizes = range(FAMILY.dial.smallest, FAMILY.dial.trained + 1)
    for split, size in (*(("train", s) for s in sizes), *(("held-out", s) for s in sizes)):
        problem = draw_from(FAMILY, split, size=size, seed=3)
        assert split_of(FAMILY, problem, size=size) == split
    assert split_of(FAMILY, FAMILY.draw(size=7, seed=0), size=7) == "beyond"
