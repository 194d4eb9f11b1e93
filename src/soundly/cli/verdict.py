"""Judging one plan for a person."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from soundly.cli.amounts import plural
from soundly.cli.display.attempt import critique_lines, judged_steps
from soundly.cli.display.console import open_console
from soundly.cli.display.explanation import explanation_lines, facts_of
from soundly.cli.exits import Exit
from soundly.cli.judge import Judge, Judgement
from soundly.cli.stated import problem_in_files
from soundly.cli.visible import one_line
from soundly.core.errors import UsageError

_MOST_STEPS = 24
_HEADLINES = {
    "accept": ("✔ ACCEPTED", "good"),
    "reject": ("✗ REJECTED", "bad"),
    "unknown": ("? UNDECIDED", "spent"),
    "unparseable": ("✗ NO PLAN COULD BE READ", "bad"),
}


def verify_one(
    domain: Path | None,
    problem: Path | None,
    plan: Path | None,
    *,
    family: str,
    phrases: Path | None,
    explanation: bool,
    as_json: bool,
) -> Exit:
    """Print the judgement.

    OK for an accepted plan and for nothing else; with ``explanation`` only where no fact about it
    is false either.
    """
    if domain is None or problem is None or plan is None:
        raise UsageError("wanted DOMAIN PROBLEM PLAN (or - for standard input), or --batch FILE")
    with Judge.of(family, phrases=phrases, explanation=explanation) as judge:
        stated = problem_in_files(domain, problem, family=family)
        judgement = judge.judge(stated, read_answer(plan))
    if as_json:
        print(json.dumps(judgement.document()))
    else:
        open_console().print(_shown(judgement, stated.name))
    facts = judgement.explanation
    flawed = facts is not None and False in facts_of(facts)
    return Exit.OK if judgement.verdict == "accept" and not flawed else Exit.NOT_SOLVED


def read_answer(path: Path) -> str:
    """The answer in a file or on standard input (``-``); bytes that are no UTF-8 become ``�``."""
    if str(path) == "-":
        return sys.stdin.buffer.read().decode(errors="replace")
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error


def _shown(judgement: Judgement, name: str) -> RenderableType:
    said, style = _HEADLINES[judgement.verdict]
    heading = Text.assemble((said, style), (f"  {one_line(name)}", "quiet"))
    parts: list[RenderableType] = [heading]
    if judgement.steps is not None:
        heading.append(f" · {plural(len(judgement.steps), 'step')}", "quiet")
        parts.append(judged_steps(judgement.steps, judgement.critiques, most=_MOST_STEPS))
    parts += critique_lines(judgement.critiques)
    if judgement.explanation is not None:
        parts += explanation_lines(judgement.explanation)
    return Group(*parts)
