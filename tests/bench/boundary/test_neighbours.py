"""Neighbours: of the same size, changed as little as their names say, and still solvable."""

from random import Random

import pytest

from soundly.bench.boundary.neighbours import NEIGHBOURS, GoalSwapped, Renamed
from soundly.config.face import run
from soundly.config.families import draw, make_family
from soundly.core.errors import UsageError
from soundly.families.planning.problems import task_of

WORLDS = ["blocksworld", "mystery-blocksworld", "logistics", "depots"]


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("seed", range(3))
def test_a_renamed_problem_is_the_same_problem_in_other_names(world, seed):
    problem = draw(world, size=4, seed=seed)
    renamed = Renamed().neighbour(problem, Random(seed))
    assert renamed.statement != problem.statement
    assert task_of(renamed).objects == task_of(problem).objects
    family = make_family(world)
    if world == "blocksworld":
        assert family.canonical_form(renamed) == family.canonical_form(problem)


@pytest.mark.parametrize("world", ["blocksworld", "mystery-blocksworld", "logistics"])
def test_a_swapped_goal_is_another_goal_from_the_same_state(world):
    for seed in range(5):
        problem = draw(world, size=4, seed=seed)
        swapped = GoalSwapped().neighbour(problem, Random(seed))
        if swapped is not None:
            text, other = problem.statement["problem"], swapped.statement["problem"]
            assert text.partition("(:goal")[0] == other.partition("(:goal")[0]
            assert task_of(swapped).goal != task_of(problem).goal


@pytest.mark.parametrize("kind", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_neighbours_can_be_solved_and_are_the_same_for_the_same_seed(kind):
    for seed in range(4):
        problem = draw("blocksworld", size=5, seed=seed)
        neighbour = kind.neighbour(problem, Random(seed))
        assert neighbour == kind.neighbour(problem, Random(seed))
        assert run(neighbour, strategy="blocksworld-towers").status.value == "solved"


def test_problems_that_are_no_pddl_have_no_neighbours_of_this_kind():
    with pytest.raises(UsageError, match="family coloring does not state its problems in PDDL"):
        Renamed().neighbour(draw("coloring", size=4, seed=0), Random(0))
