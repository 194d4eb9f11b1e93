"""PUCT over moves: prior and value say where to look, and what is brought back outvotes them."""

from collections import Counter
from random import Random

import pytest

from soundly.core.errors import StrategyError, UsageError
from soundly.strategies.move_tree import MoveTree, Puct
from soundly.strategies.moves import ANSWER, Move

MOVES = (ANSWER, Move("a", "aa"), Move("b", "bb"), Move("c", "cc"))


class Guide:
    """Says the same of every node."""

    def __init__(self, prior=(0.25,) * 4, value=(0.0,) * 4, moves=MOVES):
        self.moves, self._prior, self._value = moves, prior, value

    def prior(self, prompt, taken):
        return self._prior

    def value(self, prompt, taken):
        return self._value


def tree(guide=None, *, seed=0, **options):
    return MoveTree("p", MOVES, rng=Random(seed), puct=Puct(**options), guide=guide)


def played(searched, rollouts, worth=lambda moves: 0.0):
    found = []
    for _ in range(rollouts):
        moves = searched.choose()
        found.append(tuple(move.name for move in moves))
        searched.credit(worth(moves))
    return found


def test_without_a_guide_and_without_success_every_move_is_tried_alike():
    """Nothing is preferred that nothing speaks for."""
    assert set(Counter(played(tree(), 12)).values()) == {3}


@pytest.mark.parametrize("seed", range(5))
def test_the_seed_decides(seed):
    """Ties are broken by the random generator alone."""
    assert played(tree(seed=seed), 9) == played(tree(seed=seed), 9)


def test_seeds_differ():
    """Else the first move would always be the first in the list."""
    assert len({played(tree(seed=seed), 1)[0] for seed in range(30)}) == 4


def test_the_prior_decides_the_first_rollout():
    """Before anything was tried."""
    assert played(tree(Guide(prior=(0.1, 0.1, 0.7, 0.1))), 1) == [("b",)]


def test_value_decides_where_the_prior_is_even():
    """The guide's Q is the first guess."""
    assert played(tree(Guide(value=(0.2, 0.1, 0.3, 0.9))), 1) == [("c",)]


def test_failures_outvote_a_wrong_guide():
    """A move that the guide swears by and that never wins is left."""
    found = played(tree(Guide(value=(0.0, 0.0, 0.0, 1.0))), 12)
    assert found[0] == ("c",)
    assert len(set(found)) == 4


def test_what_wins_is_visited_most():
    """Visits go where value is: the target that AlphaGo Zero's policy learns."""
    searched = tree(exploration=0.5)
    played(searched, 60, lambda moves: float([m.name for m in moves] == ["b"]))
    assert searched.visits[2] == max(searched.visits) > 30
    assert sum(searched.visits) == 60


def test_a_pair_of_moves_is_found_in_a_deeper_tree():
    """Neither wins alone, so nothing leads there but search."""
    searched = tree(depth=2, exploration=1.0)
    found = played(searched, 200, lambda moves: float([m.name for m in moves] == ["c", "a"]))
    assert Counter(found).most_common(1)[0][0] == ("c", "a")


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_no_prompt_gets_more_moves_than_the_depth(depth):
    """And every depth up to it is reached."""
    assert {len(names) for names in played(tree(depth=depth), 200)} == set(range(depth + 1))


@pytest.mark.parametrize(
    "guide", [Guide(prior=(1.0,)), Guide(value=(0.0, 0.0, 0.0, 2.0)), Guide(prior=(-0.1,) * 4)]
)
def test_a_guide_that_says_no_probability_is_a_broken_part(guide):
    """Not a reason to search elsewhere."""
    with pytest.raises(StrategyError, match="wanted 4 numbers from 0 to 1"):
        tree(guide)


def test_a_guide_of_other_moves_is_the_callers():
    """Its numbers would be about something else."""
    with pytest.raises(UsageError, match="other moves"):
        tree(Guide(moves=MOVES[::-1]))


@pytest.mark.parametrize("options", [{"depth": 0}, {"exploration": -1.0}, {"trust": float("nan")}])
def test_options_that_cannot_be_used(options):
    """Each says what came."""
    with pytest.raises(ValueError, match=f"{next(iter(options))} is"):
        Puct(**options)
