"""The proof checker: what a solver logs holds, what does not follow is refused."""

import random
from itertools import product

import pytest
from dratify import check_proof, parse_dimacs
from hypothesis import given
from hypothesis import strategies as st
from pysat.solvers import Cadical153, Glucose4

from soundly.kernel import drat
from soundly.kernel.drat import check_refutation
from soundly.kernel.refused import Refused

PARITY = [(1, 2), (1, -2), (-1, 2), (-1, -2)]


def random_clauses(rng: random.Random, *, variables: int, clauses: int) -> list[tuple[int, ...]]:
    return [
        tuple(rng.choice((-1, 1)) * each for each in rng.sample(range(1, variables + 1), 3))
        for _ in range(clauses)
    ]


def satisfiable(clauses, variables: int) -> bool:
    return any(
        all(any((literal > 0) == model[abs(literal) - 1] for literal in c) for c in clauses)
        for model in product((False, True), repeat=variables)
    )


def holds(variables: int, clauses, proof: str) -> bool:
    try:
        check_refutation(variables, clauses, proof)
    except Refused:
        return False
    return True


def by_others(clauses, variables: int, proof: str) -> bool:
    lines = [" ".join(map(str, clause)) + " 0" for clause in clauses]
    formula = parse_dimacs("\n".join([f"p cnf {variables} {len(clauses)}", *lines]))
    return check_proof(formula, f"{proof}0\n", engine="python").ok


@pytest.mark.parametrize("solver", [Glucose4, Cadical153])
def test_what_solvers_log_is_accepted_here_and_by_dratify(solver):
    """Refutations of random formulas, deletions and all, hold in both checkers."""
    rng = random.Random(7)
    for _ in range(25):
        clauses = random_clauses(rng, variables=40, clauses=230)
        with solver(bootstrap_with=clauses, with_proof=True) as running:
            if running.solve():
                continue
            proof = "\n".join(step.strip() for step in running.get_proof()) + "\n"
        assert holds(40, clauses, proof)
        assert by_others(clauses, 40, proof)


def test_spoilt_proofs_are_judged_as_dratify_judges_them():
    """A proof with a line lost or a literal changed holds here only if it holds there."""
    rng = random.Random(3)
    refused = 0
    for _ in range(150):
        clauses = random_clauses(rng, variables=12, clauses=75)
        with Glucose4(bootstrap_with=clauses, with_proof=True) as running:
            if running.solve():
                continue
            steps = [step.strip() for step in running.get_proof()]
        at = rng.randrange(len(steps))
        words = steps[at].split()
        edit = rng.choice(("drop", "negate", "shorten"))
        if edit == "drop" or len(words) < 2:
            del steps[at]
        else:
            place = rng.randrange(words[0] == "d", len(words) - 1)
            words[place : place + 1] = [] if edit == "shorten" else [str(-int(words[place]))]
            steps[at] = " ".join(words)
        proof = "\n".join(steps) + "\n"
        if holds(12, clauses, proof):
            assert by_others(clauses, 12, proof)
        else:
            refused += 1
    assert refused > 10


@given(
    st.lists(st.lists(st.sampled_from([1, -1, 2, -2, 3, -3]), max_size=3), max_size=10),
    st.lists(
        st.tuples(st.booleans(), st.lists(st.sampled_from([1, -1, 2, -2, 3, -3]), max_size=3))
    ),
)
def test_no_proof_refutes_what_has_a_model(clauses, steps):
    """Law: whatever is claimed, a formula with a model is never refuted."""
    lines = [f"{'d ' * deletes}{''.join(f'{each} ' for each in c)}0" for deletes, c in steps]
    if holds(3, clauses, "\n".join([*lines, "0"])):
        assert not satisfiable(clauses, 3)


def test_a_step_that_only_keeps_satisfiability_is_refused():
    """RAT without RUP: ``1`` can be added to nothing at all, and is not."""
    with pytest.raises(Refused, match=r"step 1 adds \(1\), which does not follow"):
        check_refutation(2, [(2, 1), (2, -1, 1)], "1 0\n")


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        ("", "ends without a contradiction"),
        ("1 0", None),
        ("d 1 2 0\n1 0", "step 2 adds"),
        ("d 7 0\n1 0", "beyond the 2"),
        ("d 1 0\n1 0", None),
        ("3 0", "beyond the 2"),
        ("1", "no step"),
        ("01 0", "no step"),
        ("1 0 0", "no step"),
        ("1  0", "no step"),
        ("\n1 0", "no step"),
        ("² 0", "no step"),
        ("1 -1 0\n1 0\n", None),
        ("1 1 0\n0", None),
    ],
)
def test_steps_are_read_strictly(proof, said):
    """One spelling of a step; deleting what is not there is nothing."""
    if said is None:
        assert check_refutation(2, PARITY, proof) >= 1
    else:
        with pytest.raises(Refused, match=said):
            check_refutation(2, PARITY, proof)


def test_a_formula_that_propagation_refutes_needs_no_step():
    """Units in conflict, or an empty clause, end the check before the first line."""
    assert check_refutation(1, [(1,), (-1,)], "nonsense") == 0
    assert check_refutation(1, [()], "") == 0


def test_a_proof_that_takes_too_long_to_check_is_refused(monkeypatch):
    """The work is bounded, whatever a certificate holds."""
    monkeypatch.setattr(drat, "MAX_WORK", 10_000)
    chain = [(-each, each + 1) for each in range(1, 200)]
    with pytest.raises(Refused, match="more than 10,000 looks"):
        drat.check_refutation(200, chain, "-1 200 0\nd -1 200 0\n" * 500)
