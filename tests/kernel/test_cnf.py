"""Certificates of formulas: satisfied, and refuted."""

import random
from itertools import product

import pytest
from pysat.solvers import Glucose4

from soundly.kernel import Refused, recheck, seal

FORMULA = {"formula": "c two clauses\np cnf 3 3\n1 2 0 -1\n3 0\n2 -2 0\n"}


def certificate(kind: str, evidence: object, statement=FORMULA) -> dict:
    claim = "unsolvable" if kind == "sat-drat" else "solved"
    return seal(claim, kind, "sat", statement, evidence)


def test_proofs_exist_exactly_where_brute_force_finds_no_model():
    """A solver's proof holds for what has no model, and what has one is never refuted."""
    rng = random.Random(4)
    refuted = 0
    for _ in range(120):
        clauses = [
            [rng.choice((-1, 1)) * rng.randint(1, 4) for _ in range(rng.randint(1, 3))]
            for _ in range(rng.randint(1, 14))
        ]
        lines = [" ".join(map(str, (*clause, 0))) for clause in clauses]
        statement = {"formula": "\n".join([f"p cnf 4 {len(clauses)}", *lines])}
        none = not any(
            all(any(model[abs(each) - 1] == (each > 0) for each in c) for c in clauses)
            for model in product((False, True), repeat=4)
        )
        with Glucose4(bootstrap_with=clauses, with_proof=True) as solver:
            satisfiable = solver.solve()
            steps = [] if satisfiable else solver.get_proof()
        proof = "\n".join([*(step.strip() for step in steps), "0"])
        assert satisfiable != none
        if none:
            assert recheck(certificate("sat-drat", {"proof": proof}, statement))
            refuted += 1
        else:
            with pytest.raises(Refused):
                recheck(certificate("sat-drat", {"proof": proof}, statement))
    assert refuted > 20


@pytest.mark.parametrize("literals", [[1, 3], [-1, 2], [2, 3], [1, -2, 3], [2, -1], [2, 3, 3]])
def test_models_and_parts_of_them_hold(literals):
    """What is left out may have either value, and saying it twice says it once."""
    assert recheck(certificate("sat", {"literals": literals})).claim == "solved"


@pytest.mark.parametrize(
    ("literals", "said"),
    [
        ([1], "clause 2 has no true literal"),
        ([], "clause 1 has no true literal"),
        ([1, -1, 3], "both true and false"),
        ([1, 3, 4], "that there is not"),
        ([1, 3, 0], "that there is not"),
        ([1, 3, 10**4_000], "that there is not"),
        ([1, 3, True], "no literal"),
        ([1, "3"], "no literal"),
        ("1 3", "have to be a list"),
    ],
)
def test_forged_literals_are_refused(literals, said):
    """Whole numbers of the formula's own variables, none against another."""
    with pytest.raises(Refused, match=said):
        recheck(certificate("sat", {"literals": literals}))


@pytest.mark.parametrize(
    "text",
    ["", "p cnf 1", "p cnf 1 1\n1", "p cnf 1 1\n2 0", "p cnf 9999999 0", "p cnf 1 9999999", "1 0"],
)
def test_a_formula_is_read_strictly(text):
    """Whatever could be read in two ways is not read."""
    with pytest.raises(Refused):
        recheck(certificate("sat", {"literals": [1]}, {"formula": text}))


@pytest.mark.parametrize("evidence", [None, {}, {"proof": 0}, {"proof": ""}, {"proof": "0"}])
def test_what_has_a_model_is_not_refuted(evidence):
    """No evidence shows what is not so."""
    with pytest.raises(Refused):
        recheck(certificate("sat-drat", evidence))


@pytest.mark.parametrize(("tail", "held"), [("", False), (" -1", True)])
def test_a_clause_of_many_literals_takes_no_time(tail, held):
    """Looking for a variable with both signs is linear: pair by pair it would take hours."""
    clause = " ".join(map(str, range(1, 300_001)))
    statement = {"formula": f"p cnf 300000 1\n{clause}{tail} 0\n"}
    open_to_all = certificate("sat", {"literals": []}, statement)
    if held:
        assert recheck(open_to_all)
    else:
        with pytest.raises(Refused, match="clause 1 has no true literal"):
            recheck(open_to_all)
