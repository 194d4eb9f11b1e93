"""Statements written as rows: a word, then fields, with a bar between each two."""

from __future__ import annotations

import re
from collections.abc import Iterable

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.naturalplan.clock import minutes

_NAME = re.compile(r"[^|:,;.()\[\]*\d\s]+(?: [^|:,;.()\[\]*\d\s]+)*")
_COUNT = re.compile(r"[1-9][0-9]{0,4}")
_LONGEST_NAME = 60
_MOST_ROWS = 10_000


class Row:
    """One row of a statement, whose fields are asked for by what they have to be."""

    __slots__ = ("fields", "line", "source", "word")

    def __init__(self, fields: list[str], line: int, source: str) -> None:
        self.word, self.fields = fields[0], fields[1:]
        self.line, self.source = line, source

    def wrong(self, reason: str) -> ProblemError:
        """An error that names this row's place."""
        return ProblemError(reason, line=self.line, source=self.source)

    def of(self, number: int, shape: str) -> list[str]:
        """The fields, if there are so many; the shape is what is wanted, for people."""
        if len(self.fields) != number:
            raise self.wrong(f"{len(self.fields)} fields came, wanted {shape}")
        return self.fields

    def name(self, at: int) -> str:
        """The field, if it can be a name: no digits, no marks, at most 60 characters."""
        text = self.fields[at]
        if len(text) > _LONGEST_NAME or not _NAME.fullmatch(text):
            raise self.wrong(f"{text!r:.80} came, wanted a name without digits and marks")
        return text

    def known(self, at: int, names: Iterable[str], what: str) -> str:
        """The field, if it is one of these names."""
        if self.fields[at] not in names:
            raise self.wrong(f"{self.fields[at]!r:.80} is no {what} stated before")
        return self.fields[at]

    def time(self, at: int) -> int:
        """Minutes since midnight, by the 24-hour clock."""
        total = minutes(self.fields[at])
        if total is None or self.fields[at][-1:] not in "0123456789":
            raise self.wrong(f"{self.fields[at]!r:.80} came, wanted a time from 0:00 to 24:00")
        return total

    def count(self, at: int) -> int:
        """A whole number from 1 to 99999."""
        if not _COUNT.fullmatch(self.fields[at]):
            raise self.wrong(f"{self.fields[at]!r:.80} came, wanted a number from 1 to 99999")
        return int(self.fields[at])


def rows_of(problem: Problem, *keys: str) -> list[Row]:
    """The rows of the first of these texts, which have to be all that the problem states.

    Raises `ProblemError` for other texts, and for more than 10,000 rows. Empty lines are none.
    """
    if set(problem.statement) != set(keys):
        came = ", ".join(sorted(problem.statement))
        raise ProblemError(f"the statement has {came}; wanted {' and '.join(keys)}")
    lines = problem.statement[keys[0]].split("\n")
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if len(numbered) > _MOST_ROWS:
        raise ProblemError(f"{len(numbered)} rows came; at most {_MOST_ROWS}", source=keys[0])
    return [
        Row([part.strip() for part in line.split("|")], number, keys[0])
        for number, line in numbered
    ]


def as_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as a statement spells them."""
    return "".join(" | ".join(map(str, row)) + "\n" for row in rows)
