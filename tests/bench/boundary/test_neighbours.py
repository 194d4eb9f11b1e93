"""Neighbours: of the same size, changed as little as their names say, and still solvable."""

from itertools import product
from random import Random

import pytest

from soundly.bench.boundary.edits import NumberChanged, WordExchanged
from soundly.bench.boundary.neighbours import NEIGHBOURS, GoalSwapped, Renamed
from soundly.config.face import run
from soundly.config.families import draw, make_family
from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.families.arithmetic.exhaustion import search
from soundly.families.arithmetic.statement import Task
from soundly.families.arithmetic.statement import task_of as task_of_numbers
from soundly.families.planning.problems import task_of
from soundly.families.symbolic.words import WORDS

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


OF_KIND = [
    ("renamed", "blocksworld", "blocksworld-towers"),
    ("goal-swapped", "blocksworld", "blocksworld-towers"),
    ("number-changed", "countdown", "arithmetic-exhaustion"),
    ("number-changed", "game24", "arithmetic-exhaustion"),
]


@pytest.mark.parametrize(("name", "family", "solver"), OF_KIND)
def test_neighbours_are_others_that_can_be_solved_and_the_same_for_the_same_seed(
    name, family, solver
):
    kind = NEIGHBOURS[name]
    for seed in range(4):
        problem = draw(family, size=4, seed=seed)
        neighbour = kind.neighbour(problem, Random(seed))
        assert neighbour == kind.neighbour(problem, Random(seed)) != problem
        if neighbour is not None:
            assert run(neighbour, strategy=solver).status.value == "solved"


@pytest.mark.parametrize("family", ["last-letters", "vowel-letters", "foom-letters"])
def test_letters_can_be_taken_of_an_exchanged_word_too(family):
    for seed in range(20):
        problem = draw(family, size=4, seed=seed)
        neighbour = WordExchanged().neighbour(problem, Random(seed))
        assert neighbour == WordExchanged().neighbour(problem, Random(seed))
        assert len(make_family(family).puzzle(neighbour).answer) == 4


@pytest.mark.parametrize("family", ["countdown", "game24"])
def test_one_number_is_changed_by_as_little_as_leaves_the_target_within_reach(family):
    for seed in range(20):
        problem = draw(family, size=3, seed=seed)
        changed = NumberChanged().neighbour(problem, Random(seed))
        if changed is not None:
            old, new = task_of_numbers(problem), task_of_numbers(changed)
            step = sum(abs(a - b) for a, b in zip(old.numbers, new.numbers, strict=True))
            assert sum(a != b for a, b in zip(old.numbers, new.numbers, strict=True)) == 1
            assert (old.target, old.use) == (new.target, new.use)
            assert within_reach(old, step)
            assert not any(within_reach(old, smaller) for smaller in range(1, step))


def within_reach(task, step):
    """Whether a number can be changed by so much."""
    changed: list[tuple[int, ...]] = []
    for at, change in product(range(len(task.numbers)), (-step, step)):
        changed.append((*task.numbers[:at], task.numbers[at] + change, *task.numbers[at + 1 :]))
    return any(
        not isinstance(search(Task(numbers, task.target, task.use)), dict)
        for numbers in changed
        if min(numbers) > 0 and (task.use == "all" or task.target not in numbers)
    )


def test_numbers_of_which_no_change_makes_the_target_have_no_neighbour():
    alone = Task((7,), 7, "all").problem("game24", "alone")
    assert NumberChanged().neighbour(alone, Random(0)) is None


def test_a_number_is_not_changed_into_the_target_where_naming_it_would_be_enough():
    pair = Task((5, 2), 7, "any").problem("countdown", "pair")
    assert NumberChanged().neighbour(pair, Random(0)).statement["numbers"] == "9 2"


def test_one_word_is_exchanged_for_one_that_is_not_there():
    for seed in range(20):
        problem = draw("last-letters", size=5, seed=seed)
        old = problem.statement["words"].split(" ")
        new = WordExchanged().neighbour(problem, Random(seed)).statement["words"].split(" ")
        changed = [a for a, b in zip(new, old, strict=True) if a != b]
        assert len(changed) == 1
        assert changed[0] not in old


def test_where_all_common_words_are_there_none_can_be_exchanged():
    everything = {"words": " ".join(WORDS), "take": "last letter"}
    assert WordExchanged().neighbour(Problem("last-letters", "all", everything), Random(0)) is None


@pytest.mark.parametrize("kind", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_problems_in_another_form_are_refused(kind):
    with pytest.raises(UsageError, match="family coloring does not"):
        kind.neighbour(draw("coloring", size=4, seed=0), Random(0))
