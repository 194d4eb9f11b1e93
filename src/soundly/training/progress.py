"""How far a run of reinforcement has come, on disk beside what it needs to go on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_model

from soundly.core.errors import UsageError
from soundly.training.curriculum import Curriculum
from soundly.training.reinforce_settings import ReinforceSettings
from soundly.training.student import Student

_PROGRESS, _OPTIMIZER, _WEIGHTS = "progress.json", "optimizer.pt", "model.safetensors"


@dataclass(frozen=True, slots=True)
class Progress:
    """``best`` is the highest held-out reward so far, -1 before any was measured.

    ``tokens`` are those of prompts and sampled answers; like ``seconds`` they count from the
    beginning of the run, whatever interrupted it.
    """

    curriculum: Curriculum
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    best: float = -1.0


@dataclass(frozen=True, slots=True)
class Run:
    """What stays the same from the first step to the last; model and optimiser change inside."""

    student: Student
    optimizer: torch.optim.Optimizer
    settings: ReinforceSettings
    folder: Path
    seed: int


def save_weights(student: Student, folder: Path) -> None:
    """The model as the student saves it; any failure to write is an `OSError`."""
    try:
        student.save(folder)
    except SafetensorError as error:
        raise OSError(str(error)) from error


def save_progress(folder: Path, run: Run, progress: Progress) -> None:
    """All that the run needs to go on; any failure to write is an `OSError`."""
    save_weights(run.student, folder)
    try:
        torch.save(run.optimizer.state_dict(), folder / _OPTIMIZER)
    except RuntimeError as error:  # what torch makes of a full disk
        raise OSError(str(error)) from error
    document = {
        "seed": run.seed,
        "settings": asdict(run.settings),
        "progress": asdict(progress),
    }
    (folder / _PROGRESS).write_text(json.dumps(document), encoding="utf-8")


def load_progress(folder: Path, run: Run) -> Progress:
    """Brings model and optimiser to where the run stood.

    Raises `UsageError` for a folder that holds no such run, or one with other settings or another
    seed: to go on with them would give a run that nobody can repeat.
    """
    try:
        document = json.loads((folder / _PROGRESS).read_text(encoding="utf-8"))
        begun = document["settings"]
        there = ReinforceSettings(**begun | {"sizes": tuple(begun["sizes"])})
        found = document["progress"]
        met = {int(size): mean for size, mean in found["curriculum"]["running"].items()}
        curriculum = Curriculum(there.sizes, there.bound, found["curriculum"]["place"], running=met)
        progress = Progress(**found | {"curriculum": curriculum})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder} holds no run of reinforcement: {error}") from error
    other = there.differences(run.settings)
    if document["seed"] != run.seed:
        other.append(f"seed {document['seed']} there, {run.seed} here")
    if other:
        raise UsageError(f"{folder} was begun with other settings: {'; '.join(other)}")
    try:
        load_model(run.student.network, folder / _WEIGHTS)
        run.optimizer.load_state_dict(torch.load(folder / _OPTIMIZER, weights_only=True))
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        raise UsageError(f"{folder}: the checkpoint cannot be read: {error}") from error
    return progress
