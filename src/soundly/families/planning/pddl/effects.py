"""Effects: from s-expressions to checked effects.

The grammar of PDDL 2.1 is kept: below ``when`` stand only literals, and costs rise only
unconditionally.
"""

from __future__ import annotations

import re
from fractions import Fraction

from soundly.families.planning.pddl.conditions import RESERVED, parse_condition, quantified
from soundly.families.planning.pddl.reader import Group, Node, Word, show
from soundly.families.planning.pddl.syntax import (
    Add,
    Delete,
    Effect,
    ForEach,
    Increase,
    Together,
    When,
)
from soundly.families.planning.pddl.vocabulary import Vocabulary

_NUMBER = re.compile(r"[0-9]{1,18}(\.[0-9]{1,9})?")
_UNSUPPORTED = {
    **dict.fromkeys(("probabilistic", "oneof"), "effects of chance"),
    **dict.fromkeys(("assign", "decrease", "scale-up", "scale-down"), "numeric effects"),
}


def parse_effect(node: Node, vocabulary: Vocabulary) -> Effect:
    """The effect at a node; the empty list does nothing, here and nowhere deeper."""
    if isinstance(node, Group) and not node.items:
        return Together()
    return _effect(node, vocabulary, top=True, conditional=False)


def parse_number(node: Node, vocabulary: Vocabulary) -> Fraction:
    """A non-negative decimal number of at most 18 digits before the point and 9 after it."""
    if isinstance(node, Word) and _NUMBER.fullmatch(node.text):
        return Fraction(node.text)
    raise vocabulary.source.error(f"expected a non-negative number, found {show(node)}", node)


def _effect(node: Node, vocabulary: Vocabulary, *, top: bool, conditional: bool) -> Effect:
    source = vocabulary.source
    group = source.group_at(node, "an effect")
    items = group.items
    head = items[0].text if items and isinstance(items[0], Word) else ""
    if conditional and head in {"when", "forall"}:
        raise source.unsupported(f"{head} inside when", group)
    match head:
        case "and":
            parts = (_effect(n, vocabulary, top=top, conditional=conditional) for n in items[1:])
            return Together(tuple(parts))
        case "not":
            if len(items) != 2 or not isinstance(items[1], Group):
                raise source.error("expected (not (predicate …)) with one atom", group)
            _refuse_reserved(items[1], vocabulary)
            return Delete(vocabulary.atom(items[1]))
        case "when":
            if len(items) != 3:
                raise source.error("expected (when condition effect)", group)
            condition = parse_condition(items[1], vocabulary)
            return When(condition, _effect(items[2], vocabulary, top=False, conditional=True))
        case "forall":
            names, inner = quantified(group, vocabulary)
            return ForEach(names, _effect(items[2], inner, top=False, conditional=False))
        case "increase":
            if not top:
                raise source.unsupported("increase inside when or forall", group)
            return _increase(group, vocabulary)
    _refuse_reserved(group, vocabulary)
    return Add(vocabulary.atom(group))


def _increase(group: Group, vocabulary: Vocabulary) -> Increase:
    source = vocabulary.source
    if len(group.items) != 3:
        raise source.error("expected (increase (total-cost) amount)", group)
    target = vocabulary.function(source.group_at(group.items[1], "(total-cost)"))
    if target.predicate != "total-cost":
        raise source.unsupported(
            f"numeric fluents other than total-cost ({target.predicate})", group
        )
    amount = group.items[2]
    if isinstance(amount, Word):
        return Increase(parse_number(amount, vocabulary))
    if (
        amount.items
        and isinstance(amount.items[0], Word)
        and amount.items[0].text in {"+", "-", "*", "/"}
    ):
        raise source.unsupported("arithmetic in costs", amount)
    value = vocabulary.function(amount)
    if value.predicate == "total-cost":
        raise source.unsupported("a cost that depends on total-cost", amount)
    return Increase(value)


def _refuse_reserved(group: Group, vocabulary: Vocabulary) -> None:
    head = group.items[0].text if group.items and isinstance(group.items[0], Word) else ""
    if head in _UNSUPPORTED and head not in vocabulary.predicates:
        raise vocabulary.source.unsupported(f"{_UNSUPPORTED[head]} ({head} …)", group)
    if head in RESERVED:
        raise vocabulary.source.error(f"expected an effect, found {show(group)}", group)
