"""Sample until an answer is accepted, or until another sample would hardly be.

Source: adaptive sampling as in Aggarwal et al., arXiv:2305.11860, with a critic in place of the
vote; the posterior is that of `soundly.strategies.posterior.chance_of_success`.
"""

from __future__ import annotations

from collections import Counter

from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.core.voting import SamplingStopped
from soundly.strategies.draws import draw
from soundly.strategies.posterior import chance_of_success
from soundly.strategies.sampling import Sampling


async def adaptive_best_of(
    session: Session,
    *,
    n: int = 64,
    threshold: float = 0.02,
    concurrency: int = 1,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.8),
) -> Attempt | None:
    """The first accepted attempt, or None. Costs at most ``n`` calls.

    Gives up when the probability that one more sample is accepted falls below ``threshold``: soon
    where the model repeats itself, after about 1 / ``threshold`` samples where each one is new.
    Answers that cannot be read count as one and the same answer, and so do claims that there is no
    solution. Samples are drawn ``concurrency`` at a time and judged when all of them are there.
    """
    if n < 1 or concurrency < 1:
        raise UsageError(
            f"adaptive-best-of: n={n}, concurrency={concurrency}; wanted at least 1 of each"
        )
    if not 0 < threshold < 1:
        raise UsageError(
            f"adaptive-best-of: threshold is {threshold}, wanted more than 0 and less than 1"
        )
    messages = session.render(style)
    given = Counter[str | bool]()
    requests = [sampling.request(messages, session.rng) for _ in range(n)]
    for start in range(0, n, concurrency):
        some = requests[start : start + concurrency]
        drawn = await draw(session, some, concurrency=concurrency)
        for completion in drawn.completions:
            attempt = await session.check(completion)
            if attempt.accepted:
                return attempt
            given[_answer(attempt)] += 1
        drawn.require_affordable(None)
        chance = chance_of_success(given.values())
        if chance < threshold:
            session.note(SamplingStopped(given.total(), len(given), chance, threshold))
            return None
    return None


def _answer(attempt: Attempt) -> str | bool:
    """What tells answers apart: the canonical spelling, or whether it is a claim."""
    return attempt.claims_unsolvable if attempt.candidate is None else attempt.candidate.canonical
