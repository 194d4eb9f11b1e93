"""How a session ended: big and clear, with the plan, the bill, and where the evidence is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from soundly.cli.amounts import bill, plural, purchase
from soundly.cli.display.problem import fact_table
from soundly.cli.display.solvers import shares
from soundly.cli.display.steps import answer_lines, step_table
from soundly.cli.documents import Kept
from soundly.cli.visible import one_line
from soundly.core.continuing import Repaired
from soundly.core.events import (
    AnswerUnreadable,
    CandidateRead,
    SessionEnded,
    TraceRecord,
    UnsolvabilityClaimed,
)
from soundly.core.outcome import Outcome
from soundly.core.replay import Replay, replay

_MOST_STEPS = 40
_FOUND = {"unsolvable": "proved"}
_HEADLINES = {
    "solved": ("✔ SOLVED", "good"),
    "unsolvable": ("✔ PROVED UNSOLVABLE", "proved"),
    "unsolved": ("✗ NOT SOLVED", "bad"),
    "exhausted": ("■ BUDGET SPENT", "spent"),
    "broken": ("✗ BROKEN", "bad"),
    "cancelled": ("■ INTERRUPTED", "spent"),
    "unfinished": ("… UNFINISHED", "spent"),
}


def ending(outcome: Outcome, kept: Kept, *, stored: bool) -> Iterator[RenderableType | str]:
    """The panel, then the places of everything that was kept; a string is not to be broken."""
    state = replay(outcome.trace)
    solved = kept.plan is not None and outcome.candidate is not None
    plan = answer_lines(outcome.candidate.canonical) if solved and outcome.candidate else None
    yield ending_panel(outcome.trace, state, plan)
    if kept.certificate is not None and kept.accepted is not None:
        yield f"certificate  {one_line(str(kept.certificate))}"
        summary = one_line(kept.accepted.summary)
        yield Text.assemble("re-checked   ", ("✔ ", "good"), f"the file, by the kernel: {summary}")
    else:
        yield f"written      {one_line(str(kept.folder))}"
    if stored:
        yield f"look again   soundly trace {outcome.session_id}"


def ending_panel(trace: Sequence[TraceRecord], state: Replay, plan: Sequence[str] | None) -> Panel:
    """The end of a session as its trace tells it; ``plan`` is what was accepted."""
    headline, style = _HEADLINES.get(state.status, (state.status.upper(), "bad"))
    table = fact_table()
    ended = state.ended
    if ended is not None:
        found = _FOUND.get(ended.status, "found")
        table.add_row(found if ended.found_by else "why", _how(ended, trace))
        for mended in _repaired(ended, trace):
            table.add_row("whose", shares(mended))
    account = state.account
    table.add_row("cost", bill(account.spent, unpriced_calls=account.unpriced_calls))
    if account.held.calls:
        table.add_row("held", f"at most {purchase(account.held)} more, for calls that never ended")
    parts: list[RenderableType] = [table]
    if plan is not None:
        parts += [Text(), step_table(plan, most=_MOST_STEPS)]
    title = Text(f" {headline} ", f"{style}.headline")
    return Panel(Group(*parts), title=title, title_align="left", border_style=style)


def _how(ended: SessionEnded, trace: Iterable[TraceRecord]) -> Text:
    if not ended.found_by:
        return Text(one_line(ended.reason))
    text = Text.assemble("by ", (one_line(ended.found_by), "bold"))
    failed = _failed_attempts(trace, ended)
    if failed:
        said = ", ".join(
            f"{plural(n, 'attempt')} of {one_line(part)}" for part, n in failed.items()
        )
        text.append(f", after {said} failed")
    return text


def _repaired(ended: SessionEnded, trace: Iterable[TraceRecord]) -> list[Repaired]:
    """Whose steps the answer is made of, where the part that found it repaired one."""
    return [
        record.event
        for record in trace
        if isinstance(record.event, Repaired) and record.event.part == ended.found_by
    ]


def _failed_attempts(trace: Iterable[TraceRecord], ended: SessionEnded) -> Counter[str]:
    """Attempts by part; the last one of the part that found the answer is the answer itself."""
    attempts = Counter(
        record.event.part
        for record in trace
        if isinstance(record.event, CandidateRead | AnswerUnreadable | UnsolvabilityClaimed)
    )
    if ended.status == "solved" and ended.found_by:
        attempts[ended.found_by] -= 1
    return +attempts
