"""What a person advised, and what it changed."""

from __future__ import annotations

from rich.text import Text

from soundly.cli.visible import one_line
from soundly.core.advice import AdviceCompared, AdviceGiven
from soundly.core.verdict import Decision

_WIDEST = 300
_DECIDED = {
    Decision.ACCEPT: "accepted",
    Decision.REJECT: "rejected",
    Decision.UNKNOWN: "undecided",
    None: "unreadable",
}


def advice_given(event: AdviceGiven) -> Text:
    """``✎ advice of a person: pick the highest block first``."""
    words = one_line(" ".join(event.text.split()))
    shown = words if len(words) <= _WIDEST else f"{words[:_WIDEST]}…"
    return Text.assemble(("✎ ", "stage"), f"advice of {one_line(event.source)}: ", (shown, "hint"))


def advice_compared(event: AdviceCompared) -> Text:
    """``✎ the advice changed the answer, and the verdict: rejected → accepted``."""
    if not event.reading_changed and not event.verdict_changed:
        return Text.assemble(("✎ ", "stage"), "the advice changed nothing", _attempts(event))
    verdicts = f"{_DECIDED[event.before]} → {_DECIDED[event.after]}"
    if not event.verdict_changed:
        said = f"the advice changed the answer, not the verdict: {_DECIDED[event.after]}"
    elif event.reading_changed:
        said = f"the advice changed the answer, and the verdict: {verdicts}"
    else:
        said = f"the answer stayed, and the verdict changed: {verdicts}"
    return Text.assemble(("✎ ", "stage"), said, _attempts(event))


def _attempts(event: AdviceCompared) -> tuple[str, str]:
    return f"  (attempts {event.attempt_without} and {event.attempt_with})", "quiet"
