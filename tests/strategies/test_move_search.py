"""Search over what is added to a prompt: each rollout is one call, and the critic ends it."""

from functools import partial

import anyio.lowlevel
import pytest

from soundly.core.completion import Completion
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.outcome import Status
from soundly.core.spend import Budget, Quote
from soundly.engine.describe import describe
from soundly.strategies.move_search import move_search
from soundly.strategies.moves import ANSWER, INSTRUCTIONS, Move
from soundly.testing.fake_family import RIGHT, WRONG

pytestmark = pytest.mark.anyio
MOVES = (ANSWER, *(Move(f"m{i}", f"Move {i}.") for i in range(7)))


class Swayed:
    """Answers rightly only where a prompt ends with these words."""

    name = "swayed"

    def __init__(self, words):
        self.requests = []
        self._words = words

    def quote(self, request):
        return Quote(10, request.max_output_tokens)

    async def complete(self, request):
        await anyio.lowlevel.checkpoint()
        self.requests.append(request)
        right = request.messages[-1].content.endswith(self._words)
        return Completion(RIGHT if right else WRONG[0], self.name)


class Knows:
    """A guide that is sure of one move."""

    moves = MOVES

    def __init__(self, sure):
        self._sure = sure

    def __str__(self):
        return "knows"

    def prior(self, prompt, taken):
        return [float(place == self._sure) for place in range(len(MOVES))]

    value = prior


async def test_a_move_that_helps_is_found(run):
    """Every single move is tried before any is tried again."""
    strategy = partial(move_search, moves=MOVES, rollouts=len(MOVES))
    outcome, model = await run(strategy, generator=Swayed("\n\nMove 5."))
    assert outcome.status is Status.SOLVED
    assert len({r.messages[-1].content for r in model.requests}) == len(model.requests)


async def test_a_guide_that_knows_needs_one_call(run):
    """Policy and Q say where to begin."""
    outcome, model = await run(partial(move_search, guide=Knows(5)), generator=Swayed("Move 4."))
    assert outcome.status is Status.SOLVED
    assert len(model.requests) == 1


async def test_a_guide_that_errs_costs_calls_and_no_wrong_answer(run):
    """What it believes is no verdict."""
    strategy = partial(move_search, guide=Knows(2), rollouts=3)
    outcome, _ = await run(strategy, [WRONG[0], WRONG[1], WRONG[2]])
    assert outcome.status is Status.UNSOLVED


async def test_two_moves_are_joined_in_a_deeper_search(run):
    """Behind each other, as they were chosen."""
    strategy = partial(move_search, moves=MOVES[:3], depth=2, rollouts=60)
    outcome, _ = await run(strategy, generator=Swayed("\n\nMove 1. Move 0."))
    assert outcome.status is Status.SOLVED


@pytest.mark.parametrize("rollouts", [1, 4])
async def test_no_more_rollouts_than_asked_for(run, rollouts):
    """Each is one call with a seed of its own."""
    outcome, model = await run(partial(move_search, rollouts=rollouts), [WRONG[0]] * 9)
    assert outcome.status is Status.UNSOLVED
    assert len({request.seed for request in model.requests}) == rollouts == len(model.requests)


async def test_the_session_decides_what_is_tried(run):
    """One seed, one order of moves; another seed, another order."""
    orders = []
    for seed in (1, 1, 2):
        _, model = await run(move_search, [WRONG[0]] * 8, seed=seed)
        orders.append([request.messages[-1].content for request in model.requests])
    assert orders[0] == orders[1] != orders[2]
    assert len(set(orders[0])) == len(INSTRUCTIONS)


async def test_the_budget_stops_it(run):
    """What is not afforded is not asked."""
    outcome, model = await run(move_search, [WRONG[0]] * 9, budget=Budget(calls=2))
    assert outcome.status is Status.EXHAUSTED
    assert len(model.requests) == 2


async def test_a_model_that_breaks_ends_it(run):
    """A rollout without an answer is no failed one."""
    with pytest.raises(GeneratorError, match="gone"):
        await run(move_search, [WRONG[0], GeneratorError("gone")])


def test_a_trace_says_which_guide():
    """As it spells itself."""
    assert describe(partial(move_search, guide=Knows(1), depth=2)) == (
        "move-search:guide=knows,depth=2"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rollouts": 0}, "rollouts is 0"),
        ({"depth": 0}, "move-search: depth is 0"),
        ({"trust": -1.0}, "move-search: trust is"),
        ({"moves": ()}, "0 moves have no words"),
    ],
)
async def test_options_that_cannot_be_used_are_the_callers(run, options, message):
    """Not a failure of the strategy, and nothing is asked."""
    with pytest.raises(UsageError, match=message):
        await run(partial(move_search, **options))
