"""Monte Carlo tree search over prompt augmentations, with a learnt policy and Q where there is one.

Source: Kambhampati's account of how reasoning models may work (pseudo-moves, by analogy with
AlphaGo), searched as AlphaGo Zero searches; see `soundly.strategies.move_tree`.
"""

from __future__ import annotations

from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.move_tree import MoveTree, Puct
from soundly.strategies.moves import INSTRUCTIONS, Move, MoveGuide, prompt_of, with_moves
from soundly.strategies.sampling import Sampling


async def move_search(
    session: Session,
    *,
    rollouts: int = 8,
    moves: tuple[Move, ...] = INSTRUCTIONS,
    guide: MoveGuide | None = None,
    depth: int = 1,
    exploration: float = 1.25,
    trust: float = 1.0,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.8),
) -> Attempt | None:
    """The first accepted attempt within ``rollouts``, or None. Costs at most ``rollouts`` calls.

    A rollout is one completion with some moves added to the prompt, judged by the critic: 1 where
    it accepts, which ends the search, and 0 otherwise. With a guide its own moves are searched
    over. ``depth``, ``exploration`` and ``trust`` are those of `Puct`. A trace shows a guide as
    ``str`` spells it. For a model that reads a notation the moves
    have to be in its words, which `INSTRUCTIONS` are not; the model then refuses them.
    """
    if rollouts < 1:
        raise UsageError(f"move-search: rollouts is {rollouts}, wanted at least 1")
    try:
        puct = Puct(depth, exploration, trust)
    except ValueError as error:
        raise UsageError(f"move-search: {error}") from error
    messages = session.render(style)
    known = moves if guide is None else tuple(guide.moves)
    tree = MoveTree(prompt_of(messages), known, rng=session.rng, guide=guide, puct=puct)
    for _ in range(rollouts):
        prompt = with_moves(messages, tree.choose())
        attempt = await session.check(await session.generate(sampling.request(prompt, session.rng)))
        if attempt.accepted:
            return attempt
        tree.credit(0.0)
    return None
