"""Other people's checkpoints: a chat model from a Hugging Face folder or from a GGUF file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
from transformers.utils.logging import disable_progress_bar

from soundly.core.completion import Message
from soundly.core.errors import UsageError

disable_progress_bar()  # type: ignore[no-untyped-call]

_GGUF = ".gguf"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A causal language model and the tokenizer that it was trained with."""

    network: Any  # a PreTrainedModel; transformers has no types that mypy could follow
    tokenizer: Any

    def save(self, folder: Path) -> None:
        """Weights as safetensors, configuration, tokenizer and chat template."""
        self.network.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)

    def prompt(self, messages: Sequence[Message]) -> list[int]:
        """The conversation as token numbers, up to where the assistant's answer begins."""
        conversation = [{"role": each.role, "content": each.content} for each in messages]
        tokens = self.tokenizer.apply_chat_template(conversation, add_generation_prompt=True)
        return list(tokens["input_ids"])

    def answer(self, text: str) -> list[int]:
        """An answer as token numbers, with the one that ends it."""
        tokens = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return [*tokens, self.tokenizer.eos_token_id]


def open_checkpoint(path: Path) -> Checkpoint:
    """The model in a folder or a GGUF file, in 32-bit floats; nothing is downloaded.

    Weights of a quantised GGUF are taken as they are read back, which costs a little accuracy.
    Raises `UsageError` for a path where no such model is, an architecture or a quantisation that
    transformers does not read, a tokenizer of another model, and one without a chat template.
    """
    if not path.exists():
        raise UsageError(f"no checkpoint at {path}: wanted a Hugging Face folder or a .gguf file")
    if path.is_file() and path.suffix != _GGUF:
        raise UsageError(f"{path} is no checkpoint: wanted a Hugging Face folder or a .gguf file")
    where = path.parent if path.is_file() else path
    file = {"gguf_file": path.name} if path.is_file() else {}
    # Weights that stay quantised could neither be learnt nor be saved again.
    plain = {"quantization_config": GgufConfig(dequantize=True)} if file else {}
    try:
        tokenizer = AutoTokenizer.from_pretrained(where, local_files_only=True, **file)
    except Exception as error:  # the readers of a stranger's file raise what they will
        raise UsageError(f"{path}: its tokenizer cannot be read: {_first_line(error)}") from error
    if not getattr(tokenizer, "chat_template", None):
        raise UsageError(f"{path} has no chat template, so prompts cannot be put to it")
    if tokenizer.eos_token_id is None:
        raise UsageError(f"{path}: its tokenizer has no token that ends an answer")
    try:
        network: Any = AutoModelForCausalLM.from_pretrained(
            where, local_files_only=True, dtype="float32", **file, **plain
        )
    except Exception as error:
        raise UsageError(f"{path}: its weights cannot be read: {_first_line(error)}") from error
    rows = network.get_input_embeddings().weight.shape[0]
    if len(tokenizer) > rows:
        raise UsageError(
            f"{path}: its tokenizer has {len(tokenizer)} tokens and its weights {rows}; "
            "it belongs to another model"
        )
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return Checkpoint(network, tokenizer)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
