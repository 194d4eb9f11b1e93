"""What the family draws, and answers that are almost right; `tests/laws` has its laws."""

import anyio
import pytest

from soundly.core.candidate import Candidate
from soundly.core.splits import draw_from, split_of
from soundly.critics.no_model import no_model
from soundly.families.queens.board import board_of
from soundly.families.queens.critic import check
from soundly.families.queens.family import QueensFamily

FAMILY = QueensFamily()
PROBLEM = FAMILY.draw(size=8, seed=1)
RIGHT = FAMILY.right_answer(size=8, seed=1)
WRONG = (
    RIGHT.replace("\n3: ", "\n33: "),
    RIGHT.replace("\n8: ", "\n7: "),
    RIGHT.replace("[ANSWER]", "[ANSWER]\n1: 1\n1: 2"),
    RIGHT.replace("[ANSWER END]", "or so\n[ANSWER END]"),
    "[ANSWER]\n1: 1\n[ANSWER END]",
)


def candidate(text: str) -> Candidate:
    found = FAMILY.read(PROBLEM, text)
    return Candidate(found.solution, found.canonical, "test")


@pytest.mark.parametrize("text", WRONG)
def test_what_is_almost_right_is_rejected(text):
    """Answers with one slip each, as a person would make them."""
    verdict = anyio.run(FAMILY.critic.judge, PROBLEM, candidate(text), no_model)
    assert verdict.rejected


@pytest.mark.parametrize("size", [5, 6, 9, 40])
def test_the_solution_that_an_instance_was_made_from_is_right(size):
    """Whatever is drawn comes with a placement that the critic has to accept."""
    for seed in range(20):
        problem = FAMILY.draw(size=size, seed=seed)
        found = FAMILY.read(problem, FAMILY.right_answer(size=size, seed=seed))
        assert check(board_of(problem), found.solution).accepted
        assert 1 <= len(board_of(problem).placed) <= size - 2


def test_the_splits_can_be_drawn_from_at_every_trained_size():
    """Train, held-out and beyond each give instances, and each instance knows its side."""
    sizes = range(FAMILY.dial.smallest, FAMILY.dial.trained + 1)
    for split, size in (*(("train", s) for s in sizes), *(("held-out", s) for s in sizes)):
        problem = draw_from(FAMILY, split, size=size, seed=3)
        assert split_of(FAMILY, problem, size=size) == split
    assert split_of(FAMILY, FAMILY.draw(size=13, seed=0), size=13) == "beyond"
