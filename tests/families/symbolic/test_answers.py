"""Which part of a text is the answer, and what is said about wrong ones."""

import pytest

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.symbolic.family import (
    arithmetic_chain,
    coin_flip,
    foom_letters,
    last_letters,
    vowel_letters,
)

WORDS = "green lake some"
LAST = Problem("last-letters", "a", {"words": WORDS, "take": "last letter"})
COIN = Problem("coin-flip", "b", {"start": "heads", "flips": "Rako flips\nZumi does not flip"})
CHAIN = Problem("arithmetic-chain", "c", {"expression": "7 - (2 * (6 / 3))"})


@pytest.mark.parametrize(
    ("family", "problem", "text", "solution"),
    [
        (last_letters(), LAST, "nee", "nee"),
        (last_letters(), LAST, 'Concatenating them is "nee".', "nee"),
        (last_letters(), LAST, "The last letters are N, E and E.\n\n**Answer:** NEE", "nee"),
        (last_letters(), LAST, "Answer: n-e-e", "nee"),
        (last_letters(), LAST, "Answer: n e e", "nee"),
        (last_letters(), LAST, "Answer: nee or nea", "nee or nea"),
        (last_letters(), LAST, "Answer: nea\nWait.\nAnswer: nee", "nee"),
        (last_letters(), LAST, r"It is \(\boxed{nee}\).", "nee"),
        (last_letters(), LAST, "Therefore, the final answer is:\n```\nnee\n```", "nee"),
        (last_letters(), LAST, "Answer: nеe", "nеe"),  # noqa: RUF001 - a Cyrillic letter
        (last_letters(), LAST, "<think>Answer: xxx</think>Answer: nee", "nee"),
        (coin_flip(), COIN, "No", "no"),
        (coin_flip(), COIN, "Answer: No, the coin is not heads up.", "no"),
        (coin_flip(), COIN, "Answer: the coin is tails up", "no"),
        (coin_flip(), COIN, "Answer: yes or no", "yes or no"),
        (coin_flip(), COIN, "Answer: Yes, the coin is tails up.", "yes, the coin is tails up"),
        (coin_flip(), COIN, "So the coin is still heads up.", "yes"),
        (arithmetic_chain(), CHAIN, "The value is 3.", "3"),
        (arithmetic_chain(), CHAIN, "Answer: 7 - 4 = 3", "3"),
        (arithmetic_chain(), CHAIN, "Answer: 3.0", "3"),
        (arithmetic_chain(), CHAIN, "Answer: 3 or 4", "3 or 4"),
        (arithmetic_chain(), CHAIN, "Answer: 3 = 4", "3 = 4"),
        (arithmetic_chain(), CHAIN, "Answer: ３", "３"),  # noqa: RUF001 - a full-width digit
    ],
)
def test_what_is_marked_last_is_read_and_kept_whole(family, problem, text, solution):
    reading = family.read(problem, text)
    assert isinstance(reading, Found)
    assert reading.solution == solution
    again = family.read(problem, reading.canonical)
    assert again.solution == solution


def test_prose_without_an_answer_is_unreadable(family):
    problem = family.draw(size=4, seed=1)
    for text in ("", "I am not able to do this for you today", "```python\nprint(x[-1])\n```"):
        assert isinstance(family.read(problem, text), Unreadable)


def test_a_claim_that_there_is_no_solution_is_kept_as_a_claim(family):
    problem = family.draw(size=4, seed=1)
    assert isinstance(family.read(problem, "[NO SOLUTION]"), ClaimedUnsolvable)


def test_every_wrong_letter_is_named_with_the_word_that_mends_it(judge):
    critiques = judge(last_letters(), LAST, "Answer: nax").critiques
    assert [(each.code, each.step) for each in critiques] == [
        ("wrong-letter", 2),
        ("wrong-letter", 3),
    ]
    assert str(critiques[0]) == (
        'letter 2: it is "a" and has to be "e" (The last letter of "lake" is "e")'
    )


def test_a_wrong_length_is_a_reason_of_its_own(judge):
    codes = [each.code for each in judge(last_letters(), LAST, "Answer: nee" + "e" * 9).critiques]
    assert codes == ["wrong-length"]
    codes = [each.code for each in judge(last_letters(), LAST, "Answer: ne").critiques]
    assert codes == ["wrong-length"]


@pytest.mark.parametrize("text", ["Answer: nee or nea", "Answer: nеe", "Answer: 'n' 'e'"])  # noqa: RUF001
def test_what_is_no_string_of_letters_is_rejected_as_such(judge, text):
    assert [each.code for each in judge(last_letters(), LAST, text).critiques] == ["not-letters"]


@pytest.mark.parametrize("text", ["Answer: yes or no", "Answer: maybe", "Answer: not yes"])
def test_what_is_neither_yes_nor_no_is_rejected_as_such(judge, text):
    assert [each.code for each in judge(coin_flip(), COIN, text).critiques] == ["not-yes-or-no"]


def test_a_wrong_side_is_mended_by_the_number_of_flips(judge):
    (critique,) = judge(coin_flip(), COIN, "Answer: yes").critiques
    assert critique.code == "wrong-side"
    assert critique.repair == "the coin is heads up at first and is flipped once"


def test_a_wrong_value_is_mended_from_the_innermost_bracket(judge):
    (critique,) = judge(arithmetic_chain(), CHAIN, "Answer: 4").critiques
    assert critique.message == "the value is 3, not 4"
    assert critique.repair == "begin with the innermost bracket: 6 / 3 = 2"


@pytest.mark.parametrize(
    ("family", "words", "answer"),
    [
        (last_letters(), "sky rhythm tree", "yme"),
        (vowel_letters(), "yearly quay tree", "aae"),
        (foom_letters(), "path cream ox wave at", "pr0e0"),
    ],
)
def test_which_letter_is_taken(family, words, answer):
    """The examples that tell the variants apart: y is no vowel, and a short word gives 0."""
    take = family.world.take
    assert family.puzzle(Problem(family.name, "x", {"words": words, "take": take})).answer == answer


@pytest.mark.parametrize(
    ("family", "statement"),
    [
        (last_letters(), {"words": "a  b", "take": "last letter"}),
        (last_letters(), {"words": "Tree", "take": "last letter"}),
        (last_letters(), {"words": "tree", "take": "first letter"}),
        (last_letters(), {"words": "tree", "take": "last vowel"}),
        (vowel_letters(), {"words": "tree sky", "take": "last vowel"}),
        (coin_flip(), {"start": "edge", "flips": "Rako flips"}),
        (coin_flip(), {"start": "heads", "flips": "Rako flips\nZumi"}),
        (arithmetic_chain(), {"expression": "7 - 2 * 3"}),
        (arithmetic_chain(), {"expression": "(7 - 2)"}),
        (arithmetic_chain(), {"expression": "2 - 7"}),
        (arithmetic_chain(), {"expression": "7 / 2"}),
        (arithmetic_chain(), {"expression": "9 * (9 * 1)"}),
        (arithmetic_chain(), {"expression": "9 - (9 - (1 + 1)"}),
    ],
)
def test_a_statement_that_is_none_is_refused(family, statement):
    with pytest.raises(ProblemError):
        family.puzzle(Problem(family.name, "odd", statement))
