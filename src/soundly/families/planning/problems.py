"""Planning problems as `Problem` values, and the tasks that they state, parsed once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from soundly.core.errors import ProblemError, UsageError
from soundly.core.problem import Problem
from soundly.families.planning.pddl import Domain, Task, parse_domain, parse_problem
from soundly.families.planning.validator import Validator

PARSED_PROBLEMS_KEPT = 64


def problem_from_texts(
    domain: str, problem: str, *, name: str | None = None, family: str = "planning"
) -> Problem:
    """The problem that two PDDL texts state; ``name`` defaults to the one in the problem text.

    Raises `ProblemError`, with line and column, for a text that cannot be read or that uses what
    is not supported.
    """
    task = _task(domain, problem)
    return Problem(family, name or task.name, {"domain": domain, "problem": problem})


def problem_from_files(
    domain: Path | str, problem: Path | str, *, family: str = "planning"
) -> Problem:
    """The problem that two PDDL files state, named after the problem's file.

    Raises `UsageError` for a file that cannot be read, `ProblemError` for PDDL that cannot.
    """
    path = Path(problem)
    return problem_from_texts(
        _read(Path(domain)), _read(path), name=path.stem or None, family=family
    )


def task_of(problem: Problem) -> Task:
    """The task that a planning problem states; the last 64 are kept parsed.

    Raises `ProblemError` where the statement holds no PDDL texts, or unreadable ones.
    """
    return _task(*texts_of(problem))


def validator_of(problem: Problem) -> Validator:
    """The validator for a planning problem; the last 64 are kept, grounded as far as used."""
    return _validator(*texts_of(problem))


@lru_cache(maxsize=PARSED_PROBLEMS_KEPT)
def _task(domain: str, problem: str) -> Task:
    return parse_problem(problem, _domain(domain))


@lru_cache(maxsize=PARSED_PROBLEMS_KEPT)
def _domain(text: str) -> Domain:
    return parse_domain(text)


@lru_cache(maxsize=PARSED_PROBLEMS_KEPT)
def _validator(domain: str, problem: str) -> Validator:
    return Validator(_task(domain, problem))


def texts_of(problem: Problem) -> tuple[str, str]:
    """The PDDL texts of domain and problem; raises `ProblemError` where one is missing."""
    missing = {"domain", "problem"} - set(problem.statement)
    if missing:
        raise ProblemError(
            f"problem {problem.name!r} states no {min(missing)!r}: "
            "a planning problem has a PDDL text under 'domain' and one under 'problem'"
        )
    return problem.statement["domain"], problem.statement["problem"]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"cannot read {path}: it is not UTF-8 text") from error
