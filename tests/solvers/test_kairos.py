"""Kairos finds plans, and its "no plan" is never more than an assertion."""

from __future__ import annotations

from pathlib import Path

import pytest

from soundly.core.problem import Problem
from soundly.core.solver import SolverAsserted, SolverFound, SolverGaveUp, SolverNotForThis
from soundly.solvers.kairos import Kairos

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def load(examples: Path):
    def load_named(name: str) -> Problem:
        folder = examples / "blocksworld"
        texts = {"domain": "domain.pddl", "problem": f"{name}.pddl"}
        return Problem("planning", name, {k: (folder / v).read_text() for k, v in texts.items()})

    return load_named


async def test_a_plan_comes_back_as_pddl_lines(load) -> None:
    """The answer is text in the family's formal language, to be read and judged like any other."""
    answer = await Kairos().solve(load("four-blocks"))
    assert isinstance(answer, SolverFound)
    assert "(stack a b)" in answer.text


async def test_no_plan_is_an_assertion(load) -> None:
    """An exhausted search in the planner proves nothing to us."""
    answer = await Kairos().solve(load("impossible"))
    assert isinstance(answer, SolverAsserted)
    assert "unsolvable" in answer.reason


async def test_pddl_it_cannot_read_is_given_up_with_its_words(load) -> None:
    """The planner's own complaint is passed on."""
    broken = Problem("planning", "x", {**load("impossible").statement, "problem": "(define"})
    answer = await Kairos().solve(broken)
    assert isinstance(answer, SolverGaveUp)
    assert "does not read this PDDL" in answer.reason


async def test_a_problem_of_another_kind_is_given_up() -> None:
    """A cascade over any family may hold the planner: it steps aside for what is not PDDL."""
    answer = await Kairos().solve(Problem("letters", "x", {"words": "a b"}))
    assert isinstance(answer, SolverNotForThis)
    assert "solves PDDL" in answer.reason
