"""The kind ``pddl-closed-set``: a set of states that no action leaves, and that meets no goal.

Evidence: ``{"facts": ["(on a b)", …], "states": ["1f", …]}``. Bit *i* of a state, written in
hexadecimal, says that fact *i* is true; facts that no action changes are as they are at the start
and are not listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from soundly.kernel.amount import amount
from soundly.kernel.evidence import fields_of, list_of, read_facts
from soundly.kernel.formula import MAX_CHOICES, Atom, Binding, holds, spell
from soundly.kernel.pddl import aside, read_task
from soundly.kernel.refused import Refused
from soundly.kernel.task import Action, apply, by_predicate, extensions, required_atoms, step

_HEXADECIMAL = re.compile(r"[0-9a-f]+")


def check_closed_set(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the start is in the set, no member is a goal, and no action leads out."""
    task = read_task(statement)
    fact_texts, state_texts = fields_of(evidence, "facts", "states")
    facts = [literal.atom for literal in read_facts(fact_texts, task)]
    unchanging = frozenset(atom for atom in task.init if atom[0] not in task.fluents)
    closed = {unchanging | read_state(text, facts) for text in list_of(state_texts, "states")}
    if task.init not in closed:
        raise Refused("the initial state is not in the closed set")
    required = {action.name: required_atoms(action) for action in task.actions.values()}
    for state in closed:
        if holds(task.goal, {}, state):
            raise Refused(f"the goal holds in the member {_show(state - unchanging)}")
        index = by_predicate(state, task)
        for action in task.actions.values():
            for binding in applicable(action, required[action.name], state, index):
                if apply(action, binding, state) not in closed:
                    member = _show(state - unchanging)
                    raise Refused(f"{step(action, binding)} leads from the member {member} outside")
    states = amount(len(closed), "state")
    found = f"no goal state is among the {states} of a set that no action leaves"
    return f"{found}{aside(statement)}"


def read_state(text: object, facts: list[Atom]) -> frozenset[Atom]:
    """The facts whose bits are set in a hexadecimal number."""
    if not isinstance(text, str) or not _HEXADECIMAL.fullmatch(text):
        raise Refused(f"{text!r} is no state in hexadecimal")
    bits = int(text, 16)
    if bits >> len(facts):
        raise Refused(f"the state {text} has bits beyond the {len(facts)} listed facts")
    return frozenset(fact for number, fact in enumerate(facts) if bits >> number & 1)


def applicable(
    action: Action,
    required: list[Atom],
    state: frozenset[Atom],
    index: Mapping[str, list[Atom]],
) -> Iterator[Binding]:
    """Each binding under which the action applies in the state.

    ``required`` are its `required_atoms`, ``index`` is the state by predicate.
    """
    pending: list[Binding] = [{}]
    tried = 0
    while pending:
        binding = pending.pop()
        tried += 1
        if tried > MAX_CHOICES:
            raise Refused(f"{step(action, {})} has more than {MAX_CHOICES:,} choices in one state")
        if len(binding) < len(action.parameters):
            pending.extend(extensions(action, required, index, binding))
        elif holds(action.precondition, binding, state):
            yield binding


def _show(state: frozenset[Atom]) -> str:
    text = " ".join(sorted(spell(atom) for atom in state))
    return text if len(text) <= 200 else f"{text[:197]}…"
