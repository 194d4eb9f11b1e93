"""The limit of the proofs, as the page on this family states it."""

import random

import pytest
from pysat.solvers import Cadical153, Cadical195, Glucose3, Glucose4, Glucose42, Lingeling

from soundly.kernel.drat import check_refutation


def pigeons(holes: int) -> list[list[int]]:
    """One pigeon more than holes."""
    place = [[pigeon * holes + hole + 1 for hole in range(holes)] for pigeon in range(holes + 1)]
    return place + [
        [-place[a][hole], -place[b][hole]]
        for hole in range(holes)
        for a in range(holes + 1)
        for b in range(a)
    ]


def parity(length: int) -> list[list[int]]:
    """A sum of bits from left to right, and from right to left, that are to differ."""
    clauses: list[list[int]] = []
    ends, last = [], length
    for bits in (range(1, length + 1), range(length, 0, -1)):
        total, *rest = bits
        for bit in rest:
            last += 1
            clauses += [[-total, -bit, -last], [total, bit, -last]]
            clauses += [[total, -bit, last], [-total, bit, last]]
            total = last
        ends.append(total)
    return [*clauses, ends, [-each for each in ends]]


def random_formula(variables: int, ratio: float) -> list[list[int]]:
    rng = random.Random(variables)
    return [
        [rng.choice((-1, 1)) * each for each in rng.sample(range(1, variables + 1), 3)]
        for _ in range(int(variables * ratio))
    ]


@pytest.mark.parametrize(
    "solver", [Glucose3, Glucose4, Glucose42, Cadical153, Cadical195, Lingeling]
)
@pytest.mark.parametrize(
    "clauses",
    [pigeons(4), pigeons(6), parity(6), parity(10), random_formula(60, 5.5)],
    ids=["pigeons-4", "pigeons-6", "parity-6", "parity-10", "random"],
)
def test_what_python_sat_logs_needs_no_rat(solver, clauses):
    """Every step of these refutations has RUP: the kernel follows to the end."""
    with solver(bootstrap_with=clauses, with_proof=True) as running:
        assert not running.solve()
        proof = "\n".join([*(step.strip() for step in running.get_proof()), "0"])
    assert check_refutation(max(abs(each) for c in clauses for each in c), clauses, proof) > 0
