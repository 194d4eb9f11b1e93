"""What there is to say of a plan: that it is valid, or where it fails and what is unmet there."""

from __future__ import annotations

from soundly.families.planning.facts import spelled
from soundly.families.planning.pddl import Plan
from soundly.families.planning.unmet import unmet_parts
from soundly.families.planning.validator import Validator

VALID = "valid"
GOAL = "invalid: goal"
INVALID = "invalid"


def step_head(number: int) -> str:
    """The head of a verdict on a plan whose step of this number is the first that cannot run."""
    return f"{INVALID}: step {number}"


def verdict_on(validator: Validator, plan: Plan) -> tuple[str, ...]:
    """The right answer: ``("valid",)``, or where the plan fails and each unmet literal, sorted.

    Literals are the conjuncts of the precondition or the goal, those of universal quantifiers
    included. A disjunction that fails is no literal and is not asked for.
    """
    done = validator.valid_prefix(plan)
    if done == len(plan) and validator.accepts(plan):
        return (VALID,)
    *_, state = validator.progress(plan[:done])
    if done == len(plan):
        head, parts = GOAL, unmet_parts(validator.task, state, validator.task.goal, {})
    else:
        step = plan[done]
        action = validator.task.domain.actions[step[0]]
        binding = dict(zip((p.name for p in action.parameters), step[1:], strict=True))
        head = step_head(done + 1)
        parts = unmet_parts(validator.task, state, action.precondition, binding)
    literals = [spelled(part.literal[0], true=part.literal[1]) for part in parts if part.literal]
    return (head, *sorted(set(literals)))
