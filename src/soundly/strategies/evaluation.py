"""How promising a partial solution is, by whoever can tell.

Source: Yao et al., "Tree of Thoughts", arXiv:2305.10601, section 3, for the model's own value and
vote. The words of the questions are ours.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from soundly.core.added_words import in_notation
from soundly.core.completion import Completion, Message, Request
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Session
from soundly.strategies.continuations import Node
from soundly.strategies.draws import draw
from soundly.strategies.sampling import Sampling

Evaluation: TypeAlias = Literal["none", "heuristic", "log-probability", "value", "vote"]
"""Who evaluates.

``none``: nobody, and nodes stay in the order in which they came. ``heuristic``: the family's
estimate of the steps still missing. ``log-probability``: the mean that the model gave to its own
words on the way. ``value``: the model grades each node, and an
answer without a grade is the middle one. ``vote``: the model names the best of all.
"""

PART = "evaluation"


@dataclass(frozen=True, slots=True)
class Scoring:
    """How nodes are scored: by whom, and by how many ``votes`` where the model is asked."""

    evaluation: Evaluation = "none"
    votes: int = 1

    def __post_init__(self) -> None:
        if self.evaluation not in get_args(Evaluation):
            wanted = ", ".join(get_args(Evaluation))
            raise ValueError(f"evaluation is {self.evaluation!r:.40}, wanted one of {wanted}")
        if self.votes < 1:
            raise ValueError(f"votes is {self.votes}, wanted at least 1")


_GRADES = {"impossible": 0.0, "likely": 0.5, "sure": 1.0}
_UNGRADED = _GRADES["likely"]  # who gives no grade has said neither yes nor no
_VALUE = (
    "These are the first steps of an answer to the problem above:\n\n{}\n\nEach step is right so "
    "far. Can the goal still be reached from here, and are these steps on the way to it? Think "
    "briefly, then end with one word on a line of its own: sure, likely or impossible."
)
_VOTE = (
    "These are {} ways to begin an answer to the problem above:\n\n{}\n\nEach step is right so "
    "far. Which beginning is the most promising? Think briefly, then end with one line: BEST: and "
    "its number."
)
_GRADE_SAID = re.compile(r"\b(sure|likely|impossible)\b", re.IGNORECASE)
_BEST_SAID = re.compile(r"^\W{0,9}BEST\W{0,9}(\d{1,3})\W{0,9}$", re.IGNORECASE | re.MULTILINE)


class Evaluator:
    """Scores nodes of one session; the higher the better, on a scale of its own.

    What the model is asked here is credited to the part ``evaluation``.
    """

    def __init__(
        self,
        session: Session,
        scoring: Scoring,
        *,
        concurrency: int,
        style: PromptStyle,
        sampling: Sampling,
    ) -> None:
        self._session = session
        self._evaluation = scoring.evaluation
        self._votes = scoring.votes
        asks = scoring.evaluation in ("value", "vote")
        self._judge = session.part(PART) if asks else session
        self._concurrency = concurrency
        self._style = style
        self._sampling = sampling

    async def scores(self, nodes: Sequence[Node]) -> list[float]:
        """One score a node.

        A heuristic is minus the steps missing; a log-probability is in nats; a value is the mean of
        sure = 1, likely = 0.5 and impossible = 0, where an answer without such a word counts as
        likely; a vote is the number of votes, and an answer that names no node is none.

        Raises `UsageError` where the family has no estimate, or the model tells no
        log-probabilities or reads no questions, and `BudgetExhausted` where the budget does not
        afford a question.
        """
        match self._evaluation:
            case "none":
                return [0.0] * len(nodes)
            case "heuristic":
                return [-float(missing(node)) for node in nodes]
            case "log-probability":
                return [mean_logprob(node) for node in nodes]
            case "value":
                return await self._values(nodes)
            case "vote":
                return await self._votes_for(nodes)

    async def _values(self, nodes: Sequence[Node]) -> list[float]:
        questions = [_VALUE.format("\n".join(node.steps)) for node in nodes]
        said = await self._asked([text for text in questions for _ in range(self._votes)])
        grades = list(map(_grade, said))
        return [
            sum(grades[place : place + self._votes]) / self._votes
            for place in range(0, len(grades), self._votes)
        ]

    async def _votes_for(self, nodes: Sequence[Node]) -> list[float]:
        if len(nodes) < 2:
            return [0.0] * len(nodes)
        listed = "\n\n".join(
            f"Beginning {place}:\n" + "\n".join(node.steps)
            for place, node in enumerate(nodes, start=1)
        )
        said = await self._asked([_VOTE.format(len(nodes), listed)] * self._votes)
        counted = Counter(map(_best, said))
        return [float(counted[place]) for place in range(1, len(nodes) + 1)]

    async def _asked(self, questions: Sequence[str]) -> list[Completion]:
        """An answer to each question, behind the problem: all of them, or the budget's signal."""
        *before, last = self._session.render(self._style)
        if in_notation((last,)):
            raise UsageError(
                f"evaluation={self._evaluation} asks the model a question, and this one reads "
                "problems in a notation alone; wanted none, heuristic or log-probability"
            )
        requests: list[Request] = []
        for question in questions:
            asked = Message("user", f"{last.content}\n\n{question}")
            requests.append(self._sampling.request((*before, asked), self._session.rng))
        drawn = await draw(self._judge, requests, concurrency=self._concurrency)
        if drawn.refused is not None:
            raise drawn.refused
        return drawn.completions


def missing(node: Node) -> int:
    """The family's estimate of the steps still missing; `UsageError` where it has none."""
    if node.prefix.distance is None:
        raise UsageError(
            "evaluation=heuristic: this family estimates no distance; wanted another evaluation"
        )
    return node.prefix.distance


def mean_logprob(node: Node) -> float:
    """The mean log-probability of the tokens on the way, in nats; 0 where there are none yet.

    Raises `UsageError` where the model tells none.
    """
    if node.logprobs is None:
        raise UsageError(
            "evaluation=log-probability: this model tells no log-probabilities; wanted another "
            "evaluation, or a gguf: model"
        )
    total, count = node.logprobs
    return total / count if count else 0.0


def chance(node: Node, evaluation: Evaluation, score: float, root: Node) -> float:
    """A score of `Evaluator` as a number from 0 to 1, for searches that average.

    A heuristic becomes the share of the root's distance that is behind a node; a log-probability
    becomes a probability a token; a value stays as it is, and ``none`` is 0.
    """
    match evaluation:
        case "heuristic":
            whole = missing(root)
            return max(0.0, 1 - missing(node) / whole) if whole else 0.0
        case "log-probability":
            return math.exp(min(score, 0.0))
        case "value":
            return score
        case _:
            return 0.0


def _grade(completion: Completion) -> float:
    said = _GRADE_SAID.findall(completion.text)
    return _GRADES[said[-1].lower()] if said else _UNGRADED


def _best(completion: Completion) -> int | None:
    said = _BEST_SAID.findall(completion.text)
    return int(said[-1]) if said else None
