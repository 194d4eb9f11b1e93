"""The critic agrees with brute force and with the kernel, and says all that is wrong."""

import random
from itertools import product

import anyio
import pytest
from dratify import check_proof, parse_dimacs
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import Candidate, Found
from soundly.core.certificate import certify
from soundly.core.errors import CriticError, ProblemError, UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import SolverFound, SolverNotForThis, SolverProved
from soundly.families.satisfiability.critic import check
from soundly.families.satisfiability.family import SatFamily
from soundly.families.satisfiability.formula import Formula, formula_of
from soundly.kernel import Refused, recheck

FAMILY = SatFamily()
LITERALS = [1, -1, 2, -2, 3, -3]


def agreed(problem: Problem, words: tuple[str, ...]) -> bool:
    """The verdict of the critic, after kernel and twin have said the same."""
    candidate = Candidate(words, "", "test")
    accepted = check(formula_of(problem), words).accepted
    assert FAMILY.twin(problem, candidate) == accepted, (problem.statement, words)
    try:
        recheck(FAMILY.certify(problem, candidate).document)
    except Refused:
        assert not accepted
    else:
        assert accepted
    return accepted


def test_critic_kernel_and_twin_agree_on_near_misses():
    """Of near misses, right and wrong, all three say the same."""
    rng = random.Random(5)
    accepted = 0
    for seed in range(40):
        size = rng.randint(4, 9)
        problem = FAMILY.draw(size=size, seed=seed)
        if seed % 2:
            formula = formula_of(problem)
            problem = Formula(size, formula.clauses[: 2 * size]).problem("loose")
        answer = FAMILY.right_answer(size=size, seed=seed)
        for _ in range(40):
            reading = FAMILY.read(problem, FAMILY.near_miss(problem, answer, rng))
            if isinstance(reading, Found):
                accepted += agreed(problem, reading.solution)
    assert accepted > 80


@given(
    st.lists(st.lists(st.sampled_from(LITERALS), max_size=3), max_size=6),
    st.lists(st.sampled_from(list(map(str, LITERALS))), max_size=4),
)
def test_all_three_agree_on_any_formula_and_any_part_of_an_assignment(clauses, words):
    """Law: empty clauses, clauses with both signs, partial and contradictory answers included."""
    agreed(Formula(3, tuple(map(tuple, clauses))).problem("any"), tuple(words))


def test_a_partial_assignment_is_right_where_the_rest_makes_no_difference():
    """Each clause needs a stated true literal, or a variable with both signs."""
    problem = Formula(3, ((1, 2), (-2, 1, 3), (3, -3))).problem("loose")
    assert agreed(problem, ("1",))
    assert not agreed(problem, ("2",))
    (critique,) = check(formula_of(problem), ("2",)).critiques
    assert (critique.code, critique.where) == ("clause-open", "clause 2")
    assert critique.repair == "state 1"


def test_all_faults_are_told_with_their_places():
    """One rejection names every fault, and a literal that may be turned."""
    formula = Formula(5, ((1, 2), (-3, 4), (-1, -5), (3, 4, 5)))
    verdict = check(formula, ("-1", "-2", "3", "-3", "4", "9", "maybe"))
    assert [(c.code, c.where) for c in verdict.critiques] == [
        ("unknown-variable", None),
        ("unclear-word", None),
        ("contradiction", "variable 3"),
        ("clause-false", "clause 1"),
    ]
    assert verdict.critiques[-1].repair == "no true clause needs -2: make it 2"
    (false,) = check(formula, ("-1", "-2", "4", "-5")).critiques
    assert str(false).startswith("clause 1: (1 2) is false: so is every literal of it")


def test_a_contradiction_makes_no_clause_true():
    """A variable that is both true and false counts as one without a value."""
    verdict = check(Formula(2, ((1,), (2,))), ("1", "-1", "2"))
    assert [(c.code, c.where) for c in verdict.critiques] == [
        ("contradiction", "variable 1"),
        ("clause-open", "clause 1"),
    ]


