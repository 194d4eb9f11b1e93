"""Families by name, made once."""

from dataclasses import replace

import pytest

from soundly.config import registry
from soundly.config.families import draw, draw_unsolvable, make_family
from soundly.core.errors import UnknownNameError, UsageError
from soundly.core.family import Draws, DrawsUnsolvable


def test_a_family_is_made_once():
    """Parsed problems are kept with it."""
    assert make_family("blocksworld") is make_family("blocksworld")


def test_a_family_that_draws_nothing_says_so():
    """Any PDDL at all has no instances of its own."""
    with pytest.raises(UsageError, match="'planning' draws no instances"):
        draw("planning", size=3, seed=1)


def test_an_unknown_family_gets_the_nearest():
    """The message proposes what was probably meant."""
    with pytest.raises(UnknownNameError, match="did you mean blocksworld"):
        draw("blocksword", size=3, seed=1)


def test_a_size_that_has_no_instance_is_refused():
    """One block has one state."""
    with pytest.raises(UsageError, match="size is 1"):
        draw("blocksworld", size=1, seed=1)


@pytest.mark.parametrize("name", registry.names("families"))
def test_a_size_of_a_hundred_million_is_refused_and_not_tried(name):
    """Every family has a largest size, also for instances without a solution."""
    family = make_family(name)
    for role, method in ((Draws, "draw"), (DrawsUnsolvable, "draw_unsolvable")):
        if isinstance(family, role):
            with pytest.raises(UsageError, match=r"99999999.* wanted "):
                getattr(family, method)(size=99_999_999, seed=1)


@pytest.mark.parametrize("name", ["coloring:three", "blocksworld:", "reasoning-gym:"])
def test_what_takes_nothing_behind_a_colon_says_so(name):
    """A family without data sets is named alone, and one with data sets wants a name."""
    with pytest.raises(UsageError, match="wanted"):
        make_family(name)


def test_an_unknown_family_with_a_colon_gets_the_nearest():
    """What stands before the colon is looked up."""
    with pytest.raises(UnknownNameError, match="did you mean reasoning-gym"):
        make_family("reasoning-gim:n_queens")


@pytest.mark.parametrize("drawing", [draw, draw_unsolvable])
def test_a_drawn_problem_says_at_which_size_and_its_digest_does_not(drawing):
    problem = drawing("blocksworld", size=4, seed=1)
    assert problem.size == 4
    assert problem.digest == replace(problem, size=None).digest
