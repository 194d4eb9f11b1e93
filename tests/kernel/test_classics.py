"""The kernel works classics out by rules of its own, and refuses odd statements."""

import pytest

from soundly.kernel import Refused
from soundly.kernel.classics import check_classic

BAT = {
    "puzzle": "bat-and-ball",
    "variant": "classic",
    "numbers": "total=110 amount=100",
    "asides": "none",
}


def told(puzzle, variant, numbers):
    return {"puzzle": puzzle, "variant": variant, "numbers": numbers, "asides": "3 7"}


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        (BAT, "5"),
        (told("bat-and-ball", "price", "total=110 amount=100"), "10"),
        (told("lily-pads", "classic", "days=48"), "47"),
        (told("lily-pads", "steady", "days=48"), "24"),
        (told("machines", "no-more-machines", "few=5 many=100"), "100"),
        (told("snail", "classic", "depth=30 up=3 down=2"), "28"),
        (told("snail", "holds-fast", "depth=31 up=3 down=2"), "11"),
        (told("river", "classic", "none"), "7"),
        (told("switches", "cold-lamp", "switches=4"), "2"),
        (told("monty-hall", "blind-host", "doors=3"), "equal"),
        (told("surgeon", "told", "age=8"), "father"),
    ],
)
def test_only_the_right_answer_is_accepted(statement, answer):
    assert check_classic(statement, {"answer": answer})
    for wrong in (answer + answer[-1], f"{answer} ", "", None, 5, [answer], f"{answer} or 1"):
        with pytest.raises(Refused):
            check_classic(statement, {"answer": wrong})


@pytest.mark.parametrize(
    "statement",
    [
        told("bat-and-ball", "cheaper", "total=110 amount=100"),
        told("bat-and-ball", "classic", "amount=100 total=110"),
        told("bat-and-ball", "classic", "total=110 amount=100 more=1"),
        told("bat-and-ball", "classic", "total=110 amount=110"),
        told("bat-and-ball", "classic", "total=110 amount=105"),
        told("bat-and-ball", "classic", "total=0110 amount=100"),
        told("bat-and-ball", "classic", "none"),
        told("lily-pads", "steady", "days=47"),
        told("machines", "no-more-machines", "few=5 many=99"),
        told("snail", "classic", "depth=30 up=2 down=3"),
        told("river", "classic", "places=1"),
        told("feathers", "more-iron", "less=2 more=1"),
        {**BAT, "asides": "the ball is free"},
        {**BAT, "asides": 3},
        {**BAT, "more": "x"},
        {**BAT, "puzzle": ["bat-and-ball"]},
        {**BAT, "numbers": "total=110 amount=100 " * 100},
    ],
)
def test_a_statement_that_is_none_is_refused_whatever_the_answer(statement):
    for answer in ("5", "10", "0", "23", "47", "28", "7", "iron"):
        with pytest.raises(Refused):
            check_classic(statement, {"answer": answer})
