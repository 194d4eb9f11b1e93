"""Solved problems that a problem shows beside what it asks: the text "shown" of its statement.

::

    [SOLVED]
    (define (problem shown) …)
    [PLAN]
    (unstack a b)
    [INTERRUPTED]
    (put-down a)
    [END]

One block for each, in the domain of the problem that is asked. ``[INTERRUPTED]`` stands between
the steps that were carried out and the rest, where something came in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.planning.pddl import Plan, format_plan, parse_plan, parse_task
from soundly.families.planning.problems import problem_from_texts
from soundly.families.planning.validator import Validator

SHOWN = "shown"
_PARSED_KEPT = 64
_SOLVED, _PLAN, _INTERRUPTED, _END = "[SOLVED]", "[PLAN]", "[INTERRUPTED]", "[END]"


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem, as PDDL text, with a plan for it.

    ``carried_out``: after so many steps the plan was interrupted; None where it was not.
    """

    problem: str
    plan: Plan
    carried_out: int | None = None

    def __post_init__(self) -> None:
        if self.carried_out is not None and not 0 <= self.carried_out <= len(self.plan):
            raise ValueError(
                f"{self.carried_out} of {len(self.plan)} steps cannot have been carried out"
            )


def with_shown(problem: Problem, shown: Iterable[Shown]) -> Problem:
    """The problem with these beside it; as it is where there are none."""
    text = format_shown(shown)
    statement = {**problem.statement, SHOWN: text} if text else dict(problem.statement)
    return Problem(problem.family, problem.name, statement)


def format_shown(shown: Iterable[Shown]) -> str:
    """The text that `parse_shown` reads back."""
    lines: list[str] = []
    for each in shown:
        steps = format_plan(each.plan).splitlines()
        if each.carried_out is not None:
            steps.insert(each.carried_out, _INTERRUPTED)
        lines += [_SOLVED, each.problem.strip(), _PLAN, *steps, _END]
    return "".join(f"{line}\n" for line in lines)


def shown_in(problem: Problem) -> tuple[Shown, ...]:
    """What a problem shows; nothing where its statement has no such text.

    Raises `ProblemError` where the text cannot be read, or shows a plan that does not solve its
    problem: a model would learn from it.
    """
    text = problem.statement.get(SHOWN)
    if text is None:
        return ()
    return _checked(problem.statement["domain"], text)


def solved_by(shown: Shown, problem: Problem) -> Problem:
    """The problem that a plan solves which ``problem`` shows: one of the same family."""
    domain = problem.statement["domain"]
    return problem_from_texts(domain, shown.problem, family=problem.family)


def parse_shown(text: str) -> tuple[Shown, ...]:
    """The blocks of a text, in order; raises `ProblemError` with the line for anything else."""
    found: list[Shown] = []
    block: list[str] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        mark = line.strip()
        if block is None:
            if mark == _SOLVED:
                block = []
            elif mark:
                raise _error(f"expected {_SOLVED}, found {mark!r:.60}", number)
        elif mark == _END:
            found.append(_block(block, number))
            block = None
        elif mark == _SOLVED:
            raise _error(f"expected {_END} before another {_SOLVED}", number)
        else:
            block.append(line)
    if block is not None:
        raise _error(f"the last block has no {_END}", None)
    return tuple(found)


def _block(lines: list[str], number: int) -> Shown:
    marks = [line.strip() for line in lines]
    if marks.count(_PLAN) != 1 or marks.count(_INTERRUPTED) > 1:
        wanted = f"one {_PLAN} and at most one {_INTERRUPTED}"
        raise _error(f"expected {wanted} in the block that ends here", number)
    at = marks.index(_PLAN)
    if _INTERRUPTED not in marks:
        return Shown("\n".join(lines[:at]), parse_plan("\n".join(lines[at + 1 :])))
    cut = marks.index(_INTERRUPTED)
    if cut < at:
        raise _error(f"{_INTERRUPTED} stands before {_PLAN} in the block that ends here", number)
    done = parse_plan("\n".join(lines[at + 1 : cut]))
    rest = parse_plan("\n".join(lines[cut + 1 :]))
    return Shown("\n".join(lines[:at]), (*done, *rest), len(done))


@lru_cache(maxsize=_PARSED_KEPT)
def _checked(domain: str, text: str) -> tuple[Shown, ...]:
    found = parse_shown(text)
    for place, each in enumerate(found, start=1):
        verdict = Validator(parse_task(domain, each.problem)).check(each.plan)
        if not verdict.accepted:
            reason = f"plan {place} does not solve its problem: {verdict.critiques[0]}"
            raise ProblemError(reason, source=SHOWN)
    return found


def _error(message: str, line: int | None) -> ProblemError:
    return ProblemError(message, line=line, source=SHOWN)
