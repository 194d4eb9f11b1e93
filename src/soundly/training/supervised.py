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

import torch
from torch.nn.functional import cross_entropy

from soundly.core.errors import UsageError
from soundly.training.batches import UNASKED, Batch, Mixture
from soundly.training.checkpoints import whole, write_whole
from soundly.training.events import Event, Noted, Stepped
from soundly.training.interruption import Interruption
from soundly.training.model import Model, load_model, save_model
from soundly.training.optimizer import Optimizer
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
    and raises `KeyboardInterrupt`; a second one does not wait. Raises `UsageError` for a
    checkpoint of another vocabulary, `StoreError` where the state cannot be kept.
    """
    learner = _Learner(model, settings)
    progress = _Progress()
    if resume and (kept := whole(folder)):
        progress = _taken_up(kept, learner)
        log(Noted(stage, f"taken up at step {progress.step}"))
    pools = mixture.pools(
        model.vocabulary,
        room=room,
        batch_tokens=settings.batch_tokens,
        context=model.context,
        seed=seed,
        first=progress.pool,
    )
    with Interruption() as interruption:
        while progress.tokens < settings.tokens:
            began, before = time.monotonic(), progress.tokens
            losses = [learner.step(batch, progress) for batch in next(pools)]
            progress.pool += 1
            progress.seconds += time.monotonic() - began
            rate = settings.learning_rate * settings.schedule(progress.tokens)
            loss = sum(losses) / len(losses)
            log(Stepped(stage, progress.step, loss, progress.tokens, progress.seconds, rate))
            _keep(folder, learner, progress)
            interruption.raise_if_asked()
            every = settings.evaluate_every_tokens
            if before // every != progress.tokens // every or progress.tokens >= settings.tokens:
                evaluate(model, progress.step)
    return model


class _Learner:
    """A model and all that a step changes."""

    def __init__(self, model: Model, settings: SupervisedSettings) -> None:
        self.model = model
        self.optimizer = Optimizer(model.network, settings)
        self._settings = settings
        # more than twice as fast on one core; lengths differ, and one program does for all
        body = model.network.model
        self._forward = torch.compile(body, dynamic=True) if settings.compiled else body

    def step(self, batch: Batch, progress: _Progress) -> float:
        """One step of the optimiser; the loss before it, in nats a token."""
        network, settings = self.model.network, self._settings
        network.train()
        half = settings.precision == "bf16"
        low = torch.autocast("cpu", torch.bfloat16) if half else nullcontext()
        targets = batch.targets.to(network.device)
        asked = targets != UNASKED  # (batch, time)
        with low:
            hidden = self._forward(batch.tokens.to(network.device)).last_hidden_state
            logits = network.lm_head(hidden[asked])  # (asked, vocab)
        loss = cross_entropy(logits.float(), targets[asked])
        if not math.isfinite(value := loss.item()):
            raise UsageError(
                f"the loss is {value} at step {progress.step}: lower the learning rate"
            )
        self.optimizer.forget_gradients()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
        self.optimizer.step(settings.schedule(progress.tokens))
        progress.step += 1
        progress.tokens += batch.tokens.numel()
        return value


def _keep(folder: Path, learner: _Learner, progress: _Progress) -> None:
    def write(aside: Path) -> None:
        save_model(learner.model, aside)
        torch.save(learner.optimizer.state(), aside / _OPTIMIZER)
        state = {
            "step": progress.step,
            "tokens": progress.tokens,
            "seconds": progress.seconds,
            "pool": progress.pool,
        }
        (aside / _STATE).write_text(json.dumps(state), encoding="utf-8")

    write_whole(folder, write)


def _taken_up(folder: Path, learner: _Learner) -> _Progress:
    kept, model = load_model(folder), learner.model
    if kept.vocabulary != model.vocabulary:
        other = kept.vocabulary.notation
        raise UsageError(f"{folder} holds a model of another vocabulary: {other}")
    try:
        state = json.loads((folder / _STATE).read_text(encoding="utf-8"))
        progress = _Progress(**state)
        model.network.load_state_dict(kept.network.state_dict())
        learner.optimizer.take_up(torch.load(folder / _OPTIMIZER, weights_only=True))
    except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise UsageError(f"{folder} is no checkpoint of this recipe: {error}") from error
    return progress
