"""One propose-and-check: the candidate, where it fails, and why."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from soundly.cli.amounts import plural
from soundly.cli.display.steps import answer_lines, step_table
from soundly.cli.visible import one_line, visible
from soundly.core.events import AnswerUnreadable, CandidateRead, Judged, UnsolvabilityClaimed
from soundly.core.verdict import Critique, Decision
from soundly.critics.human import PERSON

_MOST_CRITIQUES = 8
_MOST_EXCERPT_LINES = 3
_MOST_EXCERPT_CHARACTERS = 2_000

_SAID = {
    Decision.ACCEPT: ("✔ accepted", "good"),
    Decision.REJECT: ("✗ rejected", "bad"),
    Decision.UNKNOWN: ("? undecided", "spent"),
}


def judged_attempt(
    candidate: CandidateRead, judged: Judged, *, seen: bool = False
) -> RenderableType:
    """A candidate that was judged: its steps, the failing ones marked, the verdict, the reasons.

    The steps of one that was soundly accepted are left out: the ending shows them. Where a person
    has ``seen`` it with the critic's reasons, only their own word is told.
    """
    steps = answer_lines(candidate.canonical)
    heading = Text.assemble(
        (f"attempt {candidate.attempt}", "bold"), (f" · {_length(steps)}", "quiet")
    )
    verdict = verdict_line(judged.decision, judged.critic)
    if judged.decision is Decision.ACCEPT and "sound" in judged.guarantee:
        return Group(heading, verdict)
    if seen:
        own = [critique for critique in judged.critiques if critique.where == PERSON]
        return Group(heading, verdict, *critique_lines(own))
    return Group(
        heading,
        judged_steps(steps, judged.critiques, most=12),
        verdict,
        *critique_lines(judged.critiques),
    )


def _length(lines: Sequence[str]) -> str:
    """How long it is: in steps where all are actions as PDDL, else in lines."""
    plan = all(line.startswith("(") for line in lines)
    return plural(len(lines), "step" if plan else "line")


def judged_steps(
    steps: Sequence[str], critiques: Sequence[Critique], *, most: int
) -> RenderableType:
    """The steps with a cross at each that a critique names, or behind the last for the goal."""
    # of a stated state, a step is where a fact comes from, and no line of the answer
    failing = {c.step for c in critiques if c.step is not None and c.where != "state"}
    missed = any(critique.where == "goal" for critique in critiques)
    return step_table(
        steps, failing=failing, most=most, reached=min(failing, default=None), missed=missed
    )


def unread_attempt(
    event: AnswerUnreadable | UnsolvabilityClaimed, answer: str | None
) -> RenderableType:
    """An answer without a candidate: how it begins, where that is known, and what was missing."""
    heading = Text(f"attempt {event.attempt}", "bold")
    if answer is None and isinstance(event, UnsolvabilityClaimed):
        answer = event.excerpt
    lines: list[RenderableType] = [heading, *([] if answer is None else _excerpt(answer))]
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
    """The reasons, one a line, each with its suggested repair on the next."""
    lines: list[RenderableType] = []
    for critique in critiques[:_MOST_CRITIQUES]:
        # a message that names its own place needs no label
        where = critique.where if critique.where and critique.where not in critique.message else ""
        label = f"{one_line(where)}: " if where else ""
        lines.append(_inside(Text.assemble((label, "label"), one_line(critique.message))))
        if critique.repair:
            lines.append(_inside(Text(f"→ {one_line(critique.repair)}", "hint")))
    if len(critiques) > _MOST_CRITIQUES:
        lines.append(_inside(Text(f"… and {len(critiques) - _MOST_CRITIQUES:,} more", "quiet")))
    return lines


def _inside(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)


def _excerpt(answer: str) -> list[RenderableType]:
    if not answer.strip():
        return [_inside(Text("(an empty answer)", "quiet"))]
    head = answer[:_MOST_EXCERPT_CHARACTERS]
    lines = [line for line in visible(head).splitlines() if line.strip()]
    shown = lines[:_MOST_EXCERPT_LINES]
    if len(lines) > _MOST_EXCERPT_LINES or len(answer) > len(head):
        shown.append(f"… ({len(answer):,} characters in all)")
    texts = [Text(f"│ {line}", "quiet", no_wrap=True, overflow="ellipsis") for line in shown]
    return [_inside(text) for text in texts]
