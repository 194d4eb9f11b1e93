"""Learnt moves in a session: a model that reads a notation is steered by words behind it."""

from functools import partial

import anyio.lowlevel
import pytest
import torch

from soundly.core.completion import Completion
from soundly.core.notation import PLAN, Statement
from soundly.core.outcome import Status
from soundly.core.spend import Quote
from soundly.engine import solve
from soundly.families.planning.blocksworld import blocksworld
from soundly.strategies.move_search import move_search
from soundly.training.moves.move import move_set
from soundly.training.moves.policy import MovePolicy, PolicyGuide, PolicyShape

pytestmark = pytest.mark.anyio
MOVES = move_set(instructions=("by-tables", "by-search"), strings=("~1 ~0",))


class Steered:
    """Knows the plan, and gives it only where the statement ends with this word."""

    name = "steered"
    notation = "blocksworld-1"

    def __init__(self, plan, word):
        self.read = []
        self._plan, self._word = plan, word

    def quote(self, request):
        return Quote(50, request.max_output_tokens)

    async def complete(self, request):
        await anyio.lowlevel.checkpoint()
        (message,) = request.messages
        statement = Statement.parse(message.content)
        self.read.append(statement.words)
        plan = self._plan if statement.words[-1] == self._word else self._plan[3:]
        return Completion(statement.spelt((PLAN, *plan)), self.name)


def preferring(place):
    """A policy that has come to prefer one move for every prompt."""
    policy = MovePolicy(MOVES, PolicyShape(16, 1, 2, 61, 32), seed=0)
    with torch.no_grad():
        policy.prior_head.bias[place] = 3.0
        policy.value_head.bias[place] = 3.0
    return PolicyGuide(policy)


@pytest.mark.parametrize(("preferred", "most_calls"), [(1, 1), (2, 8)])
async def test_a_policy_steers_a_word_model_to_a_certified_plan(preferred, most_calls):
    """At once where it is right, and later where it is wrong: failures outvote it."""
    family = blocksworld()
    drawn = family.draw_solved(size=4, seed=5)
    model = Steered(family.notation.solution(drawn.problem, drawn.plan), "by-tables")
    outcome = await solve(
        drawn.problem,
        family=family,
        strategy=partial(move_search, guide=preferring(preferred), rollouts=8),
        generator=model,
        seed=0,
    )
    assert outcome.status is Status.SOLVED
    assert outcome.certificate is not None
    assert 1 <= len(model.read) <= most_calls
    assert model.read[-1][-1] == "by-tables"
    assert model.read[-1][:-1] == family.notation.state(drawn.problem).words
