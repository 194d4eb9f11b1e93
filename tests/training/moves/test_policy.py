"""A small network over any prompt and the moves added to it."""

from random import Random

import pytest
import torch

from soundly.core.errors import UsageError
from soundly.core.notation import Statement
from soundly.strategies.move_tree import MoveTree, Puct
from soundly.strategies.moves import Move, MoveGuide
from soundly.training.moves.policy import MovePolicy, PolicyGuide, PolicyShape

from .conftest import MOVES

SHAPE = PolicyShape(width=16, layers=1, heads=2, buckets=61, context=16)


def policy(seed=0):
    return MovePolicy(MOVES, SHAPE, seed=seed)


def disturbed():
    """A policy whose heads say something."""
    made = policy()
    with torch.no_grad():
        for head in (made.prior_head, made.value_head):
            torch.nn.init.normal_(head.weight)
    return made


def test_one_that_learnt_nothing_prefers_nothing():
    """Every move is as likely, and every completion as likely accepted as not."""
    guide: MoveGuide = PolicyGuide(policy())
    assert guide.prior("red w1", ()) == pytest.approx([0.2] * 5)
    assert guide.value("red w1", ()) == pytest.approx([0.5] * 5)


def test_what_it_says_depends_on_prompt_and_moves():
    """And on the order of both."""
    guide = PolicyGuide(disturbed())
    said = [
        guide.value("red w1", ()),
        guide.value("w1 red", ()),
        guide.value("red w1", MOVES[1:3]),
        guide.value("red w1", MOVES[2:0:-1]),
    ]
    assert len({tuple(each) for each in said}) == 4


def test_a_row_says_the_same_alone_and_in_a_batch():
    """Padding is not seen."""
    made = disturbed().eval()
    rows = [made.encode(text, ()) for text in ("red w1 w2 w3", "blue")]
    together = made(made.batch(rows))
    for place, row in enumerate(rows):
        alone = made(made.batch([row]))
        for one, many in zip(alone, together, strict=True):
            assert torch.allclose(one[0], many[place], atol=1e-5)


def test_a_statement_is_read_as_its_words():
    """Not as the JSON around them."""
    made = policy()
    message = Statement("toy-1", ("start", "#0"), ("a",)).message()
    assert made.encode(message.content, ()) == made.encode("start #0", ())


def test_of_a_long_prompt_the_last_words_are_read():
    """The moves are among them."""
    row = policy().encode("word " * 100, MOVES[1:2])
    assert len(row) == 16
    assert row[-1] == policy().encode("", MOVES[1:2])[-1]


def test_halves_can_be_left_out():
    """For the ablation: the rest is as it was."""
    made = disturbed()
    whole = PolicyGuide(made)
    no_prior, no_value = PolicyGuide(made, with_prior=False), PolicyGuide(made, with_value=False)
    assert no_prior.prior("red", ()) == pytest.approx([0.2] * 5)
    assert no_prior.value("red", ()) == whole.value("red", ())
    assert no_value.value("red", ()) == [0.0] * 5
    assert no_value.prior("red", ()) == whole.prior("red", ())
    assert len({str(each) for each in (whole, no_prior, no_value)}) == 3


def test_it_guides_a_search():
    """Its numbers are probabilities, which a tree asks for."""
    tree = MoveTree("red", MOVES, rng=Random(0), puct=Puct(2), guide=PolicyGuide(disturbed()))
    for _ in range(30):
        tree.choose()
        tree.credit(0.0)
    assert sum(tree.visits) == 30


def test_a_move_that_it_was_not_made_for_is_refused():
    """It has no number."""
    with pytest.raises(UsageError, match="does not know"):
        policy().encode("red", [Move("new", "new")])


@pytest.mark.parametrize("options", [{"width": 0}, {"context": 0}, {"width": 10, "heads": 4}])
def test_a_shape_that_cannot_be(options):
    """Each says what came."""
    with pytest.raises(ValueError, match=r"width|context"):
        PolicyShape(**options)
