"""Whether systems were asked the same instances, without which their rates are no comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from soundly.bench.report.systems import Results, by_family, by_system

Instance: TypeAlias = tuple[str | int | bool | None, ...]
"""What decides a problem, as in `soundly.bench.suites.cell.Cell`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The different instances that a system was asked, their families, and in how many sessions."""

    instances: frozenset[Instance]
    families: tuple[str, ...]
    sessions: int

    def __post_init__(self) -> None:
        if self.sessions < len(self.instances):
            raise ValueError(
                f"{self.sessions} sessions came, wanted one or more for each of "
                f"{len(self.instances)} instances"
            )

    def __str__(self) -> str:
        """``8 of logistics``, ``30 of 2 families``, ``8 of planning in 40 sessions``."""
        count = len(self.families)
        often = f" in {self.sessions:,} sessions" if self.repeated else ""
        return (
            f"{len(self.instances):,} of {self.families[0] if count == 1 else f'{count} families'}"
            f"{often}"
        )

    @property
    def repeated(self) -> bool:
        """Whether sessions are about the same instance, as with several seeds for one file.

        Such answers resemble each other: intervals that take them for independent are too narrow.
        """
        return self.sessions > len(self.instances)


def asked(results: Results) -> Asked:
    """What was asked, with what broke or was refused."""
    return Asked(
        frozenset(each.cell.instance for each in results), tuple(by_family(results)), len(results)
    )


def asked_apart(results: Results) -> tuple[str, ...]:
    """The families of which two systems were asked different instances.

    A system that was asked none of a family does not count there.
    """
    return tuple(
        family for family, of_family in by_family(results).items() if not asked_alike(of_family)
    )


def asked_alike(results: Results) -> bool:
    """Whether every system of these results was asked the same instances."""
    return len({asked(each).instances for each in by_system(results).values()}) <= 1
