"""OR-Library's collected file of job shops, ``jobshop1.txt``.

After a preamble each instance begins with a line such as ``instance ft06``; lines of description,
or of plus signs, come before the two numbers that begin its table (J. E. Beasley, "OR-Library:
distributing test problems by electronic mail", Journal of the Operational Research Society, 1990).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from soundly.core.errors import ProblemError
from soundly.families.jobshop.shop import Job, Shop, read_jobs

_HEADER = re.compile(r"\s*instance\s+(\S+)\s*", re.IGNORECASE)
_SIZES = re.compile(r"\s*[0-9]+\s+[0-9]+\s*")
_NUMBERS = re.compile(r"[\s0-9]*")


@dataclass(frozen=True)
class Collection:
    """Shops by their names in the file, without deadlines, and why others were skipped."""

    shops: Mapping[str, Shop]
    skipped: tuple[ProblemError, ...] = ()


def read_collection(text: str, *, source: str = "jobshop1.txt") -> Collection:
    """All instances of a collected file; a broken one is skipped, with a reason and its line.

    Raises `ProblemError` for a text without any line such as ``instance ft06``.
    """
    lines = text.splitlines()
    headers = [
        (at, match[1]) for at, line in enumerate(lines) if (match := _HEADER.fullmatch(line))
    ]
    if not headers:
        raise ProblemError("no line such as 'instance ft06' came", source=source)
    shops: dict[str, Shop] = {}
    skipped: list[ProblemError] = []
    ends = [*(at for at, _ in headers[1:]), len(lines)]
    for (at, name), end in zip(headers, ends, strict=True):
        try:
            if name in shops:
                reason = f"instance {name} comes twice"
                raise ProblemError(reason, line=at + 1, source=source)
            shops[name] = Shop(_jobs(lines, at, end, source))
        except ProblemError as error:
            skipped.append(error)
    return Collection(shops, tuple(skipped))


def _jobs(lines: Sequence[str], at: int, end: int, source: str) -> tuple[Job, ...]:
    """The table between two headers: from the first line of two numbers on, numbers alone."""
    begin = next((i for i in range(at + 1, end) if _SIZES.fullmatch(lines[i])), None)
    if begin is None:
        reason = "the instance has no line with the numbers of jobs and machines"
        raise ProblemError(reason, line=at + 1, source=source)
    table = range(begin, end)
    stop = next((i for i in table if not _NUMBERS.fullmatch(lines[i])), end)
    return read_jobs(lines[begin:stop], first=begin + 1, source=source)
