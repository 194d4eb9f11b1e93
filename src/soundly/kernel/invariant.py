"""What it rules out that certain facts never hold together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from soundly.kernel.formula import (
    And,
    Atom,
    Binding,
    Exists,
    ForAll,
    Formula,
    Literal,
    Or,
    choices,
    ground,
    negate,
)
from soundly.kernel.task import Task

Claim: TypeAlias = tuple[Formula, Binding]
"""A formula that is said to hold, with values for its free variables, or for some of them."""

Forbids: TypeAlias = Callable[[Literal, AbstractSet[Literal]], bool]
"""Whether a literal cannot hold in any state where all of these others do."""

MAX_CASE_DEPTH = 4
"""How many case distinctions may stand inside one another. More are given up, which is safe."""


def forbidding(mutexes: Iterable[tuple[Literal, ...]]) -> Forbids:
    """Forbids facts that are listed together to hold together."""
    rests: dict[Literal, list[frozenset[Literal]]] = {}
    for mutex in mutexes:
        for literal in mutex:
            rests.setdefault(literal, []).append(frozenset(mutex) - {literal})
    return lambda literal, others: any(rest <= others for rest in rests.get(literal, []))


class Invariant:
    """What holds in each state that breaks nothing that ``forbids`` says, and no static fact."""

    def __init__(self, task: Task, forbids: Forbids) -> None:
        self._task = task
        self._forbids = forbids

    def excludes(
        self,
        claims: Iterable[Claim],
        known: AbstractSet[Literal] = frozenset(),
        cases: Iterable[list[Claim]] = (),
        depth: int = MAX_CASE_DEPTH,
    ) -> bool:
        """Whether no state that respects the invariant fits the claims.

        A fitting state makes every claim true, has the ``known`` literals, and makes one claim of
        each list in ``cases`` true. False means only that this could not be shown: a literal with
        an open variable shows nothing, and `MAX_CASE_DEPTH` is all the effort made.
        """
        pending, facts, undecided = list(claims), set(known), list(cases)
        while True:
            if not self._collect(pending, facts, undecided):
                return True
            if depth == 0:
                return False
            undecided = [
                [case for case in some if not self.excludes([case], facts, (), depth - 1)]
                for some in undecided
            ]
            if [] in undecided:
                return True
            pending = [some[0] for some in undecided if len(some) == 1]
            undecided = [some for some in undecided if len(some) > 1]
            if not pending:
                break
        if len(undecided) < 2:
            return False
        first, *others = sorted(undecided, key=len)
        return all(self.excludes([case], facts, others, depth - 1) for case in first)

    def _collect(
        self, pending: list[Claim], facts: set[Literal], undecided: list[list[Claim]]
    ) -> bool:
        """Moves what the claims say into facts and cases; False where they contradict."""
        while pending:
            formula, binding = pending.pop()
            match formula:
                case Literal():
                    if not self._learn(formula, binding, facts):
                        return False
                case And(parts):
                    pending.extend((part, binding) for part in parts)
                case ForAll(variables, body):
                    pending.extend((body, inner) for inner in choices(variables, binding))
                case Or(parts):
                    undecided.append([(part, binding) for part in parts])
                case Exists(variables, body):
                    undecided.append([(body, inner) for inner in choices(variables, binding)])
        return True

    def _learn(self, claim: Literal, binding: Binding, facts: set[Literal]) -> bool:
        """Adds a literal to the facts; False where it contradicts them or cannot be true."""
        literal = Literal(ground(claim.atom, binding), claim.positive)
        known = self._known(literal.atom)
        if known is not None:
            return known is claim.positive
        if any(term.startswith("?") for term in literal.atom[1:]):
            return True
        if negate(literal) in facts or self._forbids(literal, facts):
            return False
        facts.add(literal)
        return True

    def _known(self, atom: Atom) -> bool | None:
        """Whether the atom is true in every state, or in none; None where that is not known."""
        is_open = any(term.startswith("?") for term in atom[1:])
        if atom[0] == "=":
            return True if atom[1] == atom[2] else None if is_open else False
        return None if is_open or atom[0] in self._task.fluents else atom in self._task.init
