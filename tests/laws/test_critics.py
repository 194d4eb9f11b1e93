"""Every registered critic keeps the laws of a critic, and so do critics made of them."""

import pytest

from soundly.config import registry
from soundly.config.families import make_family
from soundly.core.candidate import Candidate, Found
from soundly.core.problem import Problem
from soundly.core.verdict import Critique, Guarantee, reject
from soundly.critics.all_of import all_of
from soundly.testing import CRITIC_LAWS, CriticCase, FakeCritic
from soundly.testing.fake_family import PROBLEM, RIGHT, RIGHT_TOO, WRONG

PLANNING = Problem("planning", "a-on-b", PROBLEM.statement)


def planned(text: str) -> Candidate:
    found = make_family("planning").read(PLANNING, text)
    assert isinstance(found, Found)
    return Candidate(found.solution, found.canonical, "tests")


def of_plans(critic) -> CriticCase:
    right = tuple(planned(text) for text in (RIGHT, RIGHT_TOO))
    return CriticCase(critic, PLANNING, right, tuple(planned(text) for text in WRONG))


ADVISES = FakeCritic(reject(Critique("long", "it is long")), Guarantee.NONE, name="advises")

VALIDATOR = registry.load("critics", "plan-validator")()

CASES = {"plan-validator": lambda: of_plans(VALIDATOR)}
COMPOSED = {
    "hard and soft": lambda: of_plans(all_of([VALIDATOR], [ADVISES])),
    "two hard": lambda: of_plans(all_of([VALIDATOR, VALIDATOR])),
}


@pytest.mark.anyio
@pytest.mark.parametrize("law", CRITIC_LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", [*registry.names("critics"), *COMPOSED])
async def test_a_critic_keeps(law, name):
    await law({**CASES, **COMPOSED}[name]())
