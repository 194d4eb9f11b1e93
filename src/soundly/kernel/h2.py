"""The kind ``pddl-h2``: pairs of facts that never hold together, which every goal state breaks.

Evidence: ``{"facts": ["(on a b)", "(not (clear c))", …], "pairs": [[0, 1], [2], …]}``: each entry
of ``pairs`` names one or two of the facts by position, and says that they never hold (together).

Three things are checked. No pair holds at the start. No action makes a pair hold, if before it no
pair held; so none ever holds, by induction. And the goal holds in no state where no pair does.
These are mutex invariants in the sense of Haslum and Geffner (2000), with facts that may be
negated (Alcázar and Torralba, 2015), but where they come from is of no interest here.
"""

from __future__ import annotations

from collections.abc import Mapping

from soundly.kernel.cases import Pair, Transitions
from soundly.kernel.evidence import fields_of, list_of, read_facts
from soundly.kernel.formula import Literal, holds, spell
from soundly.kernel.invariant import Invariant, forbidding
from soundly.kernel.pddl import read_task
from soundly.kernel.refused import Refused


def check_h2(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the pairs are an invariant that no goal state respects."""
    task = read_task(statement)
    fact_texts, pair_lists = fields_of(evidence, "facts", "pairs")
    facts = read_facts(fact_texts, task, negated=True)
    pairs = [_pair(entry, facts) for entry in list_of(pair_lists, "pairs")]
    for pair in pairs:
        if all(holds(fact, {}, task.init) for fact in pair):
            raise Refused(f"{_show(pair)} holds in the initial state")
    invariant = Invariant(task, forbidding(pairs))
    transitions = Transitions(task)
    for pair in pairs:
        for case in transitions.cases(pair):
            step = transitions.possible_step(case, invariant.excludes)
            if step is not None:
                raise Refused(f"the invariant is not closed: {step} may bring about {_show(pair)}")
    if not invariant.excludes([(task.goal, {})]):
        raise Refused("the goal does not contradict the invariant")
    return f"the goal contradicts an invariant of {len(pairs)} pairs of facts that all actions keep"


def _pair(entry: object, facts: list[Literal]) -> Pair:
    numbers = list_of(entry, "facts of a pair")
    if not 1 <= len(numbers) <= 2 or len(set(map(str, numbers))) != len(numbers):
        raise Refused(f"{entry} is no list of one or two different facts")
    pair: list[Literal] = []
    for number in numbers:
        if type(number) is not int or not 0 <= number < len(facts):
            raise Refused(f"{number!r} is not the position of a listed fact")
        pair.append(facts[number])
    return tuple(pair)


def _show(pair: Pair) -> str:
    shown = [spell(fact.atom) if fact.positive else f"(not {spell(fact.atom)})" for fact in pair]
    return " with ".join(shown)
