"""Best-of-n by a soft score: draw n answers, and have the most promising checked first.

Source: Cobbe et al., "Training Verifiers to Solve Math Word Problems", arXiv:2110.14168, where the
score is a learned verifier's. Here the critic still decides, and the score only saves its time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

import anyio

from soundly.core.candidate import Candidate, Found
from soundly.core.completion import Completion, Request
from soundly.core.errors import BudgetExhausted, StrategyError, UsageError
from soundly.core.family import Family, PromptStyle
from soundly.core.problem import Problem
from soundly.core.session import Attempt, Session
from soundly.critics.learned import Score
from soundly.strategies.sampling import Sampling


class CompletionScore(Protocol):
    """How promising a completion is: the higher the better, on any scale."""

    def __call__(self, problem: Problem, completion: Completion) -> float:
        """The score, never NaN."""
        ...


def mean_log_probability(problem: Problem, completion: Completion) -> float:  # noqa: ARG001
    """The mean log-probability of the completion's tokens, in nats: how sure the model was of it.

    Minus infinity where the model tells none, so that such answers stay in the order drawn.
    """
    logprobs = completion.logprobs
    return sum(logprobs) / len(logprobs) if logprobs else -math.inf


class AnswerScore:
    """A critic's score of the candidate that a family reads in a completion; 0 where it reads none.

    Example:
        >>> partial(rerank, score=AnswerScore(family, learned_score))  # doctest: +SKIP
    """

    def __init__(self, family: Family, score: Score, *, name: str = "learned") -> None:
        self._family = family
        self._score = score
        self._name = name

    def __call__(self, problem: Problem, completion: Completion) -> float:
        """The probability that the answer is right, from 0 to 1."""
        reading = self._family.read(problem, completion.text)
        if not isinstance(reading, Found):
            return 0.0
        candidate = Candidate(reading.solution, reading.canonical, "rerank", completion)
        return self._score(problem, candidate)

    def __str__(self) -> str:
        """As a trace shows it."""
        return self._name


async def rerank(
    session: Session,
    *,
    n: int = 8,
    checks: int | None = None,
    concurrency: int = 8,
    score: CompletionScore = mean_log_probability,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.8),
) -> Attempt | None:
    """The first accepted of the best ``checks`` answers, else the best of those not rejected.

    All ``n`` answers are drawn before any is checked, and each text is checked once. ``checks`` of
    None is all of them; with 1, the score alone chooses. An answer that no SOUND critic accepted
    ends the session UNSOLVED, as the candidate that it is. When the budget affords no further
    sample, those drawn are still ranked; only if none is accepted does the budget stop the
    strategy. Costs at most ``n`` calls. A trace shows a score as ``str`` spells it.
    """
    if n < 1 or concurrency < 1 or (checks is not None and checks < 1):
        raise UsageError(
            f"rerank: n={n}, checks={checks}, concurrency={concurrency}; wanted at least 1 of each"
        )
    messages = session.render(style)
    draws = _Draws(session, [sampling.request(messages, session.rng) for _ in range(n)])
    async with anyio.create_task_group() as group:
        for _ in range(min(n, concurrency)):
            group.start_soon(draws.run)
    undecided: Attempt | None = None
    for completion in islice(_ranked(session.problem, draws.completions, score), checks):
        attempt = await session.check(completion)
        if attempt.accepted:
            return attempt
        if attempt.verdict is not None and not attempt.verdict.rejected:
            undecided = undecided or attempt
    if draws.refused is not None:
        raise draws.refused
    return undecided


def _ranked(
    problem: Problem, completions: Iterable[Completion], score: CompletionScore
) -> Iterator[Completion]:
    """Completions from the best to the worst, those of one score as they were drawn."""
    scored = [(score(problem, each), each) for each in completions]
    if any(math.isnan(value) for value, _ in scored):
        raise StrategyError("rerank: the score of an answer is not a number")
    texts = set[str]()
    for _, completion in sorted(scored, key=lambda pair: -pair[0]):
        if completion.text not in texts:
            texts.add(completion.text)
            yield completion


class _Draws:
    """The completions of some requests, in the order of the requests whoever answers first."""

    def __init__(self, session: Session, requests: list[Request]) -> None:
        self._session = session
        self._requests = iter(enumerate(requests))
        self._drawn: dict[int, Completion] = {}
        self.refused: BudgetExhausted | None = None

    @property
    def completions(self) -> list[Completion]:
        """What was drawn."""
        return [completion for _, completion in sorted(self._drawn.items())]

    async def run(self) -> None:
        """Draw until nothing is left, or the budget refuses."""
        for number, request in self._requests:
            try:
                self._drawn[number] = await self._session.generate(request)
            except BudgetExhausted as signal:
                self.refused = signal
                return
