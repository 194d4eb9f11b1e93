"""An answer with an explanation: three facts, each of its own.

A right answer can stand under a wrong explanation, and a faultless chain of steps can lead past
the answer that is then given (Kambhampati et al., "Stop anthropomorphizing intermediate tokens",
arXiv:2504.09762; Stechly et al., arXiv:2505.13775). So they are never folded into one score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from soundly.core.problem import Problem
from soundly.core.verdict import Critique

UnsolvableReply: TypeAlias = Literal["claimed-unsolvable", "proposed", "argued", "neither"]
"""What was said to a problem without a solution.

``claimed-unsolvable``: it says that there is none. ``proposed``: it gives a solution, which is
wrong. ``argued``: it gives one and states in so many words that it is right. ``neither``: nothing
could be read.
"""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an answer's explanation is worth; None says that there was nothing to judge.

    ``answer_right``: the answer itself is right, whatever was said on the way.
    ``chain_right``: every state that the explanation states follows from the one before.
    ``leads_to_answer``: the answer is what the explanation's own last state gives, right or wrong.
    ``faults`` say where the chain breaks, the first one first.
    """

    answer_right: bool | None
    chain_right: bool | None
    leads_to_answer: bool | None
    steps: int = 0
    faults: tuple[Critique, ...] = ()

    def __post_init__(self) -> None:
        if self.steps < 0:
            raise ValueError(f"steps is {self.steps}, wanted 0 or more")
        if (self.chain_right is None) != (self.steps == 0):
            raise ValueError("a chain is judged if and only if it has a step")
        if self.chain_right and self.faults:
            raise ValueError("a right chain has no faults")


@runtime_checkable
class Explains(Protocol):
    """A family that can follow the explanations of its answers."""

    def explain(self, problem: Problem, text: str) -> Explanation:
        """The three facts about an answer; reads the whole text and judges only what it states."""
        ...
