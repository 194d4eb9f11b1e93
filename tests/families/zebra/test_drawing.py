"""What is drawn has one solution, or none, and not one clue too many."""

import anyio
import pytest

from soundly.core.candidate import Candidate
from soundly.core.certificate import certify
from soundly.core.errors import FamilyError, UsageError
from soundly.families.zebra import drawing
from soundly.families.zebra.audit import solutions
from soundly.families.zebra.drawing import draw_contradictory, draw_solvable
from soundly.families.zebra.family import ZebraFamily
from soundly.families.zebra.puzzle import RELATIONS, Puzzle
from soundly.families.zebra.search import Search, proof_of_uniqueness
from soundly.families.zebra.words import VALUES
from soundly.kernel import Refused, recheck

FAMILY = ZebraFamily()


def count(puzzle: Puzzle) -> int:
    """How many there are, by brute force."""
    statement = puzzle.problem("counted").statement
    return len(solutions(statement["attributes"], statement["clues"]))


def without_one(puzzle: Puzzle) -> list[Puzzle]:
    clues = puzzle.clues
    return [Puzzle(puzzle.attributes, clues[:at] + clues[at + 1 :]) for at in range(len(clues))]


@pytest.mark.parametrize(("houses", "attributes"), [(2, 2), (3, 3), (4, 2), (3, 4), (4, 4)])
def test_a_drawn_puzzle_has_one_solution_and_needs_every_clue(houses, attributes):
    """Brute force finds one solution, and more as soon as any one clue is left out."""
    for seed in range(3):
        drawn = draw_solvable(houses=houses, attributes=attributes, seed=seed)
        assert count(drawn.puzzle) == 1
        assert all(count(fewer) > 1 for fewer in without_one(drawn.puzzle)[:4])


@pytest.mark.parametrize(("houses", "attributes"), [(2, 2), (3, 3), (4, 2), (3, 4), (4, 4)])
def test_a_drawn_contradiction_needs_every_clue(houses, attributes):
    """Brute force finds no solution, and one as soon as any one clue is left out."""
    for seed in range(3):
        puzzle = draw_contradictory(houses=houses, attributes=attributes, seed=seed)
        assert count(puzzle) == 0
        assert all(count(fewer) > 0 for fewer in without_one(puzzle)[:4])


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6])
def test_uniqueness_is_proved_and_the_kernel_follows(size):
    """Every drawn puzzle is certified with a proof that no other solution exists."""
    for seed in range(6 if size < 6 else 1):
        problem = FAMILY.draw(size=size, seed=seed)
        found = FAMILY.read(problem, FAMILY.right_answer(size=size, seed=seed))
        candidate = Candidate(found.solution, found.canonical, "test")
        accepted = recheck(FAMILY.certify(problem, candidate).document)
        assert accepted.kind == "zebra-unique"
        assert "no other solution" in accepted.summary


def test_what_is_not_unique_is_not_certified_as_unique():
    """Without one of its clues a puzzle is still solved, and the promise is not vouched for."""
    drawn = draw_solvable(houses=3, attributes=3, seed=4)
    for fewer in without_one(drawn.puzzle):
        problem = Puzzle(fewer.attributes, fewer.clues, promised=True).problem("loose")
        found = FAMILY.read(problem, FAMILY.right_answer(size=3, seed=4))
        certificate = FAMILY.certify(problem, Candidate(found.solution, found.canonical, "test"))
        assert recheck(certificate.document).kind == "zebra"
        assert proof_of_uniqueness(fewer, drawn.houses) is None


def test_a_draw_that_takes_too_long_breaks_aloud(monkeypatch):
    """A puzzle whose clues were not all tried is never drawn."""
    monkeypatch.setattr(drawing, "Search", lambda *size: Search(*size, max_choices=1))
    with pytest.raises(FamilyError, match="draw another seed"):
        draw_solvable(houses=5, attributes=5, seed=1)


def test_a_search_that_gives_up_proves_nothing():
    """Out of choices is neither unique nor not."""
    drawn = next(
        each
        for seed in range(50)
        if proof_of_uniqueness(
            (each := draw_solvable(houses=6, attributes=6, seed=seed)).puzzle, each.houses
        ).count("\n")
        > 8
    )
    assert proof_of_uniqueness(drawn.puzzle, drawn.houses, max_choices=1) is None


@pytest.mark.parametrize("size", [5, 6])
def test_larger_contradictions_are_refuted(size):
    """A SAT solver refutes what is too large for brute force, and the kernel follows."""
    (solver,) = FAMILY.solvers
    answer = anyio.run(solver.solve, FAMILY.draw_unsolvable(size=size, seed=3))
    assert recheck(answer.certificate.document).claim == "unsolvable"


def test_all_kinds_of_clues_are_drawn():
    """No kind is left out for good."""
    kinds = {
        clue.kind
        for seed in range(40)
        for clue in draw_solvable(houses=4, attributes=3, seed=seed).puzzle.clues
    }
    assert kinds == set(RELATIONS)


def test_no_word_is_used_twice():
    """Attributes and values of drawn puzzles are all different words."""
    words = [word for name, values in VALUES.items() for word in (name, *values)]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("size", [-1, 0, 1, 9, 10**9])
def test_a_size_out_of_range_is_refused(size):
    """Two houses are the least, and eight the most."""
    for draw in (FAMILY.draw, FAMILY.draw_unsolvable):
        with pytest.raises(UsageError, match="wanted 2 to 8"):
            draw(size=size, seed=0)


def test_a_proof_for_one_solution_is_none_for_another():
    """The kernel excludes the solution that the certificate states, and no other."""
    problem = Puzzle((("pet", ("cat", "dog")),), (), promised=True).problem("free")
    evidence = {"houses": [["cat", 1], ["dog", 2]], "proof": "0\n"}
    with pytest.raises(Refused, match="does not follow"):
        recheck(certify(problem, claim="solved", kind="zebra-unique", evidence=evidence).document)
