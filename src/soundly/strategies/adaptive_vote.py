"""Majority vote that draws no more samples once the leading answer will probably stay ahead.

Source: Aggarwal et al., "Let's Sample Step by Step: Adaptive-Consistency for Efficient Reasoning
and Coding with LLMs", arXiv:2305.11860, with its Beta criterion.
"""

from __future__ import annotations

from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.draws import draw
from soundly.strategies.posterior import stays_ahead
from soundly.strategies.sampling import Sampling
from soundly.strategies.tally import Tally, elect


async def adaptive_vote(
    session: Session,
    *,
    n: int = 40,
    confidence: float = 0.95,
    concurrency: int = 1,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.8),
) -> Attempt | None:
    """The winner of the vote unless the critic rejects it, else None. Costs at most ``n`` calls.

    Sampling stops when the probability that the leading answer is likelier than the second one
    reaches ``confidence``: after four samples at 0.95 where all agree. That is no probability that
    the answer is *right*. Samples are drawn ``concurrency`` at a time and counted when all of them
    are there, so with more than 1 up to ``concurrency`` - 1 are drawn too many. The vote is counted
    and its winner checked as in `vote`, and the budget stops it as it stops `vote`.
    """
    if n < 1 or concurrency < 1:
        raise UsageError(
            f"adaptive-vote: n={n}, concurrency={concurrency}; wanted at least 1 of each"
        )
    if not 0.5 <= confidence < 1:
        raise UsageError(
            f"adaptive-vote: confidence is {confidence}, wanted at least 0.5 and less than 1"
        )
    messages = session.render(style)
    requests = [sampling.request(messages, session.rng) for _ in range(n)]
    tally = Tally()
    for start in range(0, n, concurrency):
        some = requests[start : start + concurrency]
        drawn = await draw(session, some, concurrency=concurrency)
        for completion in drawn.completions:
            tally.add(completion, session.read(completion))
        sure = stays_ahead(*tally.lead)
        if sure >= confidence or drawn.refused is not None:
            break
    elected = await elect(session, tally, sure)
    drawn.require_affordable(elected)
    return elected
