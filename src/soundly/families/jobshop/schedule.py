"""Schedules: from an answer's lines to starts, and schedules made by a rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from soundly.core.verdict import Critique
from soundly.families.jobshop.shop import MAX_TIME, Answer, Shop

Starts: TypeAlias = tuple[tuple[int, ...], ...]
"""When each operation begins: a row for each job, in the order of its operations."""

_TIME = re.compile(r"(?:(0|[1-9][0-9]{0,8})@)?(0|[1-9][0-9]{0,8})(?:-(0|[1-9][0-9]{0,8}))?")
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(slots=True)
class Stated:
    """The starts that an answer states, as far as it does, and what is wrong with its lines.

    ``starts`` has keys ``(job, operation)``, both from 0.
    """

    starts: dict[tuple[int, int], int] = field(default_factory=dict)
    faults: list[Critique] = field(default_factory=list)

    def complain(self, code: str, message: str, where: str | None = None) -> None:
        """Add a fault."""
        self.faults.append(Critique(code, message, where=where))


def stated(shop: Shop, answer: Answer) -> Stated:
    """What an answer states: starts as they are, or orders of jobs on machines.

    Orders are turned into the semi-active schedule: each operation begins as soon as the one before
    it in its job, and the one before it on its machine, have ended. An answer has one of the two.
    """
    found = Stated()
    kinds = {line[0] for line in answer if len(line) > 1}
    for line in answer:
        if len(line) == 1:
            message = f"{line[0]!r:.80} is no line of a schedule, as in job 0: 0 7 12"
            found.complain("unclear-line", message)
    if kinds == {"job", "machine"}:
        found.complain("two-forms", "it has lines of jobs and of machines: use one of the two")
    elif kinds == {"machine"}:
        _read_orders(shop, [line for line in answer if len(line) > 1], found)
    else:
        _read_starts(shop, [line for line in answer if len(line) > 1], found)
    return found


def complete_starts(shop: Shop, answer: Answer) -> Starts | None:
    """The starts of an answer whose lines are all in order, right or wrong; None of any other."""
    found = stated(shop, answer)
    if found.faults:
        return None
    operations = range(shop.machines)
    return tuple(
        tuple(found.starts[job, operation] for operation in operations)
        for job in range(len(shop.jobs))
    )


def makespan(shop: Shop, starts: Starts) -> int:
    """When the last operation ends."""
    return max(row[-1] + job[-1][1] for row, job in zip(starts, shop.jobs, strict=True))


def _read_starts(shop: Shop, lines: Sequence[tuple[str, ...]], found: Stated) -> None:
    seen: set[int] = set()
    for _, name, *words in lines:
        job = _index(name, len(shop.jobs))
        if job is None:
            message = f"{name!r:.40} is no job: they are 0 to {len(shop.jobs) - 1}"
            found.complain("unknown-job", message)
        elif job in seen:
            found.complain("job-twice", "it has more than one line", f"job {job}")
        else:
            seen.add(job)
            _read_row(shop, job, words, found)
    for job in range(len(shop.jobs)):
        if job not in seen:
            found.complain("no-starts", "it is given no starts", f"job {job}")


def _read_row(shop: Shop, job: int, words: Sequence[str], found: Stated) -> None:
    route = [machine for machine, _ in shop.jobs[job]]
    where = f"job {job}"
    if len(words) != len(route):
        message = f"it has {len(route)} operations, and {len(words)} starts are given"
        found.complain("wrong-number-of-starts", message, where)
    for place, word in enumerate(words):
        match = _TIME.fullmatch(word)
        operation = place if place < len(route) else None
        if match is None:
            message = f"{word!r:.40} is no start: wanted a time from 0 to {MAX_TIME}"
            found.complain("unclear-start", message, where)
            continue
        if match[1] is not None:
            operation = route.index(int(match[1])) if int(match[1]) in route else None
        if operation is None:
            if match[1] is not None:
                found.complain("unknown-machine", f"it does not visit machine {match[1]}", where)
        elif (job, operation) in found.starts:
            message = f"operation {operation + 1} is given two starts"
            found.complain("operation-twice", message, where)
        else:
            start = int(match[2])
            found.starts[job, operation] = start
            end = start + shop.jobs[job][operation][1]
            if match[3] is not None and int(match[3]) != end:
                message = f"operation {operation + 1} begins at {start} and ends at {end}, "
                found.complain("wrong-end", message + f"not at {match[3]}", where)


def _read_orders(shop: Shop, lines: Sequence[tuple[str, ...]], found: Stated) -> None:
    orders: dict[int, list[int]] = {}
    for _, name, *words in lines:
        machine = _index(name, shop.machines)
        if machine is None:
            message = f"{name!r:.40} is no machine: they are 0 to {shop.machines - 1}"
            found.complain("unknown-machine", message)
        elif machine in orders:
            found.complain("machine-twice", "it has more than one line", f"machine {machine}")
        else:
            orders[machine] = _read_order(shop, machine, words, found)
    for machine in range(shop.machines):
        if machine not in orders:
            found.complain("no-order", "it is given no order of jobs", f"machine {machine}")
    if not found.faults:
        found.starts = semi_active(shop, orders)
        stuck = [
            job for job in range(len(shop.jobs)) if (job, shop.machines - 1) not in found.starts
        ]
        if stuck:
            listed = ", ".join(map(str, stuck[:20]))
            message = f"the orders wait for each other, and these jobs never end: {listed}"
            found.complain("circular-wait", message)


def _read_order(shop: Shop, machine: int, words: Sequence[str], found: Stated) -> list[int]:
    where, order = f"machine {machine}", dict[int, None]()
    for word in words:
        job = _index(word, len(shop.jobs))
        if job is None:
            message = f"{word!r:.40} is no job: they are 0 to {len(shop.jobs) - 1}"
            found.complain("unknown-job", message, where)
        elif job in order:
            found.complain("job-twice", f"job {job} comes twice", where)
        else:
            order[job] = None
    for job in range(len(shop.jobs)):
        if job not in order:
            found.complain("job-missing", f"job {job} is not in its order", where)
    return list(order)


def semi_active(shop: Shop, orders: dict[int, list[int]]) -> dict[tuple[int, int], int]:
    """The starts of all operations that ever begin; those that wait for each other have none."""
    starts: dict[tuple[int, int], int] = {}
    turn = dict.fromkeys(orders, 0)
    free = dict.fromkeys(orders, 0)
    step, ready = [0] * len(shop.jobs), [0] * len(shop.jobs)
    waiting = list(orders)
    while waiting:
        machine = waiting.pop()
        while turn[machine] < len(orders[machine]):
            job = orders[machine][turn[machine]]
            if step[job] == shop.machines or shop.jobs[job][step[job]][0] != machine:
                break
            start = max(ready[job], free[machine])
            starts[job, step[job]] = start
            ready[job] = free[machine] = start + shop.jobs[job][step[job]][1]
            step[job] += 1
            turn[machine] += 1
            if step[job] < shop.machines:
                waiting.append(shop.jobs[job][step[job]][0])
    return starts


def active_schedule(shop: Shop, rng: Random) -> Starts:
    """A random active schedule: none of its operations could begin earlier without another later.

    By the algorithm of Giffler and Thompson (1960): of the operations that could begin on one
    machine before the earliest possible end there, one is chosen, here at random.
    """
    step, ready = [0] * len(shop.jobs), [0] * len(shop.jobs)
    free = [0] * shop.machines
    starts: list[list[int]] = [[] for _ in shop.jobs]
    left = set(range(len(shop.jobs)))
    while left:
        earliest, machine = min(
            (max(ready[job], free[at]) + duration, at)
            for job in left
            for at, duration in [shop.jobs[job][step[job]]]
        )
        rivals = [
            job
            for job in sorted(left)
            if shop.jobs[job][step[job]][0] == machine and max(ready[job], free[machine]) < earliest
        ]
        job = rng.choice(rivals)
        start = max(ready[job], free[machine])
        starts[job].append(start)
        ready[job] = free[machine] = start + shop.jobs[job][step[job]][1]
        step[job] += 1
        if step[job] == shop.machines:
            left.remove(job)
    return tuple(map(tuple, starts))


def _index(word: str, count: int) -> int | None:
    return int(word) if _INDEX.fullmatch(word) and int(word) < count else None
