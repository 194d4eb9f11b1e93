"""Unsolvable tasks that people can check in their heads, large ones among them."""

from __future__ import annotations

import json
import pickle

import pytest

from soundly.families.planning.proofs import (
    Evidence,
    NotProved,
    prove_by_closed_set,
    prove_by_h2,
)
from soundly.families.planning.proofs.evidence import Deadline, OutOfReachError
from soundly.kernel import recheck

BLOCKS = """(define (domain blocks) (:requirements :strips)
(:predicates (on ?x ?y) (ontable ?x) (clear ?x) (handempty) (holding ?x))
(:action pick-up :parameters (?x)
 :precondition (and (clear ?x) (ontable ?x) (handempty))
 :effect (and (not (ontable ?x)) (not (clear ?x)) (not (handempty)) (holding ?x)))
(:action put-down :parameters (?x) :precondition (holding ?x)
 :effect (and (not (holding ?x)) (clear ?x) (handempty) (ontable ?x)))
(:action stack :parameters (?x ?y) :precondition (and (holding ?x) (clear ?y))
 :effect (and (not (holding ?x)) (not (clear ?y)) (clear ?x) (handempty) (on ?x ?y)))
(:action unstack :parameters (?x ?y)
 :precondition (and (on ?x ?y) (clear ?x) (handempty))
 :effect (and (holding ?x) (clear ?y) (not (clear ?x)) (not (handempty)) (not (on ?x ?y)))))"""

LOGISTICS = """(define (domain logistics) (:requirements :typing)
(:types truck plane - vehicle package vehicle - thing airport - place place city)
(:predicates (at ?x - thing ?p - place) (in ?x - package ?v - vehicle) (of ?p - place ?c - city))
(:action load :parameters (?x - package ?v - vehicle ?p - place)
 :precondition (and (at ?x ?p) (at ?v ?p)) :effect (and (not (at ?x ?p)) (in ?x ?v)))
(:action unload :parameters (?x - package ?v - vehicle ?p - place)
 :precondition (and (in ?x ?v) (at ?v ?p)) :effect (and (not (in ?x ?v)) (at ?x ?p)))
(:action drive :parameters (?v - truck ?p ?q - place ?c - city)
 :precondition (and (at ?v ?p) (of ?p ?c) (of ?q ?c)) :effect (and (not (at ?v ?p)) (at ?v ?q)))
(:action fly :parameters (?v - plane ?p ?q - airport)
 :precondition (at ?v ?p) :effect (and (not (at ?v ?p)) (at ?v ?q))))"""

BRIEFCASE = """(define (domain briefcase) (:requirements :adl)
(:types place item)
(:predicates (at ?i - item ?p - place) (case-at ?p - place) (in ?i - item))
(:action move :parameters (?from ?to - place)
 :precondition (and (case-at ?from) (not (= ?from ?to)))
 :effect (and (case-at ?to) (not (case-at ?from))
  (forall (?i - item) (when (in ?i) (and (at ?i ?to) (not (at ?i ?from)))))))
(:action put-in :parameters (?i - item ?p - place)
 :precondition (and (case-at ?p) (at ?i ?p) (not (in ?i))) :effect (in ?i))
(:action take-out :parameters (?i - item) :precondition (in ?i) :effect (not (in ?i))))"""

SWITCHES = """(define (domain switches) (:requirements :adl)
(:predicates (on ?l) (broken) (wired ?l ?m))
(:action flip :parameters (?l)
 :precondition (and (not (on ?l)) (or (not (broken)) (exists (?m) (and (wired ?l ?m) (on ?m)))))
 :effect (on ?l)))"""

PUSHING = """(define (domain pushing) (:requirements :strips)
(:predicates (stone ?c) (player ?c) (free ?c) (next ?a ?b) (line ?a ?b ?c))
(:action walk :parameters (?a ?b) :precondition (and (player ?a) (next ?a ?b) (free ?b))
 :effect (and (not (player ?a)) (player ?b) (free ?a) (not (free ?b))))
(:action push :parameters (?a ?b ?c)
 :precondition (and (player ?a) (stone ?b) (line ?a ?b ?c) (free ?c))
 :effect (and (not (player ?a)) (player ?b) (not (stone ?b)) (stone ?c)
  (free ?a) (not (free ?c)))))"""


