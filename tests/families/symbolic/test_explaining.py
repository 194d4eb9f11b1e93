"""Explanations, in forms in which small models really write them."""

import pytest

from soundly.core.problem import Problem
from soundly.families.symbolic.family import (
    arithmetic_chain,
    coin_flip,
    foom_letters,
    last_letters,
    vowel_letters,
)

LAST = Problem("last-letters", "a", {"words": "butter carpet broom", "take": "last letter"})
VOWEL = Problem("vowel-letters", "b", {"words": "butter carpet broom", "take": "last vowel"})
FOOM = Problem("foom-letters", "c", {"words": "path cream ox", "take": "nth letter"})
COIN = Problem("coin-flip", "d", {"start": "heads", "flips": "Rako flips\nZumi does not flip"})
CHAIN = Problem("arithmetic-chain", "e", {"expression": "9 / (9 / (1 + 8))"})

BULLETS = """Let's go through it:

1. **Find the last vowel of each word:**
   - Butter: The last vowel is '{}'
   - Carpet: The last vowel is 'e'
   - Broom: The last vowel is 'o'

2. **Put them together:**
   - '{}' + 'e' + 'o' = '{}eo'

Therefore, the final answer is:
```
{}eo
```"""
LATEX = r"""1. First, the inner parentheses: \(1 + 8\).
   \[
   1 + 8 = 9
   \]
2. Then the result is put in: \(9 / (9 / 9)\). Since \(9 / 9 = {}\), it becomes
   \[
   9 / {} = {}
   \]
So the value of \(9 / (9 / (1 + 8))\) is \(\boxed{{{}}}\)."""


def facts(family, problem, text):
    said = family.explain(problem, text)
    found = tuple((fault.code, fault.step) for fault in said.faults)
    return said.answer_right, said.chain_right, said.leads_to_answer, found


def test_a_right_answer_under_a_right_chain():
    text = BULLETS.format("e", "e", "e", "e")
    assert facts(vowel_letters(), VOWEL, text) == (True, True, True, ())


def test_a_wrong_letter_is_one_fault_however_often_it_is_used_after():
    text = BULLETS.format("u", "u", "u", "u")
    assert facts(vowel_letters(), VOWEL, text) == (False, False, True, (("wrong-letter", 1),))


def test_a_right_answer_can_stand_under_a_chain_that_leads_elsewhere():
    text = BULLETS.format("u", "u", "u", "e")
    assert facts(vowel_letters(), VOWEL, text) == (True, False, False, (("wrong-letter", 1),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                'The last letter of "butter" is "r". The last letter of "carpet" is "t". The last '
                'letter of "broom" is "m". Concatenating them is "rtm". The answer is rtm.'
            ),
            (True, True, True, ()),
        ),
        (
            "- r (butter)\n- t (carpet)\n- n (broom)\n\nr + t + n = rtm\n\nAnswer: rtm",
            (True, False, True, (("wrong-letter", 3), ("wrong-string", 4))),
        ),
        (
            "1. butter -> r\n2. broom -> m\nAnswer: rm",
            (False, False, True, (("skipped-word", 2),)),
        ),
        (
            "The last letters are ['b', 'c', 'b'].\nConcatenating them: `bcb`\nAnswer: bcb",
            (False, False, True, (("wrong-parts", 1), ("wrong-string", 1))),
        ),
        ("Answer: rtm", (True, None, None, ())),
        ("The last letter of butter is r, I think.", (None, True, None, ())),
    ],
)
def test_letters_are_followed(text, expected):
    found = facts(last_letters(), LAST, text)
    if expected[3] and expected[3][0][0] == "wrong-parts":
        assert found[:3] == expected[:3]
    else:
        assert found == expected


def test_letters_named_by_the_place_of_their_word_are_followed():
    text = (
        'The first letter of the first word: "p"\nThe second letter of the second word: "c"\n'
        '"ox" has no third letter, so it gives "0"\nThe string is now "pc0"\n\nAnswer: pc0'
    )
    found = facts(foom_letters(), FOOM, text)
    assert found == (False, False, True, (("wrong-letter", 2),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Rako flips the coin, so the coin is tails up. Zumi does not flip the coin, so the "
                "coin is tails up.\nAnswer: no"
            ),
            (True, True, True, ()),
        ),
        (
            (
                "1. **Rako** flips the coin. The coin changes from heads to tails.\n"
                "2. **Zumi** flips the coin. The coin is now heads.\n\nAnswer: Yes"
            ),
            (False, False, True, (("wrong-action", 2),)),
        ),
        (
            "Rako flips the coin: tails.\nZumi does not flip the coin: heads.\nAnswer: no",
            (True, False, False, (("wrong-side", 2),)),
        ),
        (
            (
                "The coin is flipped 2 times, an odd number. Therefore the coin is tails up.\n"
                "Answer: no"
            ),
            (True, False, True, (("wrong-count", 1), ("wrong-parity", 1), ("wrong-side", 2))),
        ),
        ("No", (True, None, None, ())),
    ],
)
def test_a_coin_is_followed(text, expected):
    assert facts(coin_flip(), COIN, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LATEX.format(1, 1, 9, 9), (True, True, True, ())),
        (LATEX.format(1, 1, 9, 1), (False, True, False, ())),
        (LATEX.format(3, 3, 3, 3), (False, False, True, (("wrong-result", 2),))),
        (
            "1 + 8 = 9. 9 / 1 = 9. Answer: 9",
            (True, False, True, (("wrong-step", 2),)),
        ),
        ("8 + 1 = 9. 9 / 9 = 1. 9 / 1 = 9. So 9 / 1 = 9.\nAnswer: 9", (True, True, True, ())),
    ],
)
def test_a_chain_is_followed(text, expected):
    assert facts(arithmetic_chain(), CHAIN, text) == expected


@pytest.mark.parametrize("line", [" " * 400_000, "- " * 200_000, "\t \n" * 100_000])
def test_blank_lines_of_any_length_are_passed_over_at_once(line):
    """The room before and behind a bullet is looked at once, whichever way it could be parted."""
    assert last_letters().explain(LAST, f"[ANSWER]\n{line}\nrtm").steps == 0
