"""Conditions: from s-expressions to checked formulas."""

from __future__ import annotations

from soundly.families.planning.pddl.reader import Group, Node, Word, show
from soundly.families.planning.pddl.syntax import (
    And,
    Equal,
    Exists,
    Forall,
    Formula,
    Imply,
    Not,
    Or,
    TypedName,
)
from soundly.families.planning.pddl.vocabulary import Vocabulary, check_types, plural, typed_list

RESERVED = frozenset(
    {"and", "or", "not", "imply", "exists", "forall", "when", "increase", "either", "="}
)
_UNSUPPORTED = {
    "preference": "preferences",
    **dict.fromkeys(("<", ">", "<=", ">="), "numeric conditions"),
    **dict.fromkeys(
        ("always", "sometime", "within", "at-most-once", "sometime-after", "sometime-before"),
        "trajectory constraints",
    ),
}


def parse_condition(node: Node, vocabulary: Vocabulary) -> Formula:
    """The formula at a node; the empty list is true, here and nowhere deeper."""
    if isinstance(node, Group) and not node.items:
        return And()
    return _formula(node, vocabulary)


def quantified(group: Group, vocabulary: Vocabulary) -> tuple[tuple[TypedName, ...], Vocabulary]:
    """The variables of ``(forall (…) body)`` and the vocabulary inside it."""
    source = vocabulary.source
    _check_operands(group, 2, vocabulary)
    listed = source.group_at(group.items[1], "a list of variables")
    found = typed_list(source, listed.items, variables=True)
    names = check_types(source, found, vocabulary.supertypes, listed)
    return names, vocabulary.with_terms(names)


def _formula(node: Node, vocabulary: Vocabulary) -> Formula:
    source = vocabulary.source
    group = source.group_at(node, "a condition")
    head = group.items[0].text if group.items and isinstance(group.items[0], Word) else ""
    match head:
        case "and" | "or":
            operands = tuple(_formula(item, vocabulary) for item in group.items[1:])
            return And(operands) if head == "and" else Or(operands)
        case "not":
            _check_operands(group, 1, vocabulary)
            return Not(_formula(group.items[1], vocabulary))
        case "imply":
            _check_operands(group, 2, vocabulary)
            antecedent, consequent = (_formula(item, vocabulary) for item in group.items[1:])
            return Imply(antecedent, consequent)
        case "exists" | "forall":
            names, inner = quantified(group, vocabulary)
            body = _formula(group.items[2], inner)
            return Exists(names, body) if head == "exists" else Forall(names, body)
        case "=":
            return _equal(group, vocabulary)
    if head in _UNSUPPORTED and head not in vocabulary.predicates:
        raise source.unsupported(f"{_UNSUPPORTED[head]} ({head} …)", group)
    if head in RESERVED:
        raise source.error(f"expected a condition, found {show(group)}", group)
    return vocabulary.atom(group)


def _equal(group: Group, vocabulary: Vocabulary) -> Equal:
    _check_operands(group, 2, vocabulary)
    left, right = group.items[1:]
    if isinstance(left, Group) or isinstance(right, Group):
        raise vocabulary.source.unsupported("numeric conditions (= …)", group)
    return Equal(vocabulary.term(left), vocabulary.term(right))


def _check_operands(group: Group, wanted: int, vocabulary: Vocabulary) -> None:
    found = len(group.items) - 1
    if found != wanted:
        message = f"{show(group.items[0])} takes {plural(wanted, 'operand')}, found {found}"
        raise vocabulary.source.error(message, group)
