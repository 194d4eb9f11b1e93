"""The critic agrees with brute force, and says all that is wrong."""

import random
import time
from itertools import product

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import CriticError, ProblemError, UsageError
from soundly.core.problem import Problem
from soundly.core.solver import SolverFound, SolverProved
from soundly.families.queens.board import Board, board_of
from soundly.families.queens.critic import MAX_PAIRS, check
from soundly.families.queens.draws import attack
from soundly.families.queens.family import QueensFamily
from soundly.families.queens.search import complete
from soundly.kernel import Refused, recheck

FAMILY = QueensFamily()
SIX = Board(6, ((1, 2),))
RIGHT = (("1", "2"), ("2", "4"), ("3", "6"), ("4", "1"), ("5", "3"), ("6", "5"))


def test_critic_kernel_and_twin_agree_on_near_misses():
    """Of near misses, right and wrong, all three say the same."""
    rng = random.Random(5)
    accepted = 0
    for seed in range(30):
        size = rng.randint(5, 7)
        problem = FAMILY.draw(size=size, seed=seed)
        answer = FAMILY.right_answer(size=size, seed=seed)
        for _ in range(50):
            reading = FAMILY.read(problem, FAMILY.near_miss(problem, answer, rng))
            if not isinstance(reading, Found):
                continue
            candidate = Candidate(reading.solution, reading.canonical, "test")
            verdict = check(board_of(problem), reading.solution)
            assert FAMILY.twin(problem, candidate) == verdict.accepted, reading
            try:
                recheck(FAMILY.certify(problem, candidate).document)
            except Refused:
                assert verdict.rejected
            else:
                assert verdict.accepted
            accepted += verdict.accepted
    assert accepted > 100


def test_all_faults_are_told_with_their_places():
    """One rejection names every fault, and where a queen would be safe."""
    placement = (("1", "3"), ("2", "4"), ("3", "6"), ("3", "6"), ("5", "9"), ("maybe",))
    verdict = check(SIX, placement)
    assert [(c.code, c.where) for c in verdict.critiques] == [
        ("square-twice", "square 3:6"),
        ("unknown-square", None),
        ("unclear-line", None),
        ("placed-queen-missing", "square 1:2"),
        ("no-queen", "row 4"),
        ("no-queen", "row 5"),
        ("no-queen", "row 6"),
        ("attack", "squares 1:3 and 2:4"),
    ]
    assert verdict.critiques[4].repair == "column 1 is free"


def test_a_queen_that_stands_from_the_start_is_not_sent_elsewhere():
    """The hint moves the other queen of the pair."""
    moved = (*RIGHT[:3], ("4", "2"), *RIGHT[4:])
    faults = check(SIX, moved).critiques
    assert faults[0].message == "they attack each other, on one column"
    assert faults[0].repair == "column 1 of row 4 is safe"
    assert check(SIX, RIGHT).accepted


@given(st.lists(st.integers(1, 7), min_size=7, max_size=7))
def test_a_repair_repairs(columns):
    """Law: taking a suggested square leaves that queen attacked by none."""
    placement = [(str(row), str(column)) for row, column in enumerate(columns, start=1)]
    for critique in check(Board(7), tuple(placement)).critiques:
        if critique.repair:
            words = critique.repair.split()
            row, column = int(words[4]), int(words[1])
            others = [(r, c) for r, c in enumerate(columns, start=1) if r != row]
            assert not any(attack((row, column), other) for other in others)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=9))
def test_every_attacking_pair_is_listed(squares):
    """Law: the pairs of a rejection are those that geometry gives."""
    placement = tuple((str(row), str(column)) for row, column in squares)
    told = {c.where for c in check(Board(6), placement).critiques if c.code == "attack"}
    queens = sorted(set(squares))
    wanted = {
        f"squares {a[0]}:{a[1]} and {b[0]}:{b[1]}"
        for place, a in enumerate(queens)
        for b in queens[place + 1 :]
        if attack(a, b)
    }
    assert told == wanted


def test_very_many_attacks_are_counted_and_not_listed():
    """Three hundred queens in one column make 44,850 pairs, judged within seconds."""
    started = time.process_time()
    verdict = check(Board(300), tuple((str(row), "7") for row in range(1, 301)))
    assert len(verdict.critiques) == MAX_PAIRS + 1
    assert verdict.critiques[-1].message == f"{44_850 - MAX_PAIRS} more pairs attack each other"
    assert time.process_time() - started < 5


@pytest.mark.parametrize("size", [5, 6, 7])
def test_what_is_drawn_unsolvable_has_no_completion(size):
    """Brute force finds none, and the queens do not attack each other."""
    for seed in range(12):
        board = board_of(FAMILY.draw_unsolvable(size=size, seed=seed))
        assert check(board, ()).critiques[0].code == "placed-queen-missing"
        placed = dict(board.placed)
        assert len(placed) == len(board.placed)
        choices = [[placed[row]] if row in placed else range(1, size + 1) for row in _rows(size)]
        for columns in product(*choices):
            queens = list(enumerate(columns, start=1))
            assert any(attack(a, b) for a in queens for b in queens if a < b)


def _rows(size: int) -> range:
    return range(1, size + 1)


@pytest.mark.parametrize(
    "problem",
    [
        Problem("n-queens", "two", {"n": "2"}),
        Problem("n-queens", "three", {"n": "3", "placed": ""}),
        Problem("n-queens", "clash", {"n": "5", "placed": "1:1 3:3"}),
        Problem("n-queens", "corner", {"n": "6", "placed": "1:1"}),
        *(FAMILY.draw_unsolvable(size=size, seed=1) for size in (8, 12, 20, 30)),
    ],
    ids=lambda problem: problem.name,
)
def test_what_cannot_be_completed_is_proved_so(problem):
    """Two and three queens, queens that clash, a corner of six, and drawn boards."""
    pytest.importorskip("pysat", reason="the proofs come from python-sat")
    (solver,) = FAMILY.solvers
    answer = anyio.run(solver.solve, problem)
    assert isinstance(answer, SolverProved)
    assert recheck(answer.certificate.document).claim == "unsolvable"


