"""A run that learns moves, kept between its rounds so that it can go on where it was stopped."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch

from soundly.core.errors import StoreError, UsageError
from soundly.training.moves.lessons import Decision, Lessons
from soundly.training.moves.policy import MovePolicy

CHECKPOINT = "moves.pt"


@dataclass(slots=True)
class Learning:
    """Everything that a run needs to go on where it stopped."""

    policy: MovePolicy
    optimizer: torch.optim.Optimizer
    decisions: list[Decision] = field(default_factory=list)
    rounds: int = 0
    tokens: int = 0
    seconds: float = 0.0


def keep(state: Learning, path: Path, lessons: Lessons) -> None:
    """Write the run, whole or not at all; raises `StoreError` where that cannot be done."""
    document = {
        "made_for": _made_for(state.policy, lessons),
        "network": state.policy.state_dict(),
        "optimizer": state.optimizer.state_dict(),
        "decisions": [(d.before, d.move, d.chance, d.after, d.reward) for d in state.decisions],
        "rounds": state.rounds,
        "tokens": state.tokens,
        "seconds": state.seconds,
    }
    beside = path.with_suffix(".part")
    try:
        torch.save(document, beside)
        os.replace(beside, path)  # noqa: PTH105 - the atomic one
    except (OSError, RuntimeError) as error:
        raise StoreError(f"cannot write {path}: {error}") from error


def take_up(state: Learning, path: Path, lessons: Lessons) -> None:
    """Go on where the run in a file stopped; from the beginning where there is no file.

    Raises `UsageError` for a file that holds no run, or one with other lessons or moves.
    """
    if not path.exists():
        return
    try:
        document: dict[str, Any] = torch.load(path, weights_only=True)
        made_for = document["made_for"]
    except (OSError, RuntimeError, ValueError, EOFError, KeyError, UnpicklingError) as error:
        raise UsageError(f"{path} holds no run that could go on: {error}") from error
    if made_for != _made_for(state.policy, lessons):
        raise UsageError(f"{path} holds a run with other lessons or moves; take another folder")
    state.policy.load_state_dict(document["network"])
    state.optimizer.load_state_dict(document["optimizer"])
    state.decisions = [Decision(*each) for each in document["decisions"]]
    state.rounds, state.tokens = document["rounds"], document["tokens"]
    state.seconds = document["seconds"]


def _made_for(policy: MovePolicy, lessons: Lessons) -> str:
    """Everything but the number of rounds, which may grow."""
    moves = [(move.name, move.words) for move in policy.moves]
    return repr((policy.shape, moves, asdict(lessons) | {"rounds": None}))
