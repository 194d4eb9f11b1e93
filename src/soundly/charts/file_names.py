"""Names of files for pictures."""

from __future__ import annotations

import re


class FileNames:
    """Names for files: lower case, no signs that a file system minds, and none twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def __call__(self, words: str) -> str:
        """A name made of these words; "figure" where nothing is left of them."""
        plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:80] or "figure"
        name, number = plain, 1
        while name in self._taken:
            number += 1
            name = f"{plain}-{number}"
        self._taken.add(name)
        return name
