"""Traces to rows and back: the lines of records, and the projection in ``sessions``."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from sqlalchemy import RowMapping

from soundly.core.codec import record_from_json, record_to_json
from soundly.core.events import Certified, TraceRecord
from soundly.core.replay import Replay
from soundly.core.spend import Spend
from soundly.store.summary import SessionSummary

_MAX_INTEGER = 2**63 - 1
PROGRESS = (
    "status",
    "found_by",
    "certificate_sha256",
    "calls",
    "input_tokens",
    "output_tokens",
    "reasoning_tokens",
    "cached_tokens",
    "dollars",
    "seconds",
    "held_calls",
    "held_input_tokens",
    "held_output_tokens",
    "held_dollars",
    "unpriced_calls",
)
"""The columns of ``sessions`` that change as the session goes on."""


def to_line(record: TraceRecord) -> str:
    """One line of ASCII JSON, without a line break."""
    # ASCII: any text goes into any database, a NUL or half a surrogate pair in a model's answer too
    return json.dumps(record_to_json(record), separators=(",", ":"), ensure_ascii=True)


def from_line(line: str) -> TraceRecord:
    """The record on a line; raises `ValueError` (`CodecError` is one) for a line that is none."""
    try:
        data = json.loads(line)
    except RecursionError as error:
        raise ValueError("JSON nested too deeply") from error
    if not isinstance(data, dict):
        raise ValueError(f"a {type(data).__name__}, wanted a JSON object")
    return record_from_json(data)


def as_kept(record: TraceRecord) -> TraceRecord:
    """The record as its line will say it: seconds to the microsecond.

    The projection is computed from this, so that it can be computed again from the lines.
    """
    return replace(record, seconds=round(record.seconds, 6))


def session_row(state: Replay) -> dict[str, object]:
    """The whole row of a session in ``sessions``."""
    started = state.started
    return progress_row(state) | {
        "id": started.session_id,
        "started_at": started.started_at,
        "family": _storable(started.problem.family),
        "problem_name": _storable(started.problem.name),
        "problem_digest": started.problem.digest,
        "strategy": _storable(started.strategy),
        "model": _storable(started.model),
        "size": None if started.problem.size is None else _count(started.problem.size),
        "guarantee": json.dumps(started.guarantee, separators=(",", ":"), ensure_ascii=True),
    }


def record_row(session_id: str, record: TraceRecord) -> dict[str, object]:
    """The row of ``records`` that holds the record."""
    return {"session_id": session_id, "sequence": record.sequence, "line": to_line(record)}


def certificate_row(event: Certified) -> dict[str, object]:
    """The row of ``certificates`` that holds the event's document."""
    return {"sha256": event.sha256, "document": event.document}


def progress_row(state: Replay) -> dict[str, object]:
    """The columns of ``sessions`` that change with each record.

    A count beyond 63 bits, which no database holds, stands here as the largest that one does.
    """
    account, ended = state.account, state.ended
    spent, held = account.spent, account.held
    values = (
        _storable(state.status),
        _storable(ended.found_by) if ended else None,
        ended.certificate_sha256 if ended else None,
        _count(spent.calls),
        _count(spent.input_tokens),
        _count(spent.output_tokens),
        _count(spent.reasoning_tokens),
        _count(spent.cached_tokens),
        spent.dollars,
        spent.seconds,
        _count(held.calls),
        _count(held.input_tokens),
        _count(held.output_tokens),
        held.dollars,
        _count(account.unpriced_calls),
    )
    return dict(zip(PROGRESS, values, strict=True))


def summary(row: RowMapping) -> SessionSummary:
    """A row of ``sessions`` as a value."""
    return SessionSummary(
        session_id=row["id"],
        started_at=datetime.fromisoformat(row["started_at"]),
        family=row["family"],
        problem_name=row["problem_name"],
        problem_digest=row["problem_digest"],
        strategy=row["strategy"],
        model=row["model"],
        status=row["status"],
        found_by=row["found_by"],
        certificate_sha256=row["certificate_sha256"],
        spent=Spend(
            calls=row["calls"],
            input_tokens=row["input_tokens"],
            output_tokens=row["output_tokens"],
            reasoning_tokens=row["reasoning_tokens"],
            cached_tokens=row["cached_tokens"],
            dollars=row["dollars"],
            seconds=row["seconds"],
        ),
        held=Spend(
            calls=row["held_calls"],
            input_tokens=row["held_input_tokens"],
            output_tokens=row["held_output_tokens"],
            dollars=row["held_dollars"],
        ),
        unpriced_calls=row["unpriced_calls"],
        size=row["size"],
        guarantee=tuple(json.loads(row["guarantee"])),
    )


def _storable(text: str | None) -> str | None:
    """The text with what no database column takes (NUL, half a surrogate pair) shown as "?"."""
    if text is None:
        return None
    return text.encode("utf-8", errors="replace").decode("utf-8").replace("\0", "?")


def _count(number: int) -> int:
    return min(number, _MAX_INTEGER)
