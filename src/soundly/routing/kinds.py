"""From general to special: what a strategy leaves to the model, and what it leaves to a solver."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import Final

from soundly.routing.evidence import Arm

_ALONE: Final = "single"
_FORMALISES: Final = "formal"


class Kind(Enum):
    """The stations of the line from general to special, in order."""

    REASONING_MODEL = "reasoning model"
    MODEL = "model"
    MODEL_AND_CRITIC = "model + critic"
    FORMALISER = "formaliser + solver"
    MODEL_THEN_SOLVER = "model, then solver"
    SOLVER = "solver"

    @property
    def place(self) -> int:
        """0 for the most general, and so on."""
        return list(Kind).index(self)


def kind_of(arm: Arm, *, solvers: Collection[str]) -> Kind:
    """Where the arm stands; ``solvers`` are the names that stand for a solver in a strategy.

    A model that is asked once is alone, whatever judges its answer in the end. It is a reasoning
    model where some session counted reasoning tokens.
    """
    names = [stage.partition(":")[0] for stage in arm.strategy.split("+")]
    solving = [name for name in names if name in solvers]
    if arm.model is None or len(solving) == len(names):
        return Kind.SOLVER
    if any(name.startswith(_FORMALISES) for name in names):
        return Kind.FORMALISER
    if solving:
        return Kind.MODEL_THEN_SOLVER
    if names != [_ALONE]:
        return Kind.MODEL_AND_CRITIC
    reasoned = any(trial.spend.reasoning_tokens for trial in arm.trials)
    return Kind.REASONING_MODEL if reasoned else Kind.MODEL
