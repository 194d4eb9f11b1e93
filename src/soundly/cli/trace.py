"""``soundly trace``."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option


def trace(
    session: Annotated[
        str | None,
        Argument(help="A session's id or the beginning of one.", show_default=False),
    ] = None,
    *,
    jsonl: Annotated[
        bool, Option("--jsonl", help="Print the session's records as JSON Lines.")
    ] = False,
    status: Annotated[
        str | None,
        Option(
            help="List only sessions that stand so: solved, unsolvable, unsolved, exhausted, "
            "broken, cancelled, unfinished."
        ),
    ] = None,
    limit: Annotated[int, Option(min=1, help="List at most so many sessions.")] = 20,
    store: Annotated[
        str | None,
        Option(
            metavar="FILE|URL",
            help="The store of sessions: an SQLite file, or postgresql://…",
            envvar="SOUNDLY_STORE",
            show_default="the user's data folder",
        ),
    ] = None,
) -> int:
    """Show a session again as it was seen live; without an id, list the sessions.

    The list holds unfinished sessions too (killed, or still running), with what they spent and
    what their open calls could still cost.
    """
    from soundly.cli.history import list_sessions, print_records, show_session  # noqa: PLC0415

    if session is None:
        return list_sessions(store, status=status, limit=limit)
    return print_records(store, session) if jsonl else show_session(store, session)
