"""The kernel works symbolic tasks out by its own reading of the statement."""

import pytest

from soundly.kernel import Refused
from soundly.kernel.symbolic import check_chain, check_coin, check_letters

LETTERS = {"words": "green lake some", "take": "last letter"}
COIN = {"start": "heads", "flips": "Rako flips\nZumi does not flip"}
CHAIN = {"expression": "7 - (2 * (6 / 3))"}


@pytest.mark.parametrize(
    ("check", "statement", "answer"),
    [
        (check_letters, LETTERS, "nee"),
        (check_letters, {"words": "yearly quay tree", "take": "last vowel"}, "aae"),
        (check_letters, {"words": "path cream ox wave", "take": "nth letter"}, "pr0e"),
        (check_coin, COIN, "no"),
        (check_coin, {**COIN, "start": "tails"}, "yes"),
        (check_chain, CHAIN, "3"),
        (check_chain, {"expression": "9 / 3"}, "3"),
    ],
)
def test_only_the_right_answer_is_accepted(check, statement, answer):
    assert check(statement, {"answer": answer})
    for wrong in (answer + answer[-1], answer[:-1], answer.upper() + " ", "", None, 3, [answer]):
        with pytest.raises(Refused):
            check(statement, {"answer": wrong})


@pytest.mark.parametrize(
    ("check", "statement"),
    [
        (check_letters, {**LETTERS, "words": "green  lake"}),
        (check_letters, {**LETTERS, "words": "green Lake"}),
        (check_letters, {**LETTERS, "words": ""}),
        (check_letters, {**LETTERS, "words": "a " * 10_000 + "a"}),
        (check_letters, {**LETTERS, "words": 3}),
        (check_letters, {**LETTERS, "take": "first letter"}),
        (check_letters, {"words": "sky", "take": "last vowel"}),
        (check_letters, {**LETTERS, "more": "x"}),
        (check_coin, {**COIN, "start": "edge"}),
        (check_coin, {**COIN, "flips": ""}),
        (check_coin, {**COIN, "flips": "Rako flips\n"}),
        (check_coin, {**COIN, "flips": "Rako flips twice"}),
        (check_chain, {"expression": ""}),
        (check_chain, {"expression": "7 - 2 * 3"}),
        (check_chain, {"expression": "(7 - 2)"}),
        (check_chain, {"expression": "7 - (2"}),
        (check_chain, {"expression": "7 - 2)"}),
        (check_chain, {"expression": "7 / 2"}),
        (check_chain, {"expression": "2 - 7"}),
        (check_chain, {"expression": "7 - 7"}),
        (check_chain, {"expression": "9 * (9 * 1)"}),
        (check_chain, {"expression": "1 * (" * 10_000 + "1 * 1" + ")" * 10_000}),
    ],
)
def test_a_statement_that_is_none_is_refused_whatever_the_answer(check, statement):
    for answer in ("nee", "yes", "no", "3", "", "0"):
        with pytest.raises(Refused):
            check(statement, {"answer": answer})


@pytest.mark.parametrize("evidence", [{}, {"answer": "nee", "more": 1}, "nee", None])
def test_evidence_is_the_answer_and_nothing_else(evidence):
    with pytest.raises(Refused, match="field"):
        check_letters(LETTERS, evidence)
