"""The folder that a session leaves: its trace as it happens, then its outcome and certificate."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from soundly.cli.certificate_file import recheck_file
from soundly.cli.documents import Kept, outcome_document
from soundly.core.codec import record_to_json
from soundly.core.errors import StoreError, UsageError
from soundly.core.events import TraceRecord
from soundly.core.outcome import Outcome, Status
from soundly.core.replay import Replay

DEFAULT_PLACE: Final = Path("soundly-out")
CERTIFICATE: Final = "certificate.json"
OUTCOME: Final = "outcome.json"
PLAN: Final = "plan.pddl"
ANSWER: Final = "answer.txt"
TRACE: Final = "trace.jsonl"


class SessionFolder:
    """A sink that writes ``trace.jsonl`` line by line, and the rest when the session ends.

    ``place`` is the folder itself, created where it is missing; None makes one for the session
    under ``soundly-out``. Whatever an earlier session left there under the same names is
    removed first, so that no old certificate stands beside a new outcome.

    Raises `UsageError` where the folder cannot be written, before the session begins.
    """

    def __init__(self, place: Path | None) -> None:
        self.path = place
        self.state = Replay()
        self._trace: TextIO | None = None
        try:
            (place or DEFAULT_PLACE).mkdir(parents=True, exist_ok=True)
            if place is not None:
                self._open(place)
        except OSError as error:
            where = place or DEFAULT_PLACE
            raise UsageError(
                f"cannot write to the folder {where}: {error.strerror}; choose one with --out"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._trace is not None:
            self._trace.close()

    def write(self, session_id: str, record: TraceRecord) -> None:
        """Append the record to the trace."""
        self.state.take(record)
        try:
            if self._trace is None:
                self.path = DEFAULT_PLACE / session_id
                self.path.mkdir(parents=True, exist_ok=True)
                self._open(self.path)
            line = json.dumps(record_to_json(record), separators=(",", ":"))
            self._stream().write(f"{line}\n")
            self._stream().flush()
        except OSError as error:
            raise StoreError(f"cannot write {TRACE} in {self.path}: {error.strerror}") from error

    def finish(self, outcome: Outcome) -> Kept:
        """Write the outcome, and for a certified one the certificate, which is then re-checked.

        The file is read back and goes through the kernel together with the problem's own texts.
        Raises `CertificateError` where it does not hold and `StoreError` where nothing can be
        written.
        """
        folder = self.path or DEFAULT_PLACE
        kept = Kept(folder)
        try:
            if outcome.certificate is not None:
                certificate = folder / CERTIFICATE
                certificate.write_text(outcome.certificate.to_json(), encoding="utf-8")
                statement = self.state.started.problem.statement
                accepted = recheck_file(
                    certificate,
                    domain=statement.get("domain"),
                    problem=statement.get("problem"),
                )
                kept = Kept(folder, certificate, accepted)
            if outcome.status is Status.SOLVED and outcome.candidate is not None:
                spelled = outcome.candidate.canonical.rstrip("\n")
                stated = self.state.started.problem.statement
                is_plan = "domain" in stated and not spelled.startswith("[ANSWER]")
                plan = folder / (PLAN if is_plan else ANSWER)
                plan.write_text(f"{spelled}\n", encoding="utf-8")
                kept = Kept(folder, kept.certificate, kept.accepted, plan)
            text = json.dumps(outcome_document(outcome, kept), indent=2, ensure_ascii=False)
            (folder / OUTCOME).write_text(text + "\n", encoding="utf-8", errors="replace")
        except OSError as error:
            raise StoreError(f"cannot write to {folder}: {error.strerror}") from error
        return kept

    def _open(self, folder: Path) -> None:
        for name in (CERTIFICATE, OUTCOME, PLAN, ANSWER, TRACE):
            (folder / name).unlink(missing_ok=True)
        self._trace = (folder / TRACE).open("w", encoding="ascii")

    def _stream(self) -> TextIO:
        if self._trace is None:
            raise StoreError(f"{TRACE} is not open")
        return self._trace
