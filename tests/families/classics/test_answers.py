"""Answers in forms in which small models really write them."""

import pytest

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.families.classics.family import ClassicsFamily
from soundly.families.classics.telling import telling_of


def problem(puzzle, seed=0):
    return ClassicsFamily(puzzle=puzzle, changed=False).draw(size=1, seed=seed)


@pytest.mark.parametrize(
    ("puzzle", "text", "answer"),
    [
        ("bat-and-ball", "5", "5"),
        ("bat-and-ball", "Answer: 5 cents", "5"),
        ("bat-and-ball", "**Answer: 5**", "5"),
        ("bat-and-ball", r"So the ball costs \(\boxed{5}\) cents.", "5"),
        ("bat-and-ball", r"Thus x = 5, and Answer is here:" + "\n\nAnswer: \\(5\\)", "5"),
        ("bat-and-ball", "2x + 100 = 110\n\nTherefore, the ball costs 5 cents.", "5"),
        ("bat-and-ball", "x = 10.\n\nThe answer is 5 cents.", "5"),
        ("snail", "Answer: Day 28", "28"),
        ("snail", "The snail reaches the top on the 28th day.", "28"),
        ("half-age", "Answer: 67 years old", "67"),
        ("race", "Answer: 2nd place", "2"),
        ("race", "Answer: 2nd", "2"),
        ("race", "You are in place 2.", "2"),
        ("switches", r"is always enough to find the switch is \(\boxed{1}\).", "1"),
        ("monty-hall", "Answer: switch", "switch"),
        ("monty-hall", "Answer: Switching.", "switch"),
        ("monty-hall", r"\[\boxed{switch}\]", "switch"),
        ("monty-hall", "Answer: No difference", "equal"),
        ("surgeon", "Answer: Mother", "mother"),
        ("surgeon", "[ANSWER]The boy's mother[ANSWER END]", "mother"),
        ("feathers", "They weigh the same.\n\nAnswer: the same", "equal"),
        ("feathers", "<think>Answer: iron</think>\nAnswer: equal", "equal"),
    ],
)  # fmt: skip
def test_what_is_read(puzzle, text, answer):
    asked = problem(puzzle)
    found = ClassicsFamily().read(asked, text)
    assert isinstance(found, Found), found
    assert found.solution == answer


@pytest.mark.parametrize(
    ("puzzle", "text", "code"),
    [
        ("bat-and-ball", "Answer: 5 or 10", "not-a-number"),
        ("bat-and-ball", "Answer: $0.05", "not-a-number"),
        ("bat-and-ball", "Answer: not 5", "not-a-number"),
        ("bat-and-ball", "Answer: ٥", "not-a-number"),  # noqa: RUF001
        ("bat-and-ball", "Answer: 5 minutes", "not-a-number"),
        ("bat-and-ball", "Answer: -5", "not-a-number"),
        ("bat-and-ball", "Answer: 10", "wrong-answer"),
        ("bat-and-ball", "Answer: " + "5" * 20_000, "wrong-answer"),
        ("monty-hall", "Answer: switch or stay", "not-a-choice"),
        ("monty-hall", "Answer: not switch", "not-a-choice"),
        ("monty-hall", "Answer: stay", "wrong-answer"),
        ("surgeon", "Answer: mother (or father)", "not-a-choice"),
    ],
)
def test_why_an_answer_is_rejected(puzzle, text, code):
    asked = problem(puzzle)
    found = ClassicsFamily().read(asked, text)
    assert isinstance(found, Found), found
    assert [each.code for each in telling_of(asked).critiques(found.solution)] == [code]


@pytest.mark.parametrize(
    ("puzzle", "text"),
    [
        ("bat-and-ball", ""),
        ("bat-and-ball", "Answer:"),
        ("bat-and-ball", "Let me think about the prices."),
        ("bat-and-ball", "It costs 5 or perhaps 10 cents, I am not sure which of them it is"),
        ("monty-hall", "You could switch, but why would you?"),
        ("surgeon", "The father or the mother"),
    ],
)
def test_what_states_no_answer_is_unreadable(puzzle, text):
    assert isinstance(ClassicsFamily().read(problem(puzzle), text), Unreadable)


def test_a_claim_that_there_is_no_solution_is_kept_as_a_claim():
    found = ClassicsFamily().read(problem("snail"), "[NO SOLUTION]")
    assert isinstance(found, ClaimedUnsolvable)


@pytest.mark.parametrize("puzzle", ["bat-and-ball", "monty-hall"])
@pytest.mark.parametrize(
    "text",
    [
        "is " * 50_000 + "1",
        "5 " * 50_000,
        "Answer: " + "\\text{" * 20_000,
        "=" * 90_000,
        "the " * 40_000,
    ],
)
def test_hostile_answers_are_read_quickly(puzzle, text):
    ClassicsFamily().read(problem(puzzle), text)
