"""Text as it goes over a wire."""

from __future__ import annotations

from soundly.core.completion import Request


def wire_messages(request: Request) -> list[dict[str, str]]:
    """The conversation as chat APIs take it.

    A lone surrogate becomes U+FFFD. It is no Unicode text, but a model can put one into its answer
    by a JSON escape, and the answer could then not be shown back to any model.
    """
    return [
        {"role": message.role, "content": encodable(message.content)}
        for message in request.messages
    ]


def encodable(text: str) -> str:
    """The text with every lone surrogate replaced by U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
