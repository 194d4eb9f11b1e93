"""What is rewarded is learnt: the right move for each kind of problem, or that none is."""

from dataclasses import replace
from functools import cache

import pytest
import torch

from soundly.core.errors import UsageError
from soundly.training.events import Measured, Stepped
from soundly.training.moves.environment import Environment
from soundly.training.moves.kept import CHECKPOINT
from soundly.training.moves.learning import learn
from soundly.training.moves.lessons import Lessons
from soundly.training.moves.policy import MovePolicy, PolicyGuide, PolicyShape

from .conftest import KINDS, MOVES, KindBase, KindFamily, problems

SHAPE = PolicyShape(width=16, layers=1, heads=2, buckets=61, context=16)
QUICK = Lessons(rounds=10, problems=150, steps=12, batch=96, learning_rate=1e-2)
FEW = Lessons(rounds=3, problems=12, steps=3, batch=16)


def learnt(environment, lessons=FEW, *, seed=0, folder=None):
    policy, events = MovePolicy(MOVES, SHAPE, seed=seed), []
    learn(policy, environment, problems(150), lessons, log=events.append, folder=folder)
    return policy, events


@cache
def guide_where(fits, otherwise):
    return PolicyGuide(learnt(Environment(KindBase(fits, otherwise), KindFamily()), QUICK)[0])


def q_of(guide, kind):
    """Q of each move, on average over problems that were not learnt on."""
    prompts = [p.statement["text"] for p in problems(60, first=1000)]
    values = [guide.value(prompt, ()) for prompt in prompts if prompt.startswith(kind)]
    return [sum(each) / len(each) for each in zip(*values, strict=True)]


def best(numbers):
    return MOVES[max(range(len(MOVES)), key=numbers.__getitem__)].name


def test_q_and_policy_find_the_move_for_each_kind():
    """On problems that they have not seen."""
    guide = guide_where(0.9, 0.1)
    for held_out in problems(12, first=1000):
        prompt = held_out.statement["text"]
        wanted = f"by-{prompt.split()[0]}"
        assert best(guide.value(prompt, ())) == wanted
        assert best(guide.prior(prompt, ())) == wanted


def test_q_is_the_chance_of_an_accepted_completion():
    """Not merely higher where that is higher."""
    for place, kind in enumerate(KINDS, start=1):
        values = q_of(guide_where(0.9, 0.1), kind)
        for move, value in enumerate(values):
            assert value == pytest.approx(0.9 if move == place else 0.1, abs=0.2)


def test_where_all_moves_are_equal_none_is_preferred_by_much():
    """Noise is not made into knowledge."""
    for kind in KINDS:
        values = q_of(guide_where(0.5, 0.5), kind)
        assert values == pytest.approx([0.5] * 5, abs=0.2)


@pytest.mark.parametrize("returns", ["q-learning", "monte-carlo"])
def test_q_of_the_first_of_two_moves_counts_what_can_follow(environment, returns):
    """With two moves the first decides here, and the move that ends is worth the plain prompt."""
    lessons = replace(QUICK, depth=2, returns=returns)
    guide = PolicyGuide(learnt(environment(), lessons)[0])
    assert best(guide.value("green w3 w4", ())) == "by-green"
    assert guide.value("green w3 w4", ())[0] < 0.4
    assert guide.value("green w3 w4", (MOVES[2],))[0] > 0.6


def test_a_broken_critic_teaches_nothing(environment):
    """Not even that everything is wrong: the network is as it was."""
    policy, events = learnt(environment(broken=True), FEW)
    fresh = MovePolicy(MOVES, SHAPE, seed=0)
    for name, value in fresh.state_dict().items():
        assert torch.equal(policy.state_dict()[name], value)
    measured = [event for event in events if isinstance(event, Measured)]
    assert [(each.right, each.of, each.broken) for each in measured] == [(0, 0, 12)] * 3
    assert all(event.reward is None for event in events if isinstance(event, Stepped))


def test_every_round_is_told(environment):
    """Reward, loss and tokens, and what was explored with its counts."""
    _, events = learnt(environment(), FEW)
    steps = [event for event in events if isinstance(event, Stepped)]
    assert [event.step for event in steps] == [1, 2, 3]
    assert steps[2].tokens > steps[1].tokens > steps[0].tokens >= 120
    for step, counted in zip(events[::2], events[1::2], strict=True):
        assert step.reward == counted.right / counted.of
        assert (counted.stage, counted.of) == ("moves", 12)


def test_the_seed_decides(environment):
    """Twice the same network, to the last bit; another seed, another one."""
    lessons = [FEW, FEW, Lessons(rounds=3, problems=12, steps=3, batch=16, seed=1)]
    first, second, third = [
        learnt(environment(), each)[0].prior_head.weight.detach() for each in lessons
    ]
    assert torch.equal(first, second)
    assert not torch.equal(first, third)


def test_a_run_that_was_stopped_ends_as_if_it_had_not_been(environment, tmp_path):
    """It goes on behind its last whole round."""

    class Stopped(Exception):
        pass

    def stop_at_two(event):
        if event.step == 2:
            raise Stopped

    policy = MovePolicy(MOVES, SHAPE, seed=0)
    with pytest.raises(Stopped):
        learn(policy, environment(), problems(150), FEW, log=stop_at_two, folder=tmp_path)
    again, events = learnt(environment(), FEW, folder=tmp_path)
    whole, _ = learnt(environment(), FEW)
    assert [event.step for event in events[::2]] == [3]
    for name, value in whole.state_dict().items():
        assert torch.equal(again.state_dict()[name], value)


def test_a_folder_of_another_run_is_refused(environment, tmp_path):
    """Its network learnt something else."""
    learnt(environment(), FEW, folder=tmp_path)
    other = Lessons(rounds=3, problems=12, steps=3, batch=16, depth=2)
    with pytest.raises(UsageError, match="other lessons"):
        learnt(environment(), other, folder=tmp_path)


def test_a_torn_file_is_refused(environment, tmp_path):
    """And not taken for a beginning."""
    (tmp_path / CHECKPOINT).write_bytes(b"PK\x03\x04 torn")
    with pytest.raises(UsageError, match="holds no run"):
        learnt(environment(), FEW, folder=tmp_path)


def test_without_problems_there_is_nothing_to_learn(environment):
    """The caller's to mend."""
    policy = MovePolicy(MOVES, SHAPE, seed=0)
    with pytest.raises(UsageError, match="no problems"):
        learn(policy, Environment(KindBase(), KindFamily()), [], FEW, log=print)


@pytest.mark.parametrize(
    "options",
    [
        {"rounds": 0},
        {"depth": 0},
        {"epsilon": 0.0},
        {"epsilon": 1.5},
        {"entropy": -1.0},
        {"learning_rate": 0.0},
        {"returns": "none"},
    ],
)
def test_lessons_that_cannot_be_taught(options):
    """Each says what came; without exploration a policy would never learn that it is wrong."""
    with pytest.raises(ValueError, match=next(iter(options)).replace("_", " ").split()[0]):
        Lessons(**options)
