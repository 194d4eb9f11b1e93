"""An answer's explanation: three facts, one a line, and where its chain breaks."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from soundly.cli.amounts import plural
from soundly.cli.display.attempt import critique_lines
from soundly.core.explanation import Explanation, UnsolvableReply

_MARKS = {True: ("✔ yes", "good"), False: ("✗ no", "bad"), None: ("· nothing to judge", "quiet")}
_REPLIES: dict[UnsolvableReply, tuple[str, str]] = {
    "claimed-unsolvable": ("✔ it says that there is no solution", "good"),
    "proposed": ("✗ it proposes a solution, and there is none", "bad"),
    "argued": ("✗ it proposes a solution and argues that it is right, and there is none", "bad"),
    "neither": ("✗ neither a solution nor a claim that there is none could be read", "bad"),
}


def facts_of(explanation: Explanation) -> tuple[bool | None, bool | None, bool | None]:
    """Answer right, chain right, leads to the answer; None where there was nothing to judge."""
    return explanation.answer_right, explanation.chain_right, explanation.leads_to_answer


def explanation_lines(explanation: Explanation) -> list[RenderableType]:
    """The three facts, and the faults below that of the chain."""
    right, chain, leads = facts_of(explanation)
    counted = f"{plural(explanation.steps, 'stated state')}" if explanation.steps else ""
    return [
        _fact("answer right", right),
        _fact("chain right", chain, counted),
        *critique_lines(explanation.faults),
        _fact("leads to the answer", leads),
    ]


def reply_line(reply: UnsolvableReply) -> Text:
    """What was said to a problem without a solution."""
    said, style = _REPLIES[reply]
    return Text.assemble((said, style), (f"  {reply}", "quiet"))


def _fact(name: str, value: bool | None, remark: str = "") -> Text:
    said, style = _MARKS[value]
    line = Text.assemble((f"{name:<21}", "label"), (said, style))
    return line.append(f" · {remark}", "quiet") if remark else line
