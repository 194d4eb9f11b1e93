"""Batches of examples of like length, in an order that the seed alone decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random

import torch

from soundly.core.errors import UsageError
from soundly.training.example import Example, draw_labels
from soundly.training.vocabulary import Vocabulary

POOL = 16
"""Batches that are made at once, so that examples in a batch are of like length."""

UNASKED = -100
"""The target where nothing is learnt: in problems and in padding (`torch.nn.functional`)."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Token numbers and what is to be said at each: ``UNASKED`` where it is not learnt."""

    tokens: torch.Tensor  # (batch, time), padded behind with 0
    targets: torch.Tensor  # (batch, time), targets[:, t] follows tokens[:, t]


@dataclass(frozen=True, slots=True)
class Mixture:
    """Examples by source, each source with its share; every example of a source is drawn as often.

    So a size with few forms comes up seldom, and is not learnt by heart. Raises `UsageError` for a
    source without examples.
    """

    sources: Sequence[tuple[float, Sequence[Example]]]

    def __post_init__(self) -> None:
        for place, (_, examples) in enumerate(self.sources, start=1):
            if not examples:
                raise UsageError(f"source {place} has no examples to train on")

    def pools(
        self,
        vocabulary: Vocabulary,
        *,
        room: int,
        batch_tokens: int,
        context: int,
        seed: int,
        first: int = 0,
    ) -> Iterator[list[Batch]]:
        """Endless pools of `POOL` batches; pool number ``first`` comes first.

        ``room`` is how many names the notation numbers: each time an example comes up, its names
        get other numbers. Raises `UsageError` for an example longer than ``context`` tokens.
        """
        sources = [examples for _, examples in self.sources]
        shares = [share for share, _ in self.sources]
        for number in count(first):
            rng = Random(f"{seed}, pool {number}")  # noqa: S311 - reproducible, no secret
            rows: list[tuple[list[int], int]] = []
            room_left = POOL * batch_tokens
            while room_left > 0:
                example = rng.choice(rng.choices(sources, shares)[0])
                labels = draw_labels(example.names, room, rng)
                prompt = example.prompt(vocabulary, labels)
                row = prompt + example.completion(vocabulary, labels)
                if len(row) > context:
                    raise UsageError(
                        f"{example.family} {example.size}, seed {example.seed}: {len(row)} tokens "
                        f"came, and the model's context is {context}"
                    )
                rows.append((row, len(prompt)))
                room_left -= len(row)
            rows.sort(key=lambda row: len(row[0]))
            batches = list(_cut(rows, batch_tokens))
            rng.shuffle(batches)
            yield batches


def _cut(rows: list[tuple[list[int], int]], batch_tokens: int) -> Iterator[Batch]:
    """Batches of so many tokens with their padding; rows are sorted by length."""
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and len(rows[end][0]) * (end + 1 - start) <= batch_tokens:
            end += 1
        yield _padded(rows[start:end])
        start = end


def _padded(rows: list[tuple[list[int], int]]) -> Batch:
    longest = max(len(row) for row, _ in rows)
    tokens = torch.zeros(len(rows), longest, dtype=torch.long)
    targets = torch.full_like(tokens, UNASKED)
    for place, (row, prompt) in enumerate(rows):
        tokens[place, : len(row)] = torch.tensor(row)
        targets[place, prompt - 1 : len(row) - 1] = torch.tensor(row[prompt:])
    return Batch(tokens, targets)
