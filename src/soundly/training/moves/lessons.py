"""How moves are learnt, and what one of them taught."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Returns: TypeAlias = Literal["q-learning", "monte-carlo"]


@dataclass(frozen=True, slots=True)
class Lessons:
    """How moves are learnt.

    In each of ``rounds`` one episode is played on each of ``problems`` problems, with moves drawn
    from the policy, or, with probability ``epsilon``, any move alike; then ``steps`` batches of
    ``batch`` decisions are learnt from. ``depth`` is how many moves a prompt gets at most,
    ``entropy`` the weight of the policy's own entropy in nats.
    """

    rounds: int = 20
    problems: int = 256
    steps: int = 20
    batch: int = 256
    depth: int = 1
    epsilon: float = 0.5
    entropy: float = 0.01
    learning_rate: float = 2e-3
    returns: Returns = "q-learning"
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("rounds", "problems", "steps", "batch", "depth"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, wanted 1 or more")
        if not 0 < self.epsilon <= 1:
            raise ValueError(f"epsilon is {self.epsilon}, wanted more than 0 and at most 1")
        if self.entropy < 0 or self.learning_rate <= 0:
            raise ValueError(f"entropy {self.entropy}, learning rate {self.learning_rate}")
        if self.returns not in get_args(Returns):
            raise ValueError(f"returns is {self.returns!r}, wanted {', '.join(get_args(Returns))}")


@dataclass(frozen=True, slots=True)
class Decision:
    """One move of an episode: before it, which, how likely it was drawn, and behind it.

    ``after`` is empty where the episode ends. ``before`` and ``after`` are token numbers.
    """

    before: list[int]
    move: int
    chance: float
    after: list[int]
    reward: float
