"""One propose-and-check: the candidate, where it fails, and why."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from soundly.cli.amounts import plural
from soundly.cli.display.steps import step_table
from soundly.cli.visible import one_line, visible
from soundly.core.events import AnswerUnreadable, CandidateRead, Judged, UnsolvabilityClaimed
from soundly.core.verdict import Critique, Decision

_MOST_CRITIQUES = 8
_MOST_EXCERPT_LINES = 4
_WIDEST_EXCERPT = 120

_SAID = {
    Decision.ACCEPT: ("✔ accepted", "good"),
    Decision.REJECT: ("✗ rejected", "bad"),
    Decision.UNKNOWN: ("? undecided", "spent"),
}


def judged_attempt(candidate: CandidateRead, judged: Judged) -> RenderableType:
    """A candidate that was judged: its steps, the failing ones marked, the verdict, the reasons."""
    steps = candidate.canonical.splitlines()
    failing = {critique.step for critique in judged.critiques if critique.step is not None}
    heading = Text.assemble(
        (f"attempt {candidate.attempt}", "bold"), (f" · {plural(len(steps), 'step')}", "quiet")
    )
    return Group(
        heading,
        step_table(steps, failing=failing, most=16, reached=min(failing, default=None)),
        verdict_line(judged.decision, judged.critic),
        *critique_lines(judged.critiques),
    )


def unread_attempt(event: AnswerUnreadable | UnsolvabilityClaimed, answer: str) -> RenderableType:
    """An answer without a candidate: how it begins, and what was missing."""
    heading = Text(f"attempt {event.attempt}", "bold")
    lines: list[RenderableType] = [heading, *_excerpt(answer)]
    if isinstance(event, AnswerUnreadable):
        return Group(
            *lines, Text("✗ no answer could be read", "bad"), *critique_lines([event.critique])
        )
    claim = Text("✗ it claims that there is no solution; a claim is not a proof", "spent")
    return Group(*lines, claim)


def verdict_line(decision: Decision, critic: str) -> Text:
    """``✔ accepted by plan-validator``."""
    said, style = _SAID[decision]
    return Text.assemble((said, style), (f" by {one_line(critic)}", "quiet"))


def critique_lines(critiques: Sequence[Critique]) -> list[RenderableType]:
    """The reasons, one a line, with the suggested repair behind an arrow."""
    lines: list[RenderableType] = []
    for critique in critiques[:_MOST_CRITIQUES]:
        where = f"{critique.where}: " if critique.where else ""
        line = Text.assemble((one_line(where) + " " if where else "", "label"))
        line.append(one_line(critique.message))
        if critique.repair:
            line.append(f" → {one_line(critique.repair)}", "hint")
        lines.append(Padding(line, (0, 0, 0, 2), expand=False))
    if len(critiques) > _MOST_CRITIQUES:
        more = len(critiques) - _MOST_CRITIQUES
        lines.append(Padding(Text(f"… and {more:,} more", "quiet"), (0, 0, 0, 2), expand=False))
    return lines


def _excerpt(answer: str) -> list[RenderableType]:
    if not answer.strip():
        return [Padding(Text("(an empty answer)", "quiet"), (0, 0, 0, 2), expand=False)]
    head = answer[: _MOST_EXCERPT_LINES * 4 * _WIDEST_EXCERPT]
    lines = [line for line in visible(head).splitlines() if line.strip()]
    shown = [
        line if len(line) <= _WIDEST_EXCERPT else f"{line[:_WIDEST_EXCERPT]}…"
        for line in lines[:_MOST_EXCERPT_LINES]
    ]
    if len(lines) > _MOST_EXCERPT_LINES or len(answer) > len(head):
        shown.append(f"… ({len(answer):,} characters in all)")
    return [Padding(Text(f"│ {line}", "quiet"), (0, 0, 0, 2), expand=False) for line in shown]
