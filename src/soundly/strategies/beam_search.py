"""Beam search over partial solutions: level by level, and only the most promising go on.

Source: Lowerre, "The Harpy Speech Recognition System" (1976), for the beam; with steps of a
language model and a judge of prefixes it is the breadth-first search of Yao et al., "Tree of
Thoughts", arXiv:2305.10601, algorithm 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.continuations import Node
from soundly.strategies.evaluation import Scoring
from soundly.strategies.expansion import Expander, Growth
from soundly.strategies.sampling import Sampling


async def beam_search(
    session: Session,
    *,
    growth: Growth = Growth(),
    scoring: Scoring = Scoring(),
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.8),
) -> Attempt | None:
    """The first accepted attempt, or None. The family has to judge partial solutions.

    A level draws ``proposals`` continuations for each of at most ``breadth`` prefixes, cuts each
    off where it dies and after ``stride`` steps, and keeps the best of those that lead to a new
    state, as ``evaluation`` says. A level that finds none is asked again. A complete prefix is
    judged as any answer, and an acceptance ends the search.

    Costs at most ``breadth * proposals`` calls a level, and ``votes`` more for each new prefix
    with ``evaluation=value``, or for each level with ``vote``, over at most ``depth`` levels.
    """
    expander = Expander(session, growth, scoring, style=style, sampling=sampling)
    frontier: Sequence[Node] = (expander.root,)
    for _ in range(growth.depth):
        expansion = await expander.expand(frontier)
        if expansion.winner is not None:
            return expansion.winner
        if expansion.nodes:
            frontier = [node for node, _ in await expander.best_first(expansion.nodes)]
    return None
