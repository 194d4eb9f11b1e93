"""What the family draws, and answers that are almost right; `tests/laws` has its laws."""

import anyio
import pytest

from soundly.core.candidate import Candidate
from soundly.core.splits import draw_from, split_of
from soundly.critics.no_model import no_model
from soundly.families.jobshop.critic import check
from soundly.families.jobshop.family import JobShopFamily
from soundly.families.jobshop.shop import shop_of

FAMILY = JobShopFamily()
PROBLEM = FAMILY.draw(size=4, seed=1)
RIGHT = FAMILY.right_answer(size=4, seed=1)
WRONG = (
    RIGHT.replace("job 1: ", "job 11: "),
    RIGHT.replace("job 1: ", "job 1: 0 "),
    RIGHT.replace("[ANSWER]", "[ANSWER]\njob 0: 0 100 200 300"),
    RIGHT.replace("[ANSWER END]", "or so\n[ANSWER END]"),
    "[ANSWER]\njob 0: 0 0 0 0\n[ANSWER END]",
)


def candidate(text: str) -> Candidate:
    found = FAMILY.read(PROBLEM, text)
    return Candidate(found.solution, found.canonical, "test")


@pytest.mark.parametrize("text", WRONG)
def test_what_is_almost_right_is_rejected(text):
    """Answers with one slip each, as a person would make them."""
    verdict = anyio.run(FAMILY.critic.judge, PROBLEM, candidate(text), no_model)
    assert verdict.rejected


@pytest.mark.parametrize("size", [3, 4, 6, 10])
def test_the_schedule_that_set_the_deadline_keeps_it(size):
    """Whatever is drawn comes with a schedule that the critic has to accept."""
    for seed in range(8):
        problem = FAMILY.draw(size=size, seed=seed)
        found = FAMILY.read(problem, FAMILY.right_answer(size=size, seed=seed))
        assert check(shop_of(problem), found.solution).accepted


def test_the_splits_can_be_drawn_from_at_every_trained_size():
    """Train, held-out and beyond each give instances, and each instance knows its side."""
    sizes = range(FAMILY.dial.smallest, FAMILY.dial.trained + 1)
    for split, size in (*(("train", s) for s in sizes), *(("held-out", s) for s in sizes)):
        problem = draw_from(FAMILY, split, size=size, seed=3)
        assert split_of(FAMILY, problem, size=size) == split
    assert split_of(FAMILY, FAMILY.draw(size=7, seed=0), size=7) == "beyond"
