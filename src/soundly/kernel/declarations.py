"""What a PDDL statement declares (types, objects, predicates, functions), and atoms that fit it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from soundly.kernel.formula import Atom
from soundly.kernel.refused import Refused
from soundly.kernel.text import Expression, name, show, typed_list, variable

Scope: TypeAlias = Mapping[str, tuple[str, Collection[str]]]
"""The variables in reach: what each is called in formulas, and the objects it ranges over."""

Signatures: TypeAlias = Mapping[str, tuple[frozenset[str], ...]]
"""The objects that each term of a predicate or function ranges over."""


MAX_SUPERTYPES = 100
"""How many types may stand above one; reading takes time in proportion to them."""

_RESERVED = frozenset(
    {"and", "or", "not", "imply", "forall", "exists", "when", "either", "increase"}
)


class Declarations:
    """The vocabulary of one statement. A type is no more than the objects that are of it."""

    def __init__(
        self,
        *,
        types: list[Expression],
        constants: list[Expression],
        objects: list[Expression],
        predicates: list[Expression],
        functions: list[Expression],
    ) -> None:
        self._objects = _objects_by_type(types, constants, objects)
        self._all_objects = frozenset(self._objects["object"])
        self.predicates = self._signatures(predicates, "predicate")
        self.functions = self._signatures(_numeric(functions), "function")

    def variables(self, items: list[Expression], scope: Scope, what: str) -> Scope:
        """The variables of a typed list, by the names they have in the text.

        One that hides an outer variable is called by a name of its own in formulas, so that no
        formula ever means two variables by one name.
        """
        variables: dict[str, tuple[str, Collection[str]]] = {}
        for item, types in typed_list(items, what):
            declared = variable(item, what)
            if declared in variables:
                raise Refused(f"the variable {declared} of {what} is declared twice")
            unknown = [each for each in types if each not in self._objects]
            if unknown:
                raise Refused(f"unknown type {unknown[0]}")
            own_name = f"{scope[declared][0]}'" if declared in scope else declared
            members = dict.fromkeys(each for some in types for each in self._objects[some])
            variables[declared] = (own_name, members)
        return variables

    def term(self, text: Expression, scope: Scope) -> str:
        """An object, or a variable in the scope."""
        if isinstance(text, str) and text in scope:
            return scope[text][0]
        if isinstance(text, str) and text in self._all_objects:
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
        for term, allowed in zip(text[1:], signatures[head], strict=True):
            values = scope[str(term)][1] if term in scope else (str(term),)
            if not allowed.issuperset(values):
                raise Refused(f"{show(term)} is of a wrong type in {show(text)}")
        return (head, *terms)

    def _signatures(self, declarations: list[Expression], what: str) -> Signatures:
        signatures: dict[str, tuple[frozenset[str], ...]] = {}
        for declaration in declarations:
            if isinstance(declaration, str) or not declaration:
                raise Refused(f"{show(declaration)} does not declare a {what}")
            declared = name(declaration[0], f"a {what}")
            if declared in _RESERVED:
                raise Refused(f"the {what} {declared} has a name that means something else")
            if declared in signatures:
                raise Refused(f"the {what} {declared} is declared twice")
            variables = self.variables(declaration[1:], {}, f"the {what} {declared}")
            signatures[declared] = tuple(frozenset(objects) for _, objects in variables.values())
        return signatures


def _objects_by_type(
    types: list[Expression], constants: list[Expression], objects: list[Expression]
) -> dict[str, tuple[str, ...]]:
    """The members of each type. A type above another need not be declared on its own."""
    parents = _own_types(types, "type")
    if parents.setdefault("object", ("object",)) != ("object",):
        raise Refused("object stands above every type, and nothing above it")
    for each in [above for direct in parents.values() for above in direct]:
        parents.setdefault(each, ("object",))
    declared = _own_types(constants, "constant")
    for each, own in _own_types(objects, "object").items():
        if declared.setdefault(each, own) != own:
            raise Refused(f"the object {each} is a constant of another type")
    members: dict[str, list[str]] = {each: [] for each in parents}
    for each, own in declared.items():
        if len(own) > 1:
            raise Refused(f"unsupported: the object {each} is of either type")
        for above in _with_ancestors(own, parents):
            members[above].append(each)
    return {each: tuple(found) for each, found in members.items()}


def _own_types(items: list[Expression], what: str) -> dict[str, tuple[str, ...]]:
    own: dict[str, tuple[str, ...]] = {}
    for item, types in typed_list(items, f"the {what}s"):
        declared = name(item, f"a {what}")
        if declared in own:
            raise Refused(f"the {what} {declared} is declared twice")
        own[declared] = types
    return own


def _with_ancestors(types: tuple[str, ...], parents: Mapping[str, tuple[str, ...]]) -> set[str]:
    above: set[str] = set()
    pending = list(types)
    while pending:
        each = pending.pop()
        if each not in parents:
            raise Refused(f"unknown type {each}")
        if each not in above:
            above.add(each)
            if len(above) > MAX_SUPERTYPES:
                raise Refused(f"{types[0]} stands below more than {MAX_SUPERTYPES} types")
            pending.extend(parents[each])
    return above


def _numeric(declarations: list[Expression]) -> list[Expression]:
    kept: list[Expression] = []
    for item, types in typed_list(declarations, "the functions"):
        if types not in {("number",), ("object",)}:
            raise Refused(f"unsupported function {show(item)}: only numbers are")
        kept.append(item)
    return kept
