"""A model under reinforcement, whichever kind it is, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch

from soundly.training.judging import Counts
from soundly.training.rewards import Listener, Row, VerifiedReward

_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Student:
    """A causal language model with its tokenizer, its problems and its reward.

    ``row`` draws a problem of a size: "prompt", as a text or as messages, "size", and the columns
    that ``reward`` reads. ``held`` are rows that the model never learns from. ``save`` writes the
    model into a folder that is there.
    """

    network: Any  # a PreTrainedModel; transformers has no types that mypy could follow
    tokenizer: Any
    row: Callable[[int, Random], dict[str, Any]]
    held: Sequence[Row]
    reward: Callable[[Listener | None], VerifiedReward]
    save: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Measurement:
    """Held-out answers counted by size, and how many tokens they were."""

    counts: Mapping[int, Counts]
    tokens: int

    @property
    def reward(self) -> float:
        """The mean reward over all sizes; 0 where nothing was judged."""
        judged = sum(each.judged for each in self.counts.values())
        return sum(each.accepted for each in self.counts.values()) / judged if judged else 0.0


def measured(student: Student, *, max_new_tokens: int) -> Measurement:
    """The likeliest answer to each held-out problem, judged. Takes no part in training."""
    reward = student.reward(None)
    by_size: dict[int, list[Row]] = {}
    for row in student.held:
        by_size.setdefault(row["size"], []).append(row)
    counts, tokens = {}, 0
    for size, rows in sorted(by_size.items()):
        answers = []
        for first in range(0, len(rows), _AT_ONCE):
            some = rows[first : first + _AT_ONCE]
            said = greedy(student, [row["prompt"] for row in some], max_new_tokens=max_new_tokens)
            tokens += sum(map(len, said))
            columns = {name: [row[name] for row in some] for name in some[0]}
            texts = student.tokenizer.batch_decode(said, skip_special_tokens=True)
            prompts = columns.pop("prompt")
            answers += reward.judged(prompts, texts, completion_ids=said, **columns)
        counts[size] = Counts.of(answers)
    return Measurement(counts, tokens)


@torch.inference_mode()
def greedy(student: Student, prompts: Sequence[Any], *, max_new_tokens: int) -> list[list[int]]:
    """The likeliest tokens behind each prompt, without the one that ends them."""
    network, tokenizer = student.network, student.tokenizer
    network.eval()
    wanted = {"padding": True, "padding_side": "left", "return_tensors": "pt"}
    if isinstance(prompts[0], str):
        batch = tokenizer(text=list(prompts), return_token_type_ids=False, **wanted)
    else:
        batch = tokenizer.apply_chat_template(
            list(prompts), add_generation_prompt=True, return_dict=True, **wanted
        )
    batch = batch.to(network.device)
    out = network.generate(
        **batch,
        max_new_tokens=max_new_tokens,
        do_sample=False,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    answers = out[:, batch["input_ids"].shape[1] :].tolist()  # (prompts, new tokens)
    end = tokenizer.eos_token_id
    return [each[: each.index(end)] if end in each else each for each in answers]
