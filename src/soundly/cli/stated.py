"""The problem that a command line states: two files, or a family that draws one."""

from __future__ import annotations

from pathlib import Path

from soundly.config.families import draw, draw_unsolvable, make_family
from soundly.core.errors import ProblemError, UsageError
from soundly.core.problem import Problem
from soundly.families.planning.problems import problem_from_files


def problem_in_files(domain: Path, problem: Path, *, family: str) -> Problem:
    """The problem in two PDDL files; a `ProblemError` names the file that it is about."""
    try:
        return problem_from_files(domain, problem, family=family)
    except ProblemError as error:
        files = {"domain": domain, "problem": problem}
        raise ProblemError(
            error.reason,
            line=error.line,
            column=error.column,
            source=str(files.get(error.source or "", error.source)),
        ) from error


def stated_problem(
    domain: Path | None,
    problem: Path | None,
    *,
    family: str | None = None,
    size: int | None = None,
    seed: int = 0,
    unsolvable: bool = False,
) -> Problem:
    """The problem; raises `UsageError` where the options do not state exactly one."""
    if domain is not None and problem is not None:
        for option, given in (("--size", size is not None), ("--unsolvable", unsolvable)):
            if given:
                raise UsageError(
                    f"{option} draws an instance, and DOMAIN and PROBLEM state one already"
                )
        name = family or "planning"
        make_family(name)
        return problem_in_files(domain, problem, family=name)
    if domain is not None:
        raise UsageError(f"a problem file is missing: soundly solve {domain} PROBLEM")
    if family is None:
        raise UsageError(
            "no problem is given: wanted DOMAIN PROBLEM, or --family blocksworld --size 4"
        )
    if size is None:
        raise UsageError(f"--size is missing: how large an instance of {family} to draw")
    drawn = draw_unsolvable if unsolvable else draw
    return drawn(family, size=size, seed=seed)
