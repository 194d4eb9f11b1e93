"""Accuracy against size, and on either side of the largest size that is trained on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from soundly.bench.report.standing import Counted, counted
from soundly.bench.report.systems import Results, System, by_family, by_system, grouped
from soundly.bench.suites.cell import Cell


@dataclass(frozen=True, slots=True)
class About:
    """Instances whose sizes mean the same and whose answers may be counted together.

    ``unsolvable`` are known to have no solution. ``from_files``: problems that nobody drew, whose
    size is their number of objects and not the family's own.
    """

    family: str
    unsolvable: bool = False
    from_files: bool = False

    def __str__(self) -> str:
        """``logistics``, ``planning unsolvable from files``."""
        unsolvable = " unsolvable" if self.unsolvable else ""
        return f"{self.family}{unsolvable}{' from files' if self.from_files else ''}"


@dataclass(frozen=True, slots=True)
class SizeRate:
    """How often the last answer of a system was right, at one size."""

    about: About
    system: System
    size: int
    right: Counted


@dataclass(frozen=True, slots=True)
class Collapse:
    """How often a system was right up to a size that is trained on, and beyond it."""

    about: About
    system: System
    trained: int
    within: Counted
    beyond: Counted


def size_rates(results: Results) -> tuple[SizeRate, ...]:
    """A rate for each family, system and size of which some session says something.

    Problems from files are apart from what a family draws, and solvable instances from unsolvable
    ones: who always says that there is no solution is right about all of the latter.
    """
    return tuple(
        SizeRate(about, system, size, _right(of_size))
        for about, of_kind in by_kind(results).items()
        for system, of_system in by_system(of_kind).items()
        for size, of_size in sorted(grouped(of_system, lambda cell: cell.size).items())
        if any(each.counted for each in of_size)
    )


def collapses(
    results: Results, largest: Callable[[About, System], int | None]
) -> tuple[Collapse, ...]:
    """Both sides of the ``largest`` size that a system was trained on.

    Systems for which none is known, or that were asked on one side alone, are left out.
    """
    found = (
        Collapse(
            about,
            system,
            trained,
            _right(tuple(each for each in of_system if each.cell.size <= trained)),
            _right(tuple(each for each in of_system if each.cell.size > trained)),
        )
        for about, of_kind in by_kind(results).items()
        for system, of_system in by_system(of_kind).items()
        if (trained := largest(about, system)) is not None
    )
    return tuple(each for each in found if each.within.among and each.beyond.among)


def by_kind(results: Results) -> dict[About, Results]:
    """Family by family: first what is drawn, and of both what has a solution or may have one."""
    return {
        About(family, unsolvable, from_files): of_kind
        for family, of_family in by_family(results).items()
        for (from_files, unsolvable), of_kind in sorted(grouped(of_family, _kind).items())
    }


def _kind(cell: Cell) -> tuple[bool, bool]:
    return cell.given is not None, cell.solvable is False


def _right(results: Results) -> Counted:
    said = tuple(each for each in results if each.counted)
    return counted(said, lambda each: each.right is True)