def test_a_proof_is_about_its_own_board():
    """With another queen placed the same proof is refused."""
    pytest.importorskip("pysat", reason="the proofs come from python-sat")
    from soundly.core.certificate import certify
    from soundly.kernel.queens import clauses, read_queens
    from soundly.solvers.sat import Sat

    corner, other = ({"n": "6", "placed": each} for each in ("1:1", "1:2"))
    refuted = anyio.run(Sat().decide, list(clauses(read_queens(corner))))
    for statement in (corner, other):
        problem = Problem("n-queens", "p", statement)
        evidence = {"proof": refuted.proof}
        sealed = certify(problem, claim="unsolvable", kind="n-queens-drat", evidence=evidence)
        if statement is corner:
            assert recheck(sealed.document).claim == "unsolvable"
        else:
            with pytest.raises(Refused):
                recheck(sealed.document)


@settings(max_examples=60)
@given(st.integers(1, 6), st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=3))
def test_the_search_finds_what_there_is(side, squares):
    """Law: a completion is found exactly where brute force has one."""
    placed = tuple(sorted(square for square in squares if max(square) <= side))
    found = complete(Board(side, placed), max_tries=10_000)
    solutions = [
        columns
        for columns in product(_rows(side), repeat=side)
        if all(columns[row - 1] == column for row, column in placed)
        and len(set(columns)) == side
        and len({row - column for row, column in enumerate(columns)}) == side
        and len({row + column for row, column in enumerate(columns)}) == side
    ]
    assert found in solutions if solutions else found == "none"


def test_a_search_stops_where_it_is_told():
    """A hard board is given up after so many tries."""
    assert complete(Board(30), max_tries=5) == "stopped"
    assert complete(Board(4), max_tries=0) == "stopped"


def test_a_thousand_queens_are_found():
    """Without a SAT solver, and within seconds."""
    (solver,) = FAMILY.solvers
    problem = Problem("n-queens", "many", {"n": "1000"})
    answer = anyio.run(solver.solve, problem)
    assert isinstance(answer, SolverFound)
    assert check(board_of(problem), FAMILY.read(problem, answer.text).solution).accepted


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ({"n": "0"}, "n: '0' came, wanted a number of queens from 1 to 1000"),
        ({"n": "1001"}, "wanted a number of queens"),
        ({"n": "9" * 5000}, "wanted a number of queens"),
        ({"n": "\uff18"}, "wanted a number of queens"),
        ({"n": "5", "placed": "1,2"}, "placed: '1,2' came, wanted row:column"),
        ({"n": "5", "placed": "6:1"}, "wanted a row from 1 to 5"),
        ({"n": "5", "placed": "1:0"}, "wanted a column"),
        ({"n": "5", "placed": "1:2 1:2"}, "placed on 1:2 twice"),
        ({"n": "5", "board": ""}, "states n and placed"),
        ({"placed": "1:1"}, "states n and placed"),
    ],
)
def test_a_broken_statement_is_refused_with_its_source(statement, said):
    """What was wrong, what came, and what was wanted; the kernel refuses it as well."""
    problem = Problem("n-queens", "broken", statement)
    with pytest.raises(ProblemError, match=said):
        board_of(problem)
    with pytest.raises(Refused):
        recheck(FAMILY.certify(problem, Candidate((), "", "test")).document)


@pytest.mark.parametrize(
    ("side", "placed"), [(0, ()), (1001, ()), (4, ((2, 1), (1, 2))), (4, ((1, 5),)), (4, ((0, 1),))]
)
def test_a_board_checks_itself(side, placed):
    """Squares are in order, each once, on the board."""
    with pytest.raises(ValueError, match=r"wanted 1 to 1000|order|outside"):
        Board(side, placed)


@pytest.mark.parametrize("size", [-1, 4, 1001])
def test_a_size_out_of_range_is_refused(size):
    """Five queens are the least, and a thousand the most."""
    for draw in (FAMILY.draw, FAMILY.draw_unsolvable):
        with pytest.raises(UsageError, match="wanted 5 to 1000"):
            draw(size=size, seed=0)


@pytest.mark.parametrize("solution", ["1: 2", ((),), (("1", 2),)])
def test_a_placement_of_another_kind_breaks_the_critic(solution):
    """That is a broken part, and no wrong answer."""
    with pytest.raises(CriticError):
        FAMILY.certify(Problem("n-queens", "p", {"n": "4"}), Candidate(solution, "", "test"))


@given(
    st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=4),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_the_canonical_form_survives_turning_and_mirroring(squares, swap, down, across):
    """Law: a board and its image share a form."""
    moved = {(7 - r if down else r, 7 - c if across else c) for r, c in squares}
    moved = {(c, r) for r, c in moved} if swap else moved
    forms = {
        FAMILY.canonical_form(Board(6, tuple(sorted(each))).problem("p"))
        for each in (squares, moved)
    }
    assert len(forms) == 1


def test_the_canonical_form_keeps_different_boards_apart():
    """Six single queens of a six-sided board are different up to symmetry."""
    singles = [Board(6, ((row, column),)) for row in _rows(6) for column in _rows(6)]
    assert len({FAMILY.canonical_form(board.problem("p")) for board in singles}) == 6
