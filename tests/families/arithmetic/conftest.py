"""Tasks by hand, and a way to judge an answer's text."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import pytest

from soundly.core.candidate import Candidate, Found
from soundly.core.problem import Problem
from soundly.core.verdict import Verdict
from soundly.families.arithmetic.family import game24
from soundly.families.arithmetic.statement import Task


async def no_model(request):
    raise AssertionError("the critic asked a model")


@pytest.fixture
def stated() -> Callable[..., Problem]:
    """A function from numbers, target and use to the problem."""
    return lambda *numbers, target=24, use="all": Task(numbers, target, use).problem("game24", "p")


@pytest.fixture
def judged() -> Callable[[Problem, str], Verdict]:
    """A function from a problem and a readable answer to the critic's verdict."""

    def judge(problem: Problem, text: str) -> Verdict:
        reading = game24().read(problem, text)
        assert isinstance(reading, Found), reading
        candidate = Candidate(reading.solution, reading.canonical, "tests")
        return anyio.run(game24().critic.judge, problem, candidate, no_model)

    return judge
