"""One instance of a family: what a solver may see, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from soundly.core.later import LATER
from soundly.kernel.seal import digest


@dataclass(frozen=True)
class Problem:
    """One instance of a family.

    ``statement`` is all that identifies the problem, as named texts (a planning problem has
    "domain" and "problem", both PDDL). The key, where there is one, lives elsewhere.
    ``name`` is for people and does not enter the digest; nor does ``size``, the size at which its
    family drew it, None where it came from elsewhere.
    """

    family: str
    name: str
    statement: Mapping[str, str]
    size: int | None = field(default=None, compare=False, metadata=LATER)

    def __post_init__(self) -> None:
        if not self.family or not self.name:
            raise ValueError("a problem needs a family and a name")
        if not self.statement:
            raise ValueError(f"problem {self.name!r} has an empty statement")
        if self.size is not None and (type(self.size) is not int or self.size < 1):
            raise ValueError(f"size is {self.size!r:.80}, wanted a whole number from 1 on, or None")
        object.__setattr__(self, "statement", MappingProxyType(dict(self.statement)))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of family and statement in canonical JSON: what a certificate binds."""
        return digest({"family": self.family, "statement": dict(self.statement)})

    def __hash__(self) -> int:
        return hash(self.digest)
