"""The one way in which the kernel says no."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - a refusal is the kernel's answer, not a failure of the kernel
    """A certificate that does not hold; ``reason`` is one line that says what is wrong with it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
