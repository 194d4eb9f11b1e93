"""``(define (domain …))``: from text to a checked `Domain`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from soundly.families.planning.pddl.conditions import RESERVED, parse_condition
from soundly.families.planning.pddl.effects import parse_effect
from soundly.families.planning.pddl.reader import Group, Node, Source, show
from soundly.families.planning.pddl.sections import Sections, keyword_arguments, requirements
from soundly.families.planning.pddl.syntax import (
    Action,
    And,
    Domain,
    Signature,
    Together,
    TypedName,
)
from soundly.families.planning.pddl.vocabulary import Vocabulary, check_types, is_word, typed_list

MAX_SUPERTYPES = 100
"""How many types may stand above one; reading takes time in proportion to them."""

_ONCE = (":requirements", ":types", ":constants", ":predicates", ":functions")
_UNSUPPORTED = (":durative-action", ":derived", ":axiom", ":constraints", ":process", ":event")
_UNSUPPORTED_IN_ACTIONS = {
    ":duration": ":duration",
    ":condition": ":condition",
    ":vars": ":vars",
    ":agent": ":agent",
}


def parse_domain(text: str, *, name: str = "domain") -> Domain:
    """The domain a text states; ``name`` stands for the text in errors.

    Errors: `ProblemError` with line and column, for anything malformed, undeclared, declared
    twice, or outside the supported language.
    """
    source = Source(text, name)
    sections = Sections(source, "domain", once=_ONCE, many=(":action",), unsupported=_UNSUPPORTED)
    flags = requirements(source, sections.get(":requirements"))
    types = _types(source, sections.get(":types"))
    constants = declared_objects(source, sections.get(":constants"), types)
    predicates = _signatures(source, sections.get(":predicates"), types, "predicate")
    functions = _functions(source, sections.get(":functions"), types)
    domain = Domain(
        name=sections.name,
        requirements=flags,
        types=types,
        constants=constants,
        predicates=predicates,
        functions=functions,
        actions={},
    )
    vocabulary = vocabulary_of(domain, constants, source)
    actions: dict[str, Action] = {}
    for section in sections.all(":action"):
        action = _action(section, vocabulary)
        if action.name in actions:
            raise source.error(f"action {action.name!r} is declared twice", section)
        actions[action.name] = action
    return Domain(
        name=sections.name,
        requirements=flags,
        types=types,
        constants=constants,
        predicates=predicates,
        functions=functions,
        actions=actions,
    )


def vocabulary_of(domain: Domain, objects: Sequence[TypedName], source: Source) -> Vocabulary:
    """What a condition outside every scope may name, given these objects."""
    return Vocabulary(
        source=source,
        supertypes={name: domain.supertypes(name) for name in domain.types},
        predicates=domain.predicates,
        functions=domain.functions,
        terms={item.name: item.types for item in objects},
    )


def declared_objects(
    source: Source, section: Group | None, types: Mapping[str, tuple[str, ...]]
) -> tuple[TypedName, ...]:
    """The objects of ``(:objects …)`` or ``(:constants …)``, each of one type."""
    if section is None:
        return ()
    listed = typed_list(source, section.items[1:], variables=False)
    objects = check_types(source, listed, types, section)
    for item in objects:
        if len(item.types) > 1:
            raise source.unsupported(f"an object of either type ({item.name})", section)
    return objects


def _types(source: Source, section: Group | None) -> dict[str, tuple[str, ...]]:
    """Each type with its direct supertypes. A supertype need not be declared on its own."""
    types: dict[str, tuple[str, ...]] = {"object": ()}
    if section is None:
        return types
    for item in typed_list(source, section.items[1:], variables=False):
        if item.name == "object" and item.types != ("object",):
            raise source.error("'object' stands above every type and has no supertype", section)
        if item.name != "object":
            types[item.name] = item.types
    for parent in [parent for parents in types.values() for parent in parents]:
        types.setdefault(parent, ("object",))
    try:
        TopologicalSorter(types).prepare()
    except CycleError as error:
        cycle = " - ".join(reversed(error.args[1]))
        raise source.error(f"types form a cycle: {cycle}", section) from error
    _require_few_supertypes(source, section, types)
    return types


def _require_few_supertypes(
    source: Source, section: Group, types: Mapping[str, tuple[str, ...]]
) -> None:
    for name in types:
        above = {name}
        frontier = [name]
        while frontier:
            new = [each for each in types[frontier.pop()] if each not in above]
            above.update(new)
            frontier.extend(new)
            if len(above) > MAX_SUPERTYPES:
                message = f"{name!r} stands below more than {MAX_SUPERTYPES} types"
                raise source.error(message, section)


def _signatures(
    source: Source, section: Group | None, types: Mapping[str, tuple[str, ...]], kind: str
) -> dict[str, Signature]:
    found: dict[str, Signature] = {}
    for node in section.items[1:] if section else ():
        signature = _signature(source, node, types, kind)
        if signature.name in found:
            raise source.error(f"{kind} {signature.name!r} is declared twice", node)
        found[signature.name] = signature
    return found


def _signature(
    source: Source, node: Node, types: Mapping[str, tuple[str, ...]], kind: str
) -> Signature:
    group = source.group_at(node, f"a {kind} such as (name ?x)")
    if not group.items:
        raise source.error(f"expected a {kind} such as (name ?x), found ()", group)
    name = source.name_at(group.items[0], f"the name of a {kind}")
    if name in RESERVED:
        raise source.error(f"{name!r} is a word of the language and cannot name a {kind}", group)
    parameters = typed_list(source, group.items[1:], variables=True)
    return Signature(name, check_types(source, parameters, types, group))


def _functions(
    source: Source, section: Group | None, types: Mapping[str, tuple[str, ...]]
) -> dict[str, Signature]:
    """Numeric functions: a typed list whose only type is ``number``."""
    if section is None:
        return {}
    nodes = section.items[1:]
    kept: list[Node] = []
    rest = iter(nodes)
    for node in rest:
        if not is_word(node, "-"):
            kept.append(node)
            continue
        value_type = next(rest, None)
        if value_type is None or not kept:
            raise source.error("expected (function …) - number", node)
        if not is_word(value_type, "number"):
            raise source.unsupported(
                f"object fluents (a function to {show(value_type)})", value_type
            )
    functions = _signatures(
        source, Group((section.items[0], *kept), section.offset), types, "function"
    )
    if functions.get("total-cost", Signature("total-cost")).arity:
        raise source.error("total-cost takes no arguments", section)
    return functions


def _action(section: Group, vocabulary: Vocabulary) -> Action:
    source = vocabulary.source
    if len(section.items) < 2:
        raise source.error("expected a name after :action", section)
    name = source.name_at(section.items[1], "the name of an action")
    parts = keyword_arguments(
        source,
        section,
        2,
        known=(":parameters", ":precondition", ":effect"),
        unsupported=_UNSUPPORTED_IN_ACTIONS,
    )
    listed = parts.get(":parameters")
    if listed is None:
        raise source.error(
            f"action {name!r} has no :parameters (write :parameters () for none)", section
        )
    found = typed_list(source, listed.items, variables=True)
    parameters = check_types(source, found, vocabulary.supertypes, listed)
    inner = vocabulary.with_terms(parameters)
    condition, effect = parts.get(":precondition"), parts.get(":effect")
    return Action(
        name=name,
        parameters=parameters,
        precondition=And() if condition is None else parse_condition(condition, inner),
        effect=Together() if effect is None else parse_effect(effect, inner),
    )
