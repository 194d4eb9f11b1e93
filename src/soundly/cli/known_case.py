"""A planning problem whose every answer is known: for asking judges and solvers what they say."""

from __future__ import annotations

from typing import Final

from soundly.core.problem import Problem

_DOMAIN = """\
(define (domain rooms)
  (:requirements :strips)
  (:predicates (in ?room) (door ?from ?to))
  (:action go
    :parameters (?from ?to)
    :precondition (and (in ?from) (door ?from ?to))
    :effect (and (in ?to) (not (in ?from)))))
"""


def _problem(name: str, goal: str) -> Problem:
    text = (
        f"(define (problem {name}) (:domain rooms)\n"
        "  (:objects hall kitchen garden cellar)\n"
        "  (:init (in hall) (door hall kitchen) (door kitchen garden))\n"
        f"  (:goal (in {goal})))\n"
    )
    return Problem("planning", name, {"domain": _DOMAIN, "problem": text})


SOLVABLE: Final = _problem("to-the-garden", "garden")
UNSOLVABLE: Final = _problem("to-the-cellar", "cellar")

GOOD: Final = (("go", "hall", "kitchen"), ("go", "kitchen", "garden"))
"""The one shortest plan for `SOLVABLE`."""

BAD: Final = {
    "a step too few": GOOD[:1],
    "a step through a wall": (("go", "hall", "garden"),),
    "the wrong order": GOOD[::-1],
    "an argument too many": (GOOD[0], (*GOOD[1], "cellar")),
    "an argument too few": (GOOD[0], GOOD[1][:2]),
    "an unknown object": (GOOD[0], ("go", "kitchen", "attic")),
    "an empty action": (*GOOD, ()),
    "nothing": (),
}
"""Plans that do not solve `SOLVABLE`, each one edit or so from one that does."""
