"""What the kernel says reads right for one of a thing and for many."""

import pytest

from soundly.kernel import recheck, seal
from soundly.kernel.amount import amount

DOMAIN = """(define (domain d) (:predicates (p))
  (:action go :parameters () :precondition () :effect (p)))"""
TASK = {"domain": DOMAIN, "problem": "(define (problem q) (:domain d) (:init) (:goal (p)))"}
ONE_OF_ONE = {"n": "1", "placed": ""}
CLAUSE = {"formula": "p cnf 1 1\n1 0\n"}


def test_an_amount_is_singular_for_one_alone():
    assert [amount(count, "step") for count in (0, 1, 2)] == ["0 steps", "1 step", "2 steps"]
    assert amount(1, "city", "cities") == "1 city"
    assert amount(3, "city", "cities") == "3 cities"


@pytest.mark.parametrize(
    ("kind", "statement", "evidence", "summary"),
    [
        ("pddl-plan", TASK, {"plan": ["(go)"]}, "plan of 1 step reaches the goal, cost 1"),
        ("n-queens", {"n": "1"}, {"queens": [["1", "1"]]}, "1 queen, and none attacks another"),
        ("sat", CLAUSE, {"literals": [1]}, "1 clause is true under values for 1 variable"),
    ],
)
def test_a_summary_of_one_is_singular(kind, statement, evidence, summary):
    accepted = recheck(seal("solved", kind, "some-family", statement, evidence))
    assert accepted.summary == summary
