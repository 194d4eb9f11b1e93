"""Best-of-n by a soft score: draw n answers, and have the most promising checked first.

Source: Cobbe et al., "Training Verifiers to Solve Math Word Problems", arXiv:2110.14168, where the
score is a learned verifier's. Here the critic still decides, and the score only saves its time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, Protocol, TypeAlias, get_args

from soundly.core.candidate import Candidate, Found
from soundly.core.completion import Completion
from soundly.core.errors import StrategyError, UsageError
from soundly.core.family import Family, PromptStyle
from soundly.core.problem import Problem
from soundly.core.session import Attempt, Session
from soundly.critics.learned import Score
from soundly.strategies.draws import draw
from soundly.strategies.grades import Judge
from soundly.strategies.modulo.prose import require_prose
from soundly.strategies.sampling import Sampling


class CompletionScore(Protocol):
    """How promising a completion is: the higher the better, on any scale."""

    def __call__(self, problem: Problem, completion: Completion) -> float:
        """The score, never NaN."""
        ...


NamedScore: TypeAlias = Literal["logprob", "judge"]
"""Scores that a command line can name."""


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
    score: NamedScore | CompletionScore = "logprob",
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.8),
) -> Attempt | None:
    """The first accepted of the best ``checks`` answers, else the best of those not rejected.

    All ``n`` answers are drawn before any is checked, and each text is checked once. ``checks`` of
    None is all of them; with 1, the score alone chooses. An answer that no SOUND critic accepted
    ends the session UNSOLVED, as the candidate that it is. When the budget affords no further
    call, what was drawn is still ranked; only if none is accepted does the budget stop the
    strategy.

    ``score`` is `mean_log_probability` (logprob), what a model's own grade says (judge, see
    `soundly.strategies.grades`), or a function. Costs at most ``n`` calls, and with judge another
    one for each different answer. A trace shows a function as ``str`` spells it.
    """
    _require_usable(n, checks, concurrency, score)
    messages = session.render(style)
    require_prose(messages, {"score=judge": score == "judge"}, strategy="rerank")
    requests = [sampling.request(messages, session.rng) for _ in range(n)]
    drawn = await draw(session, requests, concurrency=concurrency)
    scores: Sequence[float]
    refused = drawn.refused
    if score == "judge":
        judge = Judge(style, sampling, concurrency)
        grades = await judge.grades(session, drawn.completions)
        scores, refused = grades.scores, refused or grades.refused
    else:
        function = mean_log_probability if isinstance(score, str) else score
        scores = [function(session.problem, each) for each in drawn.completions]
    undecided: Attempt | None = None
    for completion in islice(_ranked(drawn.completions, scores), checks):
        attempt = await session.check(completion)
        if attempt.accepted:
            return attempt
        if attempt.verdict is not None and not attempt.verdict.rejected:
            undecided = undecided or attempt
    if refused is not None:
        raise refused
    return undecided


def _require_usable(
    n: int, checks: int | None, concurrency: int, score: NamedScore | CompletionScore
) -> None:
    if n < 1 or concurrency < 1 or (checks is not None and checks < 1):
        raise UsageError(
            f"rerank: n={n}, checks={checks}, concurrency={concurrency}; wanted at least 1 of each"
        )
    if isinstance(score, str) and score not in get_args(NamedScore):
        raise UsageError(f"rerank: score is {score!r}, wanted {' or '.join(get_args(NamedScore))}")


def _ranked(completions: Sequence[Completion], scores: Sequence[float]) -> Iterator[Completion]:
    """Completions from the best to the worst, those of one score as they were drawn."""
    if any(math.isnan(score) for score in scores):
        raise StrategyError("rerank: the score of an answer is not a number")
    scored = zip(scores, completions, strict=True)
    texts = set[str]()
    for _, completion in sorted(scored, key=lambda pair: -pair[0]):
        if completion.text not in texts:
            texts.add(completion.text)
            yield completion
