"""The five families, and asking one of them for a verdict."""

from collections.abc import Callable

import anyio
import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.problem import Problem
from soundly.core.verdict import Verdict
from soundly.families.symbolic.family import (
    SymbolicFamily,
    arithmetic_chain,
    coin_flip,
    foom_letters,
    last_letters,
    vowel_letters,
)


@pytest.fixture(
    params=[last_letters, vowel_letters, foom_letters, coin_flip, arithmetic_chain],
    ids=lambda make: make.__name__,
)
def family(request) -> SymbolicFamily:
    return request.param()


@pytest.fixture
def judge() -> Callable[[SymbolicFamily, Problem, str], Verdict]:
    """The critic's verdict on what is read from a text."""

    def ask(family: SymbolicFamily, problem: Problem, text: str) -> Verdict:
        found = family.read(problem, text)
        assert isinstance(found, Found), found
        candidate = Candidate(found.solution, found.canonical, "test")
        return anyio.run(family.critic.judge, problem, candidate, None)

    return ask