def test_a_repair_repairs():
    """Turning the suggested literal mends the clause and breaks no other one."""
    rng = random.Random(1)
    mended = 0
    for seed in range(30):
        formula = formula_of(FAMILY.draw(size=8, seed=seed))
        words = tuple(str(rng.choice((-1, 1)) * variable) for variable in range(1, 9))
        before = check(formula, words).critiques
        for critique in before:
            if critique.repair:
                turned = int(critique.repair.rsplit(" ", 1)[1])
                other = tuple(word for word in words if int(word) != -turned)
                after = check(formula, (*other, str(turned))).critiques
                assert {c.where for c in after} < {c.where for c in before}
                mended += 1
    assert mended > 20


@pytest.mark.parametrize("size", [4, 5, 6, 9])
def test_what_is_drawn_unsatisfiable_has_no_model(size):
    """Brute force finds none."""
    for seed in range(8):
        formula = formula_of(FAMILY.draw_unsolvable(size=size, seed=seed))
        assert not any(
            all(any(model[abs(each) - 1] == (each > 0) for each in c) for c in formula.clauses)
            for model in product((False, True), repeat=size)
        )


@pytest.mark.parametrize("size", [4, 20, 60, 200])
def test_what_is_drawn_unsatisfiable_is_refuted_here_and_by_dratify(size):
    """A SAT solver refutes it, the kernel follows, and so does another checker."""
    (solver,) = FAMILY.solvers
    for seed in range(2):
        problem = FAMILY.draw_unsolvable(size=size, seed=seed)
        answer = anyio.run(solver.solve, problem)
        assert isinstance(answer, SolverProved)
        document = answer.certificate.document
        assert recheck(document).claim == "unsolvable"
        formula = parse_dimacs(problem.statement["formula"])
        assert check_proof(formula, f"{document['evidence']['proof']}\n", engine="python").ok


@pytest.mark.parametrize(
    ("clauses", "kind"),
    [
        ((), SolverFound),
        (((1, -1),), SolverFound),
        (((2, 2, 3),), SolverFound),
        (((),), SolverProved),
        (((1,), ()), SolverProved),
        (((1, 1), (-1, -1)), SolverProved),
        (((1, 1, 2), (-1, -1, 2), (1, -2, -2), (-1, -2)), SolverProved),
    ],
)
def test_odd_formulas_are_decided_too(clauses, kind):
    """No clauses, an empty one, a literal twice, both signs: found and right, or proved."""
    problem = Formula(3, clauses).problem("odd")
    (solver,) = FAMILY.solvers
    answer = anyio.run(solver.solve, problem)
    assert isinstance(answer, kind)
    if isinstance(answer, SolverFound):
        assert agreed(problem, FAMILY.read(problem, answer.text).solution)
    else:
        assert recheck(answer.certificate.document).claim == "unsolvable"


def test_a_step_with_rat_alone_is_refused():
    """The limit of the kernel: a step that only keeps satisfiability is not followed."""
    problem = Formula(2, ((2, 1), (2, -1, 1))).problem("rat")
    certificate = certify(problem, claim="unsolvable", kind="sat-drat", evidence={"proof": "1 0"})
    with pytest.raises(Refused, match="does not follow by unit propagation"):
        recheck(certificate.document)


def test_a_proof_is_about_its_own_formula():
    """With one clause of the contradiction less there is a model, and no proof holds."""
    clauses = ((1, 2), (1, -2), (-1, 2), (-1, -2))
    for lost in range(4):
        fewer = Formula(2, clauses[:lost] + clauses[lost + 1 :]).problem("fewer")
        evidence = {"proof": "1 0\n0\n"}
        with pytest.raises(Refused):
            recheck(certify(fewer, claim="unsolvable", kind="sat-drat", evidence=evidence).document)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the formula is empty"),
        ("1 2 0", "line 1: '1 2 0' came, wanted p cnf"),
        ("c hello\n\np col 2 1\n1 0", "line 3: 'p col 2 1' came"),
        ("p cnf 0 0", "a number of variables"),
        ("p cnf 1000001 0", "a number of variables"),
        ("p cnf 01 0", "a number of variables"),
        ("p cnf ² 0", "a number of variables"),
        ("p cnf " + "9" * 5_000 + " 0", "a number of variables"),
        ("p cnf 2 1\nc x\n1 3 0", "line 3: '3' came, wanted a literal of the variables 1 to 2"),
        ("p cnf 2 1\n1 -0 0", "'-0' came"),
        ("p cnf 2 1\n1 +2 0", r"'\+2' came"),
        ("p cnf 2 1\n1 2", "line 2: the last clause is not ended by 0"),
        ("p cnf 2 2\n1 2 0", "2 clauses are stated, and 1 are listed"),
        ("p cnf 2 1\n1 2 0\n%\n0\n", "line 3: '%' came"),
        ("p cnf 2 1\np cnf 2 1\n1 0", "line 2: 'p' came"),
    ],
)
def test_a_broken_formula_is_refused_with_its_line(text, said):
    """What was wrong, what came, and what was wanted; the kernel refuses it as well."""
    problem = Problem("sat", "broken", {"formula": text})
    with pytest.raises(ProblemError, match=said):
        formula_of(problem)
    with pytest.raises(Refused):
        recheck(FAMILY.certify(problem, Candidate(("1", "2"), "", "test")).document)


