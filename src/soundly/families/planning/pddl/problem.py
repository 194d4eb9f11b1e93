"""``(define (problem …))``: from text, beside its domain, to a `Task`."""

from __future__ import annotations

from fractions import Fraction

from soundly.families.planning.pddl.conditions import RESERVED, parse_condition
from soundly.families.planning.pddl.domain import declared_objects, parse_domain, vocabulary_of
from soundly.families.planning.pddl.effects import parse_number
from soundly.families.planning.pddl.reader import Group, Source, Word, show
from soundly.families.planning.pddl.sections import Sections, named, requirements
from soundly.families.planning.pddl.syntax import Atom, Domain, GroundAtom, TypedName, format_atom
from soundly.families.planning.pddl.task import Task
from soundly.families.planning.pddl.vocabulary import Vocabulary, is_word

_ONCE = (":domain", ":requirements", ":objects", ":init", ":goal", ":metric")
_UNSUPPORTED = (":constraints", ":length", ":situation")


def parse_task(domain_text: str, problem_text: str) -> Task:
    """The task that a domain and a problem state.

    Names are lower-cased: PDDL does not tell ``A`` from ``a``. Whatever the texts hold is either
    read or refused with a `ProblemError` naming the text, the line and the column.
    """
    return parse_problem(problem_text, parse_domain(domain_text))


def parse_problem(text: str, domain: Domain, *, name: str = "problem") -> Task:
    """The task that a problem states of this domain; ``name`` stands for the text in errors.

    Leniences, each found in published problems and agreed on by VAL and Kairos: an atom may stand
    twice in ``:init``; a constant of the domain may be declared again with the same type; a
    missing ``(= (total-cost) …)`` means 0.
    """
    source = Source(text, name)
    sections = Sections(source, "problem", once=_ONCE, unsupported=_UNSUPPORTED)
    requirements(source, sections.get(":requirements"))
    about = sections.require(":domain", "(:domain name)")
    if named(source, about, ":domain") != domain.name:
        raise source.error(
            f"the problem is about {show(about.items[1])}, not {domain.name!r}", about
        )
    objects = _objects(source, sections.get(":objects"), domain)
    vocabulary = vocabulary_of(domain, objects, source)
    init, values = _init(sections.require(":init", "(:init …)"), vocabulary)
    goal = sections.require(":goal", "(:goal condition)")
    if len(goal.items) != 2:
        raise source.error("expected (:goal condition) with one condition", goal)
    return Task(
        domain=domain,
        name=sections.name,
        objects={item.name: item.types[0] for item in objects},
        init=init,
        goal=parse_condition(goal.items[1], vocabulary),
        values=values,
        minimizes_cost=_metric(sections.get(":metric"), vocabulary),
    )


def _objects(source: Source, section: Group | None, domain: Domain) -> tuple[TypedName, ...]:
    """The domain's constants, then the problem's own objects."""
    constants = {item.name: item for item in domain.constants}
    own = declared_objects(source, section, domain.types)
    for item in own:
        if section is not None and constants.get(item.name, item) != item:
            raise source.error(
                f"the domain declares the constant {constants[item.name]}, not {item}", section
            )
    return tuple({**constants, **{item.name: item for item in own}}.values())


def _init(
    section: Group, vocabulary: Vocabulary
) -> tuple[frozenset[GroundAtom], dict[GroundAtom, Fraction]]:
    source = vocabulary.source
    true: set[GroundAtom] = set()
    false: set[GroundAtom] = set()
    values: dict[GroundAtom, Fraction] = {}
    for node in section.items[1:]:
        fact = source.group_at(node, "an atom such as (clear a)")
        if fact.items and is_word(fact.items[0], "="):
            function, value = _value(fact, vocabulary)
            if values.setdefault(function, value) != value:
                raise source.error(f"{format_atom(function)} has two values", fact)
        elif fact.items and is_word(fact.items[0], "not"):
            if len(fact.items) != 2:
                raise source.error("expected (not (predicate …)) with one atom", fact)
            false.add(_fact(source.group_at(fact.items[1], "an atom"), vocabulary))
        else:
            true.add(_fact(fact, vocabulary))
    if contradicted := sorted(true & false):
        raise source.error(f"{format_atom(contradicted[0])} is stated both true and false", section)
    return frozenset(true), values


def _fact(fact: Group, vocabulary: Vocabulary) -> GroundAtom:
    source = vocabulary.source
    head = fact.items[0].text if fact.items and isinstance(fact.items[0], Word) else ""
    if head == "at" and len(fact.items) > 1 and _is_number(fact.items[1]):
        raise source.unsupported("timed initial literals", fact)
    if head in RESERVED:
        raise source.error(f"expected an atom such as (clear a), found {show(fact)}", fact)
    return _ground(vocabulary.atom(fact))


def _value(fact: Group, vocabulary: Vocabulary) -> tuple[GroundAtom, Fraction]:
    source = vocabulary.source
    if len(fact.items) != 3 or not isinstance(fact.items[1], Group):
        raise source.error("expected (= (function …) number)", fact)
    function = _ground(vocabulary.function(fact.items[1]))
    return function, parse_number(fact.items[2], vocabulary)


def _metric(section: Group | None, vocabulary: Vocabulary) -> bool:
    if section is None:
        return False
    source = vocabulary.source
    if len(section.items) != 3:
        raise source.error("expected (:metric minimize (total-cost))", section)
    direction, quantity = section.items[1:]
    total = isinstance(quantity, Group) and [*map(show, quantity.items)] == ["'total-cost'"]
    if not total or not is_word(direction, "minimize"):
        found = f"{show(direction)} {show(quantity)}"
        raise source.unsupported(f"a metric other than minimize (total-cost): {found}", section)
    if "total-cost" not in vocabulary.functions:
        raise source.error("the metric needs (:functions (total-cost)) in the domain", section)
    return True


def _ground(atom: Atom) -> GroundAtom:
    return (atom.predicate, *atom.terms)


def _is_number(node: Group | Word) -> bool:
    return isinstance(node, Word) and node.text[:1].isdigit()
