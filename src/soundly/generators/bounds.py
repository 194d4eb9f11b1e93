"""An upper bound on the tokens of a conversation, where no tokenizer is at hand."""

from __future__ import annotations

from soundly.core.completion import Request

TOKENS_PER_MESSAGE = 16
"""Role markers, separators and the opening of the answer, in any chat format that we know of."""


def input_token_bound(request: Request) -> int:
    """The most tokens that the conversation can be: one a byte of UTF-8, plus the chat format.

    Byte-level tokenizers never make more tokens than bytes. The bound is about four times what
    English text really is.
    """
    text = sum(len(message.content.encode(errors="replace")) for message in request.messages)
    return text + TOKENS_PER_MESSAGE * (len(request.messages) + 1)
