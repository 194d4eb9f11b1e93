"""What the traces of a run say of critics and answers, in one pass over the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from soundly.core.events import AnswerUnreadable, CandidateRead, Judged, SoftlyJudged, TraceRecord
from soundly.core.verdict import Decision

KINDS: Final = ("candidate-read", "answer-unreadable", "judged", "softly-judged")
"""The events that are looked at."""

UNREADABLE: Final = "unreadable"
REJECTED: Final = "rejected"
UNDECIDED: Final = "undecided"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Decisions of a critic against what is true, with the sessions of each cell.

    ``truth`` says what it is compared with. ``counts`` and ``sessions`` have the decision first
    and the truth second. A session may judge many candidates.
    """

    critic: str
    truth: str
    counts: Mapping[tuple[str, str], int]
    sessions: Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Error:
    """A critique's code: how often answers got it, and in which sessions."""

    kind: str
    code: str
    count: int
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """All that is taken from the traces.

    ``errors`` come with the most frequent first. ``hard`` are the sessions' own critics against
    the instances' labels, ``soft`` those asked for advice against the session's critic, where both
    judged the same candidate and the session's is sound and complete.
    """

    errors: tuple[Error, ...]
    hard: tuple[Verdicts, ...]
    soft: tuple[Verdicts, ...]


def see(records: Iterable[tuple[str, TraceRecord]], solvable: Mapping[str, bool | None]) -> Seen:
    """Count what the records say; ``solvable`` has each session's label, None for not known.

    Records come session by session. Those of sessions that it does not name are left out.
    """
    errors, hard, soft = _Errors(), _Matrices(_AGAINST_LABEL), _Matrices(_AGAINST_CRITIC)
    session = _Session("")
    for session_id, record in records:
        if session_id not in solvable:
            continue
        if session_id != session.id:
            session.close(soft)
            session = _Session(session_id)
        errors.take(session_id, record)
        session.take(record)
        if isinstance(record.event, Judged) and (label := solvable[session_id]) is not None:
            truth = "solvable" if label else "unsolvable"
            hard.add(record.event.critic, record.event.decision.value, truth, session_id)
    session.close(soft)
    return Seen(errors.counted(), hard.verdicts(), soft.verdicts())


_AGAINST_LABEL: Final = "the instance's label"
_AGAINST_CRITIC: Final = "the sound and complete critic"


@dataclass(slots=True)
class _Session:
    """What one session's critic decided, and what its advisers said, by candidate."""

    id: str
    _read: dict[int, str] = field(default_factory=dict)
    _decided: dict[str, Decision] = field(default_factory=dict)
    _advice: list[SoftlyJudged] = field(default_factory=list)

    def take(self, record: TraceRecord) -> None:
        match record.event:
            case CandidateRead(attempt=attempt, canonical=canonical):
                self._read[attempt] = canonical
            case Judged(attempt=attempt, decision=decision, guarantee=guarantee):
                if attempt in self._read and {"sound", "complete"} <= set(guarantee):
                    self._decided[self._read[attempt]] = decision
            case SoftlyJudged() as advice:
                self._advice.append(advice)
            case _:
                pass

    def close(self, soft: _Matrices) -> None:
        for each in self._advice:
            decided = self._decided.get(each.canonical)
            if decided is not None:
                soft.add(each.critic, each.decision.value, _TRUTH[decided], self.id)


_TRUTH: Final = {
    Decision.ACCEPT: "right",
    Decision.REJECT: "wrong",
    Decision.UNKNOWN: "cannot tell",
}


class _Errors:
    """Critiques by code, as they come."""

    def __init__(self) -> None:
        self._found: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)

    def take(self, session_id: str, record: TraceRecord) -> None:
        match record.event:
            case AnswerUnreadable(critique=critique):
                self._add(UNREADABLE, critique.code, session_id)
            case Judged(decision=decision, critiques=critiques) if decision is not Decision.ACCEPT:
                kind = REJECTED if decision is Decision.REJECT else UNDECIDED
                for critique in critiques:
                    self._add(kind, critique.code, session_id)
            case _:
                pass

    def counted(self) -> tuple[Error, ...]:
        errors = (
            Error(kind, code, sum(counts.values()), tuple(counts))
            for (kind, code), counts in self._found.items()
        )
        return tuple(sorted(errors, key=lambda each: (-each.count, each.kind, each.code)))

    def _add(self, kind: str, code: str, session_id: str) -> None:
        counts = self._found[kind, code]
        counts[session_id] = counts.get(session_id, 0) + 1


class _Matrices:
    """A matrix of decision and truth for each critic, as verdicts come."""

    def __init__(self, truth: str) -> None:
        self._truth = truth
        self._found: dict[str, defaultdict[tuple[str, str], dict[str, int]]] = {}

    def add(self, critic: str, decision: str, truth: str, session_id: str) -> None:
        counts = self._found.setdefault(critic, defaultdict(dict))[decision, truth]
        counts[session_id] = counts.get(session_id, 0) + 1

    def verdicts(self) -> tuple[Verdicts, ...]:
        return tuple(
            Verdicts(
                critic,
                self._truth,
                {place: sum(counts.values()) for place, counts in cells.items()},
                {place: tuple(counts) for place, counts in cells.items()},
            )
            for critic, cells in sorted(self._found.items())
        )
