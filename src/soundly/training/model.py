"""A small Llama over a notation's words: made new, asked in batches, kept on disk.

Uses Hugging Face's own classes, so that everything that reads their checkpoints reads ours.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import LlamaConfig, LlamaForCausalLM
from transformers.utils.logging import disable_progress_bar

from soundly.core.errors import UsageError
from soundly.training.shape import Shape
from soundly.training.vocabulary import Vocabulary

disable_progress_bar()  # type: ignore[no-untyped-call]

ATTENTION = "eager"
"""On a processor and for short sequences the plain products are the fastest attention there is."""

VOCABULARY_FILE = "vocabulary.json"


@dataclass(slots=True)
class Model:
    """A network and the words that it knows."""

    network: Any  # a LlamaForCausalLM; transformers has no types that mypy could follow
    vocabulary: Vocabulary

    @property
    def context(self) -> int:
        """The longest sequence, in tokens."""
        return int(self.network.config.max_position_embeddings)

    @property
    def parameters(self) -> int:
        """How many numbers were learnt, tied ones counted once."""
        return sum(each.numel() for each in self.network.parameters())


def new_model(shape: Shape, vocabulary: Vocabulary, *, seed: int) -> Model:
    """A model that has learnt nothing; input and output share one embedding."""
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=shape.width,
        intermediate_size=shape.inner,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.heads,
        max_position_embeddings=shape.context,
        tie_word_embeddings=True,
        pad_token_id=0,
        bos_token_id=1,
        eos_token_id=2,
    )
    network = LlamaForCausalLM(config)
    network.set_attn_implementation(ATTENTION)
    return Model(network, vocabulary)


def save_model(model: Model, folder: Path) -> None:
    """Weights as safetensors, the configuration, and the words; the folder is made."""
    model.network.save_pretrained(folder)
    document = {"notation": model.vocabulary.notation, "words": list(model.vocabulary.words)}
    (folder / VOCABULARY_FILE).write_text(json.dumps(document), encoding="utf-8")


def load_model(folder: Path) -> Model:
    """The model in a folder; raises `UsageError` where there is none, or another vocabulary's."""
    try:
        document = json.loads((folder / VOCABULARY_FILE).read_text(encoding="utf-8"))
        vocabulary = Vocabulary(str(document["notation"]), tuple(document["words"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder} holds no model that was trained here: {error}") from error
    try:
        network = LlamaForCausalLM.from_pretrained(folder, attn_implementation=ATTENTION)
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(f"{folder}: the weights cannot be read: {error}") from error
    if network.config.vocab_size != len(vocabulary):
        raise UsageError(
            f"{folder}: {network.config.vocab_size} words in the weights, "
            f"{len(vocabulary)} in {VOCABULARY_FILE}"
        )
    return Model(network, vocabulary)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was sampled behind one prompt, without `END`.

    ``logprobs`` are in nats, one a token, of the distribution that was sampled from at
    temperature 1. ``ended`` says whether the model ended it itself. ``confidence`` is Marco-o1's
    (arXiv:2411.14405, section 4): the probability of each token beside those of the five
    likeliest in its place, from 0 to 1, on average over the tokens; 0 where there are none.
    """

    tokens: tuple[int, ...]
    logprobs: tuple[float, ...]
    ended: bool
    confidence: float = 0.0


@torch.inference_mode()
def sample(
    model: Model,
    prompts: Sequence[Sequence[int]],
    *,
    max_tokens: int,
    temperature: float = 0.0,
    generator: torch.Generator | None = None,
) -> list[Sample]:
    """One answer behind each prompt, all at once; temperature 0 takes the likeliest word.

    Prompts are token numbers that begin with `BEGIN`; they may differ in length. An answer stops
    at `END`, after ``max_tokens``, or where the model's context ends.
    """
    if not prompts:
        return []
    network, device = model.network, model.network.device
    network.eval()
    longest = max(map(len, prompts))
    tokens = torch.zeros(len(prompts), longest, dtype=torch.long, device=device)
    mask = torch.zeros_like(tokens)
    for row, prompt in enumerate(prompts):
        tokens[row, longest - len(prompt) :] = torch.tensor(prompt, device=device)
        mask[row, longest - len(prompt) :] = 1
    place = (mask.cumsum(-1) - 1).clamp(min=0)
    out = network(tokens, attention_mask=mask, position_ids=place, use_cache=True)
    said: list[list[int]] = [[] for _ in prompts]
    chances: list[list[float]] = [[] for _ in prompts]
    shares: list[list[float]] = [[] for _ in prompts]
    running = list(range(len(prompts)))
    ended = [False] * len(prompts)
    cache, place = out.cache, place[:, -1:]
    logits = out.logits[:, -1].float()
    for _ in range(min(max_tokens, model.context - longest)):
        logprobs = logits.log_softmax(-1)
        if temperature > 0:
            chosen = torch.multinomial((logits / temperature).softmax(-1), 1, generator=generator)
        else:
            chosen = logits.argmax(-1, keepdim=True)
        picked = logprobs.gather(-1, chosen)
        best = logprobs.topk(min(5, logprobs.shape[-1])).values.logsumexp(-1, keepdim=True)
        share = (picked - best).clamp(max=0).exp()
        going = []
        for row, index in enumerate(running):
            chances[index].append(picked[row].item())
            shares[index].append(share[row].item())
            if (token := int(chosen[row])) == 2:
                ended[index] = True
            else:
                said[index].append(token)
                going.append(row)
        if not going:
            break
        if len(going) < len(running):
            rows = torch.tensor(going, device=device)
            cache.batch_select_indices(rows)
            mask, place, chosen = mask[rows], place[rows], chosen[rows]
            running = [running[row] for row in going]
        mask = torch.cat([mask, mask.new_ones(len(running), 1)], dim=-1)
        place = place + 1
        out = network(chosen, attention_mask=mask, position_ids=place, cache=cache, use_cache=True)
        cache, logits = out.cache, out.logits[:, -1].float()
    return [
        Sample(tuple(s), tuple(c), e, sum(each) / max(1, len(each)))
        for s, c, e, each in zip(said, chances, ended, shares, strict=True)
    ]