def test_dimacs_is_read_as_files_have_it():
    """Comments, clauses over several lines, several on one, blanks of any kind."""
    text = "c a file\np  cnf 3   3\n1\n-2 0 3\t0\nc between\n -1 -3\n 0\n"
    problem = Problem("sat", "file", {"formula": text})
    assert formula_of(problem).clauses == ((1, -2), (3,), (-1, -3))
    assert agreed(problem, ("-1", "-2", "3"))
    assert not agreed(problem, ("1", "-2", "3"))


def test_a_statement_is_a_formula_and_nothing_else():
    """A key has no place in a problem."""
    with pytest.raises(ProblemError, match="states formula"):
        formula_of(Problem("sat", "keyed", {"formula": "p cnf 1 0", "model": "1"}))


@pytest.mark.parametrize(("variables", "clauses"), [(0, ()), (1, ((2,),)), (1, ((0,),))])
def test_a_formula_checks_itself(variables, clauses):
    """Variables there are, and literals of these alone."""
    with pytest.raises(ValueError, match=r"wanted|literal"):
        Formula(variables, clauses)


@pytest.mark.parametrize("evidence", [[True], [1.0], ["1"], [0], [4], [1, -1], None, {"1": True}])
def test_forged_literals_are_refused(evidence):
    """The kernel takes whole numbers of the formula's own variables."""
    problem = Formula(3, ((1, 2),)).problem("forged")
    with pytest.raises(Refused):
        recheck(
            certify(problem, claim="solved", kind="sat", evidence={"literals": evidence}).document
        )


@pytest.mark.parametrize("size", [-1, 3, 100_001])
def test_a_size_out_of_range_is_refused(size):
    """Four variables are the least, and a hundred thousand the most."""
    for draw in (FAMILY.draw, FAMILY.draw_unsolvable):
        with pytest.raises(UsageError, match="wanted 4 to 100000"):
            draw(size=size, seed=0)


def test_what_is_no_assignment_breaks_the_critic():
    """A word of an answer is a text."""
    with pytest.raises(CriticError):
        FAMILY.certify(FAMILY.draw(size=4, seed=0), Candidate((1, 2), "", "test"))
    with pytest.raises(UsageError, match="near misses"):
        FAMILY.near_miss(FAMILY.draw(size=4, seed=0), "none", random.Random(0))


def test_a_solver_gives_up_on_what_is_no_formula():
    """Another family's problem is none of its own."""
    (solver,) = FAMILY.solvers
    answer = anyio.run(solver.solve, Problem("zebra", "other", {"attributes": "", "clues": ""}))
    assert isinstance(answer, SolverNotForThis)


def test_prompts_say_the_formula_in_both_languages():
    """Sentences, or DIMACS to the letter, and what an empty clause is."""
    problem = Formula(2, ((1, -2), ())).problem("said")
    (natural,) = FAMILY.render(problem, PromptStyle(examples=0))
    assert "1. x1 is true, or x2 is false\n2. this condition has no parts" in natural.content
    (formal,) = FAMILY.render(problem, PromptStyle("formal", 1))
    assert formal.content.endswith("p cnf 2 2\n1 -2 0\n0")
