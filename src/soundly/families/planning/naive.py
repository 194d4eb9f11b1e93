"""The validator as the textbook has it: the specification that the fast one is compared with.

States are sets, formulas are judged by recursion on what the text says, actions are looked up and
bound anew at every step. It shares the reading of PDDL with the validator and nothing else: not
the grounding, not the masks, not the explanations.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from soundly.families.planning.pddl import (
    Add,
    And,
    Atom,
    Delete,
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
    Plan,
    Step,
    Task,
    Together,
    TypedName,
    When,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

State = frozenset[GroundAtom]
Binding = dict[str, str]


def solves(task: Task, plan: Plan) -> bool:
    """Whether every step can run where it stands and the goal holds at the end."""
    state = task.init
    for step in plan:
        if not can_run(task, state, step):
            return False
        state = successor(task, state, step)
    return holds(task, state, task.goal, {})


def can_run(task: Task, state: State, step: Step) -> bool:
    """Whether the step names an action with fitting objects, whose precondition and cost hold."""
    if not step or step[0] not in task.domain.actions:
        return False
    action = task.domain.actions[step[0]]
    if len(step) - 1 != len(action.parameters):
        return False
    for name, parameter in zip(step[1:], action.parameters, strict=True):
        if name not in members(task, parameter):
            return False
    binding = bind(task, step)
    return cost_is_defined(task, action.effect, binding) and holds(
        task, state, action.precondition, binding
    )


def successor(task: Task, state: State, step: Step) -> State:
    """All effects at once: what is deleted goes, then what is added comes."""
    changes = list(literals(task, state, task.domain.actions[step[0]].effect, bind(task, step)))
    added = {atom for atom, becomes in changes if becomes}
    deleted = {atom for atom, becomes in changes if not becomes}
    return frozenset((state - deleted) | added)


def holds(task: Task, state: State, formula: Formula, binding: Binding) -> bool:
    """The truth of a formula in a state."""
    match formula:
        case Atom():
            result = ground(formula, binding) in state
        case Equal(left, right):
            result = binding.get(left, left) == binding.get(right, right)
        case Not(operand):
            result = not holds(task, state, operand, binding)
        case And(operands):
            result = all(holds(task, state, part, binding) for part in operands)
        case Or(operands):
            result = any(holds(task, state, part, binding) for part in operands)
        case Imply(before, after):
            result = holds(task, state, after, binding) or not holds(task, state, before, binding)
        case Exists(variables, body):
            result = any(holds(task, state, body, b) for b in extend(task, variables, binding))
        case Forall(variables, body):
            result = all(holds(task, state, body, b) for b in extend(task, variables, binding))
    return result


def literals(
    task: Task, state: State, effect: Effect, binding: Binding
) -> Iterator[tuple[GroundAtom, bool]]:
    """The atoms that an effect makes true or false in a state."""
    match effect:
        case Add(atom):
            yield ground(atom, binding), True
        case Delete(atom):
            yield ground(atom, binding), False
        case Together(operands):
            for part in operands:
                yield from literals(task, state, part, binding)
        case When(condition, inner):
            if holds(task, state, condition, binding):
                yield from literals(task, state, inner, binding)
        case ForEach(variables, inner):
            for extended in extend(task, variables, binding):
                yield from literals(task, state, inner, extended)
        case Increase():
            pass


def cost_is_defined(task: Task, effect: Effect, binding: Binding) -> bool:
    """Whether the problem states every value that the effect adds to the cost."""
    match effect:
        case Increase(Atom() as function):
            return ground(function, binding) in task.values
        case Together(operands):
            return all(cost_is_defined(task, part, binding) for part in operands)
        case _:
            return True


def bind(task: Task, step: Step) -> Binding:
    """The action's parameters, each with the step's object."""
    parameters = task.domain.actions[step[0]].parameters
    return {p.name: name for p, name in zip(parameters, step[1:], strict=True)}


def extend(task: Task, variables: tuple[TypedName, ...], binding: Binding) -> Iterator[Binding]:
    """The binding with every choice of objects for the variables."""
    for choice in product(*(members(task, variable) for variable in variables)):
        yield binding | {v.name: name for v, name in zip(variables, choice, strict=True)}


def members(task: Task, variable: TypedName) -> list[str]:
    """The objects of a variable's type: of the type itself, or of one that lies below it."""
    return [
        name
        for name, declared in task.objects.items()
        if any(is_below(task, declared, wanted) for wanted in variable.types)
    ]


def is_below(task: Task, lower: str, upper: str) -> bool:
    """Whether a type is another type, or has it as a supertype, at whatever distance."""
    return lower == upper or any(is_below(task, t, upper) for t in task.domain.types[lower])


def ground(atom: Atom, binding: Binding) -> GroundAtom:
    """The atom with objects for variables."""
    return (atom.predicate, *(binding.get(term, term) for term in atom.terms))
