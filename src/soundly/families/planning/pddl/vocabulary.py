"""Names and their types: what a formula may say at one place of a text, and typed lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from soundly.families.planning.pddl.reader import Group, Node, Source, Word, show
from soundly.families.planning.pddl.syntax import Atom, Signature, TypedName, format_types

_VARIABLE = re.compile(r"\?[a-z_][a-z0-9_\-]*")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may be named here: types with all their supertypes, symbols, and terms with types."""

    source: Source
    supertypes: Mapping[str, frozenset[str]]
    predicates: Mapping[str, Signature]
    functions: Mapping[str, Signature]
    terms: Mapping[str, tuple[str, ...]]

    def with_terms(self, names: Iterable[TypedName]) -> Vocabulary:
        """The vocabulary inside a scope; an inner name hides an outer one."""
        return replace(self, terms={**self.terms, **{name.name: name.types for name in names}})

    def term(self, node: Node) -> str:
        """A variable in scope or a declared object."""
        if not isinstance(node, Word):
            raise self.source.error(f"expected a variable or an object, found {show(node)}", node)
        if node.text not in self.terms:
            kind = "variable" if node.text.startswith("?") else "object"
            raise self.source.error(
                f"unknown {kind} {show(node)}{near(node.text, self.terms)}", node
            )
        return node.text

    def atom(self, group: Group) -> Atom:
        """A declared predicate over terms of the right number and types."""
        return self._application(group, self.predicates, "predicate")

    def function(self, group: Group) -> Atom:
        """A declared numeric function over terms of the right number and types."""
        return self._application(group, self.functions, "function")

    def _application(self, group: Group, known: Mapping[str, Signature], kind: str) -> Atom:
        if not group.items:
            raise self.source.error(f"expected a {kind}, found ()", group)
        name = self.source.name_at(group.items[0], f"the name of a {kind}")
        signature = known.get(name)
        if signature is None:
            raise self.source.error(f"unknown {kind} {name!r}{near(name, known)}", group)
        nodes = group.items[1:]
        if len(nodes) != signature.arity:
            wanted = f"expected {plural(signature.arity, 'argument')} as in {signature}"
            raise self.source.error(
                f"{name!r} has {plural(len(nodes), 'argument')}, {wanted}", group
            )
        terms = tuple(self.term(node) for node in nodes)
        for node, term, parameter in zip(nodes, terms, signature.parameters, strict=True):
            self._check_type(node, term, parameter, name)
        return Atom(name, terms)

    def _check_type(self, node: Node, term: str, parameter: TypedName, symbol: str) -> None:
        for held in self.terms[term]:
            if self.supertypes[held].isdisjoint(parameter.types):
                wanted = format_types(parameter.types)
                has = format_types(self.terms[term])
                raise self.source.error(
                    f"{symbol!r} expects {wanted} here, {term!r} is {has}", node
                )


def typed_list(source: Source, nodes: Sequence[Node], *, variables: bool) -> list[TypedName]:
    """``a b - t c`` as typed names in their order; a name given twice is an error.

    That the types exist is not checked here: see `check_types`.
    """
    what = "a variable such as ?x" if variables else "a name"
    names: dict[str, TypedName] = {}
    waiting: dict[str, None] = {}
    rest = iter(nodes)
    for node in rest:
        if isinstance(node, Word) and node.text == "-":
            type_node = next(rest, None)
            if not waiting:
                raise source.error("expected a name before '-'", node)
            if type_node is None:
                raise source.error("expected a type after '-', found the end of the list", node)
            types = type_names(source, type_node)
            names.update((name, TypedName(name, types)) for name in waiting)
            waiting = {}
            continue
        name = _variable(source, node, what) if variables else source.name_at(node, what)
        if name in names or name in waiting:
            raise source.error(f"{name!r} is declared twice", node)
        waiting[name] = None
    names.update((name, TypedName(name)) for name in waiting)
    return list(names.values())


def type_names(source: Source, node: Node) -> tuple[str, ...]:
    """The type or types at a node: a name, or ``(either name …)``."""
    if isinstance(node, Word):
        return (source.name_at(node, "a type"),)
    if len(node.items) < 2 or not is_word(node.items[0], "either"):
        raise source.error(f"expected a type or (either type …), found {show(node)}", node)
    return tuple(dict.fromkeys(source.name_at(item, "a type") for item in node.items[1:]))


def check_types(
    source: Source, names: Iterable[TypedName], types: Iterable[str], at: Group
) -> tuple[TypedName, ...]:
    """The names, once every type they carry is known to be declared."""
    known = frozenset(types)
    checked = tuple(names)
    for name in checked:
        for used in name.types:
            if used not in known:
                raise source.error(
                    f"{name.name!r} has the unknown type {used!r}{near(used, known)}", at
                )
    return checked


def is_word(node: Node, text: str) -> bool:
    """Whether the node is this very word."""
    return isinstance(node, Word) and node.text == text


def near(name: str, known: Iterable[str]) -> str:
    """``; did you mean 'clear'?``, or nothing."""
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {found[0]!r}?" if found else ""


def plural(count: int, noun: str) -> str:
    """``1 argument``, ``2 arguments``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _variable(source: Source, node: Node, what: str) -> str:
    if isinstance(node, Word) and _VARIABLE.fullmatch(node.text):
        return node.text
    raise source.error(f"expected {what}, found {show(node)}", node)
