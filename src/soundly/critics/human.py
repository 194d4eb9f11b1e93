"""A person as critic: asked through a small protocol, and believed as far as is configured.

People overlook things, so a person guarantees nothing unless whoever configures the critic says
otherwise; and even then the kernel has the last word on what counts as solved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Decision, Guarantee, Verdict, unknown

PERSON: Final = "a person"
"""Where a critique comes from that is no critic's."""

REJECTED: Final = "rejected-by-person"
EDITED: Final = "edited-by-person"
SPECIFIED: Final = "specified-by-person"
ACCEPTED: Final = "accepted-by-person"
LEFT: Final = "person-left"


@dataclass(frozen=True, slots=True)
class Accept:
    """The person takes the candidate as it is."""


@dataclass(frozen=True, slots=True)
class Reject:
    """The person does not take it, and says why."""

    reason: str

    def __post_init__(self) -> None:
        _require_words("reason", self.reason)


@dataclass(frozen=True, slots=True)
class Edit:
    """The person's own answer in its place, in the form in which answers are read."""

    answer: str

    def __post_init__(self) -> None:
        _require_words("answer", self.answer)


@dataclass(frozen=True, slots=True)
class Specify:
    """The person says more about what is wanted."""

    wish: str

    def __post_init__(self) -> None:
        _require_words("wish", self.wish)


@dataclass(frozen=True, slots=True)
class Leave:
    """The person is gone, or has had enough: nobody will answer any more."""


Reply: TypeAlias = Accept | Reject | Edit | Specify | Leave


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is shown: a candidate, and what the critics said of it.

    ``verdict`` is that of the critic of this name, None where none was asked before. A candidate
    that was rejected is out: the person can say what is wrong with it or propose another, and no
    acceptance brings it back.
    """

    problem: Problem
    candidate: Candidate
    verdict: Verdict | None = None
    critic: str = ""

    @property
    def acceptable(self) -> bool:
        """Whether the person's acceptance counts for anything."""
        return self.verdict is None or not self.verdict.rejected


class Person(Protocol):
    """Somebody who can be asked."""

    async def ask(self, question: Question) -> Reply:
        """What the person says; waits as long as they take, and cancelling it is safe."""
        ...


@dataclass(frozen=True, slots=True)
class HumanCritic:
    """A person's word as a verdict.

    ``guarantee`` is what the configuration takes it for: NONE, unless it says otherwise. A person
    configured as SOUND is named in the trace as the session's judge; the kernel still re-checks
    what they accept, and refuses loudly what does not hold.
    """

    person: Person
    guarantee: Guarantee = Guarantee.NONE
    name: str = "person"
    version: str = "1"

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict that the reply comes to; UNKNOWN where the person has left. Costs no call."""
        match await asked(self.person, Question(problem, candidate)):
            case Accept():
                return ACCEPT
            case Leave() as reply:
                return unknown(said(reply))
            case reply:
                return Verdict(Decision.REJECT, (said(reply),))


async def asked(person: Person, question: Question) -> Reply:
    """The reply; raises `CriticError` for what is none."""
    reply = await person.ask(question)
    if not isinstance(reply, Reply):
        raise CriticError(f"the person replied a {type(reply).__name__}, wanted a Reply")
    return reply


def said(reply: Reply) -> Critique:
    """A reply as a critique: in words for the model, by its code for a strategy that understands.

    The words that the person typed are the message, or of an edit the repair.
    """
    match reply:
        case Accept():
            return Critique(ACCEPTED, "accepts it, and no critic does", PERSON)
        case Reject(reason):
            return Critique(REJECTED, reason, PERSON)
        case Edit(answer):
            return Critique(EDITED, "proposes another answer instead", PERSON, repair=answer)
        case Specify(wish):
            return Critique(SPECIFIED, wish, PERSON)
        case Leave():
            return Critique(LEFT, "left without saying what to do with it", PERSON)


def _require_words(name: str, words: str) -> None:
    if not words.strip():
        raise ValueError(f"{name} is empty, wanted words")
