"""Foreign text, made safe for a terminal.

Problems, model answers and error messages are written by others. A control character in them could
move the cursor, recolour the screen or rewrite the line above, so it is shown instead of sent.
"""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LINE_LIMIT = 2_000


def visible(text: str) -> str:
    """The text with every control character but tab and newline shown as a symbol."""
    return _CONTROL.sub(_symbol, text)


def one_line(text: str) -> str:
    """The text on one line, made visible, at most 2,000 characters of it."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= _LINE_LIMIT else f"{line[: _LINE_LIMIT - 1]}…"


def _symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\u{code:04x}"
