"""Domains and tasks as PDDL text that reads back to the same values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soundly.families.planning.pddl.syntax import (
    Action,
    Domain,
    Signature,
    format_atom,
    format_number,
    format_types,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from soundly.families.planning.pddl.task import Task


def format_domain(domain: Domain) -> str:
    """The domain as text: `parse_domain` of it equals the domain, types in their order aside."""
    return _define("domain", domain.name, _domain_sections(domain))


def format_problem(task: Task) -> str:
    """The problem as text: `parse_problem` of it, beside the same domain, equals the task.

    Objects are written with their types, and as names alone where none has another than "object".
    """
    return _define("problem", task.name, _problem_sections(task))


def _define(kind: str, name: str, sections: Iterable[str]) -> str:
    body = "".join(f"\n  {section}" for section in sections)
    return f"(define ({kind} {name}){body})\n"


def _domain_sections(domain: Domain) -> Iterator[str]:
    yield _section(":requirements", sorted(domain.requirements))
    types = [f"{t} - {format_types(up)}" for t, up in domain.types.items() if t != "object"]
    if types:
        yield _section(":types", types)
    if domain.constants:
        yield _section(":constants", domain.constants)
    yield _section(":predicates", domain.predicates.values())
    if domain.functions:
        yield _section(":functions", map(_function, domain.functions.values()))
    yield from map(_action, domain.actions.values())


def _problem_sections(task: Task) -> Iterator[str]:
    constants = {item.name for item in task.domain.constants}
    own = {name: kind for name, kind in task.objects.items() if name not in constants}
    untyped = all(kind == "object" for kind in own.values())
    objects = list(own) if untyped else [f"{name} - {kind}" for name, kind in own.items()]
    values = [
        f"(= {format_atom(function)} {format_number(value)})"
        for function, value in task.values.items()
    ]
    yield f"(:domain {task.domain.name})"
    yield _section(":objects", objects)
    yield _section(":init", [*map(format_atom, sorted(task.init)), *values])
    yield f"(:goal {task.goal})"
    if task.minimizes_cost:
        yield "(:metric minimize (total-cost))"


def _section(keyword: str, parts: Iterable[object]) -> str:
    return f"({' '.join((keyword, *map(str, parts)))})"


def _function(signature: Signature) -> str:
    return f"{signature} - number"


def _action(action: Action) -> str:
    parameters = " ".join(map(str, action.parameters))
    return (
        f"(:action {action.name}\n    :parameters ({parameters})\n"
        f"    :precondition {action.precondition}\n    :effect {action.effect})"
    )
