"""Monte Carlo tree search over continuations: each rollout goes on from where it promises most.

Source: Kocsis and Szepesvári, "Bandit Based Monte-Carlo Planning" (2006); with a language model
for the rollouts as in Hao et al., "Reasoning with Language Model is Planning with World Model",
arXiv:2305.14992. The tree is `soundly.strategies.continuation_tree`.
"""

from __future__ import annotations

from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.continuation_tree import ContinuationTree, Widening
from soundly.strategies.continuations import Continuations
from soundly.strategies.evaluation import Evaluator, Scoring, chance
from soundly.strategies.sampling import Sampling


async def monte_carlo(
    session: Session,
    *,
    rollouts: int = 16,
    stride: int | None = None,
    feedback: bool = True,
    widening: Widening = Widening(),
    scoring: Scoring = Scoring(),
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.8),
) -> Attempt | None:
    """The first accepted attempt within ``rollouts``, or None.

    The family has to judge partial solutions. A rollout is one completion from some prefix on. It
    ends where it dies or ``stride`` does, and brings what the prefix there is worth, from 0 to 1: a
    share of the way with ``evaluation=heuristic``, see `chance`. With ``none`` it brings 0 unless
    it ends the search, and the tree is gone through evenly.

    Costs at most ``rollouts`` calls, and with ``evaluation=value`` as many evaluations, of
    ``votes`` calls each. One rollout waits for the other.
    """
    if rollouts < 1 or (stride is not None and stride < 1):
        raise UsageError(
            f"monte-carlo: rollouts={rollouts}, stride={stride}; wanted at least 1 of each"
        )
    if scoring.evaluation == "vote":
        raise UsageError(
            "monte-carlo: evaluation=vote compares prefixes, and a rollout ends in one; wanted "
            "none, heuristic, log-probability or value"
        )
    search = Continuations(
        session, style=style, sampling=sampling, stride=stride, feedback=feedback
    )
    evaluator = Evaluator(session, scoring, concurrency=1, style=style, sampling=sampling)
    tree = ContinuationTree(search.root, widening=widening, rng=session.rng)
    for _ in range(rollouts):
        node = tree.choose()
        completion = await session.generate(search.request(node))
        continuation = await search.follow(node, completion)
        if continuation.winner is not None:
            return continuation.winner
        end = continuation.end or node
        tree.add(end)
        (score,) = await evaluator.scores([end])
        tree.credit(chance(end, scoring.evaluation, score, search.root))
    return None
