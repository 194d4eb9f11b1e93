"""What an exit code says, for scripts: the same numbers for every command."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from soundly.core.errors import CertificateError, UsageError

if TYPE_CHECKING:
    from soundly.core.outcome import Status


class Exit(IntEnum):
    """The exit codes. OK is solved, accepted or re-checked, and nothing less."""

    OK = 0
    USAGE = 2
    UNSOLVABLE = 10
    NOT_SOLVED = 11
    BUDGET_SPENT = 20
    PART_BROKE = 30
    INTERRUPTED = 130
    READER_GONE = 141


MEANINGS: dict[Exit, str] = {
    Exit.OK: "solved, accepted, or re-checked",
    Exit.USAGE: "the input cannot be used",
    Exit.UNSOLVABLE: "proved unsolvable",
    Exit.NOT_SOLVED: "not solved, not accepted, or a certificate refused",
    Exit.BUDGET_SPENT: "the budget is spent",
    Exit.PART_BROKE: "a part broke",
    Exit.INTERRUPTED: "interrupted (Ctrl-C)",
    Exit.READER_GONE: "whoever read standard output has gone (as in `| head`)",
}

_STATUS = {
    "solved": Exit.OK,
    "unsolvable": Exit.UNSOLVABLE,
    "unsolved": Exit.NOT_SOLVED,
    "exhausted": Exit.BUDGET_SPENT,
}


def for_status(status: Status) -> Exit:
    """The exit code of a session that ended with an outcome."""
    return _STATUS[status.value]


def for_error(error: BaseException) -> Exit:
    """The exit code of a failure; whatever is not in our own tree is a part that broke."""
    if isinstance(error, UsageError):
        return Exit.USAGE
    return Exit.NOT_SOLVED if isinstance(error, CertificateError) else Exit.PART_BROKE
