"""Cascades of arms: learned on one half, believed on the other."""

from dataclasses import replace
from random import Random

from soundly.routing.evidence import arms
from soundly.routing.paired import learned_cascade
from soundly.statistics.intervals import Proportion

from .conftest import Known, drawn, routed

HALVES = {
    "single": Known(lambda _: 0.7, tokens=10, strategy="single"),
    "refine": Known(lambda _: 0.97, tokens=1000, strategy="refine"),
}


def one_model(sessions, name="m"):
    """The same sessions, all of one model."""
    return [replace(each, model=name) for each in sessions]


def test_a_cheap_stage_before_a_dear_one_is_chosen_where_it_is_cheaper(rng):
    sessions = one_model(drawn(HALVES, {5: 400}, rng))
    route = routed(sessions, coverage=0.95)
    assert (route.model, route.strategy) == ("m", "single+refine")
    chosen = next(each for each in route.considered if each.strategy == "single+refine")
    assert chosen.sessions < 300
    assert 250 < chosen.cost < 500


def test_a_cascade_is_measured_on_problems_that_it_was_not_learned_on(rng):
    known = arms(one_model(drawn(HALVES, {5: 300}, rng)))
    learned = learned_cascade(known, size=5, coverage=0.95, unit="tokens", least=20)
    assert learned.learned_on + len(learned.arm.trials) == 300
    assert learned.strategy == "single+refine"


def test_arms_that_met_no_problem_together_make_no_cascade(rng):
    sessions = [
        *one_model(drawn({"single": HALVES["single"]}, {5: 200}, rng)),
        *one_model(drawn({"refine": HALVES["refine"]}, {5: 200}, rng)),
    ]
    route = routed(sessions, coverage=0.9)
    assert {each.strategy for each in route.considered} == {"single", "refine"}


def test_stages_of_two_models_are_not_joined(rng):
    """A session has one model."""
    route = routed(drawn(HALVES, {5: 400}, rng), coverage=0.95)
    assert "single+refine" not in {each.strategy for each in route.considered}


def test_a_cascade_that_covers_too_little_is_as_rarely_chosen_as_was_promised():
    """Three stages of 0.6 cover 0.936 together, so each choice is a wrong one."""
    rng, replications, wrong = Random(2), 120, 0
    models = {name: Known(lambda _: 0.6, strategy=name) for name in ("single", "refine", "vote")}
    for _ in range(replications):
        sessions = one_model(drawn(models, {5: 200}, rng))
        route = routed(sessions, coverage=0.95, confidence=0.9)
        wrong += not route.fell_back
    assert Proportion(wrong, replications).at_least(0.99) <= 0.1
