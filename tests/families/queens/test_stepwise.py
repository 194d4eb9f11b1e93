"""Queens step by step: which can stand, and whether each row has a square left."""

from itertools import permutations

import pytest

from soundly.config.families import make_family
from soundly.core.problem import Problem
from soundly.families.queens.board import board_of
from soundly.families.queens.critic import check

FAMILY = make_family("n-queens")
EMPTY = Problem("n-queens", "six", {"n": "6", "placed": ""})
PLACED = FAMILY.draw(size=6, seed=1)


def solution(problem=PLACED):
    return FAMILY.read_steps(problem, FAMILY.right_answer(size=6, seed=1))


def test_a_right_placement_is_alive_row_by_row_and_complete_when_each_row_has_a_queen():
    """Placed queens count from the start, and may be named again."""
    steps = solution()
    prefixes = [FAMILY.judge_steps(PLACED, steps[:count]) for count in range(len(steps) + 1)]
    assert not any(prefix.dead for prefix in prefixes)
    assert prefixes[-1].complete
    assert not prefixes[0].complete
    assert prefixes[0].state == "2:6 4:5 5:1"


def test_every_dead_prefix_of_an_empty_board_begins_no_solution():
    """By brute force over all placements of six queens, with two queens set."""
    rows = range(1, 7)
    solutions = [
        columns
        for columns in permutations(rows)
        if check(
            board_of(EMPTY), tuple((str(r), str(c)) for r, c in zip(rows, columns, strict=True))
        ).accepted
    ]
    assert len(solutions) == 4
    dead = 0
    for first in rows:
        for second in rows:
            prefix = FAMILY.judge_steps(EMPTY, (f"1: {first}", f"2: {second}"))
            if prefix.dead:
                dead += 1
                assert not any(columns[:2] == (first, second) for columns in solutions)
    assert 0 < dead < 36


def test_a_row_without_a_free_square_is_dead_though_no_queen_attacks_another():
    """Nothing can follow; the critique says in which row."""
    board = Problem("n-queens", "four", {"n": "4", "placed": ""})
    prefix = FAMILY.judge_steps(board, ("1: 1", "2: 3"))
    assert prefix.dead
    assert prefix.reach == 2
    assert prefix.critiques[0].where == "row 3"


@pytest.mark.parametrize("step", ["1: 1", "1: 9", "somewhere", "2: 5"])
def test_a_queen_that_cannot_stand_dies_with_its_number(step):
    """Attacked, off the board, no square, or beside a placed queen in its row."""
    prefix = FAMILY.judge_steps(PLACED, (step,))
    assert prefix.reach == 0
    assert prefix.critiques[0].step == 1


def test_a_square_named_twice_dies():
    """A placed queen may be named once more, and no queen twice."""
    assert not FAMILY.judge_steps(PLACED, ("2: 6",)).dead
    assert FAMILY.judge_steps(PLACED, ("2: 6", "2: 6")).reach == 1


def test_the_order_of_queens_is_no_part_of_the_state():
    """Two orders are merged."""
    one = FAMILY.judge_steps(EMPTY, ("1: 2", "2: 4"))
    other = FAMILY.judge_steps(EMPTY, ("2: 4", "1: 2"))
    assert one.state == other.state


def test_the_answer_of_some_steps_has_the_placed_queens_too():
    """So the critic misses none of them."""
    placed = set(FAMILY.judge_steps(PLACED, ()).state.split())
    rest = tuple(step for step in solution() if step.replace(": ", ":") not in placed)
    found = FAMILY.read(PLACED, FAMILY.spell_steps(PLACED, rest))
    assert check(board_of(PLACED), found.solution).accepted
