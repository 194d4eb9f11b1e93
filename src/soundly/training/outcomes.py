"""Verified outcomes of a store: the answers that the kernel accepts, when it is asked again.

The fine-tuning arrow of LLM-Modulo (Kambhampati et al., arXiv:2402.01817, figure 3): what a model
proposed and a sound critic accepted teaches the next model. A trace is not believed for that. Each
certificate goes through the kernel once more, and the answer that is handed on is read and
certified anew, so that an answer beside somebody else's certificate is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TypeAlias

from soundly.config.families import make_family
from soundly.core.candidate import Candidate, Found
from soundly.core.certificate import Certificate, read_certificate
from soundly.core.completion import Message
from soundly.core.errors import FamilyError, UnknownNameError, UsageError
from soundly.core.events import CallHeld, CallSettled, CandidateRead, Certified, TraceRecord
from soundly.core.family import Family, PromptStyle
from soundly.core.outcome import Status
from soundly.core.problem import Problem
from soundly.engine.attributed import attributed
from soundly.engine.evidence import recheck_for
from soundly.kernel import Refused
from soundly.store import SessionSummary
from soundly.store.jsonl import ReadSession, read_session
from soundly.store.store import Store
from soundly.training.forms import is_kept_from_training, problem_form

FindFamily: TypeAlias = Callable[[str], Family]


@dataclass(frozen=True, slots=True)
class Verified:
    """A problem with an answer that the kernel accepted at the time of export.

    ``prompt`` is the problem as it was asked, or as its family asks it where a solver found the
    answer; ``answer`` the whole completion, or the solver's solution. ``form`` is that of
    `problem_form`, ``started_at`` in UTC as the trace has it.
    """

    session_id: str
    started_at: str
    model: str | None
    strategy: str
    found_by: str | None
    soundly_version: str
    problem: Problem
    form: str
    certificate_sha256: str
    candidate: Candidate
    prompt: tuple[Message, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A session that the store lists as solved and that is not handed on, and why.

    ``unverified`` marks those whose answer did not hold; the others are kept back for other
    reasons: held out, a form that came before, a family that is not installed.
    """

    session_id: str
    reason: str
    unverified: bool = False


def verified_examples(
    store: Store,
    *,
    held_out: Collection[str] = (),
    style: PromptStyle = PromptStyle(examples=0),
    find_family: FindFamily = make_family,
) -> Iterator[Verified | LeftOut]:
    """Every solved session of the store, the oldest first: verified, or left out with the reason.

    A problem is handed on once, whatever its objects are called: with its oldest verified answer.
    Left out are problems that `is_kept_from_training`, and those whose form or digest is in
    ``held_out``. ``style`` words problems that a solver answered. Raises `StoreError` where the
    store cannot be read.
    """
    seen = set[str]()
    for summary in reversed(store.sessions(limit=None, status=Status.SOLVED.value)):
        found = _verified(store, summary, style, find_family)
        if isinstance(found, Verified):
            if reason := _kept_back(found, find_family, held_out, seen):
                found = LeftOut(summary.session_id, reason)
            else:
                seen.add(found.form)
        yield found


def _kept_back(
    found: Verified, find_family: FindFamily, held_out: Collection[str], seen: Collection[str]
) -> str | None:
    if found.form in held_out or found.problem.digest in held_out:
        return "its problem is among those held out"
    if is_kept_from_training(find_family(found.problem.family), found.problem):
        return "its problem is held out by what it is"
    return "its problem came before" if found.form in seen else None


def _verified(
    store: Store, summary: SessionSummary, style: PromptStyle, find_family: FindFamily
) -> Verified | LeftOut:
    """The session's answer, checked from the records alone: the listing is not believed either."""
    key = summary.session_id
    stream = StringIO()
    store.export_jsonl(key, stream)
    stream.seek(0)
    try:
        session = read_session(stream, source=f"session {key}")
    except UsageError as error:
        return LeftOut(key, str(error), unverified=True)
    try:
        family = find_family(session.state.started.problem.family)
    except UnknownNameError as error:
        return LeftOut(key, str(error))
    try:
        certificate = _certificate(session, session.state.started.problem)
        return _answered(session, family, certificate, style)
    except Refused as refused:
        return LeftOut(key, f"the kernel refuses it: {refused.reason}", unverified=True)
    except (UsageError, FamilyError) as error:
        return LeftOut(key, str(error), unverified=True)


def _certificate(session: ReadSession, problem: Problem) -> Certificate:
    """The certificate that the session ended with, accepted by the kernel just now."""
    proofs = [r.event for r in session.records if isinstance(r.event, Certified)]
    ended = session.state.ended
    if ended is None or ended.status != Status.SOLVED.value or not proofs:
        raise UsageError(f"its trace ends {session.state.status}")
    certificate = read_certificate(proofs[-1].document)
    recheck_for(problem, certificate, claim=Status.SOLVED.value)
    return certificate


def _answered(
    session: ReadSession, family: Family, certificate: Certificate, style: PromptStyle
) -> Verified:
    """The first answer in the trace whose own certificate is the one that was accepted."""
    started, ended = session.state.started, session.state.ended
    for prompt, answer in _answers(session.records, family, started.problem, style):
        candidate = _certified(family, started.problem, answer, certificate)
        if candidate is not None:
            return Verified(
                started.session_id,
                started.started_at,
                started.model,
                started.strategy,
                ended.found_by if ended else None,
                started.soundly_version,
                started.problem,
                problem_form(family, started.problem),
                certificate.sha256,
                candidate,
                prompt,
                answer,
            )
    raise UsageError("no answer in its trace is the one that was certified")


def _answers(
    records: tuple[TraceRecord, ...], family: Family, problem: Problem, style: PromptStyle
) -> Iterator[tuple[tuple[Message, ...], str]]:
    """What was answered to which prompt: the model's completions, then what was read anywhere."""
    asked: dict[int, tuple[Message, ...]] = {}
    for record in records:
        match record.event:
            case CallHeld(call=call, request=request):
                asked[call] = _as_first_asked(request.messages)
            case CallSettled(call=call, completion=completion):
                yield asked[call], completion.text
            case _:
                pass
    with attributed(FamilyError, f"family {family.name}"):
        prompt = family.render(problem, style)
    for record in records:
        if isinstance(record.event, CandidateRead):
            yield prompt, record.event.canonical


def _as_first_asked(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """A conversation up to the first answer: rejected ones and their critiques teach nothing."""
    roles = [message.role for message in messages]
    return messages[: roles.index("assistant")] if "assistant" in roles else messages


def _certified(
    family: Family, problem: Problem, answer: str, certificate: Certificate
) -> Candidate | None:
    """What is read in the answer, where certifying it gives just this certificate."""
    with attributed(FamilyError, f"family {family.name}"):
        reading = family.read(problem, answer)
        if not isinstance(reading, Found):
            return None
        candidate = Candidate(reading.solution, reading.canonical, "export")
        same = family.certify(problem, candidate).sha256 == certificate.sha256
    return candidate if same else None
