"""Words as they are compared: ASCII letters in lower case, and nothing else changed.

`str.lower` and Unicode normalization would fold look-alikes, such as the Kelvin sign into ``k``,
and so read a name that the answer does not say.
"""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase

_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_TOKEN = re.compile(r"[\w'?-]+|[^\w\s]")
_EDGES = "'-"


def lower(text: str) -> str:
    """The text with A to Z in lower case."""
    return text.translate(_LOWER)


def key(name: str) -> str:
    """A name without the marks that people vary: ``pick-up``, ``Pick_Up``, ``pickup``."""
    return lower(name).replace("-", "").replace("_", "")


def tokens(text: str) -> list[str]:
    """Words in lower case, and each other mark on its own; hyphens inside words stay."""
    found: list[str] = []
    for token in _TOKEN.findall(lower(text)):
        word = token.strip(_EDGES)
        found.append(word or token[0])
    return found
