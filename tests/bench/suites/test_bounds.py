"""What a session can cost at most, compared with what sessions do cost at worst."""

from __future__ import annotations

import anyio
import pytest

from soundly.bench.suites.bounds import Bound, bound_of
from soundly.config.families import draw, make_family
from soundly.config.strategies import parse_strategy
from soundly.core.spend import Quote, Usage
from soundly.engine import solve
from soundly.generators.scripted import Scripted

FAMILY = make_family("blocksworld")
PROBLEM = draw("blocksworld", size=3, seed=0)


class Dear(Scripted):
    """Never says anything that can be read, and uses all that it may."""

    def __init__(self):
        super().__init__(["…"], cycle=True, usage=Usage(10, 20))

    def quote(self, request):
        return Quote(10, 20, 0.5)


def bound(text, model=None):
    return bound_of(parse_strategy(text, FAMILY), model or Dear(), FAMILY, PROBLEM)


@pytest.mark.parametrize(
    "text",
    ["single", "best-of:n=3", "vote:n=5", "adaptive-vote:n=6", "adaptive-best-of:n=7", "kairos"],
)
def test_no_session_of_a_sampler_passes_its_bound(text):
    most = bound(text)
    strategy = parse_strategy(text, FAMILY)
    outcome = anyio.run(lambda: solve(PROBLEM, family=FAMILY, strategy=strategy, generator=Dear()))
    assert outcome.spend.calls <= most.calls
    assert outcome.spend.tokens <= most.tokens
    assert most == Bound(most.calls, 30 * most.calls, 0.5 * most.calls)


@pytest.mark.parametrize(("text", "calls"), [("refine:rounds=3", 3), ("refine", 5)])
def test_a_loop_is_known_in_calls_and_not_in_tokens(text, calls):
    assert bound(text) == Bound(calls, None, None)


def test_a_loop_of_one_round_is_known():
    assert bound("refine:rounds=1") == Bound(1, 30, 0.5)


@pytest.mark.parametrize(
    "text", ["tree-of-thoughts", "refine:rounds=3,reformulations=2", "single+tree-of-thoughts"]
)
def test_what_cannot_be_known_is_said_so(text):
    assert bound(text) == Bound(None, None, None)


def test_a_model_at_home_costs_no_dollars_however_often_it_is_asked():
    assert bound("tree-of-thoughts", Scripted(["…"])).dollars == 0


def test_stages_add_up_and_a_solver_costs_nothing():
    assert bound("single+best-of:n=2+kairos") == Bound(3, 90, 1.5)
