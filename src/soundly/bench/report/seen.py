"""What the traces of a run say of critics and answers, in one pass over the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from soundly.bench.report.systems import System, by_system, system_of
from soundly.bench.runs.result import CellResult
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
    and the truth second. A session may judge many candidates. ``truths`` are those that stood to
    be judged, also where no candidate of theirs came before the critic.
    """

    critic: str
    truth: str
    counts: Mapping[tuple[str, str], int]
    sessions: Mapping[tuple[str, str], tuple[str, ...]]
    truths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Error:
    """A critique's code: how often answers of a system got it, and in which sessions."""

    system: System
    kind: str
    code: str
    count: int
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """All that is taken from the traces.

    ``errors`` come system by system, the most frequent of each first. ``hard`` are the sessions'
    own critics against the instances' labels, ``soft`` those asked for advice against the session's
    critic, where both judged the same candidate and the session's is sound and complete.
    """

    errors: tuple[Error, ...]
    hard: tuple[Verdicts, ...]
    soft: tuple[Verdicts, ...]


def see(records: Iterable[tuple[str, TraceRecord]], results: Mapping[str, CellResult]) -> Seen:
    """Count what the records say of sessions, whose ``results`` are given by their ids.

    Records come session by session; those of other sessions are left out. What broke or was
    refused has no errors: it says nothing of the answers.
    """
    errors, hard, soft = _Errors(), _Matrices(_AGAINST_LABEL), _Matrices(_AGAINST_CRITIC)
    session = _Session("")
    for session_id, record in records:
        result = results.get(session_id)
        if result is None:
            continue
        if session_id != session.id:
            session.close(soft)
            session = _Session(session_id)
        if result.counted:
            errors.take(system_of(result.cell), session_id, record)
        session.take(record)
        if isinstance(record.event, Judged) and result.cell.solvable is not None:
            truth = _LABELS[result.cell.solvable]
            hard.add(record.event.critic, record.event.decision.value, truth, session_id)
    session.close(soft)
    systems = by_system(results.values())
    labels = {each.cell.solvable for each in results.values() if each.counted}
    truths = tuple(said for label, said in _LABELS.items() if label in labels)
    return Seen(errors.counted(list(systems)), hard.verdicts(truths), soft.verdicts(()))


_LABELS: Final = {True: "solvable", False: "unsolvable"}
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
    """Critiques by system and code, as they come."""

    def __init__(self) -> None:
        self._found: defaultdict[tuple[System, str, str], dict[str, int]] = defaultdict(dict)

    def take(self, system: System, session_id: str, record: TraceRecord) -> None:
        match record.event:
            case AnswerUnreadable(critique=critique):
                self._add((system, UNREADABLE, critique.code), session_id)
            case Judged(decision=decision, critiques=critiques) if decision is not Decision.ACCEPT:
                kind = REJECTED if decision is Decision.REJECT else UNDECIDED
                for critique in critiques:
                    self._add((system, kind, critique.code), session_id)
            case _:
                pass

    def counted(self, systems: Sequence[System]) -> tuple[Error, ...]:
        errors = (
            Error(*place, sum(counts.values()), tuple(counts))
            for place, counts in self._found.items()
        )
        order = {system: number for number, system in enumerate(systems)}
        return tuple(
            sorted(errors, key=lambda each: (order[each.system], -each.count, each.kind, each.code))
        )

    def _add(self, place: tuple[System, str, str], session_id: str) -> None:
        counts = self._found[place]
        counts[session_id] = counts.get(session_id, 0) + 1


class _Matrices:
    """A matrix of decision and truth for each critic, as verdicts come."""

    def __init__(self, truth: str) -> None:
        self._truth = truth
        self._found: dict[str, defaultdict[tuple[str, str], dict[str, int]]] = {}

    def add(self, critic: str, decision: str, truth: str, session_id: str) -> None:
        counts = self._found.setdefault(critic, defaultdict(dict))[decision, truth]
        counts[session_id] = counts.get(session_id, 0) + 1

    def verdicts(self, truths: tuple[str, ...]) -> tuple[Verdicts, ...]:
        return tuple(
            Verdicts(
                critic,
                self._truth,
                {place: sum(counts.values()) for place, counts in cells.items()},
                {place: tuple(counts) for place, counts in cells.items()},
                truths,
            )
            for critic, cells in sorted(self._found.items())
        )
