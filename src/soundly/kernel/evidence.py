"""What the kinds of evidence have in common: fields, lists, and tables of facts."""

from __future__ import annotations

from soundly.kernel.formula import Literal
from soundly.kernel.refused import Refused
from soundly.kernel.task import Task
from soundly.kernel.text import name, read_expression, show


def fields_of(evidence: object, *names: str) -> list[object]:
    """The values of exactly these fields, in this order."""
    if not isinstance(evidence, dict) or set(evidence) != set(names):
        raise Refused(f"the evidence has to be an object with the fields {', '.join(names)}")
    return [evidence[each] for each in names]


def list_of(value: object, what: str) -> list[object]:
    """The value, if it is a list."""
    if not isinstance(value, list):
        raise Refused(f"the {what} have to be a list, not {type(value).__name__}")
    return value


def read_facts(texts: object, task: Task, *, negated: bool = False) -> list[Literal]:
    """A table of different facts that actions can change, such as ``(on a b)``.

    ``negated`` allows ``(not (on a b))`` as well, which is the fact that (on a b) is false.
    """
    facts: list[Literal] = []
    for text in list_of(texts, "facts"):
        expression, positive = read_expression(text, "fact"), True
        if negated and len(expression) == 2 and expression[0] == "not":
            inner, positive = expression[1], False
            expression = inner if isinstance(inner, list) else []
        atom = tuple(name(term, "part of a fact") for term in expression)
        if not atom or task.predicates.get(atom[0]) != len(atom) - 1:
            raise Refused(f"{show(expression)} is no fact of this problem")
        if atom[0] not in task.fluents:
            raise Refused(f"{show(expression)} is a fact that no action changes")
        facts.append(Literal(atom, positive))
    if len(set(facts)) != len(facts):
        raise Refused("a fact is listed twice")
    return facts
