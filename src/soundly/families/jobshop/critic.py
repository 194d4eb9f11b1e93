"""The critic of schedules: every fault at once, each with its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.jobshop.schedule import stated
from soundly.families.jobshop.shop import Answer, Shop, shop_of

MAX_OVERLAPS = 1_000
"""Overlaps that a rejection lists; it says how many more there are."""


@dataclass(frozen=True, slots=True)
class JobShopCritic:
    """Accepts exactly the schedules of all operations that the machines and the jobs can keep.

    Where there is a deadline, all has to be done by then. A rejection lists every line and word
    that is none, every job, machine or operation that is unknown, missing or stated twice, every
    operation that begins before the one before it in its job has ended, every two operations that
    overlap on a machine (the first thousand, and the number of the others), and who is late.
    """

    name: str = "job-shop"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; raises `CriticError` for a candidate whose solution is no schedule."""
        return check(shop_of(problem), answer_of(candidate))


def answer_of(candidate: Candidate) -> Answer:
    """What a candidate proposes; raises `CriticError` where that is of another kind."""
    solution = candidate.solution
    if not isinstance(solution, tuple):
        raise CriticError(f"a schedule is a tuple of lines, not a {type(solution).__name__}")
    for line in solution:
        if not (isinstance(line, tuple) and line and all(isinstance(word, str) for word in line)):
            raise CriticError(f"a schedule has lines of words, not {line!r:.80}")
        if len(line) > 1 and line[0] not in ("job", "machine"):
            raise CriticError(f"a line is of a job or of a machine, not {line[0]!r:.40}")
    return solution


def check(shop: Shop, answer: Answer) -> Verdict:
    """The verdict on an answer for this shop."""
    found = stated(shop, answer)
    critiques = [
        *found.faults,
        *_order(shop, found.starts),
        *_overlaps(shop, found.starts),
        *_late(shop, found.starts),
    ]
    return reject(*critiques) if critiques else ACCEPT


def _order(shop: Shop, starts: Mapping[tuple[int, int], int]) -> Iterator[Critique]:
    for (job, operation), start in sorted(starts.items()):
        before = starts.get((job, operation - 1))
        if before is not None:
            end = before + shop.jobs[job][operation - 1][1]
            if start < end:
                message = f"it begins at {start}, and operation {operation} ends at {end}"
                where = f"job {job}, operation {operation + 1}"
                yield Critique("too-early", message, where=where, repair=f"begin at {end} or later")


def _overlaps(shop: Shop, starts: Mapping[tuple[int, int], int]) -> Iterator[Critique]:
    on_machine: list[list[tuple[int, int, int]]] = [[] for _ in range(shop.machines)]
    for (job, operation), start in starts.items():
        machine, duration = shop.jobs[job][operation]
        on_machine[machine].append((start, start + duration, job))
    listed = counted = 0
    for machine, busy in enumerate(on_machine):
        busy.sort()
        for place, (start, end, job) in enumerate(busy):
            behind = bisect_left(busy, (end,))
            counted += behind - place - 1
            for other_start, other_end, other in busy[place + 1 : behind][: MAX_OVERLAPS - listed]:
                listed += 1
                message = f"job {job} has it from {start} to {end}, "
                message += f"job {other} from {other_start} to {other_end}"
                repair = f"begin job {other} there at {end} or later"
                yield Critique("overlap", message, where=f"machine {machine}", repair=repair)
    if counted > listed:
        yield Critique("more-overlaps", f"{counted - listed} more pairs of operations overlap")


def _late(shop: Shop, starts: Mapping[tuple[int, int], int]) -> Iterator[Critique]:
    if shop.deadline is None:
        return
    ends: dict[int, int] = {}
    for (job, operation), start in starts.items():
        ends[job] = max(ends.get(job, 0), start + shop.jobs[job][operation][1])
    late = sorted(job for job, end in ends.items() if end > shop.deadline)
    if late:
        who = f"job{'s' * (len(late) > 1)} {', '.join(map(str, late[:20]))}"
        message = f"the makespan is {max(ends.values())}, the deadline {shop.deadline}: "
        yield Critique("late", f"{message}{who} not done by then")
