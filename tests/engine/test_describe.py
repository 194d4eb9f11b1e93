"""A strategy's description is what one would type to get it."""

from __future__ import annotations

from functools import partial

import pytest

from soundly.config import registry
from soundly.config.families import make_family
from soundly.config.strategies import parse_strategy
from soundly.core.errors import SoundlyError
from soundly.core.family import Solves
from soundly.critics.learned import LearnedCritic
from soundly.engine.describe import describe
from soundly.families.jobshop.solver import JobShopSolver
from soundly.solvers.cpsat import CpSat
from soundly.strategies.consult import consult
from soundly.strategies.refine import refine
from soundly.strategies.self_critique import self_critique
from soundly.testing import FakeCritic


@pytest.mark.parametrize(
    "text",
    [
        "single",
        "best-of:n=3",
        "move-search:rollouts=4,depth=2,exploration=2.0,temperature=0.5",
        "refine:rounds=3,history=all,temperature=0.5,max_output_tokens=200",
        "refine:language=formal,examples=0",
        "refine:history=summarised,feedback=first,controller=round-robin,repeats=2",
        "refine:self_critic=true,judge_tokens=99,temperature_step=0.1,temperature=0.2",
        "self-critique:rounds=3,judge_at_once=true",
        "kairos:max_seconds=5.0",
        "refine+kairos+h2+closed-set",
        "refine:rounds=2+kairos+h2:max_pairs=7",
    ],
)
def test_description_is_the_text_that_made_it(text: str) -> None:
    """Parsing and describing are inverse."""
    assert describe(parse_strategy(text)) == text


def test_defaults_are_left_out() -> None:
    """An option that is written out with its default value does not clutter the trace."""
    assert describe(parse_strategy("refine:rounds=5,history=last")) == "refine"


def test_of_a_solver_that_a_family_brings_only_what_was_chosen_is_said() -> None:
    """What a solver is built from (its family, its search) is no option that one could type."""
    for name in registry.names("families"):
        try:
            family = make_family(name)
        except SoundlyError:
            continue  # an extra is not installed
        for solver in family.solvers if isinstance(family, Solves) else ():
            assert describe(partial(consult, solver=solver)) == solver.name


def test_an_option_inside_a_solver_is_said_by_its_own_name() -> None:
    """A bundle of options is told by what differs from its defaults."""
    solver = JobShopSolver(CpSat(max_seconds=5.0))
    assert describe(partial(consult, solver=solver)) == "job-shop-cp-sat:max_seconds=5.0"


def test_critics_among_the_options_are_said_by_their_names() -> None:
    """What they are made of would say nothing, and would differ from run to run."""
    critics = (FakeCritic(name="taste"), LearnedCritic(lambda problem, candidate: 1.0))
    assert describe(partial(refine, advisers=critics)) == "refine:advisers=taste|learned-verifier"
    assert describe(partial(self_critique, judge=critics[0])) == "self-critique:judge=taste"
