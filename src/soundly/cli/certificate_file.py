"""Re-checking the certificate in a file, with the kernel alone."""

from __future__ import annotations

from pathlib import Path

from soundly.core.errors import CertificateError, UsageError
from soundly.kernel import Accepted, Refused, recheck


def recheck_file(path: Path, *, domain: str | None = None, problem: str | None = None) -> Accepted:
    """What the certificate proves; ``domain`` and ``problem`` are texts it has to be about.

    Raises `UsageError` for a file that cannot be read and `CertificateError`, with the kernel's
    reason, for a certificate that does not hold.
    """
    try:
        return recheck(path.read_bytes(), domain=domain, problem=problem)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    except Refused as refused:
        raise CertificateError(f"{path} is refused: {refused.reason}") from refused


def read_statement(path: Path) -> str:
    """A PDDL file as a certificate holds it: UTF-8, line ends as newlines."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"cannot read {path}: it is not UTF-8 text") from error
