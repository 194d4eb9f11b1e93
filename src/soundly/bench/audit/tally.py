"""What an audit found: counts for each critic and attack, and what broke."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from soundly.statistics.intervals import Proportion


@dataclass(frozen=True, slots=True)
class Count:
    """Texts of one attack on one critic.

    ``right`` and ``wrong`` are texts whose worth is known; ``unread`` ones are near misses in which
    nothing could be read, so that the twin had nothing to decide. ``undecided`` ones got UNKNOWN,
    ``broken`` ones made the critic raise: both are neither accepted nor rejected.
    """

    right: int = 0
    wrong: int = 0
    unread: int = 0
    false_accepts: int = 0
    false_rejects: int = 0
    undecided: int = 0
    broken: int = 0

    @property
    def tried(self) -> int:
        """All texts."""
        return self.right + self.wrong + self.unread

    @property
    def false_accept_rate(self) -> Proportion:
        """Of the wrong texts, those accepted."""
        return Proportion(self.false_accepts, self.wrong)

    @property
    def false_reject_rate(self) -> Proportion:
        """Of the right texts, those rejected."""
        return Proportion(self.false_rejects, self.right)

    def __add__(self, other: Count) -> Count:
        return Count(
            self.right + other.right,
            self.wrong + other.wrong,
            self.unread + other.unread,
            self.false_accepts + other.false_accepts,
            self.false_rejects + other.false_rejects,
            self.undecided + other.undecided,
            self.broken + other.broken,
        )


@dataclass(frozen=True, slots=True)
class Breakage:
    """One text that broke a critic: ``what`` is a false accept, a false reject or a crash."""

    family: str
    critic: str
    attack: str
    what: str
    problem: str
    text: str
    statement: dict[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one critic by attack, and the smallest texts that broke it."""

    family: str
    critic: str
    guarantee: tuple[str, ...]
    counts: dict[str, Count]
    distinct: int = 0
    instances: int = 0
    breakages: tuple[Breakage, ...] = ()

    @property
    def total(self) -> Count:
        """All attacks together."""
        return sum(self.counts.values(), Count())


KEPT = 3
"""Breakages that are kept of each kind, the smallest ones."""


def smallest(breakages: Iterable[Breakage]) -> tuple[Breakage, ...]:
    """The shortest few breakages of each attack and kind."""
    kinds: dict[tuple[str, str], list[Breakage]] = {}
    for each in breakages:
        kinds.setdefault((each.attack, each.what), []).append(each)
    return tuple(
        each
        for found in kinds.values()
        for each in sorted(dict.fromkeys(found), key=lambda one: (len(one.text), one.text))[:KEPT]
    )


def together(first: Tally, second: Tally) -> Tally:
    """Two parts of one audit of one critic as one.

    ``distinct`` adds up, so parts have to be about different instances.
    """
    if (first.family, first.critic) != (second.family, second.critic):
        raise ValueError(f"{first.critic} and {second.critic} are not one audit")
    names = dict.fromkeys([*first.counts, *second.counts])
    return Tally(
        first.family,
        first.critic,
        first.guarantee,
        {n: first.counts.get(n, Count()) + second.counts.get(n, Count()) for n in names},
        first.distinct + second.distinct,
        first.instances + second.instances,
        smallest((*first.breakages, *second.breakages)),
    )
