"""The line from general to special, and its front."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.spend import Spend
from soundly.routing.evidence import arms
from soundly.routing.kinds import Kind, kind_of
from soundly.routing.line import line

from .conftest import session

SOLVERS = ("kairos", "h2")


@pytest.mark.parametrize(
    ("model", "strategy", "reasoning", "kind"),
    [
        ("m", "single", 7, Kind.REASONING_MODEL),
        ("m", "single:temperature=0.5", 0, Kind.MODEL),
        ("m", "refine:rounds=3", 7, Kind.MODEL_AND_CRITIC),
        ("m", "single+refine", 0, Kind.MODEL_AND_CRITIC),
        ("m", "formalise", 0, Kind.FORMALISER),
        ("m", "formalise+kairos", 0, Kind.FORMALISER),
        ("m", "refine+kairos+h2", 0, Kind.MODEL_THEN_SOLVER),
        (None, "kairos+h2", 0, Kind.SOLVER),
        ("m", "kairos:seconds=3", 0, Kind.SOLVER),
    ],
)
def test_a_kind_is_told_by_what_the_strategy_leaves_to_the_model(model, strategy, reasoning, kind):
    spend = Spend(1, 10, 10, reasoning_tokens=reasoning)
    (arm,) = arms([session(model, strategy, spend=spend)])
    assert kind_of(arm, solvers=SOLVERS) is kind


def test_stations_go_from_general_to_special_and_by_their_cost():
    sessions = [
        session("m", "single", problem="a", spend=Spend(1, 9, 0), number=1),
        session(None, "kairos", problem="a", spend=Spend(), number=2),
        session("m", "refine", problem="a", spend=Spend(1, 5, 0), number=3),
        session("m", "best-of", problem="a", spend=Spend(1, 3, 0), number=4),
    ]
    found = line("blocksworld", sessions, solvers=SOLVERS)
    assert found.unit == "tokens"
    assert [each.strategy for each in found.stations] == ["single", "best-of", "refine", "kairos"]


def test_one_that_is_covered_pays_for_those_that_are_not():
    sessions = [
        session("m", problem="a", spend=Spend(1, 30, 0, dollars=0.5, seconds=2.0), number=1),
        session("m", problem="b", status="unsolved", spend=Spend(1, 10, 0, dollars=0.1), number=2),
        session("m", problem="c", status="broken", spend=Spend(1, 99, 0, dollars=9.0), number=3),
    ]
    (station,) = line("blocksworld", sessions, solvers=SOLVERS).stations
    assert (station.cost.dollars, station.cost.tokens, station.cost.seconds) == (0.6, 40.0, 2.0)
    assert (station.coverage.count, station.coverage.of, station.without_end) == (1, 2, 1)


def test_a_price_that_is_not_known_is_no_cost_of_zero():
    sessions = [
        session("m", problem="a", unpriced_calls=1, number=1),
        session("m", problem="b", spend=Spend(1, 30, 0, dollars=0.5), number=2),
    ]
    found = line("blocksworld", sessions, solvers=SOLVERS)
    assert found.unit == "tokens"
    assert found.stations[0].cost.dollars is None
    assert line("blocksworld", sessions, solvers=SOLVERS, unit="dollars").front == ()


def test_only_the_sizes_asked_for_are_on_the_line():
    sessions = [
        session("m", problem=str(size), size=size, number=size or 0) for size in (3, 5, 9, None)
    ]
    found = line("blocksworld", sessions, solvers=SOLVERS, sizes=(3, 5))
    assert (found.stations[0].coverage.of, found.sizes) == (2, "3 to 5")
    assert line("blocksworld", sessions, solvers=SOLVERS).stations[0].coverage.of == 4
    assert line("blocksworld", sessions, solvers=SOLVERS, sizes=(6, 7)).stations == ()


def test_a_guarantee_is_what_every_session_had():
    one = replace(session("m", problem="a", number=1), guarantee=("sound", "complete"))
    other = replace(session("m", problem="b", number=2), guarantee=("complete",))
    (station,) = line("blocksworld", [one, other], solvers=SOLVERS).stations
    assert station.guarantee == ("complete",)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.booleans(), st.integers(0, 3)),
        min_size=1,
        max_size=30,
    )
)
def test_what_is_on_the_front_is_beaten_by_none_and_all_others_by_one_on_it(found):
    sessions = [
        session(
            model,
            problem=str(number),
            status="solved" if covered else "unsolved",
            spend=Spend(1, tokens, 0),
            number=number,
        )
        for number, (model, covered, tokens) in enumerate(found)
    ]
    drawn = line("blocksworld", sessions, solvers=SOLVERS, unit="tokens")

    def point(each):
        return each.cost.tokens, each.coverage.count / each.coverage.of

    def beats(one, other):
        (cost, share), (other_cost, other_share) = point(one), point(other)
        return cost <= other_cost and share >= other_share and point(one) != point(other)

    priced = [each for each in drawn.stations if each.cost is not None]
    for each in priced:
        beaten = [other for other in priced if beats(other, each)]
        assert each.on_front == (not beaten)
        assert each.on_front or any(other.on_front for other in beaten)
    assert not any(each.on_front for each in drawn.stations if each.cost is None)
    assert list(drawn.front) == sorted(drawn.front, key=lambda each: each.cost.tokens)
