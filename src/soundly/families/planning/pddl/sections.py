"""The frame both texts share: ``(define (domain name) (:section …) …)``."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from soundly.families.planning.pddl.reader import Group, Source, Word, read, show
from soundly.families.planning.pddl.vocabulary import is_word, near

SUPPORTED_REQUIREMENTS = frozenset(
    {
        ":strips",
        ":typing",
        ":negative-preconditions",
        ":disjunctive-preconditions",
        ":equality",
        ":existential-preconditions",
        ":universal-preconditions",
        ":quantified-preconditions",
        ":conditional-effects",
        ":adl",
        ":action-costs",
    }
)
"""Every flag whose whole meaning is read here.

A flag switches nothing: what a text uses is checked where it is used, and a text that forgets a
flag (most published domains do) is read all the same, as VAL and Kairos do.
"""

_UNSUPPORTED_REQUIREMENTS = frozenset(
    {
        ":fluents",
        ":numeric-fluents",
        ":object-fluents",
        ":durative-actions",
        ":duration-inequalities",
        ":continuous-effects",
        ":derived-predicates",
        ":timed-initial-literals",
        ":timed-initial-effects",
        ":preferences",
        ":constraints",
        ":probabilistic-effects",
        ":goal-utilities",
        ":rewards",
        ":mdp",
        ":time",
        ":multi-agent",
        ":unfactored-privacy",
        ":factored-privacy",
        ":domain-axioms",
    }
)


class Sections:
    """The sections of one text, by keyword; they may stand in any order.

    ``many`` names the keywords that may come more than once; a keyword in ``unsupported`` is
    refused as such, and an unknown one as unknown.
    """

    def __init__(
        self,
        source: Source,
        kind: str,
        *,
        once: Collection[str],
        many: Collection[str] = (),
        unsupported: Collection[str] = (),
    ) -> None:
        self.source = source
        self.whole = read(source)
        items = self.whole.items
        if not items or not is_word(items[0], "define"):
            raise source.error(
                f"expected (define ({kind} …) …), found {show(self.whole)}", self.whole
            )
        if len(items) < 2:
            raise source.error(f"expected ({kind} name) after define", self.whole)
        self.name = named(source, items[1], kind)
        self._found: dict[str, list[Group]] = {}
        known = {*once, *many}
        for node in items[2:]:
            section = source.group_at(node, "a section such as (:init …)")
            head = section.items[0] if section.items else None
            if not isinstance(head, Word) or not head.text.startswith(":"):
                raise source.error(
                    f"expected a section such as (:init …), found {show(section)}", section
                )
            if head.text in unsupported:
                raise source.unsupported(head.text, section)
            if head.text not in known:
                raise source.error(f"unknown section {show(head)}{near(head.text, known)}", section)
            if head.text in self._found and head.text in once:
                raise source.error(f"a second {head.text}", section)
            self._found.setdefault(head.text, []).append(section)

    def all(self, keyword: str) -> list[Group]:
        """Every section of this keyword, in the order of the text."""
        return self._found.get(keyword, [])

    def get(self, keyword: str) -> Group | None:
        """The section of this keyword, or None where the text has none."""
        return next(iter(self.all(keyword)), None)

    def require(self, keyword: str, example: str) -> Group:
        """The section of this keyword; an error where the text has none."""
        section = self.get(keyword)
        if section is None:
            raise self.source.error(f"missing section {example}", self.whole)
        return section


def named(source: Source, node: Group | Word, keyword: str) -> str:
    """The name in ``(keyword name)``."""
    group = source.group_at(node, f"({keyword} name)")
    if len(group.items) != 2 or not is_word(group.items[0], keyword):
        raise source.error(f"expected ({keyword} name), found {show(group)}", group)
    return source.name_at(group.items[1], f"a name after {keyword!r}")


def requirements(source: Source, section: Group | None) -> frozenset[str]:
    """The flags of ``(:requirements …)``; a text without the section asks for :strips."""
    if section is None:
        return frozenset({":strips"})
    for node in section.items[1:]:
        if isinstance(node, Word) and node.text in SUPPORTED_REQUIREMENTS:
            continue
        if isinstance(node, Word) and node.text in _UNSUPPORTED_REQUIREMENTS:
            raise source.unsupported(node.text, node)
        hint = near(node.text, SUPPORTED_REQUIREMENTS) if isinstance(node, Word) else ""
        raise source.error(f"unknown requirement {show(node)}{hint}", node)
    return frozenset(node.text for node in section.items[1:] if isinstance(node, Word))


def keyword_arguments(
    source: Source,
    group: Group,
    start: int,
    *,
    known: Collection[str],
    unsupported: Mapping[str, str],
) -> dict[str, Group]:
    """``:parameters (…) :effect (…)`` as a dictionary; a keyword may come once."""
    found: dict[str, Group] = {}
    items = iter(group.items[start:])
    for node in items:
        keyword = node.text if isinstance(node, Word) else ""
        if keyword in unsupported:
            raise source.unsupported(unsupported[keyword], node)
        if keyword not in known:
            raise source.error(f"expected one of {', '.join(known)}, found {show(node)}", node)
        value = next(items, None)
        if value is None:
            raise source.error(f"expected something in parentheses after {keyword}", node)
        if keyword in found:
            raise source.error(f"a second {keyword}", node)
        found[keyword] = source.group_at(value, f"what follows {keyword}")
    return found
