"""What a person is asked about: the candidate, where it fails and why, and what they can say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from soundly.cli.display.attempt import critique_lines, judged_steps, verdict_line
from soundly.cli.display.steps import answer_lines
from soundly.core.verdict import Critique
from soundly.critics.human import Question

_MOST_STEPS = 40


def question_shown(question: Question) -> Iterator[RenderableType]:
    """The candidate's steps and the critic's verdict, under a rule."""
    yield Rule(Text("your turn", "stage"), align="left", style="quiet")
    verdict = question.verdict
    critiques: Sequence[Critique] = verdict.critiques if verdict is not None else ()
    steps = answer_lines(question.candidate.canonical)
    yield _inside(judged_steps(steps, critiques, most=_MOST_STEPS))
    if verdict is not None:
        yield _inside(verdict_line(verdict.decision, question.critic))
    for line in critique_lines(critiques):
        yield _inside(line)


def choices(*, acceptable: bool, heard: bool) -> Text:
    """``a accept · r reject · e edit · w say what is wanted · q stop``.

    ``heard`` says whether the model can be told anything in words.
    """
    offered = [("a", "accept")] if acceptable else []
    offered.append(("r", "reject and say why" if heard else "reject, for another answer"))
    offered.append(("e", "write the answer"))
    if heard:
        offered.append(("w", "say what is wanted"))
    offered.append(("q", "stop"))
    line = Text()
    for place, (key, meaning) in enumerate(offered):
        line.append(" · " if place else "", "quiet")
        line.append(key, "bold").append(f" {meaning}")
    return line


def _inside(renderable: RenderableType) -> Padding:
    return Padding(renderable, (0, 0, 0, 2), expand=False)
