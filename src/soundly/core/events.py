"""The trace: append-only, versioned, typed events of one session.

Reports, training data and the page are computed from these and from nothing else, so an event
holds everything that happened in its moment. `soundly.core.codec` writes them as JSON Lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from soundly.core.advice import AdviceCompared, AdviceGiven
from soundly.core.certificate import Certificate, read_certificate
from soundly.core.completion import Completion, Request
from soundly.core.continuing import Repaired
from soundly.core.formalism import TranslationChecked
from soundly.core.moment import is_utc_text
from soundly.core.problem import Problem
from soundly.core.routing import RouteChosen
from soundly.core.searching import StepsProposed
from soundly.core.session_id import require_session_id
from soundly.core.spend import Budget, Quote, Spend
from soundly.core.verdict import Critique, Decision
from soundly.core.voting import SamplingStopped, Voted
from soundly.kernel.refused import Refused

TRACE_VERSION = 1


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """The session as it was asked for.

    ``started_at`` is a moment as `soundly.core.moment.utc_text` spells it.
    """

    session_id: str
    problem: Problem
    strategy: str
    model: str | None
    critic: str
    guarantee: tuple[str, ...]
    budget: Budget
    seed: int
    soundly_version: str
    started_at: str

    def __post_init__(self) -> None:
        require_session_id(self.session_id)
        if not is_utc_text(self.started_at):
            raise ValueError(
                f"started_at is {self.started_at[:60]!r}, "
                "wanted UTC as in 2026-01-31T23:59:59.000000+00:00"
            )


@dataclass(frozen=True, slots=True)
class PartStarted:
    """A stage of a cascade begins; what follows is credited to it."""

    part: str


@dataclass(frozen=True, slots=True)
class CallHeld:
    """A model call is about to be made: its upper bound is booked. Written before the call."""

    call: int
    part: str
    request: Request
    quote: Quote


@dataclass(frozen=True, slots=True)
class CallSettled:
    """The call came back; ``spend`` replaces the hold."""

    call: int
    completion: Completion
    spend: Spend


@dataclass(frozen=True, slots=True)
class CallFailed:
    """The call failed or was cancelled; ``spend`` is the hold, or zero where nothing was billed."""

    call: int
    error: str
    retryable: bool
    spend: Spend


@dataclass(frozen=True, slots=True)
class CandidateRead:
    """A candidate was read; ``excerpt`` is the piece of the text that counted."""

    attempt: int
    part: str
    canonical: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class AnswerUnreadable:
    """No candidate could be read: a failed attempt, visibly."""

    attempt: int
    part: str
    critique: Critique


@dataclass(frozen=True, slots=True)
class UnsolvabilityClaimed:
    """The answer claims that there is no solution; a claim is not a proof."""

    attempt: int
    part: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The critic's verdict on an attempt."""

    attempt: int
    critic: str
    guarantee: tuple[str, ...]
    decision: Decision
    critiques: tuple[Critique, ...]


@dataclass(frozen=True, slots=True)
class SoftlyJudged:
    """What a critic that a strategy asked for advice says of a candidate; no outcome rests on it.

    ``canonical`` is what was judged.
    """

    part: str
    critic: str
    canonical: str
    decision: Decision
    critiques: tuple[Critique, ...]


@dataclass(frozen=True, slots=True)
class SolverStarted:
    """A reference solver begins."""

    solver: str
    part: str


@dataclass(frozen=True, slots=True)
class SolverEnded:
    """What the solver said, in its own words too.

    "found", "proved", "asserted", "gave-up", or "not-for-this": the problem is none of its kind.
    """

    solver: str
    answer: str
    detail: str
    seconds: float


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """The next prompt tells the model what was wrong with the answer of this round.

    ``level`` is how much it is told, ``controller`` how critiques became a prompt, ``critics``
    whose critiques these are (``critic`` is the session's own), and ``shown`` how many of them.
    """

    round: int
    part: str
    level: str
    controller: str
    critics: tuple[str, ...]
    shown: int


@dataclass(frozen=True, slots=True)
class LoopStopped:
    """A loop of proposing and judging ends; ``reason`` is one stable word, as in "repeated"."""

    part: str
    reason: str
    rounds: int


StrategyEvent: TypeAlias = (
    FeedbackGiven
    | LoopStopped
    | Voted
    | SamplingStopped
    | Repaired
    | TranslationChecked
    | StepsProposed
    | AdviceCompared
    | RouteChosen
)
"""What strategies write into the trace themselves, through `Session.note`."""


@dataclass(frozen=True, slots=True)
class PartBroke:
    """A part broke, and with it the session."""

    part: str
    error: str


@dataclass(frozen=True, slots=True)
class Certified:
    """What a part found has a certificate, which the kernel re-checked.

    ``document`` is its JSON text, so that the trace alone holds the evidence. It is read and its
    seal checked whenever a value is made; what it proves only a re-check can say.
    """

    part: str
    kind: str
    claim: str
    sha256: str
    document: str

    def __post_init__(self) -> None:
        try:
            certificate = read_certificate(self.document)
        except Refused as refused:
            raise ValueError(f"document: {refused.reason}") from refused
        for name in ("kind", "claim", "sha256"):
            stated, sealed = getattr(self, name), getattr(certificate, name)
            if stated != sealed:
                raise ValueError(f"{name} is {stated[:80]!r}, the document says {sealed[:80]!r}")


def certified(part: str, certificate: Certificate) -> Certified:
    """The event that holds a certificate; raises `ValueError` where the kernel cannot read it."""
    return Certified(
        part, certificate.kind, certificate.claim, certificate.sha256, certificate.to_line()
    )


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The end: an outcome's status, or "broken" or "cancelled". Nothing follows.

    ``certificate_sha256`` is that of the `Certified` before it, None where there is no evidence.
    """

    status: str
    reason: str
    found_by: str | None
    asserted: str | None
    certificate_sha256: str | None
    spend: Spend


Event: TypeAlias = (
    SessionStarted
    | PartStarted
    | CallHeld
    | CallSettled
    | CallFailed
    | CandidateRead
    | AnswerUnreadable
    | UnsolvabilityClaimed
    | Judged
    | SoftlyJudged
    | SolverStarted
    | SolverEnded
    | FeedbackGiven
    | LoopStopped
    | Voted
    | SamplingStopped
    | Repaired
    | TranslationChecked
    | StepsProposed
    | AdviceGiven
    | AdviceCompared
    | RouteChosen
    | PartBroke
    | Certified
    | SessionEnded
)


@dataclass(frozen=True, slots=True)
class TraceRecord:
    """An event in its place: ``sequence`` counts from 0, ``seconds`` from the session's start."""

    sequence: int
    seconds: float
    event: Event


class Sink(Protocol):
    """Where trace records go as they happen: a store, a display, a file."""

    def write(self, session_id: str, record: TraceRecord) -> None:
        """Take one record. A `CallHeld` must be durable when this returns."""
        ...
