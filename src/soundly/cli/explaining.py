"""Following the explanation of an answer to a drawn problem, and printing what it is worth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from soundly.cli.display.console import open_console
from soundly.cli.display.explanation import explanation_lines, facts_of, reply_line
from soundly.cli.exits import Exit
from soundly.cli.verdict import read_answer
from soundly.cli.visible import one_line
from soundly.config.explaining import explaining
from soundly.config.families import draw, make_family
from soundly.core.codec import to_json
from soundly.core.errors import FamilyError, UsageError
from soundly.core.explanation import Explains, Explanation
from soundly.core.family import DrawsUnsolvable
from soundly.core.problem import Problem
from soundly.engine.attributed import attributed
from soundly.reading import reply_to_unsolvable


def explain_one(family: str, answer: Path, *, size: int, seed: int, as_json: bool) -> Exit:
    """Print the three facts about an answer; OK where it is right and no fact is false."""
    explaining(make_family(family))
    problem = draw(family, size=size, seed=seed)
    found = _explained(problem, read_answer(answer))
    if as_json:
        print(json.dumps(_document(problem, {"explanation": to_json(found)})))
    else:
        _show(problem, *explanation_lines(found))
    return Exit.OK if found.answer_right and False not in facts_of(found) else Exit.NOT_SOLVED


def explain_unsolvable(family: str, answer: Path, *, size: int, seed: int, as_json: bool) -> Exit:
    """Print what an answer says to a problem without a solution; OK where it says that."""
    drawing = make_family(family)
    if not isinstance(drawing, DrawsUnsolvable):
        raise UsageError(f"family {family!r} draws no instances without a solution")
    problem = drawing.draw_unsolvable(size=size, seed=seed)
    text = read_answer(answer)
    with attributed(FamilyError, f"family {family}"):
        reply = reply_to_unsolvable(drawing.read(problem, text), text)
    found = _explained(problem, text) if isinstance(drawing, Explains) else None
    if as_json:
        facts = None if found is None else to_json(found)
        print(json.dumps(_document(problem, {"reply": reply, "explanation": facts})))
    else:
        followed = [] if found is None else explanation_lines(found)
        _show(problem, reply_line(reply), *followed)
    flawed = found is not None and False in facts_of(found)
    return Exit.OK if reply == "claimed-unsolvable" and not flawed else Exit.NOT_SOLVED


def _explained(problem: Problem, text: str) -> Explanation:
    family = make_family(problem.family)
    with attributed(FamilyError, f"family {family.name}"):
        return explaining(family).explain(problem, text)


def _document(problem: Problem, said: dict[str, Any]) -> dict[str, Any]:
    return {"family": problem.family, "problem": problem.name, **said}


def _show(problem: Problem, *lines: RenderableType) -> None:
    open_console().print(Group(Text(one_line(problem.name), "bold"), *lines))
