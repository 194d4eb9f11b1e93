"""A routed strategy tells its route, and is otherwise the strategy that was chosen."""

import json
from functools import partial

import pytest

from soundly.core.codec import record_from_json, record_to_json
from soundly.core.outcome import Status
from soundly.core.routing import Considered, RouteChosen
from soundly.engine.describe import describe
from soundly.strategies.cascade import cascade
from soundly.strategies.refine import refine
from soundly.strategies.routed import routed
from soundly.strategies.single import single
from soundly.testing.fake_family import RIGHT, WRONG

CHEAP = Considered("scripted", "refine", "5 to 7", 60, 60, 0.951, 12.0, None)
DEAR = Considered(None, "kairos", "5", 60, 50, 0.7, 99.0, "at least 70.0% is less than 95%")
ROUTE = RouteChosen(
    "blocksworld",
    5,
    0.95,
    0.95,
    "tokens",
    "scripted",
    "refine",
    fell_back=False,
    reason="it is the cheapest that covers enough",
    considered=(CHEAP, DEAR),
)


@pytest.mark.anyio
async def test_the_route_stands_in_the_trace_and_is_read_back(run):
    outcome, _ = await run(partial(routed, chosen=refine, route=ROUTE), [WRONG[0], RIGHT])
    assert outcome.status is Status.SOLVED
    noted = [record for record in outcome.trace if isinstance(record.event, RouteChosen)]
    assert [record.sequence for record in noted] == [1]
    line = json.dumps(record_to_json(noted[0]))
    assert record_from_json(json.loads(line)).event == noted[0].event
    assert noted[0].event.considered == (CHEAP, DEAR)


@pytest.mark.anyio
async def test_a_routed_session_is_further_evidence_for_what_was_chosen(run):
    """Its strategy is the chosen one's, so the store counts it there."""
    for chosen in (single, partial(cascade, stages=(single, partial(refine, rounds=3)))):
        strategy = partial(routed, chosen=chosen, route=ROUTE)
        assert describe(strategy) == describe(chosen)
        outcome, _ = await run(strategy, [RIGHT])
        assert outcome.trace[0].event.strategy == describe(chosen)


def test_a_choice_that_is_not_among_the_fit_candidates_is_refused():
    with pytest.raises(ValueError, match="is not among the candidates"):
        RouteChosen(
            "blocksworld", 5, 0.95, 0.95, "tokens", None, "kairos", False, "why not", (CHEAP, DEAR)
        )


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_is_a_number_from_0_to_1(share):
    with pytest.raises(ValueError, match="wanted a number from 0 to 1"):
        RouteChosen("f", 5, share, 0.9, "tokens", None, "kairos", True, "why", ())
    with pytest.raises(ValueError, match="wanted a number from 0 to 1"):
        Considered(None, "kairos", "5", 3, 2, share, 1.0, None)


def test_more_sessions_covered_than_there_are_is_refused():
    with pytest.raises(ValueError, match="4 of 3"):
        Considered(None, "kairos", "5", 3, 4, 0.5, 1.0, None)


@pytest.mark.parametrize("cost", [-1.0, float("inf"), float("nan")])
def test_a_cost_is_an_amount(cost):
    with pytest.raises(ValueError, match="cost is"):
        Considered(None, "kairos", "5", 3, 2, 0.5, cost, None)
