"""What a strategy leaves in a sample's store: for the log, and for the scorers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from inspect_ai.util import Store

from soundly.core.certificate import Certificate
from soundly.core.codec import record_to_json, to_json
from soundly.core.events import TraceRecord
from soundly.core.outcome import Outcome, Status

STORE_KEY = "soundly_outcome"
"""Where the store holds the outcome."""

Ending = Literal["solved", "unsolvable", "unsolved", "exhausted", "stopped", "broken"]
"""An outcome's status, or how it came to none.

``stopped``: one of Inspect's own limits ended the sample. ``broken``: the critic or the family
broke, and nothing was decided.
"""


def leave_outcome(store: Store, outcome: Outcome) -> None:
    """Keep how a session ended, with what it cost, its evidence and its whole trace."""
    certificate = outcome.certificate
    _leave(
        store,
        outcome.status.value,
        outcome.reason,
        outcome.trace,
        session_id=outcome.session_id,
        spend=to_json(outcome.spend),
        found_by=outcome.found_by,
        asserted=outcome.asserted,
        candidate=outcome.candidate.canonical if outcome.candidate else None,
        certificate=json.loads(certificate.to_line()) if certificate else None,
    )


def leave_failure(
    store: Store, ending: Literal["stopped", "broken"], reason: str, trace: Iterable[TraceRecord]
) -> None:
    """Keep that there is no outcome, with what was traced before that; the trace says the spend."""
    _leave(store, ending, reason, trace)


def recorded(ending: Ending, reason: str, certificate: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a store holds of a session that is over, for the scorers: its end and its evidence."""
    return {STORE_KEY: {"status": ending, "reason": reason, "certificate": certificate}}


def ending(store: Store) -> tuple[Ending, str] | None:
    """How the strategy ended, and why; None where no strategy of ours was at work."""
    held = store.get(STORE_KEY)
    if not isinstance(held, Mapping) or held.get("status") not in get_args(Ending):
        return None
    return held["status"], str(held.get("reason"))


def proof(store: Store) -> Certificate | None:
    """The certificate that there is no solution, not re-checked yet; None where there is none."""
    held = store.get(STORE_KEY)
    if not isinstance(held, Mapping) or held.get("status") != Status.UNSOLVABLE.value:
        return None
    document = held.get("certificate")
    return Certificate(document) if isinstance(document, Mapping) else None


def _leave(
    store: Store,
    status: Ending,
    reason: str,
    trace: Iterable[TraceRecord],
    **rest: Any,  # noqa: ANN401 - JSON is what it is
) -> None:
    records = [record_to_json(record) for record in trace]
    store.set(STORE_KEY, {"status": status, "reason": reason, **rest, "trace": records})
