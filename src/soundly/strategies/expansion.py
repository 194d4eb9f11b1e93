"""One round of a search over partial solutions: some nodes, each continued several times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.continuations import Continuations, Node
from soundly.strategies.draws import draw
from soundly.strategies.evaluation import Evaluator, Scoring
from soundly.strategies.sampling import Sampling


@dataclass(frozen=True, slots=True)
class Growth:
    """How a tree of partial solutions grows.

    ``breadth``: prefixes that go on. ``depth``: continuations behind one another. ``proposals``:
    continuations drawn for a prefix. ``stride``: steps that are taken of a continuation, None for
    all of them. ``feedback``: the model is told what died behind the same state.
    ``concurrency``: calls at the same time; what they bring is looked at when all have come.
    """

    breadth: int = 4
    depth: int = 16
    proposals: int = 4
    stride: int | None = None
    feedback: bool = True
    concurrency: int = 1

    def __post_init__(self) -> None:
        for field in fields(self):
            number = getattr(self, field.name)
            if field.name != "feedback" and number is not None and number < 1:
                raise ValueError(f"{field.name} is {number}, wanted at least 1")


@dataclass(frozen=True, slots=True)
class Expansion:
    """The new nodes, in the order in which they were asked for, or the attempt that ends it all."""

    nodes: tuple[Node, ...]
    winner: Attempt | None = None


class Expander:
    """Continues nodes, and lets each state in once: of prefixes that lead to it, the first.

    Raises `UsageError` for a problem whose family does not judge partial solutions.
    """

    def __init__(
        self,
        session: Session,
        growth: Growth,
        scoring: Scoring,
        *,
        style: PromptStyle,
        sampling: Sampling,
    ) -> None:
        self._session = session
        self._growth = growth
        self._continuations = Continuations(
            session,
            style=style,
            sampling=sampling,
            stride=growth.stride,
            feedback=growth.feedback,
        )
        self._evaluator = Evaluator(
            session, scoring, concurrency=growth.concurrency, style=style, sampling=sampling
        )
        self.root = self._continuations.root
        self._known = {self.root.prefix.state}

    async def expand(self, nodes: Sequence[Node]) -> Expansion:
        """The nodes at the ends of the continuations.

        Raises `BudgetExhausted` when the budget affords no further one and none of those paid for
        was accepted.
        """
        asked = [node for node in nodes for _ in range(self._growth.proposals)]
        at_once = self._growth.concurrency
        found: list[Node] = []
        for start in range(0, len(asked), at_once):
            some = asked[start : start + at_once]
            requests = [self._continuations.request(node) for node in some]
            drawn = await draw(self._session, requests, concurrency=at_once)
            for node, completion in zip(some, drawn.by_request, strict=True):
                if completion is None:
                    continue
                continuation = await self._continuations.follow(node, completion)
                if continuation.winner is not None:
                    return Expansion((), continuation.winner)
                end = continuation.end
                if end is not None and end.prefix.state not in self._known:
                    self._known.add(end.prefix.state)
                    found.append(end)
            drawn.require_affordable(None)
        return Expansion(tuple(found))

    async def best_first(self, nodes: Sequence[Node]) -> list[tuple[Node, float]]:
        """The best nodes with their scores, ``breadth`` at most.

        Nodes of one score stay in the order in which they came.
        """
        scores = await self._evaluator.scores(nodes)
        ranked = sorted(zip(nodes, scores, strict=True), key=lambda pair: -pair[1])
        return ranked[: self._growth.breadth]
