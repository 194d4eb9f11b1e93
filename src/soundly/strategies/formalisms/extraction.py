"""The JSON object in what a model wrote."""

from __future__ import annotations

from soundly.reading.pieces import fenced, spoken


def object_in(text: str) -> str:
    """The last fenced block that begins with a brace, else from the first brace to the last.

    What is not said aloud never counts. Where there is no brace, everything that was said, for the
    reader to refuse.
    """
    said = spoken(text)
    blocks = [block.strip() for block in fenced(said)]
    if found := [block for block in blocks if block.startswith("{")]:
        return found[-1]
    start, end = said.find("{"), said.rfind("}")
    return said[start : end + 1] if 0 <= start < end else said.strip()
