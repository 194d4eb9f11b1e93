"""PDDL: the supported language, read strictly.

STRIPS, typing with ``either``, negative and disjunctive preconditions, equality, quantifiers,
conditional effects, constants and action costs. Everything else is refused by name, never skipped.

    task = parse_task(domain_text, problem_text)
    plan = parse_plan("(pick-up a)")
"""

from soundly.families.planning.pddl.domain import parse_domain
from soundly.families.planning.pddl.grounding import (
    Condition,
    GroundAction,
    GroundEffect,
    ground_action,
    ground_condition,
)
from soundly.families.planning.pddl.plan import Plan, Step, format_plan, parse_plan
from soundly.families.planning.pddl.problem import parse_problem, parse_task
from soundly.families.planning.pddl.syntax import (
    Action,
    Add,
    And,
    Atom,
    Delete,
    Domain,
    Effect,
    Equal,
    Exists,
    Forall,
    ForEach,
    Formula,
    GroundAtom,
    Imply,
    Increase,
    Not,
    Or,
    Signature,
    Together,
    TypedName,
    When,
    format_atom,
)
from soundly.families.planning.pddl.task import Task
from soundly.families.planning.pddl.writer import format_domain, format_problem

__all__ = [
    "Action",
    "Add",
    "And",
    "Atom",
    "Condition",
    "Delete",
    "Domain",
    "Effect",
    "Equal",
    "Exists",
    "ForEach",
    "Forall",
    "Formula",
    "GroundAction",
    "GroundAtom",
    "GroundEffect",
    "Imply",
    "Increase",
    "Not",
    "Or",
    "Plan",
    "Signature",
    "Step",
    "Task",
    "Together",
    "TypedName",
    "When",
    "format_atom",
    "format_domain",
    "format_plan",
    "format_problem",
    "ground_action",
    "ground_condition",
    "parse_domain",
    "parse_plan",
    "parse_problem",
    "parse_task",
]
