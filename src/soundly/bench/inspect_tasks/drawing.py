"""The instances of a task: seeded, distinct, of one split, some of them without a solution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Protocol, get_args, runtime_checkable

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.family import Draws, DrawsUnsolvable, Family
from soundly.core.problem import Problem
from soundly.core.splits import Split, Splits, draw_from

_PATIENCE = 1_000
"""Seeds that bring nothing new in a row before an instance is taken to be the last."""


@runtime_checkable
class _Recognises(Protocol):
    def canonical_form(self, problem: Problem) -> str: ...


@dataclass(frozen=True, slots=True)
class Instance:
    """A drawn problem; ``seed`` and ``solvable`` say how to draw it again."""

    problem: Problem
    size: int
    seed: int
    split: Split | None
    solvable: bool

    @property
    def name(self) -> str:
        """How the instance is told apart in a task, whatever the prompt: its size and seed."""
        words = [f"size-{self.size}", f"seed-{self.seed}"]
        if self.split is not None:
            words.insert(0, self.split)
        if not self.solvable:
            words.append("unsolvable")
        return "-".join(words)


@dataclass(frozen=True, slots=True)
class _WithoutSolution:
    """A family whose draws have no solution, so that splits can be drawn from them too."""

    family: Splits
    unsolvable: DrawsUnsolvable

    @property
    def name(self) -> str:
        return self.family.name

    @property
    def dial(self) -> Dial:
        return self.family.dial

    def draw(self, *, size: int, seed: int) -> Problem:
        return self.unsolvable.draw_unsolvable(size=size, seed=seed)

    def canonical_form(self, problem: Problem) -> str:
        return self.family.canonical_form(problem)


def draw_instances(
    family: Family,
    *,
    sizes: Sequence[int] = (),
    instances: int = 20,
    seed: int = 0,
    split: Split | None = None,
    unsolvable: float = 0.0,
) -> tuple[Instance, ...]:
    """So many different instances of each size, the same ones for the same seed.

    No ``sizes`` mean the smallest that the split has. ``unsolvable`` is the share, from 0 to 1, of
    instances without a solution, spread evenly. A larger ``instances`` begins with those of a
    smaller one.

    Raises `UsageError` for a family that cannot draw what is asked, a size or share that does not
    exist, and where fewer different instances came up.
    """
    drawing = _drawing(family, split)
    _require_amounts(instances, seed, split, unsolvable)
    if not sizes:
        sizes = (drawing.dial.trained + 1 if split == "beyond" else drawing.dial.smallest,)
    for size in sizes:
        if type(size) is not int or size < drawing.dial.smallest:
            raise UsageError(
                f"{drawing.name}: size is {size!r}, wanted a whole number from "
                f"{drawing.dial.smallest} on"
            )
    chosen = _share(instances, unsolvable)
    without = _without_solution(drawing, family) if any(chosen) else drawing
    drawn: list[Instance] = []
    for size in dict.fromkeys(sizes):
        solvable = _distinct(drawing, size=size, seed=seed, split=split, solvable=True)
        lost = _distinct(without, size=size, seed=seed, split=split, solvable=False)
        drawn.extend(next(lost if has_none else solvable) for has_none in chosen)
    return tuple(drawn)


def _drawing(family: Family, split: Split | None) -> Splits:
    if not isinstance(family, Draws):
        raise UsageError(f"family {family.name!r} draws no instances of its own")
    if split is not None and not isinstance(family, _Recognises):
        raise UsageError(f"family {family.name!r} does not say which instances are the same one")
    drawing: Splits = family  # type: ignore[assignment]  # without a split, no form is asked for
    return drawing


def _without_solution(drawing: Splits, family: object) -> Splits:
    if not isinstance(family, DrawsUnsolvable):
        raise UsageError(f"{drawing.name} draws no instances without a solution")
    return _WithoutSolution(drawing, family)


def _require_amounts(instances: int, seed: int, split: Split | None, unsolvable: float) -> None:
    if type(instances) is not int or instances < 1:
        raise UsageError(f"instances is {instances!r}, wanted a whole number of at least 1")
    if type(seed) is not int or seed < 0:
        raise UsageError(f"seed is {seed!r}, wanted a whole number of at least 0")
    if split is not None and split not in get_args(Split):
        raise UsageError(f"split is {split!r}, wanted one of {', '.join(get_args(Split))}")
    if type(unsolvable) not in (int, float) or not 0 <= unsolvable <= 1:
        raise UsageError(f"unsolvable is {unsolvable!r}, wanted a share from 0 to 1")


def _share(instances: int, unsolvable: float) -> list[bool]:
    """Which of the instances have no solution: as evenly spread as whole numbers allow."""
    upto = [round(number * unsolvable) for number in range(instances + 1)]
    return [after > before for before, after in pairwise(upto)]


def _distinct(
    drawing: Splits, *, size: int, seed: int, split: Split | None, solvable: bool
) -> Iterator[Instance]:
    seen: set[str] = set()
    last_new = seed
    for each in count(seed):
        if split is None:
            problem = drawing.draw(size=size, seed=each)
        else:
            problem = draw_from(drawing, split, size=size, seed=each)
        if problem.digest not in seen:
            seen.add(problem.digest)
            last_new = each
            yield Instance(problem, size, each, split, solvable)
        elif each - last_new >= _PATIENCE:
            break
    raise UsageError(
        f"{drawing.name}: only {len(seen)} different instances of size {size} came up"
        f"{f' in split {split!r}' if split else ''}; ask for fewer or for a larger size"
    )
