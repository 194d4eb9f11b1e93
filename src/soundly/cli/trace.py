"""``soundly trace``."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from soundly.cli.shared_options import SessionStore
from soundly.core.errors import UsageError


def trace(
    session: Annotated[
        str | None,
        Argument(
            metavar="SESSION",
            help="A session's id or the beginning of one.",
            show_default=False,
        ),
    ] = None,
    *,
    jsonl: Annotated[
        bool, Option("--jsonl", help="Print the session's records as JSON Lines.")
    ] = False,
    certificate: Annotated[
        bool, Option("--certificate", help="Print the session's certificate, for soundly recheck.")
    ] = False,
    status: Annotated[
        str | None,
        Option(
            help="List only sessions that stand so: solved, unsolvable, unsolved, exhausted, "
            "broken, cancelled, unfinished."
        ),
    ] = None,
    limit: Annotated[int, Option(min=1, help="List at most so many sessions.")] = 20,
    store: SessionStore = None,
) -> int:
    """Show a session again as it was seen live; without an id, list the sessions.

    The list holds unfinished sessions too (killed, or still running), with what they spent and
    what their open calls could still cost.
    """
    from soundly.cli import history  # noqa: PLC0415

    if jsonl and certificate:
        raise UsageError("--jsonl and --certificate print two things: choose one")
    if session is None and (jsonl or certificate):
        raise UsageError("--jsonl and --certificate are about one session: give its id")
    if session is None:
        return history.list_sessions(store, status=status, limit=limit)
    if certificate:
        return history.print_certificate(store, session)
    return history.print_records(store, session) if jsonl else history.show_session(store, session)
