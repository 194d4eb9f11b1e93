"""What a PDDL statement declares (types, objects, predicates, functions), and atoms that fit it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from soundly.kernel.formula import Atom, Variables
from soundly.kernel.refused import Refused
from soundly.kernel.text import Expression, name, show, typed_list, variable

Scope: TypeAlias = Mapping[str, tuple[str, ...]]
"""The variables in reach, with the objects that each ranges over."""

Signatures: TypeAlias = Mapping[str, tuple[tuple[str, ...], ...]]
"""The objects that each term of a predicate or function ranges over."""


_RESERVED = frozenset(
    {"and", "or", "not", "imply", "forall", "exists", "when", "either", "increase"}
)


class Declarations:
    """The vocabulary of one statement. A type is no more than the objects that are of it."""

    def __init__(
        self,
        *,
        types: list[Expression],
        objects: list[Expression],
        predicates: list[Expression],
        functions: list[Expression],
    ) -> None:
        self._objects = _objects_by_type(types, objects)
        self.predicates = self._signatures(predicates, "predicate")
        self.functions = self._signatures(_numeric(functions), "function")

    def variables(self, items: list[Expression], scope: Scope, what: str) -> Variables:
        """The variables of a typed list, none of which may already be in the scope."""
        variables: dict[str, tuple[str, ...]] = {}
        for item, types in typed_list(items, what):
            declared = variable(item, what)
            if declared in variables or declared in scope:
                raise Refused(f"the variable {declared} of {what} is declared twice")
            unknown = [each for each in types if each not in self._objects]
            if unknown:
                raise Refused(f"unknown type {unknown[0]}")
            variables[declared] = tuple(
                dict.fromkeys(member for each in types for member in self._objects[each])
            )
        return tuple(variables.items())

    def term(self, text: Expression, scope: Scope) -> str:
        """An object, or a variable in the scope."""
        if isinstance(text, str) and (text in scope or text in self._objects["object"]):
            return text
        raise Refused(f"unknown object or variable {show(text)}")

    def atom(self, text: Expression, scope: Scope) -> Atom:
        """A predicate with terms that it can take."""
        return self._fit(text, scope, self.predicates, "predicate")

    def function_term(self, text: Expression, scope: Scope) -> Atom:
        """A function with terms that it can take."""
        return self._fit(text, scope, self.functions, "function")

    def _fit(self, text: Expression, scope: Scope, signatures: Signatures, what: str) -> Atom:
        if isinstance(text, str) or not text:
            raise Refused(f"{show(text)} is no {what} with its terms")
        head = name(text[0], f"a {what}")
        if head not in signatures:
            raise Refused(f"unknown or unsupported {what} {head} in {show(text)}")
        terms = [self.term(term, scope) for term in text[1:]]
        if len(terms) != len(signatures[head]):
            raise Refused(f"{head} takes {len(signatures[head])} terms, not those of {show(text)}")
        for term, allowed in zip(terms, signatures[head], strict=True):
            if not set(scope.get(term, (term,))) <= set(allowed):
                raise Refused(f"{term} is of a wrong type in {show(text)}")
        return (head, *terms)

    def _signatures(self, declarations: list[Expression], what: str) -> Signatures:
        signatures: dict[str, tuple[tuple[str, ...], ...]] = {}
        for declaration in declarations:
            if isinstance(declaration, str) or not declaration:
                raise Refused(f"{show(declaration)} does not declare a {what}")
            declared = name(declaration[0], f"a {what}")
            if declared in _RESERVED:
                raise Refused(f"the {what} {declared} has a name that means something else")
            if declared in signatures:
                raise Refused(f"the {what} {declared} is declared twice")
            variables = self.variables(declaration[1:], {}, f"the {what} {declared}")
            signatures[declared] = tuple(objects for _, objects in variables)
        return signatures


def _objects_by_type(
    types: list[Expression], objects: list[Expression]
) -> dict[str, tuple[str, ...]]:
    parents: dict[str, set[str]] = {"object": set()}
    for item, above in typed_list(types, "the types"):
        parents.setdefault(name(item, "a type"), set()).update(above)
    members: dict[str, list[str]] = {declared: [] for declared in parents}
    seen: set[str] = set()
    for item, direct in typed_list(objects, "the objects"):
        declared = name(item, "an object")
        if declared in seen:
            raise Refused(f"the object {declared} is declared twice")
        seen.add(declared)
        for each in _with_ancestors(direct, parents) | {"object"}:
            members[each].append(declared)
    return {declared: tuple(each) for declared, each in members.items()}


def _with_ancestors(types: tuple[str, ...], parents: Mapping[str, set[str]]) -> set[str]:
    above: set[str] = set()
    pending = list(types)
    while pending:
        each = pending.pop()
        if each not in parents:
            raise Refused(f"unknown type {each}")
        if each not in above:
            above.add(each)
            pending.extend(parents[each])
    return above


def _numeric(declarations: list[Expression]) -> list[Expression]:
    kept: list[Expression] = []
    for item, types in typed_list(declarations, "the functions"):
        if types not in {("number",), ("object",)}:
            raise Refused(f"unsupported function {show(item)}: only numbers are")
        kept.append(item)
    return kept
