"""Stages in turn: the first that succeeds ends it, and none is skipped in silence."""

from functools import partial

import pytest

from soundly.core.completion import Completion
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.events import PartStarted
from soundly.core.outcome import Status
from soundly.core.solver import SolverFound, SolverGaveUp
from soundly.core.spend import Budget
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.strategies.refine import refine
from soundly.strategies.single import single
from soundly.testing import FakeSolver
from soundly.testing.fake_family import RIGHT, WRONG

pytestmark = pytest.mark.anyio
FINDS = partial(consult, solver=FakeSolver(SolverFound(RIGHT), name="finds"))
FINDS_WRONG = partial(consult, solver=FakeSolver(SolverFound(WRONG[0]), name="wrong"))
GIVES_UP = partial(consult, solver=FakeSolver(SolverGaveUp("no"), name="gives-up"))


def of(*stages):
    return partial(cascade, stages=stages)


def parts(outcome) -> list[str]:
    return [r.event.part for r in outcome.trace if isinstance(r.event, PartStarted)]


async def test_the_first_that_succeeds_ends_it(run):
    """Later stages are not begun."""
    outcome, _ = await run(of(GIVES_UP, single, FINDS), [RIGHT])
    assert outcome.status is Status.SOLVED
    assert parts(outcome) == ["gives-up", "single"]
    assert outcome.found_by == "single"


async def test_a_wrong_answer_goes_on_to_the_next(run):
    """Also one that a solver found: it is judged like any other."""
    outcome, _ = await run(of(single, FINDS_WRONG, FINDS), [WRONG[0]])
    assert outcome.status is Status.SOLVED
    assert outcome.found_by == "finds"


async def returns_what_failed(session):
    return await session.check(Completion(WRONG[0], "test"))


async def test_a_stage_that_stands_behind_a_failed_attempt_does_not_end_it(run):
    """What no critic accepted is no success, whoever returns it."""
    outcome, _ = await run(of(returns_what_failed, FINDS))
    assert outcome.status is Status.SOLVED


async def test_the_last_failed_attempt_is_what_remains(run):
    """Where nothing succeeds, the outcome shows what came closest to being stood behind."""
    outcome, _ = await run(of(returns_what_failed, GIVES_UP))
    assert outcome.status is Status.UNSOLVED
    assert outcome.candidate.canonical == WRONG[0]


async def test_a_stage_that_the_budget_stops_leaves_the_others(run):
    """A solver needs no calls."""
    outcome, _ = await run(of(refine, FINDS), [WRONG[0]], budget=Budget(calls=1))
    assert outcome.status is Status.SOLVED
    assert outcome.found_by == "finds"


async def test_the_refusal_ends_it_when_nothing_is_found(run):
    """The first limit that stopped a stage is what the outcome tells."""
    outcome, _ = await run(of(refine, GIVES_UP), [WRONG[0]], budget=Budget(calls=1))
    assert outcome.status is Status.EXHAUSTED
    assert "calls limit 1" in outcome.reason


async def test_a_stage_that_breaks_ends_it(run):
    """A broken part is never skipped, even where the next stage would find the answer."""
    with pytest.raises(GeneratorError, match="gone"):
        await run(of(single, FINDS), [GeneratorError("gone")])


async def test_stages_of_one_name_are_numbered(run):
    """So that the trace says which of them it was."""
    outcome, _ = await run(of(single, GIVES_UP, single), [WRONG[0], WRONG[1]])
    assert parts(outcome) == ["single-1", "gives-up", "single-2"]


async def test_no_stages_are_the_callers_to_mend(run):
    """An empty cascade would say "unsolved" about nothing."""
    with pytest.raises(UsageError, match="no stages"):
        await run(of())
