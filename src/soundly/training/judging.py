"""What became of an answer: accepted, wrong, unreadable, undecided, or its judge broke.

The five stay apart all the way to the log. Only the first three say something of the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from soundly.core.candidate import Candidate, Found, Reading, Unreadable
from soundly.core.errors import CriticError, FamilyError, PartError, UsageError
from soundly.core.family import Family
from soundly.core.problem import Problem
from soundly.core.verdict import Guarantee
from soundly.critics.no_model import no_model
from soundly.engine.attributed import attributed

Fate: TypeAlias = Literal["accepted", "rejected", "unreadable", "undecided", "broken"]

_REWARDS: dict[Fate, float | None] = {
    "accepted": 1.0,
    "rejected": 0.0,
    "unreadable": 0.0,
    "undecided": None,
    "broken": None,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer's fate, and the first reason for it; an accepted one has none.

    A claim that there is no solution counts as rejected: a claim is not a proof.
    """

    fate: Fate
    reason: str = ""

    @property
    def reward(self) -> float | None:
        """1 for what a sound critic accepted, 0 for what was wrong or could not be read.

        None where nobody judged: the critic broke, or could not decide.
        """
        return _REWARDS[self.fate]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many answers met which fate."""

    accepted: int = 0
    rejected: int = 0
    unreadable: int = 0
    undecided: int = 0
    broken: int = 0

    @classmethod
    def of(cls, answers: Iterable[Judged]) -> Counts:
        """The answers counted."""
        counted = Counter(each.fate for each in answers)
        return cls(*(counted[fate] for fate in get_args(Fate)))

    @property
    def judged(self) -> int:
        """How many were judged: accepted, rejected and unreadable ones."""
        return self.accepted + self.rejected + self.unreadable

    @property
    def unjudged(self) -> int:
        """How many got no reward: undecided ones and those whose judge broke."""
        return self.undecided + self.broken

    @property
    def reward(self) -> float | None:
        """The mean reward of those judged, None where none was."""
        return self.accepted / self.judged if self.judged else None


def require_sound(family: Family) -> None:
    """Raise `UsageError` for a family whose critic may accept what is wrong: it cannot reward."""
    critic = family.critic
    if Guarantee.SOUND not in critic.guarantee:
        words = " and ".join(critic.guarantee.words()) or "no more than advice"
        raise UsageError(
            f"family {family.name!r}: its critic {critic.name!r} is {words}; "
            "a reward wants a sound one"
        )


async def judged(family: Family, problem: Problem, read: Callable[[], Reading]) -> Judged:
    """What the family's critic says of an answer that ``read`` reads.

    A part that breaks, in reading or in judging, is a fate of its own. A problem that cannot be
    read is the caller's mistake and raises `UsageError`.
    """
    try:
        with attributed(FamilyError, family.name):
            reading = read()
        if isinstance(reading, Unreadable):
            return Judged("unreadable", str(reading.critique))
        if not isinstance(reading, Found):
            return Judged("rejected", "the answer claims that there is no solution")
        candidate = Candidate(reading.solution, reading.canonical, "training")
        with attributed(CriticError, family.critic.name):
            verdict = await family.critic.judge(problem, candidate, no_model)
    except PartError as error:
        return Judged("broken", str(error))
    if verdict.accepted:
        return Judged("accepted")
    reason = str(next(iter(verdict.critiques), ""))
    return Judged("rejected" if verdict.rejected else "undecided", reason)
