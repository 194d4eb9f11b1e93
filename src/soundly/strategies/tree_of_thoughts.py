"""Tree of thoughts: the model proposes steps and evaluates where they lead; search does the rest.

Source: Yao et al., "Tree of Thoughts: Deliberate Problem Solving with Large Language Models",
arXiv:2305.10601, algorithms 1 and 2. Prefixes that the family's judge calls dead never become
thoughts here.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.beam_search import beam_search
from soundly.strategies.continuations import Node
from soundly.strategies.evaluation import Scoring
from soundly.strategies.expansion import Expander, Growth
from soundly.strategies.sampling import Sampling

Order: TypeAlias = Literal["breadth-first", "depth-first"]


async def tree_of_thoughts(
    session: Session,
    *,
    order: Order = "breadth-first",
    visits: int = 32,
    growth: Growth = Growth(breadth=5, proposals=5, stride=1),
    scoring: Scoring = Scoring(evaluation="value"),
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.7),
) -> Attempt | None:
    """The first accepted attempt, or None. The family has to judge partial solutions.

    ``breadth-first`` is `beam_search` with these options, and ``visits`` says nothing to it.
    ``depth-first`` goes on from the best of a node's new prefixes and comes back to the next best;
    it continues ``visits`` nodes at most, and gives up a prefix that every vote of
    ``evaluation=value`` calls impossible.

    Depth-first costs at most ``visits * proposals`` calls, and with ``evaluation=value`` as many
    evaluations, of ``votes`` calls each.
    """
    if order not in get_args(Order):
        wanted = ", ".join(get_args(Order))
        raise UsageError(f"tree-of-thoughts: order is {order!r:.40}, wanted one of {wanted}")
    if visits < 1:
        raise UsageError(f"tree-of-thoughts: visits is {visits}, wanted at least 1")
    if order == "breadth-first":
        return await beam_search(
            session, growth=growth, scoring=scoring, style=style, sampling=sampling
        )
    expander = Expander(session, growth, scoring, style=style, sampling=sampling)
    waiting: list[tuple[Node, int]] = [(expander.root, 0)]
    for _ in range(visits):
        if not waiting:
            return None
        node, level = waiting.pop()
        expansion = await expander.expand([node])
        if expansion.winner is not None:
            return expansion.winner
        if level + 1 < growth.depth:
            ranked = await expander.best_first(expansion.nodes)
            hopeful = [n for n, score in ranked if scoring.evaluation != "value" or score > 0]
            waiting += [(child, level + 1) for child in reversed(hopeful)]
    return None
