"""How long a model is trained on solutions, and how fast."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

Precision: TypeAlias = Literal["bf16", "float32"]


@dataclass(frozen=True, slots=True)
class SupervisedSettings:
    """How long and how fast. ``tokens`` counts all tokens that are read, problems and padding too.

    ``learning_rate`` is Muon's, for the matrices between the layers, ``embedding_rate`` Adam's, for
    the rest; ``weight_decay`` is for the matrices. Rates rise over the first ``warmup`` of all
    tokens and fall to nothing over the last ``cooldown`` of them. ``precision`` is that of the
    products; weights are kept in float32. ``compiled`` has the network compiled first, which takes
    a minute and a C++ compiler, and then more than halves the time.
    """

    tokens: int = 10_000_000
    batch_tokens: int = 8_192
    learning_rate: float = 0.02
    embedding_rate: float = 3e-3
    weight_decay: float = 0.01
    warmup: float = 0.02
    cooldown: float = 0.6
    clip: float = 1.0
    precision: Precision = "bf16"
    compiled: bool = True
    evaluate_every_tokens: int = 2_000_000

    def __post_init__(self) -> None:
        if min(self.tokens, self.batch_tokens, self.evaluate_every_tokens) < 1:
            raise ValueError("tokens, batch_tokens and evaluate_every_tokens are 1 or more")
        for name in ("learning_rate", "embedding_rate", "clip"):
            if not (getattr(self, name) > 0 and math.isfinite(getattr(self, name))):
                raise ValueError(f"{name} is {getattr(self, name)}, wanted a number above 0")
        if not self.weight_decay >= 0:
            raise ValueError(f"weight_decay is {self.weight_decay}, wanted 0 or more")
        if not (0 <= self.warmup <= 1 and 0 <= self.cooldown <= 1 - self.warmup):
            raise ValueError("warmup and cooldown are parts of the whole")
        if self.precision not in ("bf16", "float32"):
            raise ValueError(f"precision is {self.precision!r}, wanted bf16 or float32")

    def schedule(self, tokens: int) -> float:
        """The part of the full rates at which a step is taken after so many tokens: 0 to 1."""
        done = min(tokens / self.tokens, 1.0)
        if done < self.warmup:
            return done / self.warmup
        left = (1 - done) / self.cooldown if self.cooldown else 1.0
        return min(left, 1.0)
