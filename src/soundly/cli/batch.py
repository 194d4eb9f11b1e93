"""Judging many answers: a line in, a line out, in order, in constant memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from soundly.cli.exits import Exit, for_error
from soundly.cli.judge import Judge
from soundly.cli.stated import problem_in_files
from soundly.core.errors import SoundlyError, UsageError
from soundly.core.problem import Problem

PROBLEMS_KEPT = 64
_FIELDS = ("domain", "problem", "answer")
_IN_JSON = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def verify_batch(
    path: Path,
    *,
    given: Iterable[Path | None],
    family: str,
    phrases: Path | None,
    explanation: bool = False,
) -> Exit:
    """Judge every line of the file, or of standard input for ``-``.

    Problems are parsed once; the last 64 are kept. Each line is written before the next is read.
    """
    if any(argument is not None for argument in given):
        raise UsageError("--batch takes its problems from the file: leave DOMAIN PROBLEM PLAN out")
    worst = Exit.OK
    with ExitStack() as stack:
        judging = Judge.of(family, phrases=phrases, explanation=explanation)
        judge = stack.enter_context(judging)
        lines = stack.enter_context(_opened(path))
        folder = Path() if str(path) == "-" else path.parent
        for document, code in judged_lines(lines, judge, _loader(folder, family)):
            sys.stdout.write(json.dumps(document) + "\n")
            sys.stdout.flush()
            worst = max(worst, code)
    return worst


def judged_lines(
    lines: Iterable[bytes], judge: Judge, load: Callable[[str, str], Problem]
) -> Iterator[tuple[dict[str, Any], Exit]]:
    """For each line what to print, and OK, USAGE or PART_BROKE; blank lines are skipped."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            domain, problem, answer = _fields(line)
            yield judge.judge(load(domain, problem), answer).document(), Exit.OK
        except SoundlyError as error:
            yield {"error": str(error), "line": number}, for_error(error)


def _fields(line: bytes) -> tuple[str, str, str]:
    try:
        entry = json.loads(line)
    except RecursionError as error:
        raise UsageError("not JSON: nested too deeply") from error
    except ValueError as error:
        raise UsageError(f"not JSON: {error}") from error
    if not isinstance(entry, dict):
        raise UsageError(f"got {_IN_JSON[type(entry)]}, wanted an object")
    for name in _FIELDS:
        if name not in entry:
            raise UsageError(f"field {name!r} is missing")
        if not isinstance(entry[name], str):
            raise UsageError(f"field {name!r} is {_IN_JSON[type(entry[name])]}, wanted a string")
    return entry["domain"], entry["problem"], entry["answer"]


def _loader(folder: Path, family: str) -> Callable[[str, str], Problem]:
    @lru_cache(maxsize=PROBLEMS_KEPT)
    def load(domain: str, problem: str) -> Problem:
        return problem_in_files(_found(folder, domain), _found(folder, problem), family=family)

    return load


def _found(folder: Path, path: str) -> Path:
    """The path beside the batch file where something is there, else as it stands."""
    try:
        beside = folder / path
        beside.lstat()
    except OSError:
        return Path(path)
    except ValueError as error:  # a NUL, or half a surrogate pair
        raise UsageError(f"{path[:120]!r} is no path: {error}") from error
    return beside


def _opened(path: Path) -> BinaryIO:
    if str(path) == "-":
        return sys.stdin.buffer
    try:
        return path.open("rb")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
