"""Routes for programs: what can be run here, and what is then run."""

from __future__ import annotations

import pytest

import soundly
from soundly.config.families import draw
from soundly.config.routing import route_problem
from soundly.core.errors import UsageError
from soundly.core.events import RouteChosen
from soundly.generators.scripted import Scripted
from soundly.store import Store


@pytest.fixture
def learned(tmp_path):
    """A store in which a solver solved 25 problems, and two models none."""
    path = tmp_path / "store.sqlite3"
    script = tmp_path / "replies.jsonl"
    script.write_text('"no"\n')
    with Store.open(path) as store:
        for seed in range(25):
            problem = draw("blocksworld", size=3, seed=seed)
            soundly.run(problem, strategy="blocksworld-towers", sinks=[store])
            for model in (Scripted(["no"], cycle=True), f"scripted:{script}"):
                soundly.run(problem, strategy="single", model=model, sinks=[store])
    return path


def ruled_out(path, **asked):
    route = soundly.Route(coverage=0.5, store=path)
    chosen = route_problem(draw("blocksworld", size=3, seed=99), route, **asked).chosen
    return {(each.model, each.strategy): each.ruled_out for each in chosen.considered}


def test_a_program_gets_the_route_too(learned):
    problem = draw("blocksworld", size=3, seed=99)
    outcome = soundly.run(problem, route=soundly.Route(coverage=0.5, store=learned))
    assert outcome.found_by == "blocksworld-towers"
    assert outcome.spend.calls == 0
    (route,) = [r.event for r in outcome.trace if isinstance(r.event, RouteChosen)]
    assert route.unit == "tokens"


def test_a_model_that_cannot_be_opened_by_its_name_is_ruled_out(learned, tmp_path):
    found = ruled_out(learned)
    assert found[None, "blocksworld-towers"] is None
    assert "there is no file" in found["scripted", "single"]
    assert "is less than 50%" in found[f"scripted:{tmp_path}/replies.jsonl", "single"]
    (tmp_path / "replies.jsonl").unlink()
    assert "there is no file" in ruled_out(learned)[f"scripted:{tmp_path}/replies.jsonl", "single"]


def test_with_a_model_of_ones_own_the_others_are_ruled_out(learned, tmp_path):
    found = ruled_out(learned, named="scripted")
    assert found[f"scripted:{tmp_path}/replies.jsonl", "single"] == "another model than scripted"
    assert "is less than 50%" in found["scripted", "single"]
    assert found[None, "blocksworld-towers"] is None


def test_a_strategy_beside_a_route_is_refused(learned):
    problem = draw("blocksworld", size=3, seed=99)
    with pytest.raises(UsageError, match="chooses the strategy, and refine is given"):
        soundly.run(problem, strategy="refine", route=soundly.Route(store=learned))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"coverage": 1.0}, "coverage is 1, wanted a number between 0 and 1"),
        ({"confidence": 0.0}, "confidence is 0"),
        ({"prefer": "euros"}, "prefer is 'euros', wanted dollars, tokens or seconds"),
        ({"least_sessions": 0}, "least_sessions is 0"),
    ],
)
def test_a_route_that_cannot_be_asked_for_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        soundly.Route(**wrong)


def test_a_solver_that_is_given_as_a_function_needs_no_model():
    """A default model would be loaded for nothing, or be missing."""
    from soundly.config.strategies import parse_strategy

    problem = draw("blocksworld", size=3, seed=1)
    outcome = soundly.run(problem, strategy=parse_strategy("blocksworld-towers"))
    assert outcome.trace[0].event.model is None
