"""How short a schedule can be at best, with what proves it, and how far a schedule is from that."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.families.jobshop.schedule import Starts, makespan
from soundly.families.jobshop.shop import Shop

_HEADS = 64
"""So many times are tried as the earliest begin of a set of operations."""


@dataclass(frozen=True, slots=True)
class Bound:
    """No schedule is shorter than ``value``: the operations of these jobs on this machine say so.

    The least work before them, all of theirs, and the least work after them (Carlier, 1982). The
    kernel computes it again from machine and jobs.
    """

    value: int
    machine: int
    jobs: tuple[int, ...]

    def evidence(self) -> dict[str, object]:
        """The bound as the kernel reads it."""
        return {"machine": self.machine, "jobs": list(self.jobs)}


def best_bound(shop: Shop) -> Bound:
    """The best one-machine bound: over all machines, and sets with enough work before and after.

    One operation alone gives the length of its job. For more than 64 jobs not all sets are tried.
    """
    best = Bound(0, 0, (0,))
    for machine in range(shop.machines):
        operations = []
        for number, job in enumerate(shop.jobs):
            place = next(at for at, operation in enumerate(job) if operation[0] == machine)
            durations = [duration for _, duration in job]
            head, tail = sum(durations[:place]), sum(durations[place + 1 :])
            operations.append((tail, head, durations[place], number))
        operations.sort(reverse=True)
        heads = sorted({head for _, head, _, _ in operations})
        for least in heads[:: -(-len(heads) // _HEADS)]:
            work, jobs = 0, list[int]()
            for tail, head, duration, number in operations:
                if head >= least:
                    work += duration
                    jobs.append(number)
                    if least + work + tail > best.value:
                        best = Bound(least + work + tail, machine, tuple(sorted(jobs)))
    return best


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a schedule is from the shortest one.

    ``proved`` is a lower bound that the kernel can compute again; ``asserted`` is what a solver
    says is one, which nobody has checked, or None.
    """

    makespan: int
    proved: int
    asserted: int | None = None

    @property
    def at_most(self) -> float:
        """The schedule is longer than the shortest by at most this share; 0.0 is proved optimal."""
        return self.makespan / self.proved - 1

    def __str__(self) -> str:
        said = f"makespan {self.makespan}, proved at least {self.proved}: gap {self.at_most:.1%}"
        if self.asserted is None:
            return said
        return f"{said}; a solver asserts at least {self.asserted}"


def gap_of(shop: Shop, starts: Starts, *, asserted: int | None = None) -> Gap:
    """The optimality gap of a schedule, against the best bound that is proved here."""
    return Gap(makespan(shop, starts), best_bound(shop).value, asserted)