def blocks(count, goal):
    names = [f"b{i}" for i in range(count)]
    init = " ".join(f"(ontable {b}) (clear {b})" for b in names)
    return BLOCKS, (
        f"(define (problem p) (:domain blocks) (:objects {' '.join(names)})"
        f" (:init (handempty) {init}) (:goal (and {goal})))"
    )


def logistics(cities, places, packages):
    """No plane can land in the last city, where package p0 has to go."""
    objects, init = ["plane0 - plane"], ["(at plane0 l0x0)"]
    for c in range(cities):
        objects += [f"c{c} - city", f"t{c} - truck"]
        init.append(f"(at t{c} l{c}x0)")
        for p in range(places):
            is_airport = p == 0 and c < cities - 1
            objects.append(f"l{c}x{p} - {'airport' if is_airport else 'place'}")
            init.append(f"(of l{c}x{p} c{c})")
    for x in range(packages):
        objects.append(f"p{x} - package")
        init.append(f"(at p{x} l{x % (cities - 1)}x{x % places})")
    return LOGISTICS, (
        f"(define (problem p) (:domain logistics) (:objects {' '.join(objects)})"
        f" (:init {' '.join(init)}) (:goal (and (at p1 l0x0) (at p0 l{cities - 1}x1))))"
    )


def briefcase(goal):
    return BRIEFCASE, (
        "(define (problem p) (:domain briefcase) (:objects a b c - place x y - item)"
        f" (:init (case-at a) (at x a) (at y b)) (:goal {goal}))"
    )


def switches(goal, init=""):
    return SWITCHES, (
        "(define (problem p) (:domain switches) (:objects k l m)"
        f" (:init (broken) (wired l m) (wired k l) (wired m k) {init}) (:goal {goal}))"
    )


def pushing(width, height):
    """A stone in a corner stays there."""
    cells = {(x, y): f"c{x}x{y}" for x in range(width) for y in range(height)}
    init = ["(player c1x1)", "(stone c0x0)"]
    init += [f"(free {name})" for at, name in cells.items() if at not in {(0, 0), (1, 1)}]
    for (x, y), name in cells.items():
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            near, far = cells.get((x + dx, y + dy)), cells.get((x + 2 * dx, y + 2 * dy))
            init += [f"(next {name} {near})"] if near else []
            init += [f"(line {name} {near} {far})"] if far else []
    return PUSHING, (
        f"(define (problem p) (:domain pushing) (:objects {' '.join(cells.values())})"
        f" (:init {' '.join(init)}) (:goal (stone c2x2)))"
    )


UNSOLVABLE = {
    "two blocks on each other": blocks(5, "(on b0 b1) (on b1 b0)"),
    "two blocks on each other, of twenty": blocks(20, "(on b0 b1) (on b1 b0)"),
    "two blocks in one hand": blocks(20, "(holding b3) (holding b4)"),
    "a clear block below another": blocks(20, "(on b0 b1) (clear b1)"),
    "a block on itself": blocks(20, "(on b7 b7)"),
    "a circular tower of three": blocks(20, "(on b0 b1) (on b1 b2) (on b2 b0)"),
    "a circular tower beside a right one": blocks(
        12, "(on b0 b1) (on b1 b2) (on b2 b3) (on b3 b0) (on b5 b6) (on b6 b7) (clear b5)"
    ),
    "a city without an airport": logistics(4, 3, 5),
    "a city without an airport, 100 objects": logistics(12, 5, 16),
    "the case in two places": briefcase("(and (case-at a) (case-at b))"),
    "a circle of switches that wait for each other": switches("(exists (?l) (on ?l))"),
    "a negated fact that nothing makes true": switches("(and (on k) (not (broken)))", "(on k)"),
    "a stone in a corner": pushing(4, 4),
}


