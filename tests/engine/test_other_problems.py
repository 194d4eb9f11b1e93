"""Solvers that are asked about another problem, texts of a strategy's own, and parts of answers."""

from dataclasses import replace

import pytest

from soundly.core.errors import FamilyError, SolverError, StrategyError
from soundly.core.events import CandidateRead, SolverEnded, SolverStarted
from soundly.core.outcome import Status
from soundly.core.solver import SolverAsserted, SolverFound, SolverProved
from soundly.engine import solve
from soundly.testing import FakeFamily, FakeSolver
from soundly.testing.fake_family import (
    IMPOSSIBLE,
    PROBLEM,
    PROOF_OF_IMPOSSIBLE,
    RIGHT,
    UNREADABLE,
    WRONG,
)

pytestmark = pytest.mark.anyio


async def attempt(strategy, *, problem=PROBLEM, family=None):
    return await solve(problem, family=family or FakeFamily(), strategy=strategy)


def events(outcome, kind) -> list:
    return [record.event for record in outcome.trace if isinstance(record.event, kind)]


@pytest.mark.parametrize(
    "answer", [SolverFound(RIGHT), SolverAsserted("none"), SolverProved(PROOF_OF_IMPOSSIBLE)]
)
async def test_what_a_solver_says_of_another_problem_counts_for_nothing(answer):
    """Not even a right proof: the strategy gets the answer, and the outcome none of it."""
    heard = []

    async def asks(session):
        heard.append(await session.ask_solver(FakeSolver(answer), IMPOSSIBLE))

    outcome = await attempt(asks, problem=PROBLEM)
    assert heard == [answer]
    assert (outcome.status, outcome.asserted) == (Status.UNSOLVED, None)
    assert events(outcome, CandidateRead) == []
    named = [event.solver for event in events(outcome, SolverStarted | SolverEnded)]
    assert named == ["fake-solver on no-free-hand"] * 2


async def test_it_is_asked_about_that_problem():
    """And the session's own stays where it is."""
    asked = []

    class Keeps(FakeSolver):
        async def solve(self, problem):
            asked.append(problem)
            return self.answer

    async def asks(session):
        await session.ask_solver(Keeps(SolverAsserted("none")), IMPOSSIBLE)
        await session.consult(Keeps(SolverAsserted("none")))

    await attempt(asks)
    assert asked == [IMPOSSIBLE, PROBLEM]


async def test_a_solver_that_breaks_on_another_problem_is_named():
    """As on the session's own."""

    async def asks(session):
        await session.ask_solver(FakeSolver(RuntimeError("a bug")), IMPOSSIBLE)

    with pytest.raises(SolverError, match="solver fake-solver broke"):
        await attempt(asks)


async def test_a_text_that_a_strategy_put_together_is_judged_like_any_answer():
    """Its candidate has no completion, and a sound acceptance solves."""

    async def says(session):
        return await session.check_text(RIGHT)

    outcome = await attempt(says)
    assert outcome.status is Status.SOLVED
    assert outcome.candidate.completion is None


@pytest.mark.parametrize("text", [WRONG[0], UNREADABLE])
async def test_a_text_that_is_wrong_or_unreadable_is_a_failed_attempt(text):
    """No part broke: the strategy may have put it together from what a model said."""

    async def says(session):
        return replace(await session.check_text(text), remark="it was worth a try")

    outcome = await attempt(says)
    assert outcome.status is Status.UNSOLVED
    assert outcome.reason.endswith("; it was worth a try")


async def test_a_remark_makes_nothing_true():
    """It stands beside the reason where nothing was accepted, and nowhere else."""

    async def says(session):
        return replace(await session.check_text(RIGHT), remark="I am not sure")

    outcome = await attempt(says)
    assert outcome.status is Status.SOLVED
    assert "not sure" not in outcome.reason


async def test_a_family_that_breaks_while_it_keeps_steps_is_named():
    """A broken family is no broken strategy."""

    class Breaks(FakeFamily):
        def rest(self, problem, solution, *, keep, most=None):
            raise KeyError("a slip")

    async def keeps(session):
        session.continuing.rest(("(pick-up a)",), keep="prefix")

    with pytest.raises(FamilyError, match="family two-blocks broke: KeyError"):
        await attempt(keeps, family=Breaks())


async def test_a_family_without_steps_offers_none():
    """The strategy sees that before it asks."""

    class Stepless(FakeFamily):
        joined = None

    async def looks(session):
        if session.continuing is not None:
            raise StrategyError("there are steps")

    assert (await attempt(looks, family=Stepless())).status is Status.UNSOLVED
