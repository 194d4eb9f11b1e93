"""Asking a family for a verdict on a text."""

from collections.abc import Callable

import anyio
import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.problem import Problem
from soundly.core.verdict import Verdict
from soundly.families.embers.family import EmbersFamily


@pytest.fixture
def judge() -> Callable[[EmbersFamily, Problem, str], Verdict]:
    """The critic's verdict on what is read from a text."""

    def ask(family: EmbersFamily, problem: Problem, text: str) -> Verdict:
        found = family.read(problem, text)
        assert isinstance(found, Found), found
        candidate = Candidate(found.solution, found.canonical, "test")
        return anyio.run(family.critic.judge, problem, candidate, None)

    return ask
