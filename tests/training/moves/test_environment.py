"""Rewards come from a sound critic, and from nothing else."""

import pytest

from soundly.core.errors import UsageError
from soundly.core.verdict import Guarantee
from soundly.training.moves.environment import Environment, Play, Said

from .conftest import MOVES, KindBase, KindCritic, KindFamily, problem


class Says:
    """Says these texts in turn."""

    def __init__(self, *texts):
        self._texts = texts

    def prompt(self, problem):
        return "a prompt"

    def complete(self, plays, *, seed):
        return [Said(text, 7, 0.5) for text in self._texts]


def rewards(*texts, critic=None):
    environment = Environment(Says(*texts), KindFamily(critic or KindCritic()))
    played = environment.play([Play(problem("red", 0))] * len(texts), seed=0)
    assert all((each.tokens, each.confidence) == (7, 0.5) for each in played)
    return [each.reward for each in played]


def test_the_verdict_is_the_reward():
    """Accepted is 1; rejected is 0, and so is what cannot be read."""
    assert rewards("right", "wrong", "", "right") == [1.0, 0.0, 0.0, 1.0]


@pytest.mark.parametrize("text", ["break", "bug", "doubt"])
def test_where_nobody_can_tell_there_is_no_reward(text):
    """A critic that breaks, by our error or its own, and one in doubt: never 0."""
    assert rewards("right", text, "wrong") == [1.0, None, 0.0]


def test_what_was_judged_is_not_judged_again():
    """But a broken judgement is tried again."""
    critic = KindCritic()
    rewards("right", "right", "wrong", "right", critic=critic)
    assert critic.judged == 2
    rewards("break", "break", critic=critic)
    assert critic.judged == 4


@pytest.mark.parametrize("guarantee", [Guarantee.NONE, Guarantee.COMPLETE])
def test_a_critic_that_is_not_sound_rewards_nothing(guarantee):
    """Its mistakes would be learnt."""
    with pytest.raises(UsageError, match="wants a sound one"):
        Environment(KindBase(), KindFamily(KindCritic(guarantee)))


def test_moves_reach_the_model():
    """As they were chosen."""
    base = KindBase(fits=1.0, otherwise=0.0)
    asked = [Play(problem("red", 0), (move,)) for move in MOVES[1:4]]
    played = Environment(base, KindFamily()).play(asked, seed=0)
    assert [each.reward for each in played] == [1.0, 0.0, 0.0]
