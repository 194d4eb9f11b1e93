"""The kind ``pddl-h2``: facts that never hold together, some of which the goal asks for.

Evidence: ``{"facts": ["(on a b)", "(not (clear c))", …], "mutexes": [[0, 1], [2], …]}``: each entry
of ``mutexes`` names facts by position, and says that they never hold all together. Most are pairs,
mutexes in the sense of h² (Haslum and Geffner, 2000), with facts that may be negated (Alcázar and
Torralba, 2015); a fact alone never holds; and of a goal such as a circular tower all facts may be
needed at once. Where they come from is of no interest here.

Three things are checked. No mutex is broken at the start. No action breaks one, if before it none
was broken; so none ever is, by induction. And every goal state breaks one.
"""

from __future__ import annotations

from collections.abc import Mapping

from soundly.kernel.amount import amount
from soundly.kernel.cases import Mutex, Transitions
from soundly.kernel.evidence import fields_of, list_of, read_facts
from soundly.kernel.formula import Literal, holds, spell
from soundly.kernel.invariant import Invariant, forbidding
from soundly.kernel.pddl import aside, read_task
from soundly.kernel.refused import Refused


def check_h2(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the mutexes are an invariant that every goal state breaks."""
    task = read_task(statement)
    fact_texts, entries = fields_of(evidence, "facts", "mutexes")
    facts = read_facts(fact_texts, task, negated=True)
    mutexes = [_mutex(entry, facts) for entry in list_of(entries, "mutexes")]
    for mutex in mutexes:
        if all(holds(fact, {}, task.init) for fact in mutex):
            raise Refused(f"{_show(mutex)} holds in the initial state")
    invariant = Invariant(task, forbidding(mutexes))
    transitions = Transitions(task)
    for mutex in mutexes:
        for fact in mutex:
            for case in transitions.cases(fact, tuple(each for each in mutex if each != fact)):
                step = transitions.possible_step(case, invariant.excludes)
                if step is not None:
                    raise Refused(f"the invariant is not closed: {step} may bring {_show(mutex)}")
    if not invariant.excludes([(task.goal, {})]):
        raise Refused("the goal does not contradict the invariant")
    kept = amount(len(mutexes), "mutex", "mutexes")
    found = f"the goal contradicts an invariant of {kept} that every action keeps"
    return f"{found}{aside(statement)}"


def _mutex(entry: object, facts: list[Literal]) -> Mutex:
    mutex: list[Literal] = []
    for number in list_of(entry, "facts of a mutex"):
        if type(number) is not int or not 0 <= number < len(facts):
            raise Refused(f"{number!r} is not the position of a listed fact")
        mutex.append(facts[number])
    if not mutex or len(set(mutex)) != len(mutex):
        raise Refused(f"{entry} does not list one or more different facts")
    return tuple(mutex)


def _show(mutex: Mutex) -> str:
    return " with ".join(
        spell(fact.atom) if fact.positive else f"(not {spell(fact.atom)})" for fact in mutex
    )
