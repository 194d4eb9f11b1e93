"""The network behind a learned verifier: how likely it takes an answer to be right, word by word.

A small Llama weighs two words of its vocabulary, `RIGHT` and `WRONG`, behind every word of an
answer. Behind the last one this is its opinion of the answer; earlier on, of what such a beginning
comes to: a token-level verifier as in Cobbe et al., arXiv:2110.14168, whose opinions of beginnings
are values for a search (Yu et al., arXiv:2311.09724).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from safetensors import SafetensorError

from soundly.core.errors import UsageError
from soundly.training.model import Model, load_model, save_model
from soundly.training.verifier.presenting import RIGHT, WRONG

FILE: Final = "verifier.json"
_AT_ONCE: Final = 64


@dataclass(slots=True)
class Discriminator:
    """A network with the threshold from which on it takes an answer for right.

    Its opinions guarantee nothing, and an answer can be found that it takes for right wrongly.
    """

    model: Model
    threshold: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 1:
            raise ValueError(f"threshold is {self.threshold}, wanted a probability")
        self.verdicts()

    def verdicts(self) -> tuple[int, int]:
        """The numbers of `RIGHT` and `WRONG`; `UsageError` for a model without these words."""
        right, wrong = self.model.vocabulary.encode((RIGHT, WRONG))
        return right, wrong

    def logits(self, tokens: torch.Tensor) -> torch.Tensor:
        """The log-odds of being right behind each word: (batch, time) in, (batch, time) out."""
        right, wrong = self.verdicts()
        words: torch.Tensor = self.model.network(tokens).logits.float()  # (batch, time, vocabulary)
        return words[..., right] - words[..., wrong]

    @torch.inference_mode()
    def probabilities(self, sequences: Sequence[Sequence[int]]) -> list[float]:
        """How likely each sequence of token numbers is right, behind its last word.

        One that ends with `END` is a whole answer, any other the beginning of one. Raises
        `UsageError` for one that is empty or longer than the model's context.
        """
        self.model.network.eval()
        return [each for batch in _batches(sequences) for each in self._probabilities(batch)]

    def _probabilities(self, sequences: Sequence[Sequence[int]]) -> list[float]:
        lengths = [len(each) for each in sequences]
        if min(lengths) < 1 or max(lengths) > self.model.context:
            raise UsageError(
                f"a problem with its answer has {max(lengths)} words; this verifier reads 1 to "
                f"{self.model.context}"
            )
        logits = self.logits(padded(sequences))
        last = torch.tensor(lengths).unsqueeze(-1) - 1  # (batch, 1)
        chances: list[float] = logits.gather(-1, last).squeeze(-1).sigmoid().tolist()
        return chances


def padded(sequences: Sequence[Sequence[int]]) -> torch.Tensor:
    """Sequences of different lengths as one tensor, filled up behind: (batch, time).

    A causal network never looks ahead, so what stands behind a sequence changes nothing in it.
    """
    tokens = torch.zeros(len(sequences), max(map(len, sequences)), dtype=torch.long)
    for row, each in enumerate(sequences):
        tokens[row, : len(each)] = torch.tensor(each)
    return tokens


def save_discriminator(discriminator: Discriminator, folder: Path) -> None:
    """The model as `save_model` writes it, and the threshold beside it."""
    save_model(discriminator.model, folder)
    document = {"threshold": discriminator.threshold}
    (folder / FILE).write_text(json.dumps(document), encoding="utf-8")


def load_discriminator(folder: Path) -> Discriminator:
    """The discriminator in a folder; `UsageError` in one line where there is none."""
    try:
        threshold = float(json.loads((folder / FILE).read_text(encoding="utf-8"))["threshold"])
        return Discriminator(load_model(folder), threshold)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError, UsageError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise UsageError(f"{folder} holds no learned verifier: {reason}") from error


def _batches(sequences: Sequence[Sequence[int]]) -> Iterator[Sequence[Sequence[int]]]:
    for start in range(0, len(sequences), _AT_ONCE):
        yield sequences[start : start + _AT_ONCE]
