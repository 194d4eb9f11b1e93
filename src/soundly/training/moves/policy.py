"""A small network that says, of a prompt and the moves added to it, which move to add next.

Words are hashed into a fixed number of buckets, so that any statement or text can be read; which
words a bucket holds, the network does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from zlib import crc32

import torch
from torch import Tensor, nn

from soundly.core.errors import UsageError
from soundly.strategies.moves import Move, require_moves, words_of


@dataclass(frozen=True, slots=True)
class PolicyShape:
    """How large the network is; ``context`` is how many words it reads, the last ones.

    ``width`` is split into ``heads``.
    """

    width: int = 48
    layers: int = 2
    heads: int = 4
    buckets: int = 509
    context: int = 128

    def __post_init__(self) -> None:
        for name, number in asdict(self).items():
            if number < 1:
                raise ValueError(f"{name} is {number}, wanted 1 or more")
        if self.width % self.heads:
            raise ValueError(f"width {self.width} does not split into {self.heads} heads")


class MovePolicy(nn.Module):
    """A transformer over the words of a prompt and the moves taken, with two heads.

    One head gives the logits of the prior over moves, the other the logits of Q: how likely an
    accepted completion is behind each move. Both are of shape (batch, moves).
    """

    def __init__(self, moves: Sequence[Move], shape: PolicyShape, *, seed: int) -> None:
        super().__init__()
        require_moves(moves)
        torch.manual_seed(seed)
        self.moves = tuple(moves)
        self.shape = shape
        self._number = {move: place for place, move in enumerate(self.moves)}
        # 0 pads; then the buckets; then the moves
        self.words = nn.Embedding(1 + shape.buckets + len(moves), shape.width, padding_idx=0)
        self.places = nn.Embedding(shape.context, shape.width)
        layer = nn.TransformerEncoderLayer(
            shape.width,
            shape.heads,
            dim_feedforward=2 * shape.width,
            dropout=0.0,
            batch_first=True,
            norm_first=True,
        )
        self.encoder = nn.TransformerEncoder(layer, shape.layers, enable_nested_tensor=False)
        self.prior_head = nn.Linear(shape.width, len(moves))
        self.value_head = nn.Linear(shape.width, len(moves))
        for head in (self.prior_head, self.value_head):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)

    @property
    def parameters_count(self) -> int:
        """How many numbers are learnt."""
        return sum(each.numel() for each in self.parameters())

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of prior and Q, (batch, moves) each, for tokens of shape (batch, time)."""
        padding = tokens == 0
        places = torch.arange(tokens.shape[1], device=tokens.device)
        seen = self.encoder(self.words(tokens) + self.places(places), src_key_padding_mask=padding)
        kept = (~padding).unsqueeze(-1)
        pooled = (seen * kept).sum(1) / kept.sum(1)  # (batch, width)
        return self.prior_head(pooled), self.value_head(pooled)

    def encode(self, prompt: str, taken: Sequence[Move]) -> list[int]:
        """A prompt and the moves added to it as token numbers; at least one, at most ``context``.

        Raises `UsageError` for a move that the network was not made for.
        """
        buckets = self.shape.buckets
        numbers = [1 + crc32(word.encode()) % buckets for word in words_of(prompt)]
        try:
            numbers += [1 + buckets + self._number[move] for move in taken]
        except KeyError as error:
            raise UsageError(f"the policy does not know the move {error.args[0]}") from error
        return numbers[-self.shape.context :] or [1]

    def batch(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """Rows of token numbers as one tensor (batch, time), padded at the end."""
        longest = max(map(len, rows))
        padded = [[*row, *[0] * (longest - len(row))] for row in rows]
        return torch.tensor(padded, device=self.places.weight.device)


class PolicyGuide:
    """A learnt policy as the guide of a search; see `soundly.strategies.moves.MoveGuide`.

    ``with_prior`` and ``with_value`` leave one of its two halves out: the prior is then uniform,
    or every value 0. What it said of a prompt it says again, so a policy that has learnt on needs
    a new guide.
    """

    def __init__(
        self, policy: MovePolicy, *, with_prior: bool = True, with_value: bool = True
    ) -> None:
        self._policy = policy
        self._with_prior = with_prior
        self._with_value = with_value
        self._said: dict[tuple[str, tuple[Move, ...]], tuple[list[float], list[float]]] = {}

    def __str__(self) -> str:
        left_out = "" if self._with_prior else " without prior"
        return f"policy{left_out}{'' if self._with_value else ' without value'}"

    @property
    def moves(self) -> Sequence[Move]:
        """The policy's moves."""
        return self._policy.moves

    def prior(self, prompt: str, taken: Sequence[Move]) -> Sequence[float]:
        """The policy's probabilities."""
        if not self._with_prior:
            return [1 / len(self.moves)] * len(self.moves)
        return self._asked(prompt, taken)[0]

    def value(self, prompt: str, taken: Sequence[Move]) -> Sequence[float]:
        """The policy's Q."""
        if not self._with_value:
            return [0.0] * len(self.moves)
        return self._asked(prompt, taken)[1]

    @torch.inference_mode()
    def _asked(self, prompt: str, taken: Sequence[Move]) -> tuple[list[float], list[float]]:
        key = prompt, tuple(taken)
        if key not in self._said:
            self._policy.eval()
            row = self._policy.encode(prompt, taken)
            prior, value = self._policy(self._policy.batch([row]))  # (1, moves) each
            chances = prior[0].double().softmax(-1).clamp(max=1.0)
            self._said[key] = chances.tolist(), value[0].double().sigmoid().tolist()
        return self._said[key]
