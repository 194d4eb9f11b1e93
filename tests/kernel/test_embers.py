"""The kernel decodes and multiplies by its own reading of the statement."""

import pytest

from soundly.kernel import Refused
from soundly.kernel.embers import check_cipher, check_product

CIPHER = {"text": "gur onxre fyrcg", "shift": "13"}
PRODUCT = {"factors": "37 83"}


@pytest.mark.parametrize(
    ("check", "statement", "answer"),
    [
        (check_cipher, CIPHER, "the baker slept"),
        (check_cipher, {"text": "ab", "shift": "1"}, "za"),
        (check_cipher, {"text": "ab", "shift": "25"}, "bc"),
        (check_product, PRODUCT, "3071"),
        (check_product, {"factors": f"{'9' * 1_000} 1"}, "9" * 1_000),
    ],
)
def test_only_the_right_answer_is_accepted(check, statement, answer):
    assert check(statement, {"answer": answer})
    for wrong in (answer + answer[-1], answer[:-1], answer + " ", "", None, 3071, [answer]):
        with pytest.raises(Refused):
            check(statement, {"answer": wrong})


@pytest.mark.parametrize(
    ("check", "statement"),
    [
        (check_cipher, {**CIPHER, "shift": "0"}),
        (check_cipher, {**CIPHER, "shift": "26"}),
        (check_cipher, {**CIPHER, "shift": "013"}),
        (check_cipher, {**CIPHER, "shift": 13}),
        (check_cipher, {**CIPHER, "text": "Gur"}),
        (check_cipher, {**CIPHER, "text": "gur  onxre"}),
        (check_cipher, {**CIPHER, "text": ""}),
        (check_cipher, {**CIPHER, "text": "a" * 100_001}),
        (check_cipher, {**CIPHER, "more": "x"}),
        (check_product, {"factors": "037 83"}),
        (check_product, {"factors": "37 0"}),
        (check_product, {"factors": "37"}),
        (check_product, {"factors": "37 83\n"}),
        (check_product, {"factors": f"{'9' * 1_001} 1"}),
    ],
)
def test_a_statement_that_is_none_is_refused_whatever_the_answer(check, statement):
    for answer in ("the baker slept", "3071", "0", ""):
        with pytest.raises(Refused):
            check(statement, {"answer": answer})


def test_evidence_of_another_shape_is_refused():
    for evidence in (None, [], {}, {"answer": "3071", "more": 1}, "3071"):
        with pytest.raises(Refused):
            check_product(PRODUCT, evidence)
