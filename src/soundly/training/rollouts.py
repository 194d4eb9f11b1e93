"""A few steps of trl's GRPO over given problems: what is between two checkpoints.

trl's trainer does the sampling, the advantages and the backward passes. It is made anew for each
round and everything random comes from the round's seed, so that a round is the same whether the
run was interrupted before it or not; weights and the optimiser's state go from round to round.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset  # type: ignore[import-untyped]
from transformers import PrinterCallback, TrainerCallback
from trl.trainer.grpo_config import GRPOConfig
from trl.trainer.grpo_trainer import GRPOTrainer

from soundly.training.reinforce_settings import ReinforceSettings
from soundly.training.rewards import Row, VerifiedReward
from soundly.training.student import Student

Said = Callable[[Mapping[str, Any]], None]


class _Offline(GRPOTrainer):
    """The trainer without the message that it sends to the Hub each time one is made."""

    def _send_telemetry(self) -> None:
        pass


class _Heard(TrainerCallback):
    """Passes on what trl logs about a step."""

    def __init__(self, said: Said) -> None:
        self._said = said

    def on_log(
        self,
        args: object,  # noqa: ARG002 - the shape of a callback
        state: object,  # noqa: ARG002
        control: object,  # noqa: ARG002
        logs: dict[str, Any] | None = None,
        **kwargs: object,  # noqa: ARG002
    ) -> None:
        """A step's figures; the summary at the end of training has no loss and is left out."""
        if logs is not None and "loss" in logs:
            self._said(logs)


def new_optimizer(network: Any, settings: ReinforceSettings) -> torch.optim.Optimizer:  # noqa: ANN401
    """AdamW without weight decay, for all weights."""
    return torch.optim.AdamW(
        network.parameters(), lr=settings.learning_rate, betas=(0.9, 0.99), weight_decay=0.0
    )


def run_round(
    student: Student,
    optimizer: torch.optim.Optimizer,
    rows: Sequence[Row],
    reward: VerifiedReward,
    settings: ReinforceSettings,
    *,
    folder: Path,
    seed: int,
    said: Said,
) -> None:
    """Train on the rows in their order, ``settings.prompts`` of them a step.

    ``said`` gets trl's figures of each step: "loss", "num_tokens" since the round's beginning.
    Weights and the optimiser's state are changed in place. What the reward raises comes through,
    and the weights are then somewhere in the middle of the round.
    """
    trainer = _Offline(
        model=student.network,
        reward_funcs=reward,
        args=_config(settings, steps=len(rows) // settings.prompts, folder=folder, seed=seed),
        train_dataset=Dataset.from_list([dict(row) for row in rows]),
        processing_class=student.tokenizer,
        callbacks=[_Heard(said)],
        optimizers=(optimizer, None),
    )
    trainer.remove_callback(PrinterCallback)
    try:
        with warnings.catch_warnings():
            # trl 1.16 asks transformers 5.24 by a name that is on its way out.
            warnings.filterwarnings("ignore", "`is_gradient_checkpointing`", FutureWarning)
            trainer.train()
    finally:
        # trl puts a forward of its own before the model's, once more for every trainer.
        student.network.__dict__.pop("forward", None)
        student.network.eval()


def _config(settings: ReinforceSettings, *, steps: int, folder: Path, seed: int) -> GRPOConfig:
    backward = settings.backward or settings.samples
    return GRPOConfig(
        output_dir=str(folder),
        seed=seed,
        max_steps=steps,
        per_device_train_batch_size=backward,
        gradient_accumulation_steps=settings.samples // backward,
        num_generations=settings.group,
        max_completion_length=settings.max_new_tokens,
        temperature=settings.temperature,
        beta=settings.kl,
        learning_rate=settings.learning_rate,
        lr_scheduler_type="constant",
        shuffle_dataset=False,
        bf16=False,
        activation_checkpointing=False,
        dataloader_pin_memory=False,
        logging_steps=1,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )
