"""The session that strategies get: every call traced, every failure attributed to its part."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

import anyio.lowlevel

from soundly.core.advice import Advice
from soundly.core.candidate import (
    UNPROVED_CLAIM,
    Candidate,
    ClaimedUnsolvable,
    Found,
    Reading,
    Unreadable,
)
from soundly.core.completion import Completion, Generator, Message, Request
from soundly.core.continuing import Continues
from soundly.core.critic import Critic
from soundly.core.errors import (
    CriticError,
    FamilyError,
    SolverError,
    StrategyError,
    UsageError,
)
from soundly.core.events import (
    AnswerUnreadable,
    CandidateRead,
    Judged,
    PartStarted,
    SoftlyJudged,
    SolverEnded,
    SolverStarted,
    StrategyEvent,
    UnsolvabilityClaimed,
)
from soundly.core.family import Family, PromptStyle
from soundly.core.notation import notation_read_by
from soundly.core.problem import Problem
from soundly.core.session import Attempt, Result, Session, Unsolvable
from soundly.core.solver import (
    Solver,
    SolverAnswer,
    SolverAsserted,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.core.stepwise import Prefixes
from soundly.core.verdict import Guarantee, Verdict
from soundly.engine.attributed import attributed
from soundly.engine.continuing import FamilyContinuing
from soundly.engine.evidence import recheck_for
from soundly.engine.ledger import Ledger
from soundly.engine.live_prefixes import prefixes_in
from soundly.engine.metered import Metered
from soundly.engine.recorder import Recorder
from soundly.engine.wording import in_notation, worded
from soundly.generators.retry import Retrying, RetryPolicy
from soundly.kernel import Refused


@dataclass
class SessionState:
    """What all parts of one session share.

    ``guarantee`` is what the critic declared when the session began: it holds to the end.
    ``accepted`` are the candidates that a SOUND critic accepted, by attempt, as copies that no
    strategy holds.
    """

    problem: Problem
    family: Family
    critic: Critic
    guarantee: Guarantee
    generator: Generator | None
    ledger: Ledger
    recorder: Recorder
    retry: RetryPolicy
    rng: Random
    jitter: Random
    advice: Advice | None = None
    attempts: int = 0
    accepted: dict[int, Candidate] = field(default_factory=dict)
    proved: list[Unsolvable] = field(default_factory=list)
    asserted: str | None = None


class LiveSession:
    """One part's view of a session."""

    def __init__(self, state: SessionState, part: str) -> None:
        self._state = state
        self._part = part
        # a copy: what is asked, judged and certified must not change with what a strategy holds
        self._problem = replace(state.problem)
        self._model: Generator | None = None
        if state.generator is not None:
            metered = Metered(
                state.generator, part=part, ledger=state.ledger, recorder=state.recorder
            )
            self._model = Retrying(metered, state.retry, rng=state.jitter)

    @property
    def problem(self) -> Problem:
        """The problem to solve."""
        return self._problem

    @property
    def rng(self) -> Random:
        """The session's random generator."""
        return self._state.rng

    @property
    def prefixes(self) -> Prefixes | None:
        """The problem step by step, where its family is stepwise."""
        return prefixes_in(self, self._state.family, self._state.generator)

    @property
    def continuing(self) -> FamilyContinuing | None:
        """Keeps a part of a broken answer, where the family can."""
        family = self._state.family
        if not isinstance(family, Continues):
            return None
        return FamilyContinuing(family.name, family, self._problem)

    async def advise(self, critic: Critic, candidate: Candidate) -> Verdict:
        """Have any critic judge a candidate; the verdict is traced as advice."""
        verdict = await self._verdict(critic, candidate)
        self._state.recorder.add(
            SoftlyJudged(
                self._part, critic.name, candidate.canonical, verdict.decision, verdict.critiques
            )
        )
        return verdict

    def note(self, event: StrategyEvent) -> None:
        """Trace an event of the strategy's own, under this part."""
        if not isinstance(event, StrategyEvent):
            raise StrategyError(
                f"{self._part} noted a {type(event).__name__}, wanted an event of a strategy"
            )
        self._state.recorder.add(replace(event, part=self._part))

    def part(self, name: str) -> Session:
        """The same session, credited to a part of this name."""
        self._state.recorder.add(PartStarted(name))
        return LiveSession(self._state, name)

    def render(self, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as a conversation: worded by its family, augmented, with any advice.

        For a model that reads a notation it is the problem in that notation, and whatever would
        add words to it is refused.
        """
        state = self._state
        if (wanted := notation_read_by(state.generator)) is None:
            return worded(state.family, state.problem, style, state.advice)
        return in_notation(state.family, state.problem, style, state.advice, wanted)

    async def generate(self, request: Request) -> Completion:
        """One completion; each try is held, settled and traced."""
        if self._model is None:
            raise UsageError(f"{self._part} asks a model and the session has none: name one")
        # Before the hold: what is cancelled already, by a deadline above all, buys nothing.
        await anyio.lowlevel.checkpoint()
        return await self._model.complete(request)

    def read(self, completion: Completion) -> Reading:
        """What a completion proposes; nothing is judged or traced."""
        return self._read(completion.text)

    async def check(self, completion: Completion) -> Attempt:
        """Read a candidate from a completion and have the critic judge it."""
        return await self._check_text(completion.text, completion)

    async def check_text(self, text: str) -> Attempt:
        """Read a candidate from a text of the strategy's own and have the critic judge it."""
        return await self._check_text(text, None)

    async def ask_solver(self, solver: Solver, problem: Problem) -> SolverAnswer:
        """Run a solver on another problem, traced with that problem's name."""
        return await self._answer(solver, problem, f"{solver.name} on {problem.name}")

    async def consult(self, solver: Solver) -> Result:
        """Run a solver; a solution is judged, a proof goes through the kernel."""
        answer = await self._answer(solver, self._problem, solver.name)
        match answer:
            case SolverFound(text):
                return await self._check_solution(solver.name, text)
            case SolverProved(certificate):
                try:
                    recheck_for(self._state.problem, certificate, claim="unsolvable")
                except Refused as error:
                    raise SolverError(
                        f"the kernel refuses the proof of {solver.name}: {error}"
                    ) from error
                proof = Unsolvable(certificate, self._part)
                self._state.proved.append(proof)
                return proof
            case SolverAsserted(reason):
                self._state.asserted = f"{solver.name}: {reason}"
                return None
            case _:
                return None

    async def _answer(self, solver: Solver, problem: Problem, shown: str) -> SolverAnswer:
        recorder = self._state.recorder
        recorder.add(SolverStarted(shown, self._part))
        began = recorder.seconds
        with attributed(SolverError, f"solver {solver.name}"):
            answer = await solver.solve(problem)
            kind, detail = _described(answer)
        recorder.add(SolverEnded(shown, kind, detail, recorder.seconds - began))
        return answer

    async def _check_solution(self, solver: str, text: str) -> Attempt:
        attempt = await self._check_text(text, None)
        if attempt.candidate is None:
            raise SolverError(f"solver {solver} answered in a form its family cannot read")
        return attempt

    async def _check_text(self, text: str, completion: Completion | None) -> Attempt:
        state = self._state
        state.attempts += 1
        number = state.attempts
        match self._read(text):
            case Unreadable(critique):
                state.recorder.add(AnswerUnreadable(number, self._part, critique))
                return Attempt(number, None, None, (critique,))
            case ClaimedUnsolvable(excerpt):
                state.recorder.add(UnsolvabilityClaimed(number, self._part, excerpt))
                return Attempt(number, None, None, (UNPROVED_CLAIM,), claims_unsolvable=True)
            case Found(solution, canonical, excerpt):
                state.recorder.add(CandidateRead(number, self._part, canonical, excerpt))
                candidate = Candidate(solution, canonical, self._part, completion)
                verdict = await self._judge(candidate, number)
                return Attempt(number, candidate, verdict, verdict.critiques)

    def _read(self, text: str) -> Reading:
        family = self._state.family
        with attributed(FamilyError, f"family {family.name}"):
            reading = family.read(self._state.problem, text)
        if not isinstance(reading, Reading):
            raise FamilyError(
                f"family {family.name} read a {type(reading).__name__}, wanted a Reading"
            )
        return reading

    async def _judge(self, candidate: Candidate, number: int) -> Verdict:
        state, critic = self._state, self._state.critic
        verdict = await self._verdict(critic, candidate)
        state.recorder.add(
            Judged(
                number, critic.name, state.guarantee.words(), verdict.decision, verdict.critiques
            )
        )
        if verdict.accepted and Guarantee.SOUND in state.guarantee:
            state.accepted[number] = replace(candidate)
        return verdict

    async def _verdict(self, critic: Critic, candidate: Candidate) -> Verdict:
        """What a critic says; its calls are credited to it."""
        ask = LiveSession(self._state, f"critic:{critic.name}").generate
        with attributed(CriticError, f"critic {critic.name}"):
            verdict = await critic.judge(self._state.problem, candidate, ask)
        if not isinstance(verdict, Verdict):
            raise CriticError(
                f"critic {critic.name} returned a {type(verdict).__name__}, wanted a Verdict"
            )
        return verdict


def _described(answer: SolverAnswer) -> tuple[str, str]:
    match answer:
        case SolverFound(text):
            return "found", text
        case SolverProved(certificate):
            return "proved", f"{certificate.kind} {certificate.sha256}"
        case SolverAsserted(reason):
            return "asserted", reason
        case SolverGaveUp(reason):
            return "gave-up", reason
        case SolverNotForThis(reason):
            return "not-for-this", reason
        case _:
            raise SolverError(f"a solver returned a {type(answer).__name__}, wanted a SolverAnswer")
