"""The shop that a statement spells, and its spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem

NAME = "job-shop"
MAX_OPERATIONS = 100_000
MAX_TIME = 999_999_999

Job: TypeAlias = tuple[tuple[int, int], ...]
"""The operations of a job in their order: machine, from 0, and duration, from 1."""

Answer: TypeAlias = tuple[tuple[str, ...], ...]
"""An answer as read, line by line.

``("job", "0", "3", "8")`` has the starts of job 0's operations, ``("machine", "0", "2", "1")`` the
order of jobs on machine 0; a line that is neither is one word alone.
"""

_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Shop:
    """Jobs that each visit every machine once; ``deadline`` is when all have to be done, or None.

    Every operation takes at least one unit of time. None means that any schedule will do.
    """

    jobs: tuple[Job, ...]
    deadline: int | None = None

    def __post_init__(self) -> None:
        if not self.jobs or not self.jobs[0]:
            raise ValueError("a shop has a job and a machine at least")
        if len(self.jobs) * self.machines > MAX_OPERATIONS:
            raise ValueError(f"a shop has at most {MAX_OPERATIONS} operations")
        for number, job in enumerate(self.jobs):
            if sorted(machine for machine, _ in job) != list(range(self.machines)):
                raise ValueError(f"job {number} does not visit every machine once")
            if not all(1 <= duration <= MAX_TIME for _, duration in job):
                raise ValueError(f"job {number} has a duration that is not 1 to {MAX_TIME}")
        if self.deadline is not None and not 0 <= self.deadline <= MAX_TIME:
            raise ValueError(f"deadline is {self.deadline}, wanted 0 to {MAX_TIME}")

    @property
    def machines(self) -> int:
        """How many machines there are, which is how many operations each job has."""
        return len(self.jobs[0])

    def problem(self, name: str) -> Problem:
        """The problem that states this shop."""
        statement = {"instance": spell_instance(self.jobs)}
        if self.deadline is not None:
            statement["deadline"] = str(self.deadline)
        return Problem(NAME, name, statement)


def spell_instance(jobs: Sequence[Job]) -> str:
    """The jobs as OR-Library spells them."""
    rows = (" ".join(f"{machine} {duration}" for machine, duration in job) for job in jobs)
    return "\n".join([f"{len(jobs)} {len(jobs[0])}", *rows]) + "\n"


@lru_cache(maxsize=256)
def shop_of(problem: Problem) -> Shop:
    """The shop of a problem; raises `ProblemError` for a statement that is none.

    ``instance`` is in OR-Library's form: the number of jobs and of machines, then a line for each
    job with a machine and a duration for each of its operations, machines from 0. Lines that begin
    with ``#`` are comments. ``deadline`` may be left out.
    """
    if set(problem.statement) - {"deadline"} != {"instance"}:
        came = ", ".join(sorted(problem.statement))
        raise ProblemError(f"a job shop states instance and perhaps deadline, and here came {came}")
    deadline = problem.statement.get("deadline")
    if deadline is not None and not _NUMBER.fullmatch(deadline):
        raise ProblemError(f"{deadline!r:.40} is no time from 0 to {MAX_TIME}", source="deadline")
    jobs = read_jobs(problem.statement["instance"].split("\n"))
    return Shop(jobs, None if deadline is None else int(deadline))


def read_jobs(lines: Sequence[str], *, first: int = 1, source: str = "instance") -> tuple[Job, ...]:
    """The jobs that lines spell, counted from ``first``; `ProblemError` names the line."""
    rows = [
        (number, words)
        for number, line in enumerate(lines, start=first)
        if (words := line.split()) and not words[0].startswith("#")
    ]
    if not rows or len(rows[0][1]) != 2:
        reason = "the number of jobs and of machines have to come first, as 6 6"
        raise ProblemError(reason, line=rows[0][0] if rows else first, source=source)
    header, sizes = rows[0]
    jobs, machines = (_number(word, header, source) for word in sizes)
    if not 1 <= jobs * machines <= MAX_OPERATIONS:
        reason = f"{jobs} jobs on {machines} machines: wanted 1 to {MAX_OPERATIONS} operations"
        raise ProblemError(reason, line=header, source=source)
    if len(rows) - 1 != jobs:
        reason = f"{jobs} jobs are stated, and {len(rows) - 1} are listed"
        raise ProblemError(reason, line=header, source=source)
    return tuple(_job(words, machines, number, source) for number, words in rows[1:])


def _job(words: Sequence[str], machines: int, line: int, source: str) -> Job:
    if len(words) != 2 * machines:
        reason = f"{len(words)} numbers came, wanted a machine and a duration {machines} times"
        raise ProblemError(reason, line=line, source=source)
    numbers = [_number(word, line, source) for word in words]
    job = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    if sorted(numbers[::2]) != list(range(machines)):
        reason = f"the job does not visit each of the machines 0 to {machines - 1} once"
        raise ProblemError(reason, line=line, source=source)
    if 0 in numbers[1::2]:
        reason = "an operation takes no time, wanted a duration from 1"
        raise ProblemError(reason, line=line, source=source)
    return job


def _number(word: str, line: int, source: str) -> int:
    if not _NUMBER.fullmatch(word):
        reason = f"{word!r:.40} came, wanted a number from 0 to {MAX_TIME}"
        raise ProblemError(reason, line=line, source=source)
    return int(word)
