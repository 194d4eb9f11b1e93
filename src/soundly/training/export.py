"""A trained model as one GGUF file, which llama.cpp runs, and as safetensors.

The words stand in the file as a tokenizer's pieces, a blank behind each, and the notation's name
under a key of its own, so the file alone is all that is needed to ask the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

from soundly.core.errors import UsageError
from soundly.generators.word_model_file import ABOUT_KEY, NOTATION_KEY, WORDS_KEY
from soundly.training.model import Model

_NAMES = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "input_layernorm.weight": "attn_norm.weight",
    "self_attn.q_proj.weight": "attn_q.weight",
    "self_attn.k_proj.weight": "attn_k.weight",
    "self_attn.v_proj.weight": "attn_v.weight",
    "self_attn.o_proj.weight": "attn_output.weight",
    "post_attention_layernorm.weight": "ffn_norm.weight",
    "mlp.gate_proj.weight": "ffn_gate.weight",
    "mlp.up_proj.weight": "ffn_up.weight",
    "mlp.down_proj.weight": "ffn_down.weight",
}
_CONTROLS = 3


def write_gguf(model: Model, path: Path, *, name: str, about: str) -> None:
    """Writes matrices in half precision and norms in single: about two bytes a parameter.

    ``about`` says in a sentence what it was trained on. Raises `UsageError` for a network that is
    no Llama whose output shares the embedding.
    """
    config = model.network.config
    if config.model_type != "llama" or not config.tie_word_embeddings:
        raise UsageError(f"a {config.model_type} came, wanted a Llama with one shared embedding")
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name(name)
    writer.add_string(NOTATION_KEY, model.vocabulary.notation)
    writer.add_string(ABOUT_KEY, about)
    writer.add_array(WORDS_KEY, list(model.vocabulary.words))
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_dimension_count(config.hidden_size // config.num_attention_heads)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_vocab_size(config.vocab_size)
    _add_words(writer, model)
    for tensor, values in _tensors(model).items():
        single = values.ndim == 1
        writer.add_tensor(tensor, values.astype(np.float32 if single else np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_words(writer: gguf.GGUFWriter, model: Model) -> None:
    words = model.vocabulary.words
    pieces = [*words[:_CONTROLS], *(f"{word}\u2581" for word in words[_CONTROLS:])]
    kinds = [gguf.TokenType.CONTROL] * _CONTROLS
    kinds += [gguf.TokenType.NORMAL] * (len(words) - _CONTROLS)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(pieces)
    writer.add_token_scores([0.0] * len(words))
    writer.add_token_types(kinds)
    writer.add_pad_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(False)
    writer.add_add_space_prefix(False)


def _tensors(model: Model) -> Mapping[str, NDArray[np.float32]]:
    heads = int(model.network.config.num_attention_heads)
    tensors: dict[str, NDArray[np.float32]] = {}
    for name, parameter in model.network.named_parameters():
        values = parameter.detach().float().cpu().numpy()
        if name in _NAMES:
            tensors[_NAMES[name]] = values
            continue
        _, _, layer, rest = name.split(".", 3)
        if rest.startswith(("self_attn.q_proj", "self_attn.k_proj")):
            values = _interleaved(values, heads)
        tensors[f"blk.{layer}.{_NAMES[rest]}"] = values
    return tensors


def _interleaved(values: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """Hugging Face turns the two halves of a head, llama.cpp turns neighbours: (out, in)."""
    out, into = values.shape
    halves = values.reshape(heads, 2, out // heads // 2, into)  # (heads, half, pair, in)
    return halves.swapaxes(1, 2).reshape(out, into)
