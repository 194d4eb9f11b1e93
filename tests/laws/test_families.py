"""Every registered family keeps the laws of a family."""

from functools import partial
from random import Random

import anyio
import pytest

import soundly
from soundly.config import registry
from soundly.config.families import make_family
from soundly.core.candidate import Candidate, Found
from soundly.core.family import Audited, Draws, DrawsUnsolvable, Solves
from soundly.core.problem import Problem
from soundly.core.solver import SolverFound
from soundly.generators.scripted import Scripted
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.testing import CRITIC_LAWS, FAMILY_LAWS, CriticCase, FakeFamily, FamilyCase
from soundly.testing.fake_family import CLAIM, PROBLEM, RIGHT, RIGHT_TOO, UNREADABLE, WRONG
from soundly.testing.family_laws import small_size

FAKE_MODEL = Scripted([])
FAKE = FamilyCase(FakeFamily(), PROBLEM, (RIGHT, RIGHT_TOO), WRONG)


def of_planning() -> FamilyCase:
    problem = Problem("planning", "a-on-b", PROBLEM.statement)
    return FamilyCase(make_family("planning"), problem, (RIGHT, RIGHT_TOO), WRONG)


def of_reasoning_gym() -> FamilyCase:
    """Without answers: a data set's scorer guarantees nothing, so there are no certificates."""
    statement = {
        "dataset": "leg_counting",
        "configuration": "{}",
        "seed": "0",
        "index": "0",
        "question": "How many legs do 2 lobsters have?",
    }
    return FamilyCase(
        make_family("reasoning-gym"), Problem("reasoning-gym", "lobsters", statement), ()
    )


def of_drawn(name: str) -> FamilyCase:
    """An instance that the family draws, its own solver's answer, and edits that its twin rejects.

    A family that draws brings all of this; one that does not needs a case written out above.
    """
    family = make_family(name)
    assert isinstance(family, Draws)
    assert isinstance(family, Solves)
    assert isinstance(family, Audited)
    problem = family.draw(size=small_size(family), seed=1)
    answer = anyio.run(family.solvers[0].solve, problem)
    assert isinstance(answer, SolverFound)
    rng, near_misses = Random(1), []
    while len(near_misses) < 6:
        text = family.near_miss(problem, answer.text, rng)
        reading = family.read(problem, text)
        if isinstance(reading, Found):
            candidate = Candidate(reading.solution, reading.canonical, "near-miss")
            if not family.twin(problem, candidate):
                near_misses.append(text)
    return FamilyCase(family, problem, (answer.text,), tuple(near_misses))


@pytest.fixture(scope="module", params=[*registry.names("families"), "the fake"])
def case(request) -> FamilyCase:
    match request.param:
        case "the fake":
            return FAKE
        case "planning":
            return of_planning()
        case "reasoning-gym":
            return of_reasoning_gym()
        case name:
            return of_drawn(name)


@pytest.mark.parametrize(
    "name",
    [n for n in registry.names("families") if isinstance(make_family(n), DrawsUnsolvable)],
)
def test_what_is_drawn_unsolvable_is_proved_so(name):
    """One of the family's own solvers leaves a proof that the kernel accepts."""
    family = make_family(name)
    assert isinstance(family, DrawsUnsolvable)
    assert isinstance(family, Draws)
    problem = family.draw_unsolvable(size=small_size(family), seed=1)
    assert isinstance(family, Solves)
    stages = tuple(partial(consult, solver=solver) for solver in family.solvers)
    outcome = soundly.run(problem, model=FAKE_MODEL, strategy=partial(cascade, stages=stages))
    assert outcome.status is soundly.Status.UNSOLVABLE


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", FAMILY_LAWS, ids=lambda law: law.__name__)
async def test_a_registered_family_keeps(law, case, anyio_backend):
    await law(case)


def test_the_fake_reads_as_it_says():
    """What the tests of the engine stand on: readable, unreadable, and a claim."""
    kinds = [type(FAKE.family.read(PROBLEM, t)).__name__ for t in (RIGHT, UNREADABLE, CLAIM)]
    assert kinds == ["Found", "Unreadable", "ClaimedUnsolvable"]


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", CRITIC_LAWS, ids=lambda law: law.__name__)
async def test_the_critic_of_a_registered_family_keeps(law, case, anyio_backend):
    if case is FAKE or not case.right:
        pytest.skip("the fake judges whatever it is given; others bring no answers of known worth")
    right, wrong = (tuple(map(case.candidate, texts)) for texts in (case.right, case.wrong))
    await law(CriticCase(case.family.critic, case.problem, right, wrong))
