"""A run of reinforcement that kills itself in its third step, as nobody who is killed expects."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from pathlib import Path
from random import Random

import torch

from soundly.training.events import Stepped
from soundly.training.grpo import reinforce
from soundly.training.model import load_model
from soundly.training.reinforce_settings import ReinforceSettings


def load(name: str):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def killing(event) -> None:
    if isinstance(event, Stepped) and event.step == 3:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    torch.set_num_threads(1)
    family, rng = load("conftest").EchoFamily(), Random(5)
    reinforce(
        load_model(Path(sys.argv[1])),
        ReinforceSettings(
            sizes=(1, 2),
            steps=4,
            prompts=2,
            group=4,
            learning_rate=1e-3,
            max_new_tokens=4,
            round_steps=2,
            kl=0.01,
        ),
        family=family,
        draw=family.example,
        held=[family.example(size, rng) for size in (1, 2) for _ in range(2)],
        folder=Path(sys.argv[2]),
        log=killing,
        seed=3,
    )
