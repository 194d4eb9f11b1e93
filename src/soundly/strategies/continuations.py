"""Continuations of partial solutions: what a model adds, cut off where it dies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soundly.core.completion import Completion, Request
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.searching import StepsProposed
from soundly.core.session import Attempt, Session
from soundly.core.stepwise import Prefix, Steps
from soundly.core.verdict import Critique
from soundly.strategies.sampling import Sampling

CRITIQUES_SHOWN = 6
"""Of steps that failed behind one prefix; the newest are shown."""


@dataclass(frozen=True, slots=True)
class Node:
    """A prefix that is alive, with the log-probabilities of what the model wrote to come here.

    ``logprobs`` are the sum and the number of tokens; None where the model told none.
    """

    prefix: Prefix
    logprobs: tuple[float, int] | None = (0.0, 0)

    @property
    def steps(self) -> Steps:
        """The steps of the prefix, all of which stand."""
        return self.prefix.steps


@dataclass(frozen=True, slots=True)
class Continuation:
    """What became of one completion: where its steps lead that stand, and an attempt.

    ``end`` is None where the first step died already, or none was read. ``attempt`` is there where
    a prefix was complete and was judged.
    """

    end: Node | None
    attempt: Attempt | None = None

    @property
    def winner(self) -> Attempt | None:
        """The attempt, where the critic accepted it."""
        return self.attempt if self.attempt is not None and self.attempt.accepted else None


class Continuations:
    """Asks for steps behind nodes of one problem, and walks along what comes.

    ``stride`` is how many steps of one completion are taken, None for all. With ``feedback`` the
    model is told which steps died behind the same state. Raises `UsageError` for a problem whose
    family is not stepwise.
    """

    def __init__(
        self,
        session: Session,
        *,
        style: PromptStyle,
        sampling: Sampling,
        stride: int | None,
        feedback: bool = True,
    ) -> None:
        if session.prefixes is None:
            raise UsageError(
                f"family {session.problem.family} does not judge partial solutions; a search over "
                "them needs one that does, such as blocksworld, game24 or n-queens"
            )
        self._session = session
        self._prefixes = session.prefixes
        self._style = style
        self._sampling = sampling
        self._stride = stride
        self._feedback = feedback
        self._died: dict[str, list[Critique]] = {}
        self.root = Node(self._prefixes.judge(()))

    def request(self, node: Node) -> Request:
        """The request for steps behind a node, with a seed of its own."""
        critiques = self._died.get(node.prefix.state, []) if self._feedback else []
        messages = self._prefixes.go_on(
            node.prefix,
            self._style,
            limit=self._stride,
            critiques=critiques[-CRITIQUES_SHOWN:],
        )
        return self._sampling.request(messages, self._session.rng)

    async def follow(self, node: Node, completion: Completion) -> Continuation:
        """Walks along a completion up to where it dies, is complete, or the stride ends.

        A complete prefix is judged as any answer; one that is not accepted has died. Where the
        completion was cut off, a last step that cannot stand is taken for half of one.
        """
        proposed = self._prefixes.read(completion, node.prefix)[: self._stride]
        end, kept = node.prefix, 0
        critiques: tuple[Critique, ...] = ()
        attempt: Attempt | None = None
        for count in range(len(proposed) + 1):
            prefix = self._prefixes.judge((*node.steps, *proposed[:count]))
            if prefix.complete:
                answer = self._prefixes.answer(prefix.steps, completion)
                attempt = await self._session.check(answer)
                critiques = attempt.critiques
                kept = count if attempt.accepted else kept
                break
            if prefix.dead:
                half = completion.finish_reason == "length" and count == len(proposed)
                critiques = () if half else prefix.critiques
                break
            end, kept = prefix, count
        self._remember(end.state, critiques)
        self._session.note(StepsProposed(len(node.steps), len(proposed), kept, critiques))
        moved = len(end.steps) > len(node.steps)
        reached = Node(end, _added(node.logprobs, completion)) if moved else None
        return Continuation(reached, attempt)

    def _remember(self, state: str, critiques: Sequence[Critique]) -> None:
        died = self._died.setdefault(state, [])
        died += [critique for critique in critiques if critique not in died]


def _added(before: tuple[float, int] | None, completion: Completion) -> tuple[float, int] | None:
    """The log-probabilities of a whole completion on top of those before it."""
    if before is None or completion.logprobs is None:
        return None
    return before[0] + sum(completion.logprobs), before[1] + len(completion.logprobs)
