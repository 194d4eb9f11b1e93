"""Progression: a plan is carried out on paper, state by state, in any domain."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.families.planning.pddl import Plan, format_atom
from soundly.families.planning.rung import Speech, Worked
from soundly.families.planning.validator import Validator

_LESSON = (
    "A plan can be proved right on paper. Start from the initial state. For each action, write "
    "down what it needs and look for every one of these facts in the state that you have; if one "
    "is missing, the action cannot be carried out there, and you need another. Then write down "
    "the next state: the one before, without what the action makes false and with what it makes "
    "true. When the last action is done, look for every part of the goal in the last state. "
    "Facts that no action changes need not be repeated."
)


@dataclass(frozen=True, slots=True)
class Progression:
    """The domain-independent rung: states and preconditions, one action at a time."""

    name: str = "progression"
    lesson: str = _LESSON

    def work(self, speech: Speech, plan: Plan) -> Worked:
        """The plan itself, with the state before and after each step."""
        states = list(Validator(speech.task).progress(plan))
        lines = [speech.state(0, states[0])]
        for number, (step, state) in enumerate(zip(plan, states[1:], strict=True), start=1):
            needs = "; ".join(speech.needs(step)) or "nothing"
            lines += [
                f"Step {number}: {format_atom(step)}",
                f"It needs: {needs}. This holds in state {number - 1}.",
                speech.state(number, state),
            ]
        goals = "; ".join(speech.goals())
        lines.append(f"The goal asks for: {goals}. This holds in state {len(plan)}.")
        return Worked(plan, "\n".join(lines))
