"""``soundly recheck``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from soundly.cli.visible import one_line


def recheck(
    certificate: Annotated[
        Path, Argument(metavar="CERTIFICATE", help="The certificate, a JSON file.")
    ],
    *,
    domain: Annotated[
        Path | None,
        Option(metavar="FILE", help="The domain that it has to be about, to the letter."),
    ] = None,
    problem: Annotated[
        Path | None,
        Option(metavar="FILE", help="The problem that it has to be about, to the letter."),
    ] = None,
) -> None:
    """Re-check a certificate with the kernel: no search, no model, no solver.

    Prints what it proves and exits with 0; a certificate that does not hold is refused with the
    reason and exit code 11. A certificate carries its problem with it: without `--domain` and
    `--problem` read there what it is about.
    """
    from soundly.cli.certificate_file import (  # noqa: PLC0415 - not for --help
        read_statement,
        recheck_file,
    )

    accepted = recheck_file(
        certificate,
        domain=None if domain is None else read_statement(domain),
        problem=None if problem is None else read_statement(problem),
    )
    print(f"{accepted.claim}: {one_line(accepted.summary)}")
