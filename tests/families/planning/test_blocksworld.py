"""Blocksworld: uniform states, the same instance from the same seed, plans that are valid."""

from collections import Counter
from itertools import permutations
from random import Random

import pytest

from soundly.core.errors import UsageError
from soundly.core.family import Draws, PromptStyle
from soundly.families.planning.blocksworld import (
    Blocksworld,
    blocksworld,
    draw_blocksworld,
    random_towers,
)
from soundly.families.planning.problems import task_of, validator_of

FAMILY = blocksworld()


def every_state(blocks):
    """All ways to put blocks into towers, by brute force over cut permutations."""
    states = set()
    for order in permutations(blocks):
        for cuts in range(2 ** (len(order) - 1)):
            towers, tower = [], []
            for place, block in enumerate(order):
                tower.append(block)
                if cuts >> place & 1 or place == len(order) - 1:
                    towers.append(tuple(tower))
                    tower = []
            states.add(frozenset(towers))
    return states


@pytest.mark.parametrize(("blocks", "count"), [("ab", 3), ("abc", 13), ("abcd", 73)])
def test_every_state_is_drawn_equally_often(blocks, count):
    states = every_state(blocks)
    assert len(states) == count
    random, draws = Random(7), 400 * count
    drawn = Counter(frozenset(random_towers(blocks, random)) for _ in range(draws))
    assert set(drawn) == states
    chi_squared = sum((drawn[state] - 400) ** 2 / 400 for state in states)
    assert chi_squared < count + 5 * (2 * count) ** 0.5


def test_the_same_seed_draws_the_same_instance_and_another_seed_another():
    problems = [draw_blocksworld(size=5, seed=seed) for seed in (1, 1, 2)]
    assert problems[0] == problems[1]
    assert problems[0].statement != problems[2].statement


def test_the_draw_of_a_seed_never_changes():
    assert (
        "(:goal (and (on a c) (on b d) (on-table c) (on-table d)))"
        in (draw_blocksworld(size=4, seed=1).statement["problem"])
    )


@pytest.mark.parametrize("size", [2, 3, 26, 27, 60])
def test_an_instance_is_not_solved_at_the_start(size):
    for seed in range(20 if size < 10 else 3):
        problem = FAMILY.draw(size=size, seed=seed)
        assert len(task_of(problem).objects) == size
        assert validator_of(problem).check(()).rejected


@pytest.mark.parametrize("size", [1, 0, -3])
def test_fewer_than_two_blocks_are_refused(size):
    with pytest.raises(UsageError, match="wanted 2 to 200 blocks"):
        FAMILY.draw(size=size, seed=0)


def test_the_example_plan_of_any_instance_is_valid():
    random = Random(3)
    for _ in range(200):
        blocks = "abcdefg"[: random.randint(2, 7)]
        instance = Blocksworld(random_towers(blocks, random), random_towers(blocks, random))
        assert validator_of(instance.problem("drawn")).check(instance.plan()).accepted


def test_start_and_goal_must_be_about_the_same_blocks():
    with pytest.raises(ValueError, match="same blocks"):
        Blocksworld((("a",),), (("b",),))
    with pytest.raises(ValueError, match="two places"):
        Blocksworld((("a", "a"),), (("a", "a"),))


def test_the_worked_example_is_never_the_problem_that_is_asked():
    for seed in range(30):
        problem = FAMILY.draw(size=3, seed=seed)
        examples = FAMILY.planning.examples(problem, 2)
        assert len(examples) == 2
        for example in examples:
            assert task_of(example.problem).init != task_of(problem).init
            assert validator_of(example.problem).check(example.plan).accepted


def test_it_draws_and_its_problems_carry_its_name():
    assert isinstance(FAMILY, Draws)
    assert FAMILY.draw(size=3, seed=0).family == FAMILY.name
    assert FAMILY.render(FAMILY.draw(size=3, seed=0), PromptStyle())
