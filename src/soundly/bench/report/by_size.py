"""Accuracy against size, and on either side of the largest size that is trained on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from soundly.bench.report.standing import Counted, counted
from soundly.bench.report.systems import Results, System, by_family, by_system, grouped


@dataclass(frozen=True, slots=True)
class SizeRate:
    """How often the last answer of a system was right, at one size of a family.

    ``unsolvable``: of instances without a solution, which are apart from all others.
    """

    family: str
    unsolvable: bool
    system: System
    size: int
    right: Counted

    @property
    def about(self) -> str:
        """The family, and that its instances have no solution."""
        return about(self.family, self.unsolvable)


@dataclass(frozen=True, slots=True)
class Collapse:
    """How often a system was right up to a size that is trained on, and beyond it."""

    family: str
    unsolvable: bool
    system: System
    trained: int
    within: Counted
    beyond: Counted

    @property
    def about(self) -> str:
        """The family, and that its instances have no solution."""
        return about(self.family, self.unsolvable)


def about(family: str, unsolvable: bool) -> str:
    """What rates are about, in words."""
    return f"{family} unsolvable" if unsolvable else family


def size_rates(results: Results) -> tuple[SizeRate, ...]:
    """A rate for each family, system and size of which some session says something.

    Solvable and unsolvable instances are apart: who always says that there is no solution is right
    about all of the latter.
    """
    return tuple(
        SizeRate(family, unsolvable, system, size, _right(of_size))
        for (family, unsolvable), of_family in by_label(results).items()
        for system, of_system in by_system(of_family).items()
        for size, of_size in sorted(grouped(of_system, lambda cell: cell.size).items())
        if any(each.counted for each in of_size)
    )


def collapses(
    results: Results, largest: Callable[[str, System], int | None]
) -> tuple[Collapse, ...]:
    """Both sides of the ``largest`` size of a family that a system was trained on.

    Systems for which none is known, or that were asked on one side alone, are left out.
    """
    found = (
        Collapse(
            family,
            unsolvable,
            system,
            trained,
            _right(tuple(each for each in of_system if each.cell.size <= trained)),
            _right(tuple(each for each in of_system if each.cell.size > trained)),
        )
        for (family, unsolvable), of_family in by_label(results).items()
        for system, of_system in by_system(of_family).items()
        if (trained := largest(family, system)) is not None
    )
    return tuple(each for each in found if each.within.among and each.beyond.among)


def by_label(results: Results) -> dict[tuple[str, bool], Results]:
    """Family by family, first what has a solution or may have one."""
    return {
        (family, unsolvable): of_label
        for family, of_family in by_family(results).items()
        for unsolvable, of_label in sorted(
            grouped(of_family, lambda cell: cell.solvable is False).items()
        )
    }


def _right(results: Results) -> Counted:
    said = tuple(each for each in results if each.counted)
    return counted(said, lambda each: each.right is True)
