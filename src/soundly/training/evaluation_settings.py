"""What a trained model is asked, and how often."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvaluationSettings:
    """Which held-out problems are asked: up to ``instances`` different forms of every size.

    ``rounds`` is how many answers a problem gets before it counts as unsolved, each with other
    numbers for its names; those after the first are drawn at ``temperature``.
    """

    families: tuple[str, ...]
    sizes: tuple[int, ...]
    instances: int = 200
    rounds: int = 8
    temperature: float = 0.3

    def __post_init__(self) -> None:
        if not self.families or not self.sizes or min(self.sizes) < 1:
            raise ValueError("wanted families and sizes of 1 or more")
        if self.instances < 1 or self.rounds < 1 or self.temperature < 0:
            raise ValueError("instances and rounds are 1 or more, temperature 0 or more")
