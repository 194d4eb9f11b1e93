"""The kinds ``job-shop`` and ``job-shop-bound``: a schedule, and a deadline that none can keep.

A statement has ``instance``, in OR-Library's form (jobs and machines, then for each job a machine
and a duration for each operation in turn, machines from 0), and may have ``deadline``.

Evidence of a schedule is ``{"starts": [["0", "3"], …], "bound": {…}}``, a row for each job. A
bound, ``{"machine": 2, "jobs": [0, 3]}``, names operations that one machine does one after the
other: before the first of them can begin, and after the last of them has ended, there is other work
of its job to do. So no schedule is shorter than the least work before, all the work on the machine,
and the least work after (the one-machine bound; Carlier, 1982). Where it lies
beyond the deadline, ``{"bound": {…}}`` is the evidence that there is no schedule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from soundly.kernel.amount import amount
from soundly.kernel.evidence import fields_of, list_of
from soundly.kernel.refused import Refused

MAX_OPERATIONS = 100_000

_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class JobShop:
    """Jobs as lists of machine and duration; ``deadline`` None where there is none."""

    jobs: Sequence[Sequence[tuple[int, int]]]
    deadline: int | None


def check_schedule(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless jobs go in order, machines do one at a time, and all is done by the deadline.

    The summary has the makespan and, beside it, the bound that the evidence proves.
    """
    shop = read_job_shop(statement)
    listed, bound = fields_of(evidence, "starts", "bound")
    rows = list_of(listed, "starts")
    if len(rows) != len(shop.jobs):
        came, jobs = amount(len(rows), "row"), amount(len(shop.jobs), "job")
        raise Refused(f"{came} of starts came for {jobs}")
    busy: list[tuple[int, int, int, int]] = []
    makespan = 0
    for number, (job, row) in enumerate(zip(shop.jobs, rows, strict=True)):
        if not isinstance(row, list) or len(row) != len(job):
            raise Refused(f"job {number} has {len(job)} operations, and {row!r:.80} came")
        done = 0
        for (machine, duration), word in zip(job, row, strict=True):
            start = _number(word, "a start")
            if start < done:
                raise Refused(f"job {number} begins at {start} on {machine}, and is busy to {done}")
            done = start + duration
            busy.append((machine, start, done, number))
        makespan = max(makespan, done)
    busy.sort()
    for first, second in pairwise(busy):
        if first[0] == second[0] and second[1] < first[2]:
            raise Refused(f"jobs {first[3]} and {second[3]} overlap on machine {first[0]}")
    if shop.deadline is not None and makespan > shop.deadline:
        raise Refused(f"the makespan is {makespan}, beyond the deadline {shop.deadline}")
    return f"makespan {makespan}, and no schedule is shorter than {lower_bound(shop, bound)}"


def check_too_late(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the bound lies beyond the deadline."""
    shop = read_job_shop(statement)
    (stated,) = fields_of(evidence, "bound")
    bound = lower_bound(shop, stated)
    if shop.deadline is None:
        raise Refused("without a deadline there is always a schedule")
    if bound <= shop.deadline:
        raise Refused(f"the bound {bound} does not lie beyond the deadline {shop.deadline}")
    return f"no schedule is shorter than {bound}, and the deadline is {shop.deadline}"


def lower_bound(shop: JobShop, bound: object) -> int:
    """The least makespan that a stated bound leaves; refuses one that names no operations."""
    machine, listed = fields_of(bound, "machine", "jobs")
    jobs = list_of(listed, "jobs of a bound")
    if not jobs or len({*map(str, jobs)}) != len(jobs):
        raise Refused("a bound names one or more different jobs")
    before, work, after = [], 0, []
    for job in jobs:
        if not isinstance(job, int) or isinstance(job, bool) or not 0 <= job < len(shop.jobs):
            raise Refused(f"{job!r:.40} is no job")
        durations = [duration for _, duration in shop.jobs[job]]
        machines = [each for each, _ in shop.jobs[job]]
        if not isinstance(machine, int) or isinstance(machine, bool) or machine not in machines:
            raise Refused(f"{machine!r:.40} is no machine of job {job}")
        place = machines.index(machine)
        before.append(sum(durations[:place]))
        work += durations[place]
        after.append(sum(durations[place + 1 :]))
    return min(before) + work + min(after)


def read_job_shop(statement: Mapping[str, object]) -> JobShop:
    """The jobs and the deadline that a statement spells."""
    text, deadline = statement.get("instance"), statement.get("deadline")
    if set(statement) - {"deadline"} != {"instance"} or not isinstance(text, str):
        raise Refused("the statement has to have the texts instance and, perhaps, deadline")
    rows = [
        [_number(word, "a number in the instance") for word in words]
        for line in text.split("\n")
        if (words := line.split()) and not words[0].startswith("#")
    ]
    if not rows or len(rows[0]) != 2 or not 1 <= rows[0][0] * rows[0][1] <= MAX_OPERATIONS:
        raise Refused(f"the instance has to begin with jobs and machines, {MAX_OPERATIONS} at most")
    machines = rows[0][1]
    if len(rows) != rows[0][0] + 1:
        raise Refused(f"{rows[0][0]} jobs are stated, and {len(rows) - 1} are listed")
    jobs = []
    for row in rows[1:]:
        if sorted(row[::2]) != list(range(machines)) or len(row) != 2 * machines or 0 in row[1::2]:
            raise Refused(
                f"{row!r:.80} does not visit each of {machines} machines once, for a time"
            )
        jobs.append(list(zip(row[::2], row[1::2], strict=True)))
    return JobShop(jobs, _number(deadline, "a deadline") if "deadline" in statement else None)


def _number(text: object, what: str) -> int:
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise Refused(f"{text!r:.40} is not {what}")
    return int(text)
