"""Hint and repair: what stands of a model's plan is kept, and a planner does the rest."""

from functools import partial

import pytest

from soundly.core.continuing import Repaired
from soundly.core.errors import SolverError, UsageError
from soundly.core.events import SolverEnded
from soundly.core.outcome import Status
from soundly.core.solver import SolverAsserted, SolverFound, SolverGaveUp
from soundly.engine import solve
from soundly.generators.scripted import Scripted
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.strategies.repair import repair
from soundly.testing import FakeFamily, FakeSolver
from soundly.testing.fake_family import CLAIM, PROBLEM, RIGHT, UNREADABLE

pytestmark = pytest.mark.anyio
BROKEN = "(pick-up a)\n(stack b a)\n(stack a b)"
STUCK = "(pick-up b)\n(stack b a)\n(stack a b)"
MENDED = FakeSolver(SolverFound("(stack a b)"))


class Keeps:
    """Gives its answers in turn and keeps the problems that it is asked."""

    name = "keeps"

    def __init__(self, *answers) -> None:
        self.answers = list(answers)
        self.problems = []

    async def solve(self, problem):
        self.problems.append(problem)
        return self.answers[len(self.problems) - 1]


def whose(outcome) -> list[Repaired]:
    return [record.event for record in outcome.trace if isinstance(record.event, Repaired)]


async def test_the_planner_goes_on_from_where_the_plan_breaks(run):
    """The steps before the first that cannot be taken stay, and the trace counts them."""
    outcome, _ = await run(partial(repair, planner=MENDED), [BROKEN])
    assert outcome.status is Status.SOLVED
    assert outcome.candidate.canonical.splitlines() == ["(pick-up a)", "(stack a b)"]
    (event,) = whose(outcome)
    assert (event.attempt, event.keep) == (2, "prefix")
    assert (event.kept, event.offered, event.added) == (1, 3, 1)
    assert (event.solver, event.part) == ("fake-solver", "repair")


async def test_the_planner_is_asked_about_the_state_that_was_reached(run):
    """Its problem has the same goal, and begins with a block in the hand."""
    planner = Keeps(SolverFound("(stack a b)"))
    outcome, _ = await run(partial(repair, planner=planner), [BROKEN])
    (problem,) = planner.problems
    assert "(holding a)" in problem.statement["problem"]
    assert "(:goal (on a b))" in problem.statement["problem"]
    assert problem.statement["domain"] == PROBLEM.statement["domain"]
    (ended,) = [r.event for r in outcome.trace if isinstance(r.event, SolverEnded)]
    assert ended.solver == "keeps on the rest after step 1"


async def test_later_steps_are_kept_as_soon_as_they_can_be_taken(run):
    """What could not be taken in its place is left out, and here nothing is left to plan."""
    planner = Keeps()
    outcome, _ = await run(partial(repair, keep="applicable", planner=planner), [BROKEN])
    assert outcome.status is Status.SOLVED
    (event,) = whose(outcome)
    assert (event.kept, event.offered, event.added) == (2, 3, 0)
    assert planner.problems == []


async def test_nothing_is_kept_behind_the_goal(run):
    """A plan that reaches the goal and then leaves it ends where it was right."""
    planner = Keeps()
    outcome, _ = await run(partial(repair, planner=planner), [f"{RIGHT}\n(unstack a b)"])
    assert outcome.status is Status.SOLVED
    assert (whose(outcome)[0].kept, whose(outcome)[0].added) == (2, 0)


async def test_where_there_is_no_way_on_half_of_the_steps_are_given_up(run):
    """Two steps, one step, none: a beginning that leads nowhere does not cost the answer."""
    gave_up, none = SolverGaveUp("no time"), SolverAsserted("a dead end")
    planner = Keeps(none, gave_up, SolverFound(RIGHT))
    outcome, _ = await run(partial(repair, planner=planner), [STUCK])
    assert outcome.status is Status.SOLVED
    assert len(planner.problems) == 3
    assert (whose(outcome)[0].kept, whose(outcome)[0].added) == (0, 2)


async def test_a_dead_end_is_no_word_about_the_problem_itself(run):
    """A planner that finds nothing from anywhere asserts nothing of what was asked."""
    planner = FakeSolver(SolverAsserted("a dead end"))
    outcome, _ = await run(partial(repair, planner=planner), [STUCK])
    assert outcome.status is Status.UNSOLVED
    assert outcome.asserted is None
    assert outcome.reason.endswith("could not repair it")
    assert outcome.candidate.canonical == STUCK
    assert whose(outcome) == []


async def test_a_right_answer_is_left_alone(run):
    """No planner is asked, and no share is counted."""
    planner = Keeps()
    outcome, _ = await run(partial(repair, planner=planner), [RIGHT])
    assert outcome.status is Status.SOLVED
    assert (planner.problems, whose(outcome)) == ([], [])


@pytest.mark.parametrize("text", [UNREADABLE, CLAIM])
async def test_what_holds_no_step_is_not_repaired(run, text):
    """Planning from scratch is the planner's own stage, and a cascade still reaches it."""
    planner = Keeps()
    alone, _ = await run(partial(repair, planner=planner), [text])
    assert alone.status is Status.UNSOLVED
    assert planner.problems == []
    stages = (
        partial(repair, planner=planner),
        partial(consult, solver=FakeSolver(SolverFound(RIGHT))),
    )
    outcome, _ = await run(partial(cascade, stages=stages), [text])
    assert outcome.status is Status.SOLVED


async def test_a_repair_that_is_wrong_is_rejected_like_any_answer(run):
    """The planner is believed no more than the model."""
    outcome, _ = await run(
        partial(repair, planner=FakeSolver(SolverFound("(put-down a)"))), [BROKEN]
    )
    assert outcome.status is Status.UNSOLVED
    assert whose(outcome)[0].added == 1


async def test_a_planner_that_answers_in_prose_is_broken(run):
    """What is no plan is no repair that failed."""
    with pytest.raises(SolverError, match="what continues the plan is no plan"):
        await run(partial(repair, planner=FakeSolver(SolverFound("first a, then b"))), [BROKEN])


async def test_a_family_without_steps_is_refused_before_the_model_is_asked():
    """Nothing is paid for what cannot be done."""

    class Stepless(FakeFamily):
        rest = None

    model = Scripted([RIGHT])
    with pytest.raises(UsageError, match="has no steps; wanted a planning problem"):
        await solve(PROBLEM, family=Stepless(), strategy=repair, generator=model)
    assert model.requests == ()


async def test_a_rule_that_nobody_knows_is_the_callers(run):
    """The message names those that there are."""
    with pytest.raises(UsageError, match="keep is 'all', wanted prefix or applicable"):
        await run(partial(repair, keep="all"), [RIGHT])


async def test_without_another_planner_it_is_kairos(run):
    """In a process of its own, for as long as is said."""
    outcome, _ = await run(partial(repair, max_seconds=20.0), [BROKEN])
    assert outcome.status is Status.SOLVED
    assert whose(outcome)[0].solver == "kairos"
    with pytest.raises(UsageError, match="repair: max_seconds is 0"):
        await run(partial(repair, max_seconds=0.0), [BROKEN])
