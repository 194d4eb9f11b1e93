"""Supervised fine-tuning of a chat model by low-rank adaptation (LoRA, arXiv:2106.09685).

The model's own weights stay; beside each of its linear layers a product of two thin matrices is
learnt, and added to the layer's weights at the end. A plain loop, in 32-bit floats, for models that
fit into memory: 135 million parameters take about 2 GB.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from soundly.core.errors import UsageError
from soundly.training.checkpoint_file import Checkpoint, open_checkpoint
from soundly.training.checkpoints import whole, write_whole
from soundly.training.events import Event, Noted, Stepped
from soundly.training.lessons import Lesson

STAGE, HELD_OUT = "lora", "lora held-out"
LAST, MERGED = "last", "merged"
_ADAPTER, _OPTIMIZER, _STATE = "adapter.safetensors", "optimizer.pt", "state.json"
_UNASKED = -100  # what transformers leaves out of a loss

Log = Callable[[Event], None]
Tokens = tuple[list[int], int]
"""A lesson's tokens, and how many of them are the prompt's."""


@dataclass(frozen=True, slots=True)
class LoraSettings:
    """``rank`` is that of the matrices, whose product counts ``alpha / rank`` times.

    A step learns from ``batch`` lessons, none longer than ``max_tokens``. Every ``round_steps``
    steps the loss on held-out lessons is measured and a checkpoint is written.
    """

    steps: int = 200
    batch: int = 8
    learning_rate: float = 2e-4
    rank: int = 16
    alpha: int = 32
    max_tokens: int = 1024
    round_steps: int = 25

    def __post_init__(self) -> None:
        for name in ("steps", "batch", "rank", "alpha", "max_tokens", "round_steps"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, wanted 1 or more")
        if not self.learning_rate > 0:
            raise ValueError(f"learning_rate is {self.learning_rate}, wanted more than 0")


def fine_tune(
    checkpoint: Checkpoint,
    lessons: Sequence[Lesson],
    held: Sequence[Lesson],
    settings: LoraSettings,
    *,
    folder: Path,
    log: Log,
    seed: int,
) -> Checkpoint:
    """The model with what it learnt added to its weights, as a Hugging Face folder holds it.

    It lies in ``folder`` under "merged". Only the answers are learnt, not the prompts. A run whose
    folder is there already goes on where its last checkpoint stands and takes the same steps.
    ``log`` gets the loss of each step, in nats a token, and under the stage `HELD_OUT` that on
    ``held``, before the first step and after every round. Raises `UsageError` for lessons of which
    none is short enough and for a folder that was begun with other settings, `StoreError` where a
    checkpoint cannot be written. The network of ``checkpoint`` is changed.
    """
    learnt = _short_enough(checkpoint, lessons, settings, log)
    tested = _short_enough(checkpoint, held, settings, log)
    run = _Run(_adapted(checkpoint, settings, seed), settings, folder / LAST, seed, log)
    run.begin(tested)
    while run.step < settings.steps:
        run.take_round(learnt, tested)
    merged = Checkpoint(run.network.merge_and_unload(), checkpoint.tokenizer)
    write_whole(folder / MERGED, partial(_saved, merged.save))
    return open_checkpoint(folder / MERGED)


def _adapted(checkpoint: Checkpoint, settings: LoraSettings, seed: int) -> Any:  # noqa: ANN401
    torch.manual_seed(seed)
    adapter = LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        target_modules="all-linear",
        task_type="CAUSAL_LM",
    )
    with warnings.catch_warnings():
        # peft 0.21 asks transformers 5.24 by a name that is on its way out.
        warnings.filterwarnings("ignore", "`is_gradient_checkpointing`", FutureWarning)
        return get_peft_model(checkpoint.network, adapter)


def _short_enough(
    checkpoint: Checkpoint, lessons: Sequence[Lesson], settings: LoraSettings, log: Log
) -> list[Tokens]:
    rows = []
    for each in lessons:
        prompt = checkpoint.prompt(each.messages)
        rows.append((prompt + checkpoint.answer(each.answer), len(prompt)))
    kept = [row for row in rows if len(row[0]) <= settings.max_tokens]
    if not kept:
        shortest = min((len(tokens) for tokens, _ in rows), default=0)
        raise UsageError(
            f"none of {len(rows)} lessons has {settings.max_tokens} tokens or fewer; "
            f"the shortest has {shortest}"
        )
    if len(kept) < len(rows):
        log(Noted(STAGE, f"left out {len(rows) - len(kept)} lessons that are too long"))
    return kept


class _Run:
    """The adapter with its optimiser, and how far they have come."""

    def __init__(
        self,
        network: Any,  # noqa: ANN401 - a PeftModel
        settings: LoraSettings,
        folder: Path,
        seed: int,
        log: Log,
    ) -> None:
        self.network = network
        self.step = 0
        self._settings = settings
        self._folder = folder
        self._seed = seed
        self._log = log
        self._tokens = 0
        self._seconds = 0.0
        learnable = [each for each in network.parameters() if each.requires_grad]
        self._optimizer = torch.optim.AdamW(learnable, lr=settings.learning_rate, weight_decay=0.0)

    def begin(self, held: Sequence[Tokens]) -> None:
        """Go to the last checkpoint, or measure where the run begins."""
        if (last := whole(self._folder)) is not None:
            self._load(last)
            self._log(Noted(STAGE, f"taken up again after step {self.step}"))
        else:
            self._measure(held)

    def take_round(self, lessons: Sequence[Tokens], held: Sequence[Tokens]) -> None:
        """The steps up to the next checkpoint, and the checkpoint."""
        started, before = monotonic(), self._seconds
        behind = min(self.step + self._settings.round_steps, self._settings.steps)
        while self.step < behind:
            rng = Random(f"{self._seed}, step {self.step}")  # noqa: S311 - a seeded draw
            loss = self._learn(rng.choices(lessons, k=self._settings.batch))
            self.step += 1
            self._seconds = before + monotonic() - started
            self._stepped(STAGE, loss)
        self._measure(held)
        write_whole(self._folder, partial(_saved, self._save))

    def _learn(self, rows: Sequence[Tokens]) -> float:
        self.network.train()
        loss, count = self._loss(rows)
        (loss / count).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        self._tokens += sum(len(tokens) for tokens, _ in rows)
        return float(loss.detach()) / count

    @torch.no_grad()
    def _measure(self, held: Sequence[Tokens]) -> None:
        self.network.eval()
        parts = [self._loss(rows) for rows in _batches(held, self._settings.batch)]
        total = sum(float(loss) for loss, _ in parts)
        self._stepped(HELD_OUT, total / sum(count for _, count in parts))

    def _loss(self, rows: Sequence[Tokens]) -> tuple[torch.Tensor, int]:
        """The summed loss of the answers in nats, and of how many tokens it is."""
        longest = max(len(tokens) for tokens, _ in rows)
        tokens = torch.zeros(len(rows), longest, dtype=torch.long)  # (batch, time)
        mask, targets = torch.zeros_like(tokens), torch.full_like(tokens, _UNASKED)
        for place, (row, prompt) in enumerate(rows):
            tokens[place, : len(row)] = torch.tensor(row)
            mask[place, : len(row)] = 1
            targets[place, prompt : len(row)] = torch.tensor(row[prompt:])
        device = self.network.device
        logits = self.network(tokens.to(device), attention_mask=mask.to(device)).logits
        loss = torch.nn.functional.cross_entropy(
            logits[:, :-1].flatten(0, 1).float(),  # (batch * (time - 1), vocab)
            targets[:, 1:].flatten().to(device),
            ignore_index=_UNASKED,
            reduction="sum",
        )
        return loss, int((targets != _UNASKED).sum())

    def _stepped(self, stage: str, loss: float) -> None:
        rate = self._settings.learning_rate
        self._log(Stepped(stage, self.step, loss, self._tokens, self._seconds, rate))

    def _save(self, folder: Path) -> None:
        # Left to itself, peft looks on the Hub whether the embeddings are those of the base model.
        adapter = get_peft_model_state_dict(self.network, save_embedding_layers=False)
        save_file(adapter, folder / _ADAPTER)
        torch.save(self._optimizer.state_dict(), folder / _OPTIMIZER)
        document = {
            "seed": self._seed,
            "settings": asdict(self._settings),
            "step": self.step,
            "tokens": self._tokens,
            "seconds": self._seconds,
        }
        (folder / _STATE).write_text(json.dumps(document), encoding="utf-8")

    def _load(self, folder: Path) -> None:
        try:
            document = json.loads((folder / _STATE).read_text(encoding="utf-8"))
            self._require_same(document, folder)
            set_peft_model_state_dict(self.network, load_file(folder / _ADAPTER))
            state = torch.load(folder / _OPTIMIZER, weights_only=True)
            self._optimizer.load_state_dict(state)
            self.step, self._tokens = int(document["step"]), int(document["tokens"])
            self._seconds = float(document["seconds"])
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
            raise UsageError(f"{folder}: the checkpoint cannot be read: {error}") from error

    def _require_same(self, document: dict[str, Any], folder: Path) -> None:
        there = document["settings"] | {"seed": document["seed"]}
        here = asdict(self._settings) | {"seed": self._seed}
        names = [each.name for each in fields(self._settings) if each.name != "steps"] + ["seed"]
        other = [f"{n} {there[n]} there, {here[n]} here" for n in names if there[n] != here[n]]
        if other:
            raise UsageError(f"{folder} was begun with other settings: {'; '.join(other)}")


def _batches(rows: Sequence[Tokens], size: int) -> Iterator[Sequence[Tokens]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]


def _saved(save: Callable[[Path], None], folder: Path) -> None:
    """Save; what torch and safetensors make of a full disk becomes an `OSError`."""
    try:
        save(folder)
    except (RuntimeError, SafetensorError) as error:
        raise OSError(str(error)) from error
