"""Certificates of completed boards, and of boards that cannot be completed."""

from itertools import product

import pytest

from soundly.kernel import Refused, recheck, seal
from soundly.kernel.queens import Queens, clauses, count_clauses

STATEMENT = {"n": "4", "placed": "1:2"}
QUEENS = [["1", "2"], ["2", "4"], ["3", "1"], ["4", "3"]]


def certificate(queens, statement=STATEMENT) -> dict:
    return seal("solved", "n-queens", "n-queens", statement, {"queens": queens})


def refutation(proof, statement) -> dict:
    return seal("unsolvable", "n-queens-drat", "n-queens", statement, {"proof": proof})


def test_a_completed_board_is_accepted():
    """With and without placed queens, which need not be stated at all."""
    assert recheck(certificate(QUEENS)).summary == "4 queens, and none attacks another"
    assert recheck(certificate(QUEENS, {"n": "4"}))
    assert recheck(certificate(QUEENS, {"n": "4", "placed": ""}))
    assert recheck(certificate([["1", "1"]], {"n": "1"}))


@pytest.mark.parametrize(
    ("queens", "reason"),
    [
        (QUEENS[:3], "3 of 4 queens"),
        ([*QUEENS, ["4", "3"]], "on one row"),
        ([["1", "3"], ["2", "1"], ["3", "4"], ["4", "2"]], r"the queen on \(1, 2\) has gone"),
        ([["1", "2"], ["2", "4"], ["3", "2"], ["4", "3"]], "on one column"),
        ([["1", "2"], ["2", "3"], ["3", "1"], ["4", "4"]], "on one diagonal"),
        ([["1", "2"], ["2", "1"], ["3", "4"], ["4", "3"]], "on one antidiagonal"),
        ([["1", "2"], ["2", "4"], ["3", "1"], ["4", "5"]], "'5' is no number from 1 to 4"),
        ([["1", "2"], ["2", "4"], ["3", "1"], ["4", "03"]], "is no number"),
        ([["1", "2"], ["2", "4"], ["3", "1"], ["4", 3]], "is no number"),
        ([["1", "2"], ["2", "4"], ["3", "1"], ["4"]], "is no pair"),
        ([["1", "2"], ["2", "4"], ["3", "1"], "43"], "is no pair"),
        ({}, "queens have to be a list"),
    ],
)
def test_a_board_with_a_fault_is_refused(queens, reason):
    """Attacks, missing and moved queens, and squares that are none."""
    with pytest.raises(Refused, match=reason):
        recheck(certificate(queens))


def test_the_formula_says_what_the_board_says():
    """Its models are the completions, on small boards with every two placed queens."""
    for side in (1, 2, 3, 4):
        squares = list(product(range(1, side + 1), repeat=2))
        for first, second in product(squares, repeat=2):
            placed = frozenset({first, second})
            stated = Queens(side, placed)
            formula = list(clauses(stated))
            assert len(formula) <= count_clauses(stated)
            for columns in product(range(1, side + 1), repeat=side):
                board = set(enumerate(columns, start=1))
                added = {(r - 1) * side + c for r, c in board - placed}
                models = all(
                    any((literal > 0) == (abs(literal) in added) for literal in clause)
                    for clause in formula
                )
                right = placed <= board and not any(
                    a < b and (a[1] == b[1] or abs(a[1] - b[1]) == b[0] - a[0])
                    for a, b in product(board, repeat=2)
                )
                assert right == (models and placed <= board)


@pytest.mark.parametrize(
    ("proof", "statement", "reason"),
    [
        ("0", {"n": "4"}, "does not follow"),
        ("", {"n": "4"}, "ends without a contradiction"),
        ("", {"n": "8", "placed": "1:1"}, "ends without a contradiction"),
        (["0"], {"n": "2"}, "proof has to be a string"),
        ("0", {"n": "200"}, "more than 1000000 clauses"),
        ("0", {"n": "0"}, "no number from 1"),
        ("0", {"n": "9" * 5000}, "no number from 1"),
        ("0", {"n": 4}, "no number from 1"),
        ("0", {"n": "4", "placed": "1:5"}, "no number from 1 to 4"),
        ("0", {"n": "4", "placed": "1:1 1:1"}, "twice"),
        ("0", {"n": "4", "placed": "1-1"}, "is no square"),
        ("0", {"n": "4", "placed": ["1:1"]}, "texts n and placed"),
        ("0", {"n": "4", "also": ""}, "texts n and placed"),
    ],
)
def test_what_refutes_nothing_is_refused(proof, statement, reason):
    """A proof that stops short, a formula that is too long, a statement of another form."""
    with pytest.raises(Refused, match=reason):
        recheck(refutation(proof, statement))


@pytest.mark.parametrize(
    ("statement", "proof"),
    [
        ({"n": "2"}, "-1 0\n0"),
        ({"n": "3"}, "-1 0\n-2 0\n0"),
        ({"n": "4", "placed": "1:1"}, "-7 0\n0"),
        ({"n": "5", "placed": "1:1 2:2"}, ""),
    ],
)
def test_small_boards_are_refuted_by_propagation_alone(statement, proof):
    """A queen on one square leaves nothing for the others, or one clause is empty at once."""
    assert recheck(refutation(proof, statement)).claim == "unsolvable"
