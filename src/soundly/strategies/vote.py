"""Majority vote: sample n answers, and check the one that most samples give.

Source: Wang et al., "Self-Consistency Improves Chain of Thought Reasoning in Language Models",
arXiv:2203.11171, with answers compared by their canonical spelling.
"""

from __future__ import annotations

from typing import get_args

from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.draws import draw
from soundly.strategies.sampling import Sampling
from soundly.strategies.tally import Tally, Weighting, elect


async def vote(
    session: Session,
    *,
    n: int = 8,
    weighting: Weighting = "count",
    concurrency: int = 8,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.8),
) -> Attempt | None:
    """The winner of the vote unless the critic rejects it, else None. Costs ``n`` calls.

    The winner alone is checked, so what a majority is worth shows in the verdict: only a SOUND
    critic makes it SOLVED. ``weighting`` is what a vote weighs: 1 (count), or how sure the model
    was of its words (logprob), which needs a model that tells log-probabilities. Ties, unreadable
    answers and claims that there is no solution: see `soundly.strategies.tally`. When the budget
    affords no further sample, those drawn still vote; if the winner is not accepted then, the
    budget stops the strategy.
    """
    if n < 1 or concurrency < 1:
        raise UsageError(f"vote: n={n}, concurrency={concurrency}; wanted at least 1 of each")
    if weighting not in get_args(Weighting):
        raise UsageError(
            f"vote: weighting is {weighting!r}, wanted {' or '.join(get_args(Weighting))}"
        )
    messages = session.render(style)
    requests = [sampling.request(messages, session.rng) for _ in range(n)]
    drawn = await draw(session, requests, concurrency=concurrency)
    tally = Tally(weighting)
    for completion in drawn.completions:
        tally.add(completion, session.read(completion))
    elected = await elect(session, tally)
    drawn.require_affordable(elected)
    return elected
