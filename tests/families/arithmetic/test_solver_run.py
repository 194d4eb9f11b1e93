"""Runs of an arithmetic search: every sum is right, and the last one makes the target."""

import re
from fractions import Fraction

import pytest

from soundly.config.families import make_family
from soundly.families.arithmetic.expression import parse, value_of
from soundly.families.arithmetic.solver_run import MOST_LINES, run_of
from soundly.families.arithmetic.statement import Task
from soundly.families.arithmetic.twin import decide

_SUM = re.compile(r"([-0-9/() ]+ [-+*/] [-0-9/()]+) = (-?\d+(?:/\d+)?)")


@pytest.mark.parametrize("name", ["game24", "countdown"])
def test_every_sum_of_a_run_is_right_and_the_answer_is_accepted(name):
    family = make_family(name)
    problem = family.draw(size=4, seed=1)
    shown = family.solver_runs(problem, count=8, language="natural")
    assert len(shown) == 8
    for run in shown:
        search, _, answer = run.text.partition("[ANSWER]")
        sums = _SUM.findall(search)
        assert sums
        for left, right in sums:
            assert value_of(parse(left)) == Fraction(right)
        canonical = family.read(run.problem, run.text).canonical
        assert decide(run.problem.statement, canonical)
        assert len(search.splitlines()) <= MOST_LINES + 4
        assert answer.strip().endswith("[/ANSWER]")


def test_a_run_goes_back_where_nothing_makes_the_target():
    text = run_of(Task((8, 4, 7), 24, "all"))
    assert text.index("From 12, 7:") < text.index("None is 24; back.") < text.index("8 * 3 = 24")


def test_where_some_numbers_may_be_left_a_run_stops_at_the_target():
    assert "leaves" not in run_of(Task((8, 4, 7), 12, "any"))


@pytest.mark.parametrize("numbers", [(1, 1, 1), (1, 1)])
def test_what_cannot_be_made_has_no_run(numbers):
    assert run_of(Task(numbers, 24, "all")) is None


def test_no_run_is_on_the_numbers_that_are_asked():
    family = make_family("game24")
    problem = family.draw(size=3, seed=0)
    for run in family.solver_runs(problem, count=4, language="natural"):
        assert sorted(run.problem.statement["numbers"]) != sorted(problem.statement["numbers"])
