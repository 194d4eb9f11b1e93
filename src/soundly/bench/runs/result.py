"""What came of one cell: a pure function of its coordinates and its session's trace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias, get_args

from soundly.bench.suites.cell import Cell
from soundly.core.errors import CredentialError, GeneratorError, ProblemError, UsageError
from soundly.core.events import (
    AnswerUnreadable,
    CallHeld,
    CallSettled,
    Judged,
    PartBroke,
    SessionEnded,
    SolverEnded,
    TraceRecord,
    UnsolvabilityClaimed,
)
from soundly.core.later import LATER
from soundly.core.replay import Account, Replay
from soundly.core.spend import Spend, Usage
from soundly.core.verdict import Decision

CellStatus: TypeAlias = Literal[
    "solved", "unsolvable", "unsolved", "exhausted", "broken", "refused"
]
"""How a cell ended.

``solved`` and ``unsolvable`` have a certificate. ``unsolved``: the strategy stopped with neither;
``exhausted``: its budget stopped it. ``refused``: a call was refused, filtered or never answered,
or the problem could not be put to this model or is none of this solver's kind. ``broken``: any
other part broke. The last two say nothing of the answer, and are never counted as wrong.
"""

AnswerKind: TypeAlias = Literal["solution", "claim", "unreadable", "none"]
"""What the last answer was: a solution, a claim that there is none, no answer that can be read,
or nothing was answered."""

ENDED: Final = ("solved", "unsolvable", "unsolved", "exhausted", "broken")
"""The ends of a session after which its cell is done; a cancelled or unfinished one is not."""

_REFUSALS: Final = frozenset(
    kind.__name__ for kind in (GeneratorError, UsageError, CredentialError, ProblemError)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellResult:
    """What came of one cell.

    ``right`` is None where nobody can tell: a part broke, nothing was answered, or the critic that
    decided is not known to be right. It is False for a certificate that contradicts the label,
    which only a wrong label explains. Of an instance without a label, a claim that there is no
    solution is None as well, unless it is proved. ``rounds`` counts the attempts up to the
    accepted one, and is None where none was. ``spend.seconds`` is the session's wall-clock time.
    ``unpriced_calls`` and ``uncounted_calls``: where they are not 0, the dollars or the tokens are
    too low. ``guarantee`` is what the session's critic declared; ``reason`` is the end in words.
    ``capped_calls`` were cut short and stand at the most that they can have cost: where they are
    not 0, the spend is an upper bound.
    """

    cell: Cell
    session_id: str
    problem_digest: str
    status: CellStatus
    answer: AnswerKind
    right: bool | None
    rounds: int | None
    spend: Spend
    unpriced_calls: int = 0
    guarantee: tuple[str, ...] = ()
    found_by: str | None = None
    certificate_sha256: str | None = None
    reason: str = ""
    uncounted_calls: int = field(default=0, metadata=LATER)
    capped_calls: int = field(default=0, metadata=LATER)

    def __post_init__(self) -> None:
        if self.status not in get_args(CellStatus):
            raise ValueError(f"status is {self.status!r:.40}, wanted one of {get_args(CellStatus)}")
        certified = self.status in ("solved", "unsolvable")
        if certified != (self.certificate_sha256 is not None):
            raise ValueError(f"{self.status} and certificate {self.certificate_sha256!r:.80} came")
        if self.status in ("broken", "refused") and self.right is not None:
            raise ValueError(f"{self.status} says nothing of the answer, and right={self.right}")
        if (self.rounds is not None) != (self.status == "solved"):
            raise ValueError(f"{self.status} and rounds={self.rounds} came")

    @property
    def covered(self) -> bool:
        """Whether the session ended with a certificate."""
        return self.certificate_sha256 is not None

    @property
    def counted(self) -> bool:
        """Whether the session says something of the system: no part broke, no call was refused."""
        return self.status not in ("broken", "refused")

    @property
    def false_unsolvable(self) -> bool:
        """Whether the last answer claims that a solvable problem has no solution."""
        return self.counted and self.answer == "claim" and self.cell.solvable is True

    @property
    def wrong_solution(self) -> bool:
        """Whether the last answer gives a solution that is known not to be one."""
        return self.counted and self.answer == "solution" and self.right is False


def result_of(cell: Cell, trace: Iterable[TraceRecord]) -> CellResult:
    """What the session's trace says came of the cell.

    Raises `ValueError` for records that are no session's trace, or whose session did not end.
    """
    state, seen = Replay(), _Seen()
    for record in trace:
        state.take(record)
        seen.take(record)
    ended = state.ended
    if ended is None or ended.status not in ENDED:
        raise ValueError(f"the session of cell {cell.id} is {state.status}, wanted one that ended")
    status = seen.status(ended)
    solved = status == "solved"
    started = state.started
    return CellResult(
        cell=cell,
        session_id=started.session_id,
        problem_digest=started.problem.digest,
        status=status,
        answer="solution" if solved else seen.answer,
        right=_right(cell, status, seen, "complete" in started.guarantee),
        rounds=(seen.accepted_at or seen.attempts) if solved else None,
        spend=_all_spent(state.account),
        unpriced_calls=state.account.unpriced_calls,
        uncounted_calls=seen.uncounted,
        capped_calls=state.capped_calls,
        guarantee=started.guarantee,
        found_by=ended.found_by,
        certificate_sha256=ended.certificate_sha256,
        reason=ended.reason if not seen.not_asked else seen.solvers[0].detail,
    )


class _Seen:
    """What the records so far say of the answers."""

    def __init__(self) -> None:
        self.answer: AnswerKind = "none"
        self.decision: Decision | None = None
        self.accepted_at: int | None = None
        self.attempts = 0
        self.broke: str | None = None
        self.filtered = False
        self.called = False
        self.uncounted = 0
        self.solvers: list[SolverEnded] = []

    def take(self, record: TraceRecord) -> None:
        match record.event:
            case Judged(attempt=attempt, decision=decision):
                self._answered("solution", attempt)
                self.decision = decision
                if decision is Decision.ACCEPT and self.accepted_at is None:
                    # samples of one race may be accepted after the one that won it
                    self.accepted_at = attempt
            case UnsolvabilityClaimed(attempt=attempt):
                self._answered("claim", attempt)
            case AnswerUnreadable(attempt=attempt):
                self._answered("unreadable", attempt)
            case CallHeld():
                self.called = True
            case CallSettled(completion=completion):
                self.filtered = completion.finish_reason == "filter"
                # no model says something without a token: nobody counted
                counted = completion.cached or completion.usage != Usage()
                self.uncounted += bool(completion.text) and not counted
            case PartBroke(part=part):
                self.broke = part
            case SolverEnded() as said:
                self.solvers.append(said)
            case _:
                pass

    @property
    def not_asked(self) -> bool:
        """Whether there were solvers alone, and the problem was none of any one's kind."""
        kinds = {said.answer for said in self.solvers}
        return kinds == {"not-for-this"} and not self.called and not self.attempts

    def status(self, ended: SessionEnded) -> CellStatus:
        """The end, with refusals told apart from what broke and from what was answered."""
        if ended.status == "broken":
            return "refused" if self.broke in _REFUSALS else "broken"
        stopped = ended.status in ("unsolved", "exhausted")
        if stopped and self.filtered and self.answer != "solution":
            return "refused"
        if ended.status == "unsolved" and self.not_asked:
            return "refused"
        for status in get_args(CellStatus):
            if ended.status == status:
                known: CellStatus = status
                return known
        raise ValueError(f"a session ended {ended.status!r:.40}")

    def _answered(self, kind: AnswerKind, attempt: int) -> None:
        self.answer, self.decision, self.attempts = kind, None, attempt


def _right(cell: Cell, status: CellStatus, seen: _Seen, complete: bool) -> bool | None:
    """Whether the last word was right; see `CellResult`."""
    if status in ("broken", "refused"):
        return None
    label = cell.solvable
    if status in ("solved", "unsolvable"):
        return label is None or (status == "solved") == label
    match seen.answer:
        case "claim":
            return None if label is None else not label
        case "unreadable":
            return False
        case "solution" if seen.decision is Decision.REJECT and complete:
            return False
        case _:
            return None if label is not False or seen.answer == "none" else False


def _all_spent(account: Account) -> Spend:
    """What ended and what was left open, the latter at its upper bound."""
    # to the microsecond, as a store keeps it: the live trace and the kept one give one result
    return replace(account.spent + account.held, seconds=round(account.spent.seconds, 6))
