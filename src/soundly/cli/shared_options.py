"""Options that several commands take in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

from typer import Option

SessionStore: TypeAlias = Annotated[
    str | None,
    Option(
        metavar="FILE|URL",
        help="The store of sessions: an SQLite file, or postgresql://…",
        envvar="SOUNDLY_STORE",
        show_default="the user's data folder",
    ),
]
"""Where sessions are kept; None is the user's own store."""

AsJson: TypeAlias = Annotated[
    bool, Option("--json", help="Print one JSON object and nothing else.")
]
"""Whether the output is for programs."""

Proposer: TypeAlias = Annotated[
    str | None,
    Option(
        help="The proposer; see `soundly models`. Not for strategies of solvers alone.",
        show_default="none",
    ),
]
"""The model that a search of many sessions asks."""

Tried: TypeAlias = Annotated[
    str, Option(help="Strategies and solvers tried in turn, as in refine:rounds=3+kairos.")
]
"""How each of many sessions is run."""

Together: TypeAlias = Annotated[
    str,
    Option(
        help="Limits on all sessions together, as in usd=5,calls=500,seconds=600.",
        show_default="none",
    ),
]
"""The budget of many sessions."""

AnswersKept: TypeAlias = Annotated[
    Path | None,
    Option(
        metavar="FILE",
        help="Keep the answers here, a JSON object a line; a later call goes on from this file.",
        show_default="nowhere",
    ),
]
"""Where the answers of many sessions are kept, so that none is asked twice."""

SessionsKept: TypeAlias = Annotated[
    str | None,
    Option(
        metavar="FILE|URL",
        help="Keep the sessions in this store, an SQLite file or postgresql://…",
        show_default="none",
    ),
]
"""Where the traces of many sessions are kept, if anywhere."""
