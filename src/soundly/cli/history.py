"""Sessions in the store, listed and shown again."""

from __future__ import annotations

import json
import os
import sys
from typing import Literal

from rich.table import Table
from rich.text import Text

from soundly.charts.amounts import dollars
from soundly.cli.amounts import duration
from soundly.cli.display.console import open_console
from soundly.cli.display.ending import ending_panel
from soundly.cli.display.steps import answer_lines
from soundly.cli.display.story import Story
from soundly.cli.exits import Exit
from soundly.cli.visible import one_line
from soundly.core.errors import CertificateError, UsageError
from soundly.core.events import CandidateRead, TraceRecord
from soundly.core.replay import replay
from soundly.kernel import Accepted, Refused, recheck
from soundly.store import SessionSummary, Store, default_location

STATUSES = (
    "solved",
    "unsolvable",
    "unsolved",
    "exhausted",
    "broken",
    "cancelled",
    "unfinished",
)
_SHOWN_OF_ID = 8
_BEGAN = "began (UTC)"
_AMOUNTS = ("calls", "tokens", "cost", "time")
_COLUMNS = ("session", _BEGAN, "problem", "ended", *_AMOUNTS)
_WIDE = 76
_STYLES = {"solved": "good", "unsolvable": "proved", "unsolved": "bad", "broken": "bad"}


def list_sessions(location: str | None, *, status: str | None, limit: int) -> Exit:
    """Print the newest sessions, one a row."""
    if status is not None and status not in STATUSES:
        raise UsageError(f"status is {status!r}, wanted one of {', '.join(STATUSES)}")
    with _opened(location) as store:
        sessions = store.sessions(limit=limit, status=status)
        others = bool(sessions) or bool(store.sessions(limit=1))
    console = open_console()
    if not sessions:
        console.print(
            f"no session is {status}; without --status all are listed"
            if others
            else "no sessions yet: soundly solve DOMAIN PROBLEM makes one"
        )
        return Exit.OK
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="label")
    shown = _COLUMNS if console.width >= _WIDE else [name for name in _COLUMNS if name != _BEGAN]
    for name in shown:
        justify: Literal["left", "right"] = "right" if name in _AMOUNTS else "left"
        # these two give way where the line is too short; their cells end in an ellipsis
        table.add_column(name, justify=justify, no_wrap=name not in ("problem", "ended"))
    for summary in sessions:
        row = _row(summary)
        table.add_row(*(row[name] for name in shown))
    console.print(table)
    if any(summary.held.calls for summary in sessions):
        console.print(Text("≤ is what unfinished calls could bring it to", "quiet"))
    return Exit.OK


def show_session(location: str | None, prefix: str) -> Exit:
    """Print the session's story and its end, and re-check its certificate."""
    with _opened(location) as store:
        records = store.trace(prefix)
        console = open_console()
        story = Story()
        for record in records:
            for renderable in story.take(record):
                console.print(renderable)
        state = replay(records)
        solved = state.status == "solved"
        console.print(ending_panel(records, state, _accepted_plan(records) if solved else None))
        sha256 = state.ended.certificate_sha256 if state.ended else None
        if sha256 is not None:
            accepted = _rechecked(store, sha256)
            session = one_line(state.started.session_id)
            console.print(f"certificate  soundly trace {session} --certificate", soft_wrap=True)
            console.print(
                Text.assemble(
                    "re-checked   ",
                    ("✔ ", "good"),
                    f"by the kernel: {one_line(accepted.summary)}",
                )
            )
    return Exit.OK


def print_records(location: str | None, prefix: str) -> Exit:
    """Print the trace as the store keeps it."""
    with _opened(location) as store:
        store.export_jsonl(prefix, sys.stdout)
    return Exit.OK


def print_certificate(location: str | None, prefix: str) -> Exit:
    """Print the certificate of a session as JSON; raises `UsageError` where there is none."""
    with _opened(location) as store:
        session = store.session(prefix)
        if session.certificate_sha256 is None:
            raise UsageError(
                f"session {session.session_id} has no certificate: it is {session.status}"
            )
        certificate = store.certificate(session.certificate_sha256)
    # ASCII: what a terminal or a pipe cannot show must not be changed under the seal
    print(json.dumps(dict(certificate.document), indent=2, ensure_ascii=True))
    return Exit.OK


def _opened(location: str | None) -> Store:
    return Store.open(location or default_location(os.environ), create=False)


def _row(summary: SessionSummary) -> dict[str, str | Text]:
    """What the listing says of a session, by column."""
    spent, held = summary.spent, summary.held
    bound = "≤ " if held.calls else ""
    total = spent + held
    by = f" by {one_line(summary.found_by)}" if summary.found_by else ""
    ended = f"{one_line(summary.status)}{by}"
    money = f"{bound}{dollars(total.dollars)}" + (" + ?" if summary.unpriced_calls else "")
    if summary.unpriced_calls and not total.dollars:
        money = "?"
    said = (
        summary.session_id[:_SHOWN_OF_ID],
        summary.started_at.strftime("%b %d %H:%M"),
        Text(one_line(summary.problem_name), no_wrap=True, overflow="ellipsis"),
        Text(ended, _STYLES.get(summary.status, "spent"), no_wrap=True, overflow="ellipsis"),
        f"{total.calls:,}",
        f"{bound}{total.tokens:,}",
        money,
        duration(spent.seconds),
    )
    return dict(zip(_COLUMNS, said, strict=True))


def _accepted_plan(records: tuple[TraceRecord, ...]) -> list[str] | None:
    """The last candidate that was read before the session ended solved."""
    for record in reversed(records):
        if isinstance(record.event, CandidateRead):
            return answer_lines(record.event.canonical)
    return None


def _rechecked(store: Store, sha256: str) -> Accepted:
    try:
        return recheck(store.certificate(sha256).document)
    except Refused as refused:
        raise CertificateError(f"certificate {sha256} is refused: {refused.reason}") from refused
