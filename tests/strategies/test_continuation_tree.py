"""The tree of partial solutions: states once, credit for all above, another try now and then."""

from random import Random

import pytest

from soundly.core.stepwise import Prefix
from soundly.strategies.continuation_tree import ContinuationTree, Widening
from soundly.strategies.continuations import Node


def node(*steps, state=None):
    return Node(Prefix(steps, len(steps), state or " ".join(steps) or "start"))


ROOT = node()


def tree(**options):
    return ContinuationTree(ROOT, widening=Widening(**options), rng=Random(0))


def rollout(grown, end, value=0.0):
    """One rollout that ends in a node, or None where it died at once; where it went on from."""
    chosen = grown.choose()
    grown.add(end or chosen)
    grown.credit(value)
    return chosen


def test_a_rollout_goes_on_from_where_the_one_before_it_came():
    """Until the root has been gone through often enough to be asked anew."""
    grown = tree()
    assert rollout(grown, node("a")) == ROOT
    assert rollout(grown, node("a", "b")) == node("a")
    assert rollout(grown, node("c")) == ROOT


def test_a_wider_tree_asks_the_root_more_often():
    """Width 3: three times before anything else once one rollout has come through."""
    grown = tree(width=3.0)
    chosen = [rollout(grown, node(str(count))) for count in range(4)]
    assert chosen[:3] == [ROOT] * 3


def test_a_state_that_is_known_is_no_second_node():
    """The rollout is booked to the first one."""
    grown = tree()
    rollout(grown, node("a"))
    rollout(grown, node("a", "b", state="a"))
    assert len(grown) == 2


def test_a_way_back_to_the_root_makes_no_circle():
    """The root stays the only one without something above it."""
    grown = tree()
    rollout(grown, node("a"))
    for _ in range(20):
        rollout(grown, node("a", "back", state="start"))
    assert len(grown) == 2


def test_the_better_branch_is_gone_down():
    """Of two that the root was asked for, the one that brought more, where nothing is explored."""
    grown = tree(exploration=0.0, width=2.0)
    rollout(grown, node("bad"), 0.1)
    rollout(grown, node("good"), 0.9)
    chosen = [rollout(grown, None, 0.5).steps for _ in range(12)]
    assert ("good",) in chosen
    assert ("bad",) not in chosen


@pytest.mark.parametrize(
    "options", [{"exploration": -1.0}, {"width": 0.0}, {"width": float("inf")}]
)
def test_options_that_cannot_be_used_are_refused(options):
    """Numbers that would stop every search, or none."""
    with pytest.raises(ValueError, match="wanted a number"):
        Widening(**options)
