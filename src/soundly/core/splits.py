"""Which instances may be trained on: a rule over what an instance *is*, not over its seed.

Two problems that differ only in the names of their objects are one problem. So the split is read
off the canonical form: whoever draws an instance, by whatever seed, finds it on the same side.
"""

from __future__ import annotations

import hashlib
from itertools import count
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.problem import Problem

Split: TypeAlias = Literal["train", "held-out", "beyond"]

_HELD_OUT_OF = 5
_PATIENCE = 2_000


@runtime_checkable
class Splits(Protocol):
    """A family that draws, and knows when two of its instances are the same one."""

    @property
    def name(self) -> str:
        """The family's name."""
        ...

    @property
    def dial(self) -> Dial:
        """The sizes that it draws."""
        ...

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time."""
        ...

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in names alone."""
        ...


def split_of(family: Splits, problem: Problem, *, size: int) -> Split:
    """The split that an instance of this size belongs to; one in five is held out."""
    if size > family.dial.trained:
        return "beyond"
    form = f"{family.name}\n{family.canonical_form(problem)}"
    return "held-out" if is_held_out(form) else "train"


def is_held_out(form: str) -> bool:
    """Whether problems of this canonical form are kept from training, at whatever size."""
    digest = hashlib.sha256(form.encode()).digest()
    return int.from_bytes(digest[:8]) % _HELD_OUT_OF == 0


def draw_from(family: Splits, split: Split, *, size: int, seed: int) -> Problem:
    """The instance of this split, size and seed: the same one every time.

    Seeds are tried in a fixed order until an instance of the split comes up. Raises `UsageError`
    for a size that the split does not have, or so small that none came up.
    """
    if (size > family.dial.trained) != (split == "beyond") or size < family.dial.smallest:
        raise UsageError(
            f"{family.name}: size {size} is not in split {split!r}; train and held-out are "
            f"{family.dial.smallest} to {family.dial.trained}, beyond is larger"
        )
    for attempt in count():
        problem = family.draw(size=size, seed=seed + attempt * 1_000_003)
        if split_of(family, problem, size=size) == split:
            return problem
        if attempt == _PATIENCE:
            break
    raise UsageError(f"{family.name}: no instance of size {size} came up for split {split!r}")
