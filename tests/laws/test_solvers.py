"""Every registered solver keeps the laws of a solver."""

import pytest

from soundly.config import registry
from soundly.config.families import make_family
from soundly.config.strategies import make_solver
from soundly.core.errors import SolverError
from soundly.core.family import Draws, DrawsUnsolvable
from soundly.core.problem import Problem
from soundly.core.solver import SolverAsserted, SolverFound, SolverGaveUp, SolverProved
from soundly.testing import SOLVER_LAWS, FakeFamily, FakeSolver, LawBroken, SolverCase
from soundly.testing import fake_family as two_blocks
from soundly.testing.family_laws import small_size
from soundly.testing.solver_laws import asserted_is_not_proved, what_is_found_is_judged

PLANNING_PROBLEMS = (
    Problem("planning", "a-on-b", two_blocks.PROBLEM.statement),
    Problem("planning", "no-free-hand", two_blocks.IMPOSSIBLE.statement),
)
CASES = {
    name: lambda name=name: SolverCase(
        make_solver(name), make_family("planning"), *PLANNING_PROBLEMS
    )
    for name in ("closed-set", "h2", "kairos")
}


def drawn(solver: str, family_name: str) -> SolverCase:
    """A solver that a family brings, on what the family draws."""
    family = make_family(family_name)
    assert isinstance(family, Draws)
    assert isinstance(family, DrawsUnsolvable)
    size = small_size(family)
    problems = (family.draw(size=size, seed=1), family.draw_unsolvable(size=size, seed=1))
    return SolverCase(make_solver(solver), family, *problems)


CASES |= {
    "blocksworld-towers": lambda: drawn("blocksworld-towers", "blocksworld"),
    "meeting-table": lambda: drawn("meeting-table", "meeting-planning"),
    "trip-table": lambda: drawn("trip-table", "trip-planning"),
    "arithmetic-exhaustion": lambda: drawn("arithmetic-exhaustion", "countdown"),
    "coloring-sat": lambda: drawn("coloring-sat", "coloring"),
    "glucose": lambda: drawn("glucose", "sat"),
    "job-shop-cp-sat": lambda: drawn("job-shop-cp-sat", "job-shop"),
    "n-queens-sat": lambda: drawn("n-queens-sat", "n-queens"),
    "travel-cp-sat": lambda: drawn("travel-cp-sat", "travel-planning"),
    "zebra-sat": lambda: drawn("zebra-sat", "zebra"),
}


def least_cost() -> SolverCase:
    family = make_family("blocksworld-optimal")
    assert isinstance(family, Draws)
    return SolverCase(make_solver("planning-optimal"), family, family.draw(size=3, seed=1))


CASES["planning-optimal"] = least_cost


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", SOLVER_LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", registry.names("solvers"))
async def test_a_registered_solver_keeps(law, name, anyio_backend):
    await law(CASES[name]())


def faked(answer) -> SolverCase:
    problems = (two_blocks.PROBLEM, two_blocks.IMPOSSIBLE)
    return SolverCase(FakeSolver(answer), FakeFamily(), *problems)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("law", "answer"),
    [
        (what_is_found_is_judged, SolverFound(two_blocks.WRONG[0])),
        (what_is_found_is_judged, SolverAsserted("none")),
        (what_is_found_is_judged, SolverFound("gibberish")),
        (what_is_found_is_judged, SolverProved(two_blocks.PROOF_OF_IMPOSSIBLE)),
        (asserted_is_not_proved, SolverFound(two_blocks.RIGHT)),
    ],
    ids=["wrong", "asserted", "unreadable", "proof of another problem", "found the impossible"],
)
async def test_the_laws_catch_a_solver_that_lies(law, answer):
    """A law that no part can break is no law."""
    with pytest.raises((LawBroken, SolverError)):
        await law(faked(answer))


@pytest.mark.anyio
@pytest.mark.parametrize("answer", [SolverGaveUp("too hard"), SolverAsserted("none")])
async def test_an_assertion_is_no_proof(answer):
    """Neither giving up nor asserting ends UNSOLVABLE."""
    await asserted_is_not_proved(faked(answer))
