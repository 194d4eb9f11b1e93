"""Words for what came in between while a shown plan was being carried out."""

from __future__ import annotations

from soundly.core.problem import Problem
from soundly.families.planning.pddl import format_atom
from soundly.families.planning.problems import task_of
from soundly.families.planning.rung import Speech
from soundly.families.planning.shown import Shown, solved_by
from soundly.families.planning.validator import Validator

_REST = (
    "The rest of the plan may not fit any more. Your problem begins in the state as it is now and "
    "has the same goal."
)


def interruption(problem: Problem, shown: Shown, carried_out: int, speech: Speech) -> str:
    """How far the plan came, and what is otherwise than it expected.

    The changes are the difference between the state after so many steps of the shown plan and the
    initial state of ``problem``.
    """
    done = shown.plan[:carried_out]
    *_, expected = Validator(task_of(solved_by(shown, problem))).progress(done)
    found = task_of(problem).init
    lost, gained = (
        [speech.fact(atom) for atom in sorted(atoms)]
        for atoms in (expected - found, found - expected)
    )
    lines = [
        f"This plan was being followed. {_so_far(carried_out)}, something else changed the state:",
        *(f"- no longer true: {text}" for text in lost if text),
        *(f"- now true: {text}" for text in gained if text),
    ]
    if done:
        lines.append(f"Carried out were: {', '.join(map(format_atom, done))}.")
    return "\n".join([*lines, _REST])


def _so_far(count: int) -> str:
    match count:
        case 0:
            return "Before its first action"
        case 1:
            return "After its first action"
    return f"After its first {count} actions"
