"""Supervised training: the likeliest next word of solutions, from nothing or from a checkpoint.

A plain loop, so that every number that decides a step stands on one page; Hugging Face's trainer
would bring collators, callbacks and a checkpoint format of its own. What it is not: distributed, or
made for models that do not fit into memory.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import cross_entropy

from soundly.core.errors import UsageError
from soundly.training.batches import UNASKED, Batch, Mixture
from soundly.training.checkpoints import whole, write_whole
from soundly.training.events import Event, Noted, Stepped
from soundly.training.model import Model, load_model, save_model
from soundly.training.supervised_settings import SupervisedSettings

STAGE = "sft"
_STATE, _OPTIMIZER = "state.json", "optimizer.pt"


@dataclass(slots=True)
class _Progress:
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    pool: int = 0


def supervise(
    model: Model,
    mixture: Mixture,
    settings: SupervisedSettings,
    *,
    room: int,
    folder: Path,
    log: Callable[[Event], None],
    evaluate: Callable[[Model, int], None],
    seed: int,
    resume: bool = False,
    stage: str = STAGE,
) -> Model:
    """The model after so many tokens; it is trained in place.

    After every pool of batches the state is kept in ``folder`` in one step, and a run that is
    taken up again goes on from there as if nothing had happened. ``evaluate`` is called with the
    model and the step, every so many tokens and at the end. Ctrl-C ends the pool, keeps the state
    and raises `KeyboardInterrupt`. Raises `UsageError` for a checkpoint of another vocabulary,
    `StoreError` where the state cannot be kept.
    """
    optimizer = _optimizer(model, settings)
    forward = _compiled(model.network.model) if settings.compiled else model.network.model
    progress = _Progress()
    if resume and (kept := whole(folder)):
        model, progress = _taken_up(kept, model, optimizer)
        log(Noted(stage, f"taken up at step {progress.step}"))
    pools = mixture.pools(
        model.vocabulary,
        room=room,
        batch_tokens=settings.batch_tokens,
        context=model.context,
        seed=seed,
        first=progress.pool,
    )
    while progress.tokens < settings.tokens:
        began, before = time.monotonic(), progress.tokens
        losses = [
            _step(model, forward, optimizer, batch, settings, progress) for batch in next(pools)
        ]
        progress.pool += 1
        progress.seconds += time.monotonic() - began
        rate = settings.rate(progress.tokens)
        loss = sum(losses) / len(losses)
        log(Stepped(stage, progress.step, loss, progress.tokens, progress.seconds, rate))
        _keep(folder, model, optimizer, progress)
        every = settings.evaluate_every_tokens
        if before // every != progress.tokens // every or progress.tokens >= settings.tokens:
            evaluate(model, progress.step)
    return model


def _step(
    model: Model,
    forward: Callable[..., Any],
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    settings: SupervisedSettings,
    progress: _Progress,
) -> float:
    network = model.network
    network.train()
    for group in optimizer.param_groups:
        group["lr"] = settings.rate(progress.tokens)
    low = torch.autocast("cpu", torch.bfloat16) if settings.precision == "bf16" else nullcontext()
    device = network.device
    targets = batch.targets.to(device)
    asked = targets != UNASKED  # (batch, time)
    with low:
        hidden = forward(batch.tokens.to(device)).last_hidden_state  # (batch, time, width)
        logits = network.lm_head(hidden[asked])  # (asked, vocab)
    loss = cross_entropy(logits.float(), targets[asked])
    if not math.isfinite(value := loss.item()):
        raise UsageError(f"the loss is {value} at step {progress.step}: lower the learning rate")
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
    optimizer.step()
    progress.step += 1
    progress.tokens += batch.tokens.numel()
    return value


def _compiled(network: Any) -> Callable[..., Any]:  # noqa: ANN401 - a torch module
    """The network fused into few loops: more than twice as fast on one core, once it is compiled.

    Lengths differ from batch to batch, so one program is made for all of them.
    """
    compiled: Callable[..., Any] = torch.compile(network, dynamic=True)
    return compiled


def _optimizer(model: Model, settings: SupervisedSettings) -> torch.optim.Optimizer:
    matrices = [p for p in model.network.parameters() if p.ndim >= 2]
    others = [p for p in model.network.parameters() if p.ndim < 2]
    groups = [
        {"params": matrices, "weight_decay": settings.weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.learning_rate, betas=(0.9, 0.98), fused=True)


def _keep(
    folder: Path, model: Model, optimizer: torch.optim.Optimizer, progress: _Progress
) -> None:
    def write(aside: Path) -> None:
        save_model(model, aside)
        torch.save(optimizer.state_dict(), aside / _OPTIMIZER)
        state = {
            "step": progress.step,
            "tokens": progress.tokens,
            "seconds": progress.seconds,
            "pool": progress.pool,
        }
        (aside / _STATE).write_text(json.dumps(state), encoding="utf-8")

    write_whole(folder, write)


def _taken_up(
    folder: Path, model: Model, optimizer: torch.optim.Optimizer
) -> tuple[Model, _Progress]:
    kept = load_model(folder)
    if kept.vocabulary != model.vocabulary:
        raise UsageError(
            f"{folder} holds a model of another vocabulary: {kept.vocabulary.notation}"
        )
    try:
        state = json.loads((folder / _STATE).read_text(encoding="utf-8"))
        progress = _Progress(**state)
        model.network.load_state_dict(kept.network.state_dict())
        optimizer.load_state_dict(torch.load(folder / _OPTIMIZER, weights_only=True))
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise UsageError(f"{folder} is no checkpoint of this recipe: {error}") from error
    return model, progress
