"""Which systems of one run or of two are compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from soundly.bench.report.comparison import Comparison, compare
from soundly.bench.report.systems import Results, System, by_system
from soundly.bench.runs.folder import Run, read_run
from soundly.core.errors import UnknownNameError, UsageError

Systems = dict[System, Results]


def compare_runs(
    first: Path, second: Path | None, *, system: str | None, with_system: str | None
) -> tuple[Comparison, ...]:
    """Compare two systems of a run, or what two runs have in common.

    ``system`` and ``with_system`` name systems of the first and of the second run (None: both of
    the first), whole or by words that only one has. With two runs, one name stands for both, and
    without names each system that both runs have is compared with itself. Raises `UsageError` for
    folders that are no runs or have no results, names that fit none or several, and runs without a
    common system.
    """
    ours = _systems(read_run(first))
    if second is None:
        return (compare(*_two_of(ours, first, system, with_system)),)
    theirs = _systems(read_run(second))
    if system is None and with_system is None:
        found = tuple(_common(ours, theirs))
        if not found:
            raise UsageError(
                f"{first} and {second} have no system in common: name one of each with --system "
                "and --with-system"
            )
        return found
    return (
        compare(
            _named(ours, first, system or with_system or ""),
            _named(theirs, second, with_system or system or ""),
        ),
    )


def _systems(run: Run) -> Systems:
    if not run.results:
        raise UsageError(f"{run.folder} has no results yet: nothing to compare")
    return by_system(run.results)


def _common(ours: Systems, theirs: Systems) -> Iterator[Comparison]:
    for system, results in ours.items():
        if system in theirs:
            yield compare((system, results), (system, theirs[system]))


def _two_of(
    ours: Systems, folder: Path, system: str | None, with_system: str | None
) -> tuple[tuple[System, Results], tuple[System, Results]]:
    if system is not None and with_system is not None:
        first, second = _named(ours, folder, system), _named(ours, folder, with_system)
        if first[0] == second[0]:
            raise UsageError(
                f"{system!r} and {with_system!r} are both {first[0]}: name two systems"
            )
        return first, second
    if system is not None or with_system is not None or len(ours) != 2:
        known = ", ".join(map(str, ours))
        raise UsageError(
            f"one run came, with {len(ours)} systems ({known}): name two with --system and "
            "--with-system, or give a second run"
        )
    first, second = ours.items()
    return first, second


def _fits(name: str, system: str) -> bool:
    """Whether every word of a name stands in the system's."""
    return all(word in system for word in name.split())


def _words(name: str) -> list[str]:
    """The words of a system's name, with or without the sign between model and strategy."""
    return [word for word in name.split() if word != "·"]


def _named(systems: Systems, folder: Path, name: str) -> tuple[System, Results]:
    exact = [each for each in systems.items() if _words(str(each[0])) == _words(name)]
    found = exact or [each for each in systems.items() if _fits(name, str(each[0]))]
    if not found:
        raise UnknownNameError(f"system of {folder}", name, [str(each) for each in systems])
    if len(found) > 1:
        several = ", ".join(str(system) for system, _ in found)
        raise UsageError(f"{name!r} fits several systems of {folder}: {several}")
    return found[0]
