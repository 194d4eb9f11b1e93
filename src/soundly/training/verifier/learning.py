"""Teaching a discriminator: half of every batch is right, and names are numbered anew each time.

Two losses, as in Cobbe et al. (arXiv:2110.14168, section 4.2): the judge's verdict is predicted
behind every word of an answer, and in right answers the next word is. Writing right answers
teaches which steps are possible, which verdicts alone teach far more slowly.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, TypeAlias

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from soundly.core.errors import UsageError
from soundly.core.notation import END, MARK, PLAN
from soundly.training.events import Event, Stepped
from soundly.training.example import draw_labels
from soundly.training.model import new_model
from soundly.training.shape import Shape
from soundly.training.verifier.discriminator import Discriminator, padded
from soundly.training.verifier.labelled import Labelled
from soundly.training.vocabulary import BEGIN, Vocabulary

STAGE: Final = "verifier"
_IGNORED: Final = -100

Take: TypeAlias = Callable[[Event], None]
"""Where events go, such as `EventLog.add`."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a discriminator is taught; the seed decides weights, order and numbering of names.

    ``beginnings`` weighs the verdict behind the earlier words of an answer, and ``words`` the
    right answers' words, against the verdict behind the whole answer, which counts 1.
    """

    steps: int
    batch: int = 32
    learning_rate: float = 1e-3
    beginnings: float = 0.3
    words: float = 0.5
    every: int = 20
    seed: int = 0

    def __post_init__(self) -> None:
        if self.steps < 1 or self.batch < 2 or self.every < 1:
            raise ValueError(f"nothing would be learnt: {self}")

    def rate(self, step: int) -> float:
        """The learning rate at a step from 0: a twentieth to warm up, then half a cosine to 0."""
        warm = max(1, self.steps // 20)
        if step < warm:
            return self.learning_rate * (step + 1) / warm
        done = (step - warm) / max(1, self.steps - warm)
        return self.learning_rate * 0.5 * (1 + math.cos(math.pi * done))


def teach(
    labelled: Sequence[Labelled],
    vocabulary: Vocabulary,
    shape: Shape,
    course: Course,
    *,
    take: Take = lambda _: None,
) -> Discriminator:
    """A discriminator that was taught by the answers, with threshold 0.5.

    Answers that are longer than the model's context are passed over. The loss that is told is
    that of the verdict on whole answers, in nats. Raises `UsageError` where no right or no wrong
    answer is left.
    """
    discriminator = Discriminator(new_model(shape, vocabulary, seed=course.seed))
    network = discriminator.model.network
    optimizer = torch.optim.AdamW(network.parameters(), betas=(0.9, 0.98), weight_decay=0.05)
    network.train()
    began, tokens = time.monotonic(), 0
    for step, batch in enumerate(_batches(labelled, vocabulary, shape, course)):
        for group in optimizer.param_groups:
            group["lr"] = course.rate(step)
        whole, loss = _losses(discriminator, batch, course)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        tokens += sum(len(each.tokens) for each in batch)
        if step % course.every == 0 or step == course.steps - 1:
            take(
                Stepped(
                    STAGE,
                    step,
                    whole,
                    tokens,
                    time.monotonic() - began,
                    course.rate(step),
                )
            )
    network.eval()
    return discriminator


@dataclass(frozen=True, slots=True)
class _Row:
    """A problem and an answer as token numbers; the answer begins behind ``asked`` of them."""

    tokens: list[int]
    asked: int
    right: bool


def room_of(vocabulary: Vocabulary) -> int:
    """How many numbers a problem's names can get in a vocabulary."""
    return sum(word.startswith(MARK) for word in vocabulary.words)


def length(each: Labelled) -> int:
    """How many words a network reads of a problem with its whole answer."""
    return len((BEGIN, *each.example.statement, PLAN, *each.example.answer, END))


def encoded(each: Labelled, vocabulary: Vocabulary, labels: Sequence[int]) -> list[int]:
    """A problem with its whole answer as token numbers, its names numbered by ``labels``."""
    prompt = each.example.prompt(vocabulary, labels)
    return prompt + each.example.completion(vocabulary, labels)


def _batches(
    labelled: Sequence[Labelled], vocabulary: Vocabulary, shape: Shape, course: Course
) -> Iterator[list[_Row]]:
    rng = Random(course.seed)  # noqa: S311 - reproducible choices, not secrets
    short = [each for each in labelled if length(each) <= shape.context]
    right = [each for each in short if each.right]
    wrong = [each for each in short if not each.right]
    if not (right and wrong):
        raise UsageError(
            f"{len(right)} right and {len(wrong)} wrong answers are short enough for a context of "
            f"{shape.context} words; wanted some of each"
        )
    for _ in range(course.steps):
        half = course.batch // 2
        chosen = [*rng.choices(right, k=half), *rng.choices(wrong, k=course.batch - half)]
        yield [_row(each, vocabulary, rng) for each in chosen]


def _row(each: Labelled, vocabulary: Vocabulary, rng: Random) -> _Row:
    labels = draw_labels(each.example.names, room_of(vocabulary), rng)
    asked = len(each.example.prompt(vocabulary, labels))
    return _Row(encoded(each, vocabulary, labels), asked, each.right)


def _losses(
    discriminator: Discriminator, rows: Sequence[_Row], course: Course
) -> tuple[float, torch.Tensor]:
    """The loss of the verdicts on whole answers, and the loss to learn from."""
    tokens = padded([row.tokens for row in rows])  # (batch, time)
    right, wrong = discriminator.verdicts()
    words = discriminator.model.network(tokens).logits.float()  # (batch, time, vocabulary)
    verdicts = words[..., right] - words[..., wrong]  # (batch, time)
    worth = torch.tensor([float(row.right) for row in rows])  # (batch,)
    each = binary_cross_entropy_with_logits(
        verdicts, worth.unsqueeze(-1).expand_as(verdicts), reduction="none"
    )
    place = torch.arange(tokens.shape[1])  # (time,)
    last = torch.tensor([len(row.tokens) - 1 for row in rows]).unsqueeze(-1)  # (batch, 1)
    asked = torch.tensor([row.asked for row in rows]).unsqueeze(-1)  # (batch, 1)
    whole = each.gather(-1, last).mean()
    earlier = (place >= asked) & (place < last)  # (batch, time)
    loss = whole + course.beginnings * each[earlier].mean()
    said = tokens.roll(-1, dims=1)  # the next word, (batch, time)
    written = (place >= asked - 1) & (place < last) & worth.bool().unsqueeze(-1)
    said = said.masked_fill(~written, _IGNORED)
    loss = loss + course.words * cross_entropy(
        words.flatten(0, 1), said.flatten(), ignore_index=_IGNORED
    )
    return whole.item(), loss
