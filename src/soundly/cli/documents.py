"""Outcomes as JSON, for programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soundly.core.codec import to_json
from soundly.core.errors import SoundlyError
from soundly.core.outcome import Outcome
from soundly.kernel import Accepted


@dataclass(frozen=True, slots=True)
class Kept:
    """What a session left on disk; ``accepted`` is what the kernel saw in the file."""

    folder: Path
    certificate: Path | None = None
    accepted: Accepted | None = None
    plan: Path | None = None


def outcome_document(outcome: Outcome, kept: Kept) -> dict[str, Any]:
    """What ``outcome.json`` and ``--json`` hold.

    ``plan`` is the accepted candidate's steps, null without one; ``candidate`` is the spelling of
    a candidate that no sound critic accepted. ``certificate`` is null unless the outcome is solved
    or unsolvable, and then says where it was written and what its re-check saw.
    """
    candidate = outcome.candidate
    solved = outcome.certificate is not None and candidate is not None
    return {
        "status": outcome.status.value,
        "session": outcome.session_id,
        "reason": outcome.reason,
        "found_by": outcome.found_by,
        "asserted": outcome.asserted,
        "plan": candidate.canonical.splitlines() if candidate and solved else None,
        "candidate": candidate.canonical if candidate and not solved else None,
        "certificate": _certificate(outcome, kept),
        "spend": {**to_json(outcome.spend), "tokens": outcome.spend.tokens},
        "folder": str(kept.folder),
    }


def broken_document(error: SoundlyError, folder: Path | None) -> dict[str, Any]:
    """What ``--json`` prints for a session in which a part broke."""
    record = error.record
    return {
        "status": "broken",
        "session": record.session_id if record else None,
        "reason": str(error),
        "error": type(error).__name__,
        "spend": {**to_json(record.spend), "tokens": record.spend.tokens} if record else None,
        "folder": str(folder) if folder else None,
    }


def _certificate(outcome: Outcome, kept: Kept) -> dict[str, Any] | None:
    if outcome.certificate is None or kept.accepted is None:
        return None
    return {
        "path": str(kept.certificate),
        "sha256": outcome.certificate.sha256,
        "claim": kept.accepted.claim,
        "kind": kept.accepted.kind,
        "rechecked": kept.accepted.summary,
    }
