"""Every registered family keeps the laws of a family."""

import anyio
import pytest

from soundly.config import registry
from soundly.config.families import make_family
from soundly.core.problem import Problem
from soundly.core.solver import SolverFound
from soundly.solvers.kairos import Kairos
from soundly.testing import FAMILY_LAWS, FakeFamily, FamilyCase
from soundly.testing.fake_family import CLAIM, PROBLEM, RIGHT, RIGHT_TOO, UNREADABLE, WRONG

FAKE = FamilyCase(FakeFamily(), PROBLEM, (RIGHT, RIGHT_TOO), WRONG)


def of_planning() -> FamilyCase:
    problem = Problem("planning", "a-on-b", PROBLEM.statement)
    return FamilyCase(make_family("planning"), problem, (RIGHT, RIGHT_TOO), WRONG)


def of_blocksworld() -> FamilyCase:
    family = make_family("blocksworld")
    problem = family.draw(size=4, seed=1)
    answer = anyio.run(Kairos().solve, problem)
    assert isinstance(answer, SolverFound)
    first, second, *rest = (line for line in answer.text.splitlines() if line.startswith("("))
    near_misses = (
        [second, *rest],
        [second, first, *rest],
        [first, first, second, *rest],
        [first, second, *rest[:-1]],
    )
    return FamilyCase(family, problem, (answer.text,), tuple("\n".join(m) for m in near_misses))


CASES = {"planning": of_planning, "blocksworld": of_blocksworld}


@pytest.fixture(scope="module", params=[*registry.names("families"), "the fake"])
def case(request) -> FamilyCase:
    return FAKE if request.param == "the fake" else CASES[request.param]()


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", FAMILY_LAWS, ids=lambda law: law.__name__)
async def test_a_registered_family_keeps(law, case, anyio_backend):
    await law(case)


def test_the_fake_reads_as_it_says():
    """What the tests of the engine stand on: readable, unreadable, and a claim."""
    kinds = [type(FAKE.family.read(PROBLEM, t)).__name__ for t in (RIGHT, UNREADABLE, CLAIM)]
    assert kinds == ["Found", "Unreadable", "ClaimedUnsolvable"]
