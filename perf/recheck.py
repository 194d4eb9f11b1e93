"""Proving and re-checking that there is no plan, and re-checking plans, by size of task.

    .venv/bin/python perf/recheck.py

Prints the seconds that the prover and the kernel take, the size of the certificate, and how many
mutexes or states it holds. One run each, on one core; the kernel reads the certificate from text.
"""

from __future__ import annotations

import json
import time

from soundly.families.planning.proofs import Evidence, NotProved, prove_by_closed_set, prove_by_h2
from soundly.kernel import recheck, seal

Texts = tuple[str, str]

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

LOGISTICS = """(define (domain logistics) (:requirements :strips)
(:predicates (package ?x) (truck ?x) (plane ?x) (place ?x) (airport ?x) (city ?x)
 (in-city ?p ?c) (at ?x ?p) (in ?x ?v))
(:action load-truck :parameters (?x ?v ?p)
 :precondition (and (package ?x) (truck ?v) (place ?p) (at ?v ?p) (at ?x ?p))
 :effect (and (not (at ?x ?p)) (in ?x ?v)))
(:action load-plane :parameters (?x ?v ?p)
 :precondition (and (package ?x) (plane ?v) (place ?p) (at ?v ?p) (at ?x ?p))
 :effect (and (not (at ?x ?p)) (in ?x ?v)))
(:action unload :parameters (?x ?v ?p)
 :precondition (and (package ?x) (place ?p) (in ?x ?v) (at ?v ?p))
 :effect (and (not (in ?x ?v)) (at ?x ?p)))
(:action drive :parameters (?v ?p ?q ?c)
 :precondition (and (truck ?v) (place ?p) (place ?q) (city ?c) (at ?v ?p)
  (in-city ?p ?c) (in-city ?q ?c))
 :effect (and (not (at ?v ?p)) (at ?v ?q)))
(:action fly :parameters (?v ?p ?q)
 :precondition (and (plane ?v) (airport ?p) (airport ?q) (at ?v ?p))
 :effect (and (not (at ?v ?p)) (at ?v ?q))))"""


def blocks(count: int, goal: str) -> Texts:
    """All blocks on the table."""
    names = [f"b{i}" for i in range(count)]
    init = " ".join(f"(ontable {b}) (clear {b})" for b in names)
    return BLOCKS, (
        f"(define (problem p) (:domain blocks) (:objects {' '.join(names)})"
        f" (:init (handempty) {init}) (:goal (and {goal})))"
    )


def circle(count: int) -> str:
    """A tower that stands on itself."""
    return " ".join(f"(on b{i} b{(i + 1) % count})" for i in range(count))


def logistics(cities: int, places: int, packages: int) -> Texts:
    """The last city, where a package has to go, has no airport."""
    objects, init = ["plane0"], ["(plane plane0)", "(at plane0 p0x0)"]
    for c in range(cities):
        objects += [f"c{c}", f"t{c}"]
        init += [f"(city c{c})", f"(truck t{c})", f"(at t{c} p{c}x0)"]
        for p in range(places):
            objects.append(f"p{c}x{p}")
            init += [f"(place p{c}x{p})", f"(in-city p{c}x{p} c{c})"]
        if c < cities - 1:
            init.append(f"(airport p{c}x0)")
    for x in range(packages):
        objects.append(f"x{x}")
        init += [f"(package x{x})", f"(at x{x} p{x % (cities - 1)}x{x % places})"]
    return LOGISTICS, (
        f"(define (problem p) (:domain logistics) (:objects {' '.join(objects)})"
        f" (:init {' '.join(init)}) (:goal (at x0 p{cities - 1}x1)))"
    )


def delivery(cities: int, places: int, packages: int, steps: int) -> tuple[Texts, list[str]]:
    """A solvable task, and a plan of so many steps: the truck of city 0 goes round first."""
    domain, problem = logistics(cities, places, packages)
    problem = problem.replace(f"(at x0 p{cities - 1}x1)", f"(at t0 p0x{steps % places})")
    plan = [f"(drive t0 p0x{i % places} p0x{(i + 1) % places} c0)" for i in range(steps)]
    return (domain, problem), plan


def report(name: str, texts: Texts, found: Evidence | NotProved, proving: float) -> None:
    """One line of the table."""
    if isinstance(found, NotProved):
        print(f"{name:44} {proving:8.2f}  {found.reason}")
        return
    statement = {"domain": texts[0], "problem": texts[1]}
    document = json.dumps(seal("unsolvable", found.kind, "planning", statement, found.content))
    started = time.perf_counter()
    accepted = recheck(document)
    checking = time.perf_counter() - started
    print(
        f"{name:44} {proving:8.2f} {checking:8.2f} {len(document) / 1000:8.0f}  {accepted.summary}"
    )


def main() -> None:
    """Prints the table."""
    print(f"{'task':44} {'prove s':>8} {'check s':>8} {'kB':>8}")
    for name, texts in (
        ("h2: 5 blocks, two on each other", blocks(5, circle(2))),
        ("h2: 20 blocks, two on each other", blocks(20, circle(2))),
        ("h2: 40 blocks, two on each other", blocks(40, circle(2))),
        ("h2: 20 blocks, two in the hand", blocks(20, "(holding b0) (holding b1)")),
        ("h2: 20 blocks, circular tower of 3", blocks(20, circle(3))),
        ("h2: 20 blocks, circular tower of 20", blocks(20, circle(20))),
        ("h2: logistics, 31 objects", logistics(4, 4, 6)),
        ("h2: logistics, 101 objects", logistics(10, 5, 30)),
        ("h2: logistics, 221 objects", logistics(20, 6, 60)),
    ):
        started = time.perf_counter()
        found = prove_by_h2(*texts, max_seconds=120, max_pairs=100_000)
        report(name, texts, found, time.perf_counter() - started)
    for count in (3, 4, 5):
        texts = blocks(count, circle(2))
        started = time.perf_counter()
        closed = prove_by_closed_set(*texts, max_seconds=120, max_states=100_000)
        report(f"closed set: {count} blocks", texts, closed, time.perf_counter() - started)
    for cities, packages, steps in ((3, 3, 38), (10, 30, 500)):
        texts, plan = delivery(cities, 5, packages, steps)
        statement = {"domain": texts[0], "problem": texts[1]}
        document = json.dumps(seal("solved", "pddl-plan", "planning", statement, {"plan": plan}))
        started = time.perf_counter()
        accepted = recheck(document)
        checking = time.perf_counter() - started
        size = len(document) / 1000
        print(f"{f'plan: {steps} steps':44} {'':8} {checking:8.3f} {size:8.0f}  {accepted.summary}")


if __name__ == "__main__":
    main()
