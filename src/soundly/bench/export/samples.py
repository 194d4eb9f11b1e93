"""The sessions of a run, each with what was asked and answered in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from soundly.bench.report.systems import ids
from soundly.bench.runs.folder import Run
from soundly.bench.runs.result import CellResult
from soundly.core.completion import Completion, Message, Request
from soundly.core.errors import StoreError, UsageError
from soundly.core.events import (
    AnswerUnreadable,
    CallHeld,
    CallSettled,
    CandidateRead,
    Certified,
    Event,
    Judged,
    SessionStarted,
    TraceRecord,
    UnsolvabilityClaimed,
)
from soundly.core.problem import Problem
from soundly.core.verdict import Critique, Decision
from soundly.store import Store

_KINDS: Final = (
    "session-started",
    "call-held",
    "call-settled",
    "candidate-read",
    "unsolvability-claimed",
    "answer-unreadable",
    "judged",
    "certified",
)

NO_SOLUTION: Final = "[NO SOLUTION]"
"""How an answer says that there is no solution; every family reads it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One session.

    ``asked`` is the request of the first call. ``answered`` is the completion that the accepted
    answer was read from, else the last one that an answer was read from; None where no model was
    asked, none answered, or the answer is not a model's. ``candidate`` is what was read, and
    ``critiques`` are those it got. ``certificate`` is the JSON text of the evidence.
    """

    result: CellResult
    problem: Problem
    started_at: str
    critic: str
    asked: Request | None
    answered: Completion | None
    candidate: str | None
    critiques: tuple[Critique, ...]
    certificate: str | None

    @property
    def known(self) -> bool:
        """Whether the session counts, and somebody knows whether its last answer is right.

        That nothing was answered is known as well.
        """
        result = self.result
        return result.counted and (result.right is not None or result.answer == "none")

    @property
    def prompt(self) -> tuple[Message, ...]:
        """What the model was first shown; nothing where none was asked."""
        return self.asked.messages if self.asked else ()

    @property
    def answer(self) -> str:
        """The text of the model that was read, else what a solver found or proved, else nothing."""
        if self.answered is not None:
            return self.answered.text
        return self.candidate or (NO_SOLUTION if self.result.status == "unsolvable" else "")


def samples(run: Run, store: Store) -> Iterator[Sample]:
    """The run's sessions that the store holds, ordered by their ids.

    Raises `UsageError` for a run without results, and `StoreError` where a session is not in the
    store.
    """
    if not run.results:
        raise UsageError(f"{run.folder} has no results yet: nothing to export")
    results = {each.session_id: each for each in run.results}
    records = store.events(ids(run.results), _KINDS)
    for session_id, of_session in groupby(records, key=lambda each: each[0]):
        yield _sample(results.pop(session_id), [record for _, record in of_session])
    if results:
        missing = next(iter(results))
        raise StoreError(
            f"the store {run.store} lacks session {missing} of the run, and {len(results) - 1:,} "
            "others"
        )


def _sample(result: CellResult, records: list[TraceRecord]) -> Sample:
    started = records[0].event
    if not isinstance(started, SessionStarted):
        raise StoreError(f"session {result.session_id} does not begin with its start")
    told = _Told()
    for record in records:
        told.take(record.event)
    if result.status == "unsolvable" and result.answer != "claim":
        # a solver proved it; what a model had proposed before is not the answer
        told.answered, told.candidate, told.critiques = None, None, ()
    elif told.candidate is None and told.answered is None:
        told.answered = told.settled[-1] if told.settled else None
    return Sample(
        result,
        started.problem,
        started.started_at,
        started.critic,
        told.asked,
        told.answered,
        told.candidate,
        told.critiques,
        told.certificate,
    )


class _Told:
    """What was asked and answered, up to the accepted answer or else to the last one."""

    def __init__(self) -> None:
        self.asked: Request | None = None
        self.settled: list[Completion] = []
        self.answered: Completion | None = None
        self.candidate: str | None = None
        self.critiques: tuple[Critique, ...] = ()
        self.certificate: str | None = None
        self._accepted = False

    def take(self, event: Event) -> None:
        match event:
            case CallHeld(request=request):
                self.asked = self.asked or request
            case CallSettled(completion=completion):
                self.settled.append(completion)
            case Certified(document=document):
                self.certificate = document
            case _ if self._accepted:
                pass
            case CandidateRead(canonical=canonical, excerpt=excerpt):
                self._attempt(excerpt, canonical)
            case UnsolvabilityClaimed(excerpt=excerpt):
                self._attempt(excerpt, None)
            case AnswerUnreadable(critique=critique):
                self._attempt("", None, critique)
            case Judged(decision=decision, critiques=critiques):
                self.critiques = critiques
                self._accepted = decision is Decision.ACCEPT
            case _:
                pass

    def _attempt(self, excerpt: str, candidate: str | None, *critiques: Critique) -> None:
        """The newest completion that holds what was read: others were a judge's, or of a race."""
        holding = (each for each in reversed(self.settled) if excerpt in each.text)
        self.answered = next(holding, None)
        self.candidate, self.critiques = candidate, critiques
