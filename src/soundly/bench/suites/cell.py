"""One cell of a suite's grid: one problem, asked in one way."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

from soundly.bench.suites.given import Given
from soundly.core.augmentation import Augmentation
from soundly.core.codec import to_json
from soundly.core.later import LATER
from soundly.core.spend import Budget
from soundly.kernel.seal import digest

PLAIN = "none"
"""The obfuscation of a family that stands in its own words."""

Share: TypeAlias = Literal["any", "train", "unseen"]
"""Which instances are drawn: any, those that may be trained on, or those that may not.

Unseen are the held-out ones up to the largest size that is trained on, and all beyond it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The coordinates of one session.

    ``family`` and ``obfuscation`` name the registered family together: "blocksworld" under
    "mystery" is ``mystery-blocksworld``. ``solvable`` is what the instance is drawn to be, and so
    its label. ``model`` is None where the strategy asks none. ``strategy`` is spelled without the
    augmentation. ``seed`` draws the instance and drives the strategy. ``budget`` is the session's
    own: what may be spent is a part of the question.

    ``given`` is a problem from files, which nobody draws: ``family`` lends it words, ``size`` is
    its own, ``seed`` drives the strategy alone, and ``solvable`` may be None, for not known.
    """

    family: str
    size: int
    seed: int
    strategy: str
    model: str | None = None
    obfuscation: str = PLAIN
    solvable: bool | None = True
    augmentation: Augmentation = "none"
    share: Share = "any"
    budget: Budget = field(default_factory=Budget)
    given: Given | None = field(default=None, metadata=LATER)

    def __post_init__(self) -> None:
        for name in ("family", "strategy", "obfuscation"):
            if not getattr(self, name):
                raise ValueError(f"a cell needs a {name}")
        if self.model == "":
            raise ValueError("model is empty, wanted a name or None")
        if type(self.size) is not int or self.size < 1:
            raise ValueError(f"size is {self.size!r:.80}, wanted a whole number from 1 on")
        if type(self.seed) is not int or self.seed < 0:
            raise ValueError(f"seed is {self.seed!r:.80}, wanted a whole number from 0 on")
        if self.share not in get_args(Share):
            raise ValueError(f"share is {self.share!r:.40}, wanted one of {get_args(Share)}")
        if self.given is None:
            if self.solvable is None:
                raise ValueError("solvable is None, and what is drawn is one or the other")
        elif (self.obfuscation, self.share, self.size) != (PLAIN, "any", self.given.size):
            raise ValueError(
                f"problem {self.given.name} has size {self.given.size} and is drawn by nobody; "
                f"got {self.obfuscation}, {self.share}, size {self.size}"
            )

    @property
    def id(self) -> str:
        """24 hexadecimal digits of the SHA-256 of all coordinates: the same on every machine."""
        return _id(self)

    @property
    def family_name(self) -> str:
        """The registered family that draws the instance."""
        if self.obfuscation == PLAIN:
            return self.family
        return f"{self.obfuscation}-{self.family}"

    @property
    def instance(self) -> tuple[str | int | bool | None, ...]:
        """What decides the problem: cells with the same one are about the same instance."""
        if self.given is not None:
            return (self.family, self.given.digest)
        return (
            self.family,
            self.obfuscation,
            self.size,
            self.solvable,
            self.share,
            self.seed,
        )

    @property
    def instance_name(self) -> str:
        """The instance in words, without its family: how it is drawn, or its own name."""
        if self.given is not None:
            return f"{self.given.name} seed {self.seed}"
        unsolvable = "" if self.solvable else "unsolvable "
        return f"size {self.size} {unsolvable}seed {self.seed}"


@lru_cache(maxsize=1 << 17)
def _id(cell: Cell) -> str:
    """A run asks for it half a dozen times, and the digest of a cell takes a tenth of a session."""
    return digest(to_json(cell))[:24]
