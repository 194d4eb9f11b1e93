"""Answers in forms in which small models really write them, and what the critic says to them."""

import pytest

from soundly.core.candidate import ClaimedUnsolvable, Found, Unreadable
from soundly.core.problem import Problem
from soundly.families.embers.family import multiplication, shift_cipher

CIPHER = Problem("shift-cipher", "c", {"text": "gur cvybg fnj gur pybpx", "shift": "13"})
PRODUCT = Problem("multiplication", "m", {"factors": "463 739"})
SHIFT, TIMES = shift_cipher(), multiplication()


@pytest.mark.parametrize(
    ("family", "problem", "text"),
    [
        (SHIFT, CIPHER, "Answer: the pilot saw the clock"),
        (SHIFT, CIPHER, "Answer: The pilot saw the clock."),
        (SHIFT, CIPHER, '**Answer:** "the pilot saw the clock"'),
        (SHIFT, CIPHER, "THE PILOT SAW THE CLOCK"),
        (SHIFT, CIPHER, "Undo the shift.\n\n```\nthe pilot saw the clock\n```"),
        (SHIFT, CIPHER, "So the decoded text is:\n\nthe pilot saw the clock"),
        (SHIFT, CIPHER, 'Therefore, the text was "the pilot saw the clock".'),
        (
            SHIFT,
            CIPHER,
            "g -> t, u -> h: th\n[ANSWER]the pilot\nsaw the clock[ANSWER END]",
        ),
        (SHIFT, CIPHER, "<think>Answer: gur pilot</think>\nAnswer: the pilot saw the clock"),
        (TIMES, PRODUCT, "342157"),
        (TIMES, PRODUCT, "Answer: 342,157"),
        (TIMES, PRODUCT, "Answer: 463 × 739 = 342157"),  # noqa: RUF001
        (TIMES, PRODUCT, r"Answer: \(463 \times 739 = 342157\)"),
        (TIMES, PRODUCT, r"Adding up: \[ 324100 + 18057 = \boxed{342157} \]"),
        (TIMES, PRODUCT, r"So, the product of 463 and 739 is \(342157\)."),
        (TIMES, PRODUCT, "463 x 700 = 324100.\n\nSo 463 times 739 is **342,157**."),
        (TIMES, PRODUCT, "Answer: 342157.0"),
    ],
)
def test_a_right_answer_is_accepted_in_every_form(family, problem, text, judge):
    assert judge(family, problem, text).accepted


@pytest.mark.parametrize(
    ("family", "problem", "text", "codes"),
    [
        (SHIFT, CIPHER, "Answer: zylq fuhwq gur hzoeryyn", ["wrong-length"] + ["wrong-word"] * 4),
        (SHIFT, CIPHER, "Answer: the pilot saw the clocks", ["wrong-word"]),
        (SHIFT, CIPHER, "Answer: the pilot sat the cloc", ["wrong-word", "wrong-word"]),
        (SHIFT, CIPHER, "Answer: the pilot saw the clock or the cloak", ["wrong-length"]),
        (SHIFT, CIPHER, "Answer: the pilot saw the clосk", ["not-a-text"]),  # noqa: RUF001
        (SHIFT, CIPHER, "Answer: the pilot, saw, the, clock", ["not-a-text"]),
        (TIMES, PRODUCT, "342,047", ["wrong-digit", "wrong-digit"]),
        (TIMES, PRODUCT, "Answer: 3421570", ["wrong-length"] + ["wrong-digit"] * 6),
        (TIMES, PRODUCT, "Answer: 342157 or 342047", ["not-a-number"]),
        (TIMES, PRODUCT, "Answer: about 342157", ["not-a-number"]),
        (TIMES, PRODUCT, "Answer: 34,2157", ["not-a-number"]),
        (TIMES, PRODUCT, "Answer: 0342157", ["not-a-number"]),
        (TIMES, PRODUCT, "Answer: -342157", ["not-a-number"]),
        (TIMES, PRODUCT, "Answer: 342157.5", ["not-a-number"]),
        (TIMES, PRODUCT, "Answer: ３42157", ["not-a-number"]),  # noqa: RUF001
    ],
)
def test_every_fault_of_a_wrong_answer_is_named(family, problem, text, codes, judge):
    assert [each.code for each in judge(family, problem, text).critiques] == codes


def test_the_first_wrong_letter_of_a_word_is_located_and_mended(judge):
    (critique,) = judge(SHIFT, CIPHER, "Answer: the pilot sat the clock").critiques
    assert str(critique) == (
        'word 3, letter 3: it is "t" and has to be "w" ("j" moved back by 13 is "w")'
    )
    (missing,) = judge(SHIFT, CIPHER, "Answer: the pilot saw the cloc").critiques
    assert str(missing).startswith('word 5, letter 5: it is missing and has to be "k"')


def test_the_first_wrong_digit_is_mended_from_the_ends_of_the_factors(judge):
    first, second = judge(TIMES, PRODUCT, "Answer: 342047").critiques
    assert str(first) == (
        "digit 2 from the right: it is 4 and has to be 5 "
        "(63 x 39 = 2457, so the product ends in 57)"
    )
    assert str(second) == "digit 3 from the right: it is 0 and has to be 1"


@pytest.mark.parametrize(
    ("family", "problem", "text"),
    [
        (SHIFT, CIPHER, ""),
        (SHIFT, CIPHER, "Answer:"),
        (SHIFT, CIPHER, "- **r**: ASCII value = 114. Subtract 13 = 101."),
        (TIMES, PRODUCT, "Let us use the distributive property."),
        (TIMES, PRODUCT, r"\[263 \times 800 = 263 \times (8 \times 100)\]"),
    ],
)
def test_what_states_no_answer_is_unreadable(family, problem, text):
    assert isinstance(family.read(problem, text), Unreadable)


@pytest.mark.parametrize(("family", "problem"), [(SHIFT, CIPHER), (TIMES, PRODUCT)])
def test_a_claim_that_there_is_no_solution_is_kept_as_a_claim(family, problem):
    assert isinstance(family.read(problem, "[NO SOLUTION]"), ClaimedUnsolvable)


def test_a_marked_answer_is_kept_whole():
    found = TIMES.read(PRODUCT, "Answer: 342157, or was it 342047?")
    assert isinstance(found, Found)
    assert found.solution == "342157, or was it 342047?"