@pytest.mark.parametrize("name", UNSOLVABLE)
def test_an_invariant_is_found_small_and_quick_to_check(name, certificate):
    texts = UNSOLVABLE[name]
    found = prove_by_h2(*texts, max_seconds=60, max_pairs=100_000)
    assert isinstance(found, Evidence), found
    document = certificate(texts, found)
    assert len(json.dumps(document)) < 1_000_000
    assert recheck(json.dumps(document)).kind == "pddl-h2"
    assert recheck(document, domain=texts[0], problem=texts[1]).claim == "unsolvable"


@pytest.mark.parametrize(
    "texts",
    [blocks(3, "(on b0 b1) (on b1 b0)"), briefcase("(and (at x a) (at x b))"), pushing(3, 3)],
    ids=["blocks", "briefcase", "pushing"],
)
def test_a_small_task_is_exhausted(texts, certificate):
    found = prove_by_closed_set(*texts, max_seconds=60, max_states=5_000)
    assert isinstance(found, Evidence), found
    assert "states" in recheck(certificate(texts, found)).summary


def test_where_a_goal_state_comes_up_the_shortest_plan_to_it_is_given():
    found = prove_by_closed_set(*blocks(3, "(on b0 b1)"), max_seconds=60, max_states=1_000)
    assert found == NotProved(
        "solvable: a goal state can be reached", (("pick-up", "b0"), ("stack", "b0", "b1"))
    )


def test_what_takes_three_facts_at_once_is_not_found():
    """What is in the case is where the case is: a relation of three facts, none of them a goal."""
    found = prove_by_h2(*briefcase("(and (at x a) (at x b))"), max_seconds=60, max_pairs=1_000)
    assert isinstance(found, NotProved)


def test_a_solvable_task_has_no_invariant():
    found = prove_by_h2(*blocks(6, "(on b0 b1) (on b1 b2)"), max_seconds=60, max_pairs=1_000)
    assert isinstance(found, NotProved)
    assert "goal" in found.reason


@pytest.mark.parametrize(
    ("prove", "limit"),
    [
        (lambda t: prove_by_closed_set(*t, max_seconds=60, max_states=20), "20 states"),
        (lambda t: prove_by_h2(*t, max_seconds=60, max_pairs=10), "10 pairs"),
        (lambda t: prove_by_closed_set(*t, max_seconds=1e-9, max_states=9_999), "seconds"),
        (lambda t: prove_by_h2(*t, max_seconds=1e-9, max_pairs=9_999), "seconds"),
    ],
)
def test_a_limit_ends_in_no_proof_and_names_itself(prove, limit):
    found = prove(blocks(8, "(on b0 b1) (on b1 b0)"))
    assert isinstance(found, NotProved)
    assert limit in found.reason


@pytest.mark.parametrize(
    "prove",
    [
        lambda: prove_by_closed_set("", "", max_states=0, max_seconds=1),
        lambda: prove_by_h2("", "", max_pairs=0, max_seconds=1),
        lambda: Deadline(0),
        lambda: NotProved(""),
    ],
)
def test_limits_and_reasons_cannot_be_nothing(prove):
    with pytest.raises(ValueError, match=r"at least 1|above 0|says why"):
        prove()


def test_a_deadline_passes_by_the_clock_it_is_given():
    now = iter([0.0, 5.0, 5.1])
    deadline = Deadline(5.0, clock=lambda: next(now))
    deadline.check()
    with pytest.raises(OutOfReachError, match="5 seconds"):
        deadline.check()


def test_proofs_travel_between_processes():
    found = prove_by_h2(*blocks(3, "(on b0 b0)"), max_seconds=60, max_pairs=1_000)
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(NotProved("why"))) == NotProved("why")


def test_the_same_task_gives_the_same_proof():
    texts = blocks(6, "(on b0 b1) (on b1 b0)")
    first, second = (prove_by_h2(*texts, max_seconds=60, max_pairs=1_000) for _ in range(2))
    assert first == second
