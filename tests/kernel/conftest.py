"""One small task with its three certificates, and a way to spoil them."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from soundly.kernel import seal

DOMAIN = """; a lamp that can be lit once, and a door
(define (domain lamp) (:requirements :strips :typing :action-costs)
  (:types lamp door - thing)
  (:predicates (lit ?l - lamp) (dark ?l - lamp) (open ?d - door) (beside ?l - lamp ?d - door))
  (:functions (total-cost) - number (price ?l - lamp) - number)
  (:action light :parameters (?l - lamp)
    :precondition (dark ?l)
    :effect (and (lit ?l) (not (dark ?l)) (increase (total-cost) (price ?l))))
  (:action pass :parameters (?l - lamp ?d - door)
    :precondition (and (lit ?l) (beside ?l ?d))
    :effect (and (open ?d) (increase (total-cost) 2))))"""

PROBLEM = """(define (problem p) (:domain lamp)
  (:objects a b - lamp gate hatch - door)
  (:init (dark a) (dark b) (beside a gate) (= (price a) 3.5) (= (price b) 1))
  (:goal {goal}) (:metric minimize (total-cost)))"""


def lamp(goal: str) -> dict[str, str]:
    return {"domain": DOMAIN, "problem": PROBLEM.replace("{goal}", goal)}


CERTIFICATES = {
    "pddl-plan": (
        "solved",
        lamp("(open gate)"),
        {"plan": ["(light a)", "(pass a gate)"]},
    ),
    "pddl-closed-set": (
        "unsolvable",
        lamp("(open hatch)"),
        {
            "facts": ["(dark a)", "(dark b)", "(lit a)", "(lit b)", "(open gate)"],
            "states": ["3", "6", "9", "c", "16", "1c"],
        },
    ),
    "pddl-h2": (
        "unsolvable",
        lamp("(or (open hatch) (and (lit a) (dark a)))"),
        {"facts": ["(open hatch)", "(lit a)", "(dark a)"], "mutexes": [[0], [1, 2]]},
    ),
}


def sealed(kind: str, **changes: object) -> dict[str, object]:
    claim, statement, evidence = CERTIFICATES[kind]
    parts = {"claim": claim, "statement": statement, "evidence": evidence, **changes}
    return seal(parts["claim"], kind, "planning", parts["statement"], parts["evidence"])


@pytest.fixture(params=sorted(CERTIFICATES))
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of certificate."""
    return request.param


@pytest.fixture
def certificate() -> Callable[..., dict[str, object]]:
    """A function from a kind to a certificate that holds, or to one with other parts."""
    return lambda kind, **changes: copy.deepcopy(sealed(kind, **changes))


@pytest.fixture
def statement() -> Callable[[str], dict[str, str]]:
    """A function from a goal to the lamp task with this goal."""
    return lamp
